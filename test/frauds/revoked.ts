import { inTheLog, put } from "./museum.ts";
export default inTheLog(
  { forged: "the passport was revoked", named: "not_revoked failed" },
  {
    bodies: (b) => {
      put(b, "end", ["passport_revoked", { passport: "P-1", why: "wrong drum" }]);
    },
  },
);
