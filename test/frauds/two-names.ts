import { signed } from "../support/passport-world.ts";
import { onTheWay } from "./museum.ts";
export default onTheWay(
  { forged: "its id names one passport, its content another", named: "well_formed failed", by: "issuer" },
  async ({ credential, signer }) => {
    const { proof: _, ...unsigned } = credential;
    return { credential: await signed({ ...unsigned, id: "urn:didym:passport:P-9" }, signer) };
  },
);
