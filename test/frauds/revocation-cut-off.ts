import { onTheWay, put } from "./museum.ts";
export default onTheWay(
  { forged: "the revocation is cut off the bundle, its signed end is kept", named: "tail_unsigned" },
  ({ bundle }) => {
    const headers = bundle.headers.slice(0, -1);
    const last = headers.at(-1);
    const head = { seq: last?.seq ?? 0, hash: last?.hash ?? "" };
    const disclosed = bundle.disclosed.filter(({ seq }) => seq <= head.seq);
    return { bundle: { ...bundle, headers, head, disclosed } };
  },
  {
    bodies: (b) => {
      put(b, "end", ["passport_revoked", { passport: "P-1", why: "wrong drum" }]);
    },
  },
);
