import { certificateOf, impurities } from "../support/passport-world.ts";
import { drumOf, inTheBooks } from "./museum.ts";
import { restOn } from "./museum-analysis.ts";
export default inTheBooks(
  { forged: "a lot is certified on results that were reported otherwise", named: "certificate_not_released" },
  () => {
    const bodies = drumOf({});
    bodies.push(["party_registered", { id: "lab", kind: "laboratory" }]);
    bodies.push(["certificate_released", { lot: "D-1", certificate: certificateOf("D-1", 1_000_000) }]);
    restOn(bodies, ({ report }) => {
      report["results"] = impurities("924.1");
    });
    return bodies;
  },
);
