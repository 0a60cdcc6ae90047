import { done, refuse } from "../quantity/index.ts";
import { namedTwice } from "./named-twice.ts";

/** Deeper than any document of the trade; beyond it, reading it again step by step could exhaust the stack. */
const DEPTH_MAX = 100;

/** Reads bytes as a JSON text in UTF-8. Refuses `not_utf8`, `json_malformed` with line and column, and `json_ambiguous`. */
export function readJsonText(bytes: Uint8Array, at: string) {
  const text = readUtf8(bytes, at);
  return text.ok ? readPlainJson(text.value, at) : text;
}

/** Reads a JSON text. A name that stands twice in one object is refused at its place: of two values one would be lost unseen. */
export function readPlainJson(text: string, at: string) {
  const read = parseJson(text, at);
  const twice = read.ok ? namedTwice(text, read.value) : undefined;
  if (twice === undefined) return read;
  const message = `${shorten(twice)} is stated twice in one object, and only one of the two could count: leave one out`;
  return refuse("json_ambiguous", shorten(twice), message);
}

/** Refuses `not_utf8`, naming the first byte that is not text. A byte order mark is dropped. */
export function readUtf8(bytes: Uint8Array, at: string) {
  try {
    return done(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch {
    return refuse("not_utf8", at, `byte ${firstBadByte(bytes)} is not UTF-8 text`);
  }
}

/** The length of the longest prefix that is UTF-8, found by halving. */
function firstBadByte(bytes: Uint8Array): number {
  const readable = (length: number) => {
    try {
      // As a stream, a letter that is cut off at the end of the prefix is not yet a fault.
      new TextDecoder("utf-8", { fatal: true }).decode(bytes.subarray(0, length), { stream: true });
      return true;
    } catch {
      return false;
    }
  };
  let good = 0;
  let bad = bytes.length + 1;
  while (bad - good > 1) {
    const middle = (good + bad) >> 1;
    if (readable(middle)) good = middle;
    else bad = middle;
  }
  return good;
}

export function parseJson(text: string, at: string) {
  const fault = readOrFault(text);
  if ("value" in fault) return done(fault.value);
  const position = fault.position ?? lastGoodLength(text);
  const before = text.slice(0, position);
  const line = before.split("\n").length;
  const column = position - before.lastIndexOf("\n");
  const what = text.trim() === "" ? "it is empty" : `it stops being JSON at line ${line}, column ${column}`;
  return refuse("json_malformed", at, `${what} (position ${position})`, { position, line, column });
}

/** The engine states the position of some faults and not of others. */
function readOrFault(
  text: string,
): { readonly value: unknown } | { readonly position: number | undefined; readonly ended: boolean } {
  try {
    return { value: JSON.parse(text) };
  } catch (cause) {
    const { message } = cause as Error;
    const stated = /at position (\d+)/.exec(message)?.[1];
    const ended = /end of JSON/.test(message) || Number(stated) === text.length;
    return { position: ended ? text.length : stated === undefined ? undefined : Number(stated), ended };
  }
}

/** The length of the longest prefix that only lacks its end: there the fault stands. Found by halving. */
function lastGoodLength(text: string): number {
  let good = 0;
  let bad = text.length + 1;
  while (bad - good > 1) {
    const middle = (good + bad) >> 1;
    const fault = readOrFault(text.slice(0, middle));
    if ("value" in fault || fault.ended) good = middle;
    else bad = middle;
  }
  return good;
}

/**
 * Refuses what no field of the trade may hold, whatever its schema says: numbers beyond all bounds, text with a NUL or
 * half a letter in it (no database and no hash agrees on those), nesting without end, a field called `__proto__`. The refusal is `input_malformed`.
 */
export function checkPlain(input: unknown) {
  const open: { value: unknown; at: string; depth: number }[] = [{ value: input, at: "", depth: 0 }];
  for (let next = open.pop(); next; next = open.pop()) {
    const { value, at, depth } = next;
    const place = at || "input";
    if (depth > DEPTH_MAX)
      return refuse("input_malformed", shorten(place), `it is nested deeper than ${DEPTH_MAX} levels`);
    const fault = typeof value === "string" ? textFault(value) : numberFault(value);
    if (fault !== undefined) return refuse("input_malformed", shorten(place), `${shorten(place)}: ${fault}`);
    if (typeof value !== "object" || value === null) continue;
    const list = Array.isArray(value);
    for (const [key, inner] of Object.entries(value)) {
      const keyFault = list ? undefined : textFault(key);
      if (keyFault !== undefined)
        return refuse("input_malformed", shorten(place), `a field name: ${keyFault}`);
      const inside = list ? `${at}[${key}]` : at ? `${at}.${key}` : key;
      if (key === "__proto__")
        return refuse("input_malformed", shorten(inside), `${key} means something else to some readers`);
      open.push({ value: inner, at: inside, depth: depth + 1 });
    }
  }
  return done(input);
}

const shorten = (place: string) => (place.length > 200 ? `${place.slice(0, 200)}…` : place);

const numberFault = (value: unknown): string | undefined =>
  typeof value === "number" && !Number.isFinite(value) ? "the number is beyond all bounds" : undefined;

function textFault(text: string): string | undefined {
  const nul = text.indexOf("\0");
  if (nul >= 0) return `character ${nul} is NUL, which no text holds; is this a binary file?`;
  return text.isWellFormed() ? undefined : "it holds half a letter (a lone surrogate)";
}
