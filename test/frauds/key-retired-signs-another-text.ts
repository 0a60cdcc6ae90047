import type { Json } from "../../src/certify/index.ts";
import { ended, signed } from "../support/passport-world.ts";
import { inTheLogOfKeys, someoneElse } from "./museum-keys.ts";
export default inTheLogOfKeys(
  {
    forged: "whoever kept a retired key signs another text under the name of an old passport",
    named: "key_in_force failed",
  },
  ({ born, retired }) => ({
    before: (key) => [born(key)],
    last: (key) => [retired(key), born(someoneElse.did)],
  }),
  async ({ credential, signer, entries }) => {
    const { proof: _, ...unsigned } = structuredClone(credential) as { proof: unknown } & Json;
    const issuer = { id: signer.did, name: "Sample Refiner & Sons" };
    return {
      credential: await signed({ ...unsigned, issuer }, signer),
      bundle: await ended(entries, "OX-1", { signer: someoneElse }),
      issuers: [signer.did, someoneElse.did],
    };
  },
);
