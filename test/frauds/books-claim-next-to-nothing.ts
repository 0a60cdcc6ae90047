import { certificateOf } from "../support/passport-world.ts";
import { bodyOf, drumOf, inTheBooks } from "./museum.ts";
export default inTheBooks(
  {
    forged: "a passport claims thirteen milligrams of a kilogram",
    named: "nothing_to_claim",
  },
  () => {
    const bodies = drumOf({ feeds_mg: { "F-1": { Nd: 13 } } });
    bodyOf(bodies, "certificate_released").certificate = certificateOf("DRUM", 1_400_000);
    return bodies;
  },
);
