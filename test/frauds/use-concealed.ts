import { signEnd } from "../../src/certify/index.ts";
import { NOW } from "../support/passport-world.ts";
import { contents, onTheWay, put, stepOf } from "./museum.ts";

export default onTheWay(
  {
    forged: "the maker leaves the step that used up the lot out of the bundle and signs its end",
    by: "issuer",
    named: {
      open: "a header tells the kind of a step and not its lots: the step stays unseen until what it made gets a passport",
    },
  },
  async ({ bundle: { end: _, ...bundle }, signer }) => {
    const disclosed = bundle.disclosed.filter(({ seq }) => seq !== 8);
    return {
      bundle: await signEnd({ ...bundle, disclosed }, { issuer: signer.did, at: NOW, sign: signer.sign }),
    };
  },
  {
    bodies: (b) =>
      put(
        b,
        "end",
        stepOf("S-2", { lot: "OX-1", ...contents(1_000_000, 851_356, 850_000) }, [
          { lot: "LIQUOR", kind: "liquor", ...contents(1_000_000, 851_356, 850_000) },
        ]),
      ),
  },
);
