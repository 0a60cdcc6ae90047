import { bodyOf, inTheLog, put } from "./museum.ts";
export default inTheLog(
  { forged: "two passports of one drum promise more of it than was made", named: "net_mass failed" },
  {
    bodies: (b) => {
      put(b, "end", [
        "passport_issued",
        { ...bodyOf(b, "passport_issued", 1), passport: "P-3", mass_mg: 1, feeds_mg: {} },
      ]);
    },
  },
);
