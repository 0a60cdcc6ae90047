import { onTheWay } from "./museum.ts";
export default onTheWay(
  { forged: "the end of the bundle is left out", named: "tail_unsigned" },
  ({ bundle: { end: _, ...bundle } }) => ({ bundle }),
);
