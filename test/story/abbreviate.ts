/** What differs from run to run, or with every entry that is put before it. */
const LEFT_OUT = new Set(
  ["seq", "last_entry", "key", "nonce"].concat("seconds", "checked", "entries", "records", "bytes"),
);
const WIDTH = 110;
const ITEMS_SHOWN = 2;
const WORDS_SHOWN = 8;
const FIELDS_SHOWN = 24;
const DEPTH_SHOWN = 4;
const DEPTH_TYPED = 8;
const LETTERS_SHOWN = 90;
const LINES_SHOWN = 12;

/** An answer or an input as a transcript shows it: `…` stands for hashes, times, long lists and all that is deep inside. */
export function abbreviated(output: string, by?: "typed"): string {
  const whole = readJson(output);
  const typed = by === "typed";
  if (whole !== undefined) return `${shown(whole, { indent: "", depth: 0, typed })}\n`;
  const lines = output.trimEnd().split("\n");
  const short = lines.slice(0, LINES_SHOWN).map((line) => {
    const row = readJson(line);
    return row === undefined ? cut(line) : shown(row, { indent: "", depth: 2, typed });
  });
  return `${[...short, ...(lines.length > LINES_SHOWN ? ["…"] : [])].join("\n")}\n`;
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

interface At {
  readonly indent: string;
  readonly depth: number;
  /** What was typed is shown as it was, but for what is long. */
  readonly typed: boolean;
}

function shown(value: unknown, at: At): string {
  if (typeof value === "string") return JSON.stringify(at.typed ? cut(value) : shortText(value));
  if (typeof value === "number") return at.typed ? String(value) : shortNumber(value);
  if (typeof value !== "object" || value === null) return String(value);
  const list = Array.isArray(value);
  const [open, close] = list ? "[]" : "{}";
  if (at.depth >= (at.typed ? DEPTH_TYPED : DEPTH_SHOWN)) return `${open}…${close}`;
  const inner = { ...at, indent: `${at.indent}  `, depth: at.depth + 1 };
  const all = Object.entries(value);
  const most =
    at.typed || !(list || isMap(value)) ? FIELDS_SHOWN : isWords(value) ? WORDS_SHOWN : ITEMS_SHOWN;
  const parts = all
    .slice(0, all.length === most + 1 ? most + 1 : most)
    .map(([name, part]) =>
      list ? shown(part, inner) : `${JSON.stringify(name)}: ${LEFT_OUT.has(name) ? "…" : shown(part, inner)}`,
    );
  if (parts.length < all.length) parts.push("…");
  const oneLine = list ? `[${parts.join(", ")}]` : `{ ${parts.join(", ")} }`;
  if (parts.length === 0) return `${open}${close}`;
  if (!oneLine.includes("\n") && oneLine.length + at.indent.length <= WIDTH) return oneLine;
  return `${open}\n${parts.map((part) => inner.indent + part).join(",\n")}\n${at.indent}${close}`;
}

/** Many of the same kind by their names, such as the contents of a lot by element. */
const isMap = (value: object): boolean =>
  Object.values(value).every((part) => typeof part === "object" && part !== null && !Array.isArray(part));

const isWords = (value: object): boolean =>
  Object.values(value).every((part) => typeof part === "string" && part.length <= 24);

function shortNumber(value: number): string {
  const text = String(value);
  if (Math.abs(value) < 1e-9 && value !== 0) return "0.000…";
  return Number.isInteger(value) || text.length <= 6 ? text : `${Number(value.toPrecision(4))}…`;
}

const cut = (text: string): string =>
  text.length > LETTERS_SHOWN ? `${text.slice(0, LETTERS_SHOWN)}…` : text;

const shortText = (text: string): string =>
  cut(
    text
      .replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, "…")
      .replace(/\d{8}T\d{6}Z/g, "…")
      .replace(/\bage1[02-9ac-hj-np-z]{50,}/g, "age1…")
      .replace(/\b[0-9a-f]{32,}\b|\b[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/g, "…")
      .replace(/\b([A-Z])-[0-9A-HJKMNP-TV-Z]{8}\b/g, "$1-…")
      .replace(/\bz[1-9A-HJ-NP-Za-km-z]{40,}/g, "z…"),
  );
