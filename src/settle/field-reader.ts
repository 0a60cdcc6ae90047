import { isElement, readOxide, whyNoElement } from "../chemistry/index.ts";
import { isFreeText, nearest, type Refusal } from "../quantity/index.ts";
import { type Decimal, decimalText, parseCarried, parseDecimal } from "./decimals.ts";
import type { SettleCode, SettleRefusal } from "./refusals.ts";

interface Range {
  readonly min?: string;
  readonly max?: string;
  readonly above?: string;
}

const quoted = (given: unknown): string => JSON.stringify(given)?.slice(0, 60) ?? "nothing";

interface Shared {
  refusal: SettleRefusal | undefined;
  readonly readers: FieldReader[];
}

/**
 * Reads named fields of an untrusted object and keeps the first thing wrong with it, in reading order.
 * After a refusal the values handed out are placeholders: look at `refusal` before using any of them.
 */
export class FieldReader {
  readonly #shared: Shared;
  readonly #from: Readonly<Record<string, unknown>>;
  readonly #at: string;
  /** Names that were looked for; the others mean nothing here. */
  readonly #known = new Set<string>();

  constructor(given: unknown, at = "", shared: Shared = { refusal: undefined, readers: [] }) {
    this.#shared = shared;
    shared.readers.push(this);
    this.#at = at;
    const isObject = typeof given === "object" && given !== null && !Array.isArray(given);
    this.#from = isObject ? (given as Record<string, unknown>) : {};
    if (given === undefined) this.refuse("field_missing", at || "input", `"${at}" is missing`);
    else if (!isObject) this.refuse("field_unreadable", at || "input", `${quoted(given)} is not an object`);
  }

  get refusal(): SettleRefusal | undefined {
    return this.#shared.refusal;
  }

  path(field: string): string {
    return this.#at ? `${this.#at}.${field}` : field;
  }

  refuse(code: SettleCode, at: string, message: string): void {
    this.#shared.refusal ??= { code, at, message } satisfies Refusal<SettleCode>;
  }

