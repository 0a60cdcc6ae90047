import { onTheWay } from "./museum.ts";
export default onTheWay(
  { forged: "a digit of the net mass is changed", named: "signature failed" },
  ({ credential }) => ({
    credential: JSON.parse(
      JSON.stringify(credential).replace('"net_mass_mg":1000000', '"net_mass_mg":1000001'),
    ),
  }),
);
