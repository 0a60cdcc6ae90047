import { bodyOf, inTheLog } from "./museum.ts";
export default inTheLog(
  {
    forged: "the passport holds a certificate of analysis that was never released",
    named: "certificate_not_released",
  },
  {
    bodies: (b) => {
      bodyOf(b, "certificate_released").lot = "OX-0";
    },
  },
);
