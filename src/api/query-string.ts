import { checkPlain } from "../contract/plain-input.ts";
import { refuse } from "../quantity/index.ts";

/** Reads the fields of a query. A name given twice, and what is not percent-encoded UTF-8, is refused (A8). */
export function readQuery(url: string) {
  const start = url.indexOf("?");
  const text = start < 0 ? "" : (url.slice(start + 1).split("#")[0] ?? "");
  const fields: Record<string, string> = {};
  for (const pair of text.split("&").filter(Boolean)) {
    const cut = pair.indexOf("=");
    const name = decode(cut < 0 ? pair : pair.slice(0, cut));
    const value = decode(cut < 0 ? "" : pair.slice(cut + 1));
    if (name === undefined || value === undefined) {
      return refuse("not_utf8", "query", `"${pair.slice(0, 80)}" is not percent-encoded UTF-8 text`);
    }
    if (Object.hasOwn(fields, name))
      return refuse("input_malformed", name.slice(0, 80), `${name.slice(0, 80)} is given twice`);
    Object.defineProperty(fields, name, { value, enumerable: true });
  }
  return checkPlain(fields);
}

function decode(text: string): string | undefined {
  try {
    return decodeURIComponent(text.replaceAll("+", " "));
  } catch {
    return undefined;
  }
}
