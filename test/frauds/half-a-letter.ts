import { inTheFile } from "./museum.ts";
export default inTheFile(
  { forged: "half a letter, which some readers replace", named: "json_ambiguous" },
  (text) => text.replace("Sample Refiner", "Sample \\ud800Refiner"),
);
