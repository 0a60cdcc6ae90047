import { signed } from "../support/passport-world.ts";
import { onTheWay } from "./museum.ts";
export default onTheWay(
  {
    forged: "a second context gives the words of the passport another meaning",
    named: "well_formed failed",
    by: "issuer",
  },
  async ({ credential, signer }) => {
    const { proof: _, ...unsigned } = credential;
    const context = ["https://www.w3.org/ns/credentials/v2", "https://forger.example/words"];
    return { credential: await signed({ ...unsigned, "@context": context }, signer) };
  },
);
