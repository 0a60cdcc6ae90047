import { signEnd } from "../../src/certify/index.ts";
import { NOW } from "../support/passport-world.ts";
import { onTheWay } from "./museum.ts";
export default onTheWay(
  {
    forged: "the maker leaves another passport on the feed out of the bundle and signs its end",
    named: "claims_complete failed",
    by: "issuer",
  },
  async ({ bundle, signer }) => {
    const { end: _, ...rest } = bundle;
    const disclosed = rest.disclosed.filter(({ seq }) => seq !== 5);
    return {
      bundle: await signEnd({ ...rest, disclosed }, { issuer: signer.did, at: NOW, sign: signer.sign }),
    };
  },
);
