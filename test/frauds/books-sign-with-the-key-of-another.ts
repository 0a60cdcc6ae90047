import { drumOf, inTheBooks } from "./museum.ts";
import { born } from "./museum-keys.ts";
export default inTheBooks(
  { forged: "a firm signs its passport with the key of another", named: "key_of_another" },
  () => [born("K-1"), ...drumOf({ issued_by: "recycler", signed_by: "K-1" })],
);
