import { done, type Refusal, type Result, refuse } from "../quantity/index.ts";
import { scrub, startOf } from "./cells.ts";

/** What a column of a manifest can mean. */
export type Meaning =
  | "maker"
  | "model"
  | "description"
  | "type"
  | "capacity"
  | "quantity"
  | "serial"
  | "weight"
  | "weight_unit";

/** Columns that together say what the item is, in the order in which they are put together. */
export const NAMING = [
  "maker",
  "model",
  "description",
  "type",
  "capacity",
] as const satisfies readonly Meaning[];

/** What headers people write, by meaning; compared in lower case without punctuation. Order within a meaning is preference. */
const HEADERS: Readonly<Record<Meaning, readonly string[]>> = {
  maker: ["manufacturer", "maker", "make", "brand", "vendor", "mfr", "mfg", "oem"],
  model: ["model", "model number", "model no", "model name", "part number", "part no", "mpn", "p n"],
  description: [
    "description",
    "item description",
    "product description",
    "desc",
    "line",
    "product",
    "item name",
    "item",
    "device",
    "equipment",
    "asset description",
    "asset",
    "part",
  ],
  type: ["type", "device type", "asset type", "product type", "category", "commodity", "class"],
  capacity: ["capacity", "size", "hdd size", "drive size", "storage"],
  quantity: ["qty", "quantity", "qnty", "count", "units", "unit count", "pcs", "pieces", "ea", "no of units"],
  serial: ["serial", "serial number", "serial numbers", "serial no", "serials", "sn", "s n"],
  weight: [
    "weight",
    "weight kg",
    "weight lb",
    "weight lbs",
    "weight g",
    "weight oz",
    "net weight",
    "gross weight",
    "total weight",
    "wt",
    "mass",
    "kg",
    "lb",
    "lbs",
  ],
  weight_unit: ["weight unit", "weight uom", "uom weight", "unit of weight", "wt unit", "mass unit"],
};

const MEANINGS = Object.keys(HEADERS) as Meaning[];

/** A header stands within the first rows; above it there may be a title, a date, a firm's name. */
const HEADER_WITHIN_ROWS = 10;

export interface Header {
  /** Its row in the table, from 0. */
  readonly index: number;
  /** The names of the columns, each one once. */
  readonly names: readonly string[];
  readonly at: Readonly<Partial<Record<Meaning, number>>>;
}

/** Which column means what, as stated by the user: meaning to header text. It comes before what is recognised. */
export type ColumnChoice = Readonly<Partial<Record<Meaning, string>>>;

const plain = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, " ")
    .trim();

/**
 * The header of a table (N5), undefined where there is none. Refuses `column_unknown` when a stated column is nowhere in the
 * first rows.
 */
export function findHeader(
  table: readonly (readonly string[])[],
  stated: ColumnChoice = {},
): Result<Header | undefined, Refusal<"column_unknown">> {
  const wanted = (Object.entries(stated) as [Meaning, string][]).map(
    ([m, name]) => [m, plain(name)] as const,
  );
  for (const [index, cells] of table.slice(0, HEADER_WITHIN_ROWS).entries()) {
    const words = cells.map(plain);
    if (!wanted.every(([, name]) => words.includes(name))) continue;
    const at = {
      ...recognised(words),
      ...Object.fromEntries(wanted.map(([m, name]) => [m, words.indexOf(name)])),
    };
    // Further down, one known word alone may be an item called "part"; two make a header.
    const enough = index === 0 || wanted.length > 0 ? 1 : 2;
    if (!NAMING.some((m) => at[m] !== undefined) || Object.keys(at).length < enough) continue;
    return done({ index, names: uniqueNames(cells), at });
  }
  const [missing] = wanted;
  if (missing === undefined) return done(undefined);
  return refuse(
    "column_unknown",
    `columns.${missing[0]}`,
    `none of the first ${HEADER_WITHIN_ROWS} rows has all the columns ${wanted.map(([, n]) => `"${n}"`).join(", ")} and one that names the item`,
  );
}

function recognised(words: readonly string[]): Partial<Record<Meaning, number>> {
  const at: Partial<Record<Meaning, number>> = {};
  for (const meaning of MEANINGS) {
    const found = HEADERS[meaning].map((word) => words.indexOf(word)).find((i) => i >= 0);
    if (found !== undefined) at[meaning] = found;
  }
  return at;
}

function uniqueNames(cells: readonly string[]): string[] {
  const seen = new Map<string, number>();
  return cells.map((cell, i) => {
    const name = startOf(scrub(cell).text, 100) || `column ${i + 1}`;
    const count = (seen.get(name) ?? 0) + 1;
    seen.set(name, count);
    return count === 1 ? name : `${name} (${count})`;
  });
}

const DELIMITERS = [",", ";", "\t", "|"] as const;
const SAMPLE_LINES = 20;

/**
 * The delimiter of a text, or none ("") where each line is one cell: the one under which a header is recognised with the most
 * columns, else the one that splits every one of the first lines, most often. Quoted parts do not count.
 */
export function guessDelimiter(text: string): "" | (typeof DELIMITERS)[number] {
  const lines = firstLines(text, SAMPLE_LINES).map((line) => line.replace(/"(?:[^"]|"")*"/g, "x"));
  if (lines.length === 0) return "";
  const scored = DELIMITERS.map((delimiter) => {
    const table = lines.map((line) => line.split(delimiter));
    const header = findHeader(table);
    const named = header.ok && header.value ? Object.keys(header.value.at).length : 0;
    const width = header.ok && header.value ? header.value.names.length : 0;
    const least = Math.min(...table.map((cells) => cells.length));
    return { delimiter, named: width > 1 ? named : 0, least };
  });
  const best = scored.reduce((a, b) =>
    b.named > a.named || (b.named === a.named && b.least > a.least) ? b : a,
  );
  if (best.named > 0) return best.delimiter;
  // A header of one column: commas below it belong to the descriptions.
  const alone = findHeader(lines.map((line) => [line]));
  if (alone.ok && alone.value) return "";
  return best.least > 1 ? best.delimiter : "";
}

function firstLines(text: string, count: number): string[] {
  // Enough for any sensible header; the rest of a large file need not be split for it.
  return text
    .slice(0, 200_000)
    .split(/\r\n|\n|\r/)
    .filter((line) => line.trim() !== "")
    .slice(0, count);
}
