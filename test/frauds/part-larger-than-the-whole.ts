import { bodyOf, contents, inTheLog, put, stepOf } from "./museum.ts";
export default inTheLog(
  { forged: "a passport of a part claims more than that of the whole", named: "promised_twice" },
  {
    bodies: (b) => {
      bodyOf(b, "step_recorded").outputs[0].feeds_mg["F-1"].Nd = 851_000;
      put(
        b,
        "end",
        stepOf("S-2", { lot: "OX-1", ...contents(1_000_000, 851_356, 851_000) }, [
          { lot: "OX-1a", ...contents(1_000_000, 851_356, 851_000) },
        ]),
        [
          "passport_issued",
          {
            passport: "P-2",
            lot: "OX-1a",
            mass_mg: 1_000_000,
            oxide: "Nd2O3",
            feeds_mg: { "F-1": { Nd: 851_000 } },
            part_of: { passport: "P-1", mass_mg: 1_000_000 },
          },
        ],
      );
    },
  },
);
