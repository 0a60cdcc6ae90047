import { inTheLog, repacked } from "./museum.ts";
export default inTheLog(
  {
    forged: "a drum with a passport is repacked, and whoever took its title calls its own passport a part",
    named: "promised_twice",
  },
  repacked("P-8", { issued_by: "refiner" }, { issued_by: "carrier" }),
);
