import { contents, inTheLog, put, stepOf } from "./museum.ts";

/** No step gives the matter another name; it only is there no longer. */
export default inTheLog(
  {
    forged: "most of the drum leaves as a loss of a division, and the passport stays",
    named: "passport_of_reversed_lot",
  },
  {
    bodies: (b) => {
      put(b, "end", stepOf("S-2", { lot: "OX-1", ...contents(900_000, 766_220, 765_000) }, []));
    },
  },
);
