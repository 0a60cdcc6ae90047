import { makeSigner, signed } from "../support/passport-world.ts";
import { onTheWay } from "./museum.ts";
export default onTheWay(
  { forged: "a passport in the name of the issuer, signed with another key", named: "signature failed" },
  async ({ credential }) => {
    const { proof: _, ...unsigned } = credential;
    return { credential: await signed(unsigned, makeSigner()) };
  },
);
