import { onTheWay } from "./museum.ts";
export default onTheWay(
  { forged: "a header is taken out of the chain", named: "chain failed" },
  ({ bundle }) => ({ bundle: { ...bundle, headers: bundle.headers.slice(1) } }),
);
