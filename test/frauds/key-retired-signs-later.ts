import { ended, makeSigner } from "../support/passport-world.ts";
import { inTheLogOfKeys } from "./museum-keys.ts";
export default inTheLogOfKeys(
  { forged: "a key that was retired signs another passport", named: "key_in_force failed" },
  ({ born, retired }) => ({ before: (key) => [born(key), retired(key)] }),
  async (world) => ({ bundle: await ended(world.entries, "OX-1", { signer: makeSigner() }) }),
);
