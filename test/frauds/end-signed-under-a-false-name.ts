import assert from "node:assert/strict";
import { ended, makeSigner, signed } from "../support/passport-world.ts";
import { onTheWay, put } from "./museum.ts";
export default onTheWay(
  { forged: "the end names the issuer and is signed by another key", named: "tail_unsigned" },
  async ({ entries, signer }) => {
    const forger = makeSigner();
    const bundle = await ended(entries.slice(0, -1), "OX-1", { signer: forger });
    const { proof: _, ...end } = bundle.end ?? assert.fail();
    return { bundle: { ...bundle, end: await signed({ ...end, issuer: signer.did }, forger) } };
  },
  {
    bodies: (b) => {
      put(b, "end", ["passport_revoked", { passport: "P-1", why: "wrong drum" }]);
    },
  },
);
