import { onTheWay } from "./museum.ts";
export default onTheWay(
  { forged: "an entry that the maker disclosed is left out of the bundle", named: "tail_unsigned" },
  ({ bundle }) => ({
    bundle: { ...bundle, disclosed: bundle.disclosed.filter(({ seq }) => seq !== 3) },
  }),
);
