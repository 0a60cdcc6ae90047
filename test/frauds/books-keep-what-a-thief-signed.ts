import { drumOf, inTheBooks } from "./museum.ts";
import { born, revoked } from "./museum-keys.ts";
export default inTheBooks(
  { forged: "a stolen key is revoked, and a passport it signed since is left out", named: "key_revoked" },
  () => [
    born("K-1"),
    ...drumOf({ issued_by: "refiner", signed_by: "K-1" }),
    revoked("K-1", "2026-03-02T00:00:00.000Z"),
  ],
);
