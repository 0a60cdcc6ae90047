import { contents, inTheLog, put, stepOf } from "./museum.ts";
export default inTheLog(
  {
    forged: "a drum is divided in two with a passport each, and that of the whole is shown once more",
    named: "described_by_parts",
  },
  {
    bodies: (b) => {
      const part = (passport: string, lot: string, mass_mg: number, Nd: number) =>
        [
          "passport_issued",
          {
            ...{ passport, lot, mass_mg, oxide: "Nd2O3", feeds_mg: { "F-1": { Nd } } },
            part_of: { passport: "P-1", mass_mg },
          },
        ] as (typeof b)[number];
      put(
        b,
        "end",
        stepOf("S-2", { lot: "OX-1", ...contents(1_000_000, 851_356, 850_000) }, [
          { lot: "OX-1a", ...contents(400_000, 340_542, 340_000) },
          { lot: "OX-1b", ...contents(600_000, 510_814, 510_000) },
        ]),
        part("P-2", "OX-1a", 400_000, 340_000),
        part("P-3", "OX-1b", 600_000, 510_000),
      );
    },
  },
);
