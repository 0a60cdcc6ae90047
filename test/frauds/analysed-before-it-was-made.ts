import { certificateOf } from "../support/passport-world.ts";
import { bodyOf, inTheLog } from "./museum.ts";

const certificate = { ...certificateOf("OX-1", 1_000_000), analysed_on: "1999-01-01" };

export default inTheLog(
  { forged: "the lot was analysed in 1999", named: "time_before_input" },
  {
    bodies: (b) => {
      bodyOf(b, "certificate_released").certificate = certificate;
    },
    facts: (f) => {
      f["certificate"] = certificate;
    },
  },
);
