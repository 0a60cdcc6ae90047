import { certificateOf } from "../support/passport-world.ts";
import { bodyOf, drumOf, inTheBooks } from "./museum.ts";
export default inTheBooks(
  {
    forged:
      "a drum that holds a tenth of the metal is certified, and described, as oxide through and through",
    named: "metal_not_traced",
  },
  () => {
    const bodies = drumOf({});
    bodyOf(bodies, "step_recorded").outputs[0].elements_mg.Nd.best = 120_000;
    Object.assign(bodyOf(bodies, "certificate_released"), {
      certificate: certificateOf("DRUM", 1_400_000),
      findings: [{}],
    });
    return bodies;
  },
);
