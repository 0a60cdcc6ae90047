import { certificateOf } from "../support/passport-world.ts";
import { bodyOf, inTheLog } from "./museum.ts";

const sandy = () => {
  const { specifications: _, ...all } = certificateOf("OX-1", 1_000_000);
  return { ...all, loi_pct: "50", specifications: [] };
};

export default inTheLog(
  {
    forged:
      "a certificate of analysis says that half of it is lost on ignition, and nearly all of it is oxide",
    named: "content_above_mass",
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
