import { ended } from "../support/passport-world.ts";
import { inTheLogOfKeys, someoneElse } from "./museum-keys.ts";
export default inTheLogOfKeys(
  { forged: "a passport that was signed after its key was stolen", named: "key_in_force failed" },
  ({ born, revoked }) => ({
    before: (key) => [born(key)],
    last: (key) => [revoked(key, "2026-03-02T00:00:00.000Z"), born(someoneElse.did)],
  }),
  async (world) => ({
    bundle: await ended(world.entries, "OX-1", { signer: someoneElse }),
    issuers: [world.signer.did, someoneElse.did],
  }),
);
