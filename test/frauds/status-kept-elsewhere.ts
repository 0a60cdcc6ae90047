import { signed } from "../support/passport-world.ts";
import { onTheWay } from "./museum.ts";
export default onTheWay(
  {
    forged: "a member names another place for its status, which one reader asks and another does not",
    named: "well_formed failed",
    by: "issuer",
  },
  async ({ credential, signer }) => {
    const { proof: _, ...unsigned } = credential;
    return {
      credential: await signed(
        { ...unsigned, credentialStatus: { id: "https://forger.example/all-well" } },
        signer,
      ),
    };
  },
);
