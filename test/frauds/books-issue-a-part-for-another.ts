import { drumOf, inTheBooks, repackedDrum } from "./museum.ts";
export default inTheBooks(
  {
    forged: "whoever took the title of a drum repacks it, and issues a part of another party's passport",
    named: "promised_twice",
  },
  () => [...drumOf({ issued_by: "refiner" }), ...repackedDrum({ issued_by: "carrier" })],
);
