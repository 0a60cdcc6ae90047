import { ended, makeSigner } from "../support/passport-world.ts";
import { onTheWay, put } from "./museum.ts";
export default onTheWay(
  {
    forged: "the revocation is cut off and the end signed anew with a key of the forger",
    named: "tail_unsigned",
  },
  async ({ entries }) => ({
    bundle: await ended(entries.slice(0, -1), "OX-1", { signer: makeSigner() }),
  }),
  {
    bodies: (b) => {
      put(b, "end", ["passport_revoked", { passport: "P-1", why: "wrong drum" }]);
    },
  },
);
