import { bodyOf, inTheLog } from "./museum.ts";
export default inTheLog(
  {
    forged: "how the lot of another passport was made is not shown, so that it could be the same drum",
    named: "promised_once not_checked",
  },
  {
    bodies: (b) => {
      bodyOf(b, "passport_issued").lot = "OX-7";
    },
  },
);
