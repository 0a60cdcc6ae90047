import { contents, inTheLog } from "./museum.ts";
export default inTheLog(
  { forged: "a feed is settled with more metal than it weighs", named: "content_above_mass" },
  {
    bodies: (b) => {
      b.splice(1, 0, [
        "lot_restated",
        { lot: "F-1", before: contents(900_000, 100_000), after: contents(900_000, 1_000_000) },
      ]);
    },
  },
);
