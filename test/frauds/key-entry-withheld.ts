import { ended } from "../support/passport-world.ts";
import { inTheLogOfKeys, someoneElse } from "./museum-keys.ts";
export default inTheLogOfKeys(
  { forged: "the entry that revokes the key is not shown", named: "claims_complete failed" },
  ({ born, revoked }) => ({
    before: (key) => [born(key)],
    last: (key) => [revoked(key, "2026-03-02T00:00:00.000Z"), born(someoneElse.did)],
  }),
  async ({ entries, signer }) => {
    const whole = await ended(entries, "OX-1", { signer: someoneElse });
    const hidden = entries.find(({ kind }) => kind === "signing_key_revoked")?.seq;
    const disclosed = whole.disclosed.filter(({ seq }) => seq !== hidden);
    return { bundle: { ...whole, disclosed }, issuers: [signer.did, someoneElse.did] };
  },
);
