import { onTheWay } from "./museum.ts";
export default onTheWay(
  { forged: "an old bundle is made to look fresh by another date on its end", named: "tail_unsigned" },
  ({ bundle }) => ({
    bundle: { ...bundle, end: { ...bundle.end, at: "2026-05-31T23:59:59.000Z" } },
  }),
);
