import { inTheLog } from "./museum.ts";
export default inTheLog(
  { forged: "the passport was signed on another log than it is shown with", named: "chain failed" },
  {
    facts: (f) => {
      f["head"] = { seq: 4, hash: "0".repeat(64) };
    },
  },
);
