import { certificateOf } from "../support/passport-world.ts";
import { bodyOf, inTheLog } from "./museum.ts";

const sandy = () => {
  const { reo_pct: _, loi_pct: __, ...all } = certificateOf("OX-1", 1_000_000);
  return { ...all, loi_pct: "50", specifications: [] };
};

export default inTheLog(
  {
    forged: "a passport claims all metal of a drum of which the laboratory found half to be none",
    named: "share_above_content",
  },
  {
    bodies: (b) => {
      bodyOf(b, "certificate_released").certificate = sandy();
    },
    facts: (f) => {
      f["certificate"] = sandy();
    },
  },
);
