import { drumOf, inTheBooks } from "./museum.ts";
export default inTheBooks(
  {
    forged: "a passport calls itself a part of one that nobody issued, so that its claims are not counted",
    named: "promised_twice",
  },
  () => drumOf({ part_of: { passport: "P-9", mass_mg: 1_400_000 } }),
);
