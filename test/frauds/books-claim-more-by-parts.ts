import { drumOf, inTheBooks, repackedDrum } from "./museum.ts";
export default inTheBooks(
  { forged: "a part claims more than its whole has left", named: "promised_twice" },
  () => [
    ...drumOf({ feeds_mg: { "F-1": { Nd: 600_000 } } }),
    ...repackedDrum({ feeds_mg: { "F-1": { Nd: 700_000 } } }),
  ],
);
