import { refuse } from "../quantity/index.ts";
import { parseJson } from "./plain-input.ts";

/** Escapes are read as the engine reads them: two spellings of one name are one name. */
const ESCAPED = /\\/;
const NUMBER = /-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const BLANK = /[\s:,]+/y;

/**
 * Reads a document that somebody signed. What two readers could take differently is refused by name (`json_ambiguous`): a name
 * that stands twice in one object, `__proto__`, a number that no double holds, half a letter, a byte order mark. Everything else
 * that is not one JSON text, such as what follows its end, is `json_malformed`.
 */
export function readSignedJson(text: string, at: string) {
  if (text.startsWith("\ufeff")) return ambiguous(at, "it begins with a byte order mark");
  const read = parseJson(text, at);
  if (!read.ok) return read;
  const fault = new Scan(text).fault();
  return fault === undefined ? read : ambiguous(at, fault);
}

/** The same for bytes that are UTF-8; a byte order mark stays where it can be seen. */
export function readSignedBytes(bytes: Uint8Array, at: string) {
  try {
    return readSignedJson(new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes), at);
  } catch {
    return refuse("not_utf8", at, "it is not UTF-8 text");
  }
}

const ambiguous = (at: string, what: string) =>
  refuse("json_ambiguous", at, `two readers could read ${at || "it"} differently: ${what}`);

/** Walks a text that is JSON, once and without recursion. */
class Scan {
  private readonly text: string;
  private at = 0;

  constructor(text: string) {
    this.text = text;
  }

  fault(): string | undefined {
    /** Of each object that is open the names in it; of each list nothing. */
    const open: (Set<string> | undefined)[] = [];
    let expectsName = false;
    for (this.skip(); this.at < this.text.length; this.skip()) {
      const letter = this.text[this.at];
      if (letter === "{" || letter === "[") {
        open.push(letter === "{" ? new Set() : undefined);
        expectsName = letter === "{";
        this.at++;
      } else if (letter === "}" || letter === "]") {
        open.pop();
        expectsName = open.at(-1) !== undefined;
        this.at++;
      } else if (letter === '"') {
        const word = this.word();
        const names: Set<string> | undefined = expectsName ? open.at(-1) : undefined;
        const fault = names ? nameFault(word, names) : textFault(word);
        if (fault !== undefined) return fault;
        // After a name comes its value; after a value in an object the next name.
        expectsName = names === undefined && open.at(-1) !== undefined;
      } else {
        const fault = this.literalFault(letter ?? "");
        if (fault !== undefined) return fault;
        expectsName = open.at(-1) !== undefined;
      }
    }
    return undefined;
  }

  private skip(): void {
    BLANK.lastIndex = this.at;
    if (BLANK.test(this.text)) this.at = BLANK.lastIndex;
  }

  private word(): string {
    const start = this.at;
    for (this.at++; this.text[this.at] !== '"'; this.at++) if (this.text[this.at] === "\\") this.at++;
    this.at++;
    const literal = this.text.slice(start, this.at);
    return ESCAPED.test(literal) ? (JSON.parse(literal) as string) : literal.slice(1, -1);
  }

  private literalFault(letter: string): string | undefined {
    if (!/[-\d]/.test(letter)) {
      this.at += letter === "f" ? 5 : 4;
      return undefined;
    }
    NUMBER.lastIndex = this.at;
    const written = NUMBER.exec(this.text)?.[0] ?? letter;
    this.at += written.length;
    return sameNumber(written) ? undefined : `the number ${written.slice(0, 40)} is another one in a double`;
  }
}

function nameFault(name: string, names: Set<string>): string | undefined {
  if (names.has(name)) return `the name ${JSON.stringify(name.slice(0, 80))} stands twice in one object`;
  names.add(name);
  if (name === "__proto__") return 'the name "__proto__" means something else to some readers';
  return textFault(name);
}

const textFault = (text: string): string | undefined =>
  text.isWellFormed() ? undefined : "it holds half a letter (a lone surrogate)";

/** Whether a number as written is the double that is read, in value: 7.50 and 7.5 are, 9007199254740993 and -0 are not. */
function sameNumber(written: string): boolean {
  const value = Number(written);
  if (!Number.isFinite(value) || Object.is(value, -0)) return false;
  return digitsOf(written) === digitsOf(String(value));
}

/** Digits without leading and trailing zeros, and the power of ten of the last: one text for each value. */
function digitsOf(number: string): string {
  const [mantissa = "", exponent = "0"] = number.toLowerCase().split("e");
  const [whole = "", fraction = ""] = mantissa.replace("-", "").split(".");
  const digits = `${whole}${fraction}`.replace(/^0+/, "");
  const kept = digits.replace(/0+$/, "");
  if (kept === "") return "0";
  const power = Number(exponent) - fraction.length + (digits.length - kept.length);
  return `${mantissa.startsWith("-") ? "-" : ""}${kept}e${power}`;
}
