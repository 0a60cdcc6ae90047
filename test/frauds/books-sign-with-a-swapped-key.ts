import { drumOf, inTheBooks } from "./museum.ts";
import { born } from "./museum-keys.ts";
export default inTheBooks(
  { forged: "the secret of a party is swapped for another, and signs", named: "key_unknown" },
  () => [born("K-1"), ...drumOf({ issued_by: "refiner", signed_by: "K-2" })],
);
