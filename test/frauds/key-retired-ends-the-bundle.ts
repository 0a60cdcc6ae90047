import { inTheLogOfKeys } from "./museum-keys.ts";
export default inTheLogOfKeys(
  { forged: "the end of a bundle is signed with a key that the same log retired", named: "tail_unsigned" },
  ({ born, retired }) => ({ before: (key) => [born(key)], last: (key) => [retired(key)] }),
);
