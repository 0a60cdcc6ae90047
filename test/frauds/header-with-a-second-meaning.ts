import { onTheWay } from "./museum.ts";
export default onTheWay(
  { forged: "a member is added to a header, outside its hash", named: "chain failed" },
  ({ bundle }) => ({
    bundle: { ...bundle, headers: bundle.headers.map((h) => ({ ...h, revoked: false })) },
  }),
);
