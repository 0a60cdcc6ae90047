import { inTheFile } from "./museum.ts";
export default inTheFile(
  { forged: "a number that readers round differently", named: "json_ambiguous" },
  (text) => text.replace('"net_mass_mg":1000000', '"net_mass_mg":1000000.00000000000000001'),
);
