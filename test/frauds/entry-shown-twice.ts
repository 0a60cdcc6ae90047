import { onTheWay } from "./museum.ts";
export default onTheWay(
  { forged: "one entry is disclosed twice", named: "disclosed_content failed" },
  ({ bundle }) => ({
    bundle: { ...bundle, disclosed: [...bundle.disclosed, ...bundle.disclosed.slice(0, 1)] },
  }),
);
