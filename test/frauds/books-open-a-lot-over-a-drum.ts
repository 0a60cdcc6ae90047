import { contents, drumOf, inTheBooks } from "./museum.ts";
export default inTheBooks(
  {
    forged: "a truck of virgin metal is opened under the name of a drum that a passport describes",
    named: "lot_opened_twice",
  },
  () => [
    ...drumOf({}),
    [
      "lot_opened",
      {
        ...{ lot: "DRUM", kind: "devices", notes: {}, made_by: "C-9", at: "2026-03-06T00:00:00Z" },
        ...contents(1_400_000, 840_000),
      },
    ],
  ],
);
