import type { Corpus } from "./corpus.ts";

/** The model index: one line a model, class letter, then what is known of it. */
export function packIndex(corpus: Corpus): string {
  const seen = new Set<string>();
  const out: string[] = [];
  const add = (key: string, line: string): void => {
    const name = key.toUpperCase();
    if (seen.has(name)) return;
    seen.add(name);
    out.push(line);
  };
  const clean = (text: string): string =>
    text
      .replace(/[\t\n\\`$]/g, " ")
      .replace(/\s+/g, " ")
      .trim();
  for (const d of corpus.drives) {
    const name = clean(d.model);
    const size = d.capacity_bytes === null ? "" : String(Math.round(d.capacity_bytes / 1e9));
    if (name) add(name, `${name}\t${d.kind}\t${d.form_factor}\t${size}`);
  }
  for (const c of [...corpus.apple, ...corpus.computers]) {
    const name = clean(c.vendor === "Apple" && c.label !== "notebook" ? c.model : `${c.vendor} ${c.model}`);
    const numbers = c.numbers.length > 0 ? `\t\t\t${c.numbers.map(clean).join(" ")}` : "";
    if (name) add(name, `${name}\t${c.label}${numbers}`);
  }
  for (const line of corpus.lines)
    if (line.label === "android_device" && clean(line.model))
      add(clean(line.model), `${clean(line.model)}\t${line.label}`);
  return out.join("\n");
}
