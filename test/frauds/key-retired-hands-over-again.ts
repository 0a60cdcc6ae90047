import { check, ended, logOf, type World } from "../support/passport-world.ts";
import { type Fraud, saidBy } from "./museum.ts";
import { born, retired, someoneElse, succession, worldOfKeys } from "./museum-keys.ts";

/** The log up to where the passport was signed, with an entry of the forger's own after it. */
async function handedOver({ signer, entries }: World) {
  const known = entries.filter(({ kind }) => kind !== "passport_revoked" && kind !== "signing_key_retired");
  const next = someoneElse.did;
  const said = retired(signer.did, { next, succession: await succession(signer, next) });
  const forged = logOf([
    ...known.map(({ kind, body }): [string, typeof body] => [kind, body]),
    said,
    born(next),
  ]);
  return ended(forged, "OX-1", { signer: someoneElse });
}

const fraud: Fraud = {
  forged:
    "whoever kept a retired key cuts the revocation off and hands the key's word over to a key of his own",
  by: "issuer",
  looks: "verifier",
  named: "tail_unsigned",
  async forge() {
    const world = await worldOfKeys((key) => ({
      first: [born(key)],
      last: [["passport_revoked", { passport: "P-1", why: "it was another drum" }], retired(key)],
    }));
    const issuers = [{ id: world.signer.did, until: "2026-03-20T00:00:00.000Z" }];
    return saidBy(check(world, { bundle: await handedOver(world), issuers: issuers as never }));
  },
};
export default fraud;
