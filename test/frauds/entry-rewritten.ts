import { onTheWay } from "./museum.ts";
export default onTheWay(
  { forged: "a disclosed entry shows something else than was sealed", named: "disclosed_content failed" },
  ({ bundle }) => ({
    bundle: {
      ...bundle,
      disclosed: bundle.disclosed.map((d) => (d.seq === 2 ? { ...d, body: { ...d.body, feed: "F-2" } } : d)),
    },
  }),
);
