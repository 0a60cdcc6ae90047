import { placeOf } from "../quantity/index.ts";

/**
 * Where a name stands twice in one object of a JSON text, whose last value alone is kept; nothing where none does. The text has
 * been read as `value`: names are counted in both, at the speed of looking for quotes, and only where the counts differ is the
 * text walked for the place.
 */
export const namedTwice = (text: string, value: unknown): string | undefined =>
  namesIn(text) === fieldsOf(value) ? undefined : placeIn(text);

/** The end of the string that begins at a quote: its closing quote. */
function closing(text: string, start: number): number {
  for (let at = text.indexOf('"', start + 1); ; at = text.indexOf('"', at + 1)) {
    let escapes = 0;
    while (text[at - 1 - escapes] === "\\") escapes++;
    if (escapes % 2 === 0) return at;
  }
}

const BLANK = /\s*/y;

function afterBlank(text: string, from: number): number {
  BLANK.lastIndex = from;
  BLANK.test(text);
  return BLANK.lastIndex;
}

/** How many strings of a JSON text are followed by a colon. */
function namesIn(text: string): number {
  let count = 0;
  for (let at = text.indexOf('"'); at !== -1; at = text.indexOf('"', at + 1)) {
    at = closing(text, at);
    const next = text[at + 1];
    if (next === ":" || (next !== "," && text[afterBlank(text, at + 1)] === ":")) count++;
  }
  return count;
}

/** How many fields all objects of a value have, without recursion. */
function fieldsOf(value: unknown): number {
  let count = 0;
  const open = [value];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (typeof next !== "object" || next === null) continue;
    const inner = Object.values(next);
    if (!Array.isArray(next)) count += inner.length;
    for (const one of inner) if (typeof one === "object" && one !== null) open.push(one);
  }
  return count;
}

interface Open {
  /** Of an object the names in it, of a list nothing. */
  readonly names?: Set<string>;
  /** The name or the number of the value that is being read. */
  at: string | number;
}

/** The place of the first name that stands twice in its object. */
function placeIn(text: string): string | undefined {
  const open: Open[] = [];
  for (let at = 0; at < text.length; at++) {
    const here = open.at(-1);
    switch (text[at]) {
      case "{":
        open.push({ names: new Set(), at: "" });
        break;
      case "[":
        open.push({ at: 0 });
        break;
      case "}":
      case "]":
        open.pop();
        break;
      case ",":
        if (typeof here?.at === "number") here.at++;
        break;
      case '"': {
        const end = closing(text, at);
        if (here?.names && text[afterBlank(text, end + 1)] === ":") {
          here.at = JSON.parse(text.slice(at, end + 1)) as string;
          if (here.names.has(here.at)) return placeOf(open.map((one) => one.at));
          here.names.add(here.at);
        }
        at = end;
      }
    }
  }
  return undefined;
}
