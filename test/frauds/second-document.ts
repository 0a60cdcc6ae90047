import { inTheFile } from "./museum.ts";
export default inTheFile(
  { forged: "a second document stands after the end of the first", named: "json_malformed" },
  (text) => `${text}${text}`,
);
