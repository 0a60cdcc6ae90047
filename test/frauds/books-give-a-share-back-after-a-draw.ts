import { contents, drumOf, inTheBooks, stepOf } from "./museum.ts";

/** A count of a tenth, a part drawn, and a count of nearly all of it again: what is found now need not be what was there. */
export default inTheBooks(
  {
    forged: "a drum is counted low, a part of it is drawn, and the right count gives all of the share back",
    named: "share_above_content",
  },
  () => [
    ...drumOf({ lot: "OTHER" }).slice(0, 3),
    [
      "lot_restated",
      {
        ...{ lot: "DRUM", rules: 5, at: "2026-03-03T00:00:00Z" },
        before: contents(1_400_000, 840_000, 840_000),
        after: contents(140_000, 84_000, 84_000),
      },
    ],
    stepOf("S-2", { lot: "DRUM", ...contents(10_000, 6000, 6000) }, [
      { lot: "PART", ...contents(10_000, 6000, 6000) },
    ]),
    [
      "lot_restated",
      {
        ...{ lot: "DRUM", rules: 5, at: "2026-03-04T00:00:00Z" },
        before: contents(130_000, 78_000, 78_000),
        after: contents(1_390_000, 834_000, 834_000),
      },
    ],
  ],
);
