import { onTheWay } from "./museum.ts";
export default onTheWay(
  { forged: "the passport is shown without its bundle", named: "not_revoked not_checked" },
  () => ({ bundle: undefined }),
);
