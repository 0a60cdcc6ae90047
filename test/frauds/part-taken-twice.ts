import { contents, inTheLog, put, stepOf } from "./museum.ts";
export default inTheLog(
  { forged: "two parts take the same mass out of the passport of the whole", named: "promised_twice" },
  {
    bodies: (b) => {
      put(
        b,
        "end",
        stepOf("S-2", { lot: "OX-1", ...contents(400_000, 340_542, 340_000) }, [
          { lot: "OX-1a", ...contents(400_000, 340_542, 340_000) },
        ]),
        [
          "passport_issued",
          {
            passport: "P-2",
            lot: "OX-1a",
            mass_mg: 400_000,
            oxide: "Nd2O3",
            feeds_mg: {},
            part_of: { passport: "P-1", mass_mg: 400_001 },
          },
        ],
      );
    },
  },
);
