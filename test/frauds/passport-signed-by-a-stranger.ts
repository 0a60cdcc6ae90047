import { makeSigner, signed } from "../support/passport-world.ts";
import { onTheWay } from "./museum.ts";
export default onTheWay(
  { forged: "a passport that the forger signed with a key of his own", named: "issuer_trusted failed" },
  async ({ credential }) => {
    const forger = makeSigner();
    const { proof: _, ...unsigned } = credential;
    return {
      credential: await signed({ ...unsigned, issuer: { id: forger.did, name: "Sample Refiner" } }, forger),
    };
  },
);
