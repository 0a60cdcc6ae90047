import { certificateOf } from "../support/passport-world.ts";
import { bodyOf, inTheLog } from "./museum.ts";

const certificate = { ...certificateOf("OX-1", 1_000_000), analysed_on: "2026-03-20" };

export default inTheLog(
  { forged: "the analysis is dated after the release of its certificate", named: "time_after_entry" },
  {
    bodies: (b) => {
      bodyOf(b, "certificate_released").certificate = certificate;
    },
    facts: (f) => {
      f["certificate"] = certificate;
    },
  },
);