  has(field: string): boolean {
    this.#known.add(field);
    return Object.hasOwn(this.#from, field) && this.#from[field] !== undefined;
  }

  raw(field: string): unknown {
    this.#known.add(field);
    return Object.hasOwn(this.#from, field) ? this.#from[field] : undefined;
  }

  keys(): string[] {
    for (const name of Object.keys(this.#from)) this.#known.add(name);
    return Object.keys(this.#from);
  }

  /** Refuses the first name, here or in what was read of it, that nobody looked for. Said before all else that is wrong. */
  refuseUnknown(code: "field_unknown" | "clause_unknown"): void {
    for (const reader of this.#shared.readers) {
      const name = Object.keys(reader.#from).find((field) => !reader.#known.has(field) && !isFreeText(field));
      if (name === undefined) continue;
      const near = nearest(name, [...reader.#known]);
      const hint = near ? `did you mean ${near}?` : `known are ${[...reader.#known].join(", ")}`;
      const message = `there is no "${name.slice(0, 60)}" here; ${hint}`;
      this.#shared.refusal = { code, at: reader.path(name), message };
      return;
    }
  }

  object(field: string): FieldReader {
    return new FieldReader(this.raw(field), this.path(field), this.#shared);
  }

  /** The members of a list of at most `limit` objects. */
  list(field: string, limit: number): FieldReader[] {
    const given = this.raw(field);
    if (!Array.isArray(given)) {
      const code = given === undefined ? "field_missing" : "field_unreadable";
      this.refuse(code, this.path(field), `"${this.path(field)}" has to be a list`);
      return [];
    }
    if (given.length > limit) {
      this.refuse("value_out_of_range", this.path(field), `a list of at most ${limit}, not ${given.length}`);
      return [];
    }
    return given.map((item, i) => new FieldReader(item, `${this.path(field)}[${i}]`, this.#shared));
  }

  text(field: string): string {
    const given = this.raw(field);
    if (typeof given === "string" && given.trim() !== "" && given.length <= 200) return given;
    const code = given === undefined ? "field_missing" : "field_unreadable";
    this.refuse(code, this.path(field), `"${this.path(field)}" has to be text of 1 to 200 characters`);
    return "";
  }

  /** A list of at least one and at most `limit` texts, none of them twice. */
  texts(field: string, limit: number): readonly string[] {
    const given = this.raw(field);
    const isText = (one: unknown): one is string =>
      typeof one === "string" && one.trim() !== "" && one.length <= 200;
    if (Array.isArray(given) && given.length > 0 && given.length <= limit && given.every(isText))
      return [...new Set(given)];
    const why = `"${this.path(field)}" has to be a list of 1 to ${limit} texts`;
    this.refuse("field_unreadable", this.path(field), why);
    return [];
  }

  flag(field: string): boolean {
    const given = this.raw(field);
    if (typeof given === "boolean") return given;
    this.refuse("field_unreadable", this.path(field), `"${this.path(field)}" has to be true or false`);
    return false;
  }

  /** A decimal as it was written; its text is kept because statements print it as given. */
  decimal(field: string, range: Range = {}): string {
    return this.#decimal(field, range, parseDecimal(this.raw(field)));
  }

  /** A decimal that a statement computed: it may have more places than a typed one. */
  carriedDecimal(field: string, range: Range = {}): string {
    return this.#decimal(field, range, parseCarried(this.raw(field)));
  }

  #decimal(field: string, range: Range, value: Decimal | undefined): string {
    const given = this.raw(field);
    const at = this.path(field);
    if (value === undefined) {
      const why =
        typeof given === "number" ? "write it as text, so that no digit is lost" : "a decimal such as 22.40";
      const code = given === undefined ? "field_missing" : "field_unreadable";
      this.refuse(
        code,
        at,
        given === undefined ? `"${at}" is missing` : `${quoted(given)} is not readable: ${why}`,
      );
      return "0";
    }
    const fault = outside(value, range);
    if (fault)
      this.refuse("value_out_of_range", at, `"${at}" is ${decimalText(value)}: it has to be ${fault}`);
    return given as string;
  }

  choice<Choice extends string>(
    field: string,
    choices: readonly Choice[],
    code: SettleCode = "value_unknown",
  ): Choice {
    const given = this.raw(field);
    const found = choices.find((choice) => choice === given);
    if (found !== undefined) return found;
    const at = this.path(field);
    const missing = code === "basis_unknown" ? "basis_missing" : "field_missing";
    const why = given === undefined ? `"${at}" is missing` : `${quoted(given)} is not known`;
    this.refuse(given === undefined ? missing : code, at, `${why}; one of ${choices.join(", ")}`);
    return choices[0] as Choice;
  }

  /** A small count, such as decimal places. The one kind of field that is a JSON number. */
  count(field: string, min: number, max: number): number {
    const given = this.raw(field);
    if (typeof given === "number" && Number.isInteger(given) && given >= min && given <= max) return given;
    const code = given === undefined ? "field_missing" : "value_out_of_range";
    this.refuse(
      code,
      this.path(field),
      `"${this.path(field)}" has to be a whole number from ${min} to ${max}`,
    );
    return min;
  }

  /** A calendar day, YYYY-MM-DD. */
  day(field: string): string {
    const given = this.raw(field);
    if (typeof given === "string" && isDay(given)) return given;
    const code = given === undefined ? "field_missing" : "field_unreadable";
    this.refuse(code, this.path(field), `"${this.path(field)}" has to be a day such as 2026-01-31`);
    return "";
  }

  element(field: string): string {
    const symbol = this.text(field);
    if (symbol !== "" && !isElement(symbol)) {
      this.refuse("element_unknown", this.path(field), whyNoElement(symbol));
    }
    return symbol;
  }

  /** The formula of an oxide of the given metal. */
  oxideOf(field: string, metal: string): string {
    const formula = this.text(field);
    const read = readOxide(formula);
    if (formula !== "" && !read.ok) this.refuse("oxide_unreadable", this.path(field), read.refusal.message);
    if (read.ok && read.value.metal !== metal) {
      this.refuse(
        "oxide_of_another_metal",
        this.path(field),
        `${formula} is an oxide of ${read.value.metal}, not of ${metal}`,
      );
    }
    return formula;
  }
}

function outside(value: Decimal, range: Range): string | undefined {
  if (range.above !== undefined && value.lte(range.above)) return `above ${range.above}`;
  if (range.min !== undefined && value.lt(range.min)) return `${range.min} or more`;
  if (range.max !== undefined && value.gt(range.max)) return `${range.max} or less`;
  return undefined;
}

const DAYS_IN_MONTH = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** A day of the Gregorian calendar; text of this form also compares in time order. */
export function isDay(text: string): boolean {
  const found = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  if (!found) return false;
  const [year, month, day] = [Number(found[1]), Number(found[2]), Number(found[3])];
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  const days = month === 2 && leap ? 29 : (DAYS_IN_MONTH[month - 1] ?? 0);
  return day >= 1 && day <= days;
}
