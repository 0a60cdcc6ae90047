import { inTheFile } from "./museum.ts";
export default inTheFile(
  { forged: "a member called __proto__ changes what some readers see", named: "json_ambiguous" },
  (text) => text.replace('"sample":true', '"__proto__":{"sample":false}'),
);
