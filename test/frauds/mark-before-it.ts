import { inTheFile } from "./museum.ts";
export default inTheFile(
  { forged: "a byte order mark before the document", named: "json_ambiguous" },
  (text) => `\ufeff${text}`,
);
