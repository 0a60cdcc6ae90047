import { drumOf, inTheBooks } from "./museum.ts";
import { born, retired } from "./museum-keys.ts";
export default inTheBooks(
  { forged: "whoever has the database signs with a key that was retired", named: "key_not_in_force" },
  () => [born("K-1"), retired("K-1"), ...drumOf({ issued_by: "refiner", signed_by: "K-1" })],
);
