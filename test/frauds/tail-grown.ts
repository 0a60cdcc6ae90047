import { headerOf, sealEntry } from "../../src/ledger/index.ts";
import { onTheWay } from "./museum.ts";
export default onTheWay(
  {
    forged: "headers up to 2031 are put after the signed end, so that it reads as not revoked until then",
    named: "tail_unsigned",
  },
  ({ bundle, entries }) => {
    const last = entries.at(-1);
    const grown = sealEntry({
      ...{
        seq: (last?.seq ?? 0) + 1,
        time: "2031-01-01T00:00:00.000Z",
        kind: "lots_moved",
        prev: last?.hash ?? "",
      },
      ...{ actor: { role: "x", party: "x", verified: false }, key: "k", body: {}, nonce: "n" },
    });
    const header = headerOf(grown);
    return {
      bundle: {
        ...bundle,
        headers: [...bundle.headers, header],
        head: { seq: header.seq, hash: header.hash },
      },
    };
  },
);
