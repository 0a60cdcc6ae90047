import { inTheBooks } from "./museum.ts";
import { born } from "./museum-keys.ts";
export default inTheBooks(
  { forged: "a second key is slipped in beside the one in force", named: "key_beside_another" },
  () => [born("K-1"), born("K-2")],
);
