import { bodyOf, inTheLog } from "./museum.ts";

export default inTheLog(
  {
    forged: "the issuer makes its whole log anew, with a feed twice as rich and dates that fit",
    named: {
      open: "a log that was never shown to anybody else can be made anew: heads that others keep would tell",
    },
  },
  {
    bodies: (b) => {
      bodyOf(b, "feed_measured").elements_mg.Nd.best = 2_000_000;
    },
  },
);
