import { inTheLogOfKeys, someoneElse } from "./museum-keys.ts";
export default inTheLogOfKeys(
  {
    forged: "the secret in the database is swapped for another, which the log never took into use",
    named: "key_in_force failed",
  },
  ({ born }) => ({ before: () => [born(someoneElse.did)] }),
);
