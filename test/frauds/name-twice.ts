import { inTheFile } from "./museum.ts";
export default inTheFile(
  {
    forged: "a member stands twice: one reader takes the first mass, another the last",
    named: "json_ambiguous",
  },
  (text) => text.replace('"net_mass_mg":1000000', '"net_mass_mg":1000000,"net_mass_mg":9000000'),
);
