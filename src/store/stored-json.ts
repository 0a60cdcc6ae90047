/**
 * A record as PostgreSQL gives it back: plain JSON whose keys stand in the order of jsonb, shorter ones first, then by bytes.
 * Folding adds up numbers in the order of keys, and a sum of doubles depends on its order: a record that is still in memory
 * must fold on to the same bytes as one that was read back. Source of the order: PostgreSQL, "JSON Types", section 8.14.
 */
export function asStored(record: object): { readonly record: object; readonly text: string } {
  const text = JSON.stringify(record);
  return { record: ordered(JSON.parse(text)) as object, text };
}

function ordered(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(ordered);
  if (value === null || typeof value !== "object") return value;
  const entries = Object.entries(value).sort(([a], [b]) => byLengthThenBytes(a, b));
  return Object.fromEntries(entries.map(([key, inner]) => [key, ordered(inner)]));
}

const PRINTABLE = /^[\x20-\x7e]*$/;

function byLengthThenBytes(a: string, b: string): number {
  if (PRINTABLE.test(a) && PRINTABLE.test(b)) return a.length - b.length || (a < b ? -1 : 1);
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length - right.length || Buffer.compare(left, right);
}
