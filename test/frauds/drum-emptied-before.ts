import { contents, inTheLog, put, stepOf } from "./museum.ts";
export default inTheLog(
  {
    forged: "a drum is emptied into another, and then gets a passport for its full mass",
    named: "passport_of_reversed_lot",
  },
  {
    bodies: (b) => {
      put(
        b,
        "before",
        stepOf("S-2", { lot: "OX-1", ...contents(400_000, 340_542, 340_000) }, [
          { lot: "OX-1a", ...contents(400_000, 340_542, 340_000) },
        ]),
      );
    },
  },
);
