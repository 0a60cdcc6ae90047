import { inTheLog } from "./museum.ts";

export default inTheLog(
  {
    forged: "each buyer is shown a log of his own, in which the passport of the other does not stand",
    named: { open: "each log holds in itself: only heads that others keep tell the two apart" },
  },
  { bodies: (b) => void b.splice(4, 1) },
);
