import type { z } from "zod";
import { nearest } from "./nearest.ts";
import { done, type Refusal, type Refused, type Result, refuse } from "./result.ts";

export type InputRefusal = Refusal<"input_malformed" | "field_unknown">;

type Path = readonly PropertyKey[];
type Issue = z.core.$ZodIssue;

/** So many faults are named in one sentence. */
const NAMED_MAX = 10;

/** `note` and names that begin with `_` are free text: kept with what they came with, never read. */
export const isFreeText = (name: string): boolean => name === "note" || name.startsWith("_");

/** A place in an input, as refusals name it: `inputs[0].mass`. */
export const placeOf = (path: Path): string =>
  path.map((p, i) => (typeof p === "number" ? `[${p}]` : `${i ? "." : ""}${String(p)}`)).join("");

/**
 * Reads an input by a schema of strict objects. A field that the schema does not have is `field_unknown` at its own place, with
 * the nearest known name, whatever else is wrong: what is missing is often what was misspelt. Free text is left out of the value.
 */
export function readStrictly<T>(schema: z.ZodType<T>, given: unknown): Result<T, InputRefusal> {
  const read = schema.safeParse(given);
  if (read.success) return done(read.data);
  const issues = read.error.issues.flatMap((issue) => spelledOut(issue, given));
  const strange = issues.flatMap(unknownIn);
  const unknown = strange.find((path) => !isFreeText(String(path.at(-1))));
  if (unknown) return unknownField(schema, unknown);
  if (strange.length > 0) return readStrictly(schema, without(given, strange));
  const message = issues
    .slice(0, NAMED_MAX)
    .map((issue) => faultOf(issue, given))
    .join("; ");
  return refuse("input_malformed", placeOf(issues[0]?.path ?? []) || "input", message);
}

/** A fault in a sentence, with its place: what is missing is said to be, in words of those who fill it in. */
function faultOf(issue: Issue, given: unknown): string {
  const place = placeOf(issue.path) || "input";
  const wanted = wantedBy(issue);
  if (valueAt(given, issue.path) !== undefined) return `${place}: ${wanted}`;
  return `${place} is missing${wanted === "" ? "" : `: ${wanted}`}`;
}

/** What a schema says that it wants, without the words every one begins with. */
const wantedBy = ({ message }: Issue): string =>
  message.replace(/^Invalid (input|option): /, "").replace(/, received undefined$/, "");

/**
 * Of a choice that nothing fits: the one that would fit but for names it does not know, if there is one; what it misses may be
 * what was misspelt. Where the field that tells the choices apart is missing, any other name may be that field. Else the one that
 * is nearest: of the same sort, with the fewest faults; where none is of the same sort, what each of them is.
 */
function spelledOut(issue: Issue, given: unknown): Issue[] {
  if (issue.code !== "invalid_union") return [issue];
  const teller = (issue as { readonly discriminator?: string }).discriminator;
  if (teller !== undefined && issue.errors.length === 0) {
    const path = issue.path.at(-1) === teller ? issue.path.slice(0, -1) : issue.path;
    const here = valueAt(given, path);
    if (typeof here !== "object" || here === null || Object.hasOwn(here, teller)) return [issue];
    const keys = Object.keys(here).filter((name) => nearest(name, [teller]) !== undefined);
    return keys.length > 0 ? [{ code: "unrecognized_keys", keys, path, message: "" } as Issue] : [issue];
  }
  const choices = issue.errors.map((inner) =>
    inner.flatMap((one) => spelledOut({ ...one, path: [...issue.path, ...one.path] } as Issue, given)),
  );
  const misspelt = choices.filter(
    (inner) =>
      inner.some((one) => unknownIn(one).length > 0) &&
      inner.every((one) => unknownIn(one).length > 0 || valueAt(given, one.path) === undefined),
  );
  const fewest = (of: Issue[][]) => of.sort((a, b) => a.length - b.length)[0];
  const sameSort = choices.filter((inner) => inner.every((one) => one.path.length > issue.path.length));
  return fewest(misspelt) ?? fewest(sameSort) ?? [{ ...issue, message: eitherOf(choices) } as Issue];
}

/** What each of several choices wants of the whole. */
const eitherOf = (choices: readonly Issue[][]): string =>
  [...new Set(choices.flatMap(([first]) => (first ? [wantedBy(first).replace(/^expected /, "")] : [])))]
    .slice(0, NAMED_MAX)
    .join(", or ");

const valueAt = (given: unknown, path: Path): unknown =>
  path.reduce<unknown>(
    (at, name) =>
      typeof at === "object" && at !== null && Object.hasOwn(at, name)
        ? (at as Record<PropertyKey, unknown>)[name]
        : undefined,
    given,
  );

const unknownIn = (issue: Issue): Path[] =>
  issue.code === "unrecognized_keys" ? issue.keys.map((key) => [...issue.path, key]) : [];

const unknownField = (schema: z.ZodType, path: Path) =>
  refusedField(path, fieldsAt(schema, path.slice(0, -1)));

function refusedField(path: Path, known: readonly string[]) {
  const name = String(path.at(-1));
  // Known, and yet not here: it belongs to another form of the same thing than the one that the rest is written in.
  if (known.includes(name)) {
    const message = `"${name}" does not stand beside what else is given here: it is the one or the other`;
    return refuse("field_unknown", placeOf(path), message);
  }
  const near = nearest(name, known);
  const hint = near
    ? `did you mean ${near}?`
    : known.length > 0
      ? `known are ${known.join(", ")}`
      : "it takes none";
  return refuse("field_unknown", placeOf(path), `there is no field "${name.slice(0, 60)}" here; ${hint}`);
}

/** The names of the fields that may stand at a place. */
function fieldsAt(schema: z.ZodType, path: Path): string[] {
  const [next, ...rest] = path;
  const found = innermost(schema).flatMap((one): string[] => {
    const { type, shape, element, valueType } = one.def as unknown as Definition;
    if (next === undefined) return type === "object" ? Object.keys(shape ?? {}) : [];
    const inner = type === "object" ? shape?.[String(next)] : type === "array" ? element : valueType;
    return inner ? fieldsAt(inner, rest) : [];
  });
  return [...new Set(found)];
}

interface Definition {
  readonly type: string;
  readonly shape?: Readonly<Record<string, z.ZodType>>;
  readonly element?: z.ZodType;
  readonly valueType?: z.ZodType;
  readonly innerType?: z.ZodType;
  readonly options?: readonly z.ZodType[];
  readonly in?: z.ZodType;
}

/** What stands inside what may be left out, has a default, or is one of several. */
function innermost(schema: z.ZodType): z.ZodType[] {
  const { innerType, options, in: before } = schema.def as unknown as Definition;
  if (options) return options.flatMap(innermost);
  const inner = innerType ?? before;
  return inner ? innermost(inner) : [schema];
}

type JsonSchema = Readonly<Record<string, unknown>>;

/**
 * The first field that a published JSON Schema does not name, for a room that reads its input by itself. Objects whose names are
 * data (`additionalProperties`) take any.
 */
export function fieldNotIn(
  schema: JsonSchema,
  given: unknown,
  at: Path = [],
): Refused<Refusal<"field_unknown">> | undefined {
  if (typeof given !== "object" || given === null) return undefined;
  if (Array.isArray(given)) {
    const items = schema["items"] as JsonSchema | undefined;
    return items && firstOf(given.entries(), ([i, one]) => fieldNotIn(items, one, [...at, i]));
  }
  const fields = schema["properties"] as Readonly<Record<string, JsonSchema>> | undefined;
  const others = schema["additionalProperties"] as JsonSchema | undefined;
  if (!fields && !others) return undefined;
  return firstOf(Object.entries(given), ([name, value]) => {
    const inner = (fields && Object.hasOwn(fields, name) ? fields[name] : undefined) ?? others;
    if (inner) return fieldNotIn(inner, value, [...at, name]);
    return isFreeText(name) ? undefined : refusedField([...at, name], Object.keys(fields ?? {}));
  });
}

function firstOf<T, U>(all: Iterable<T>, find: (one: T) => U | undefined): U | undefined {
  for (const one of all) {
    const found = find(one);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** A copy without what stands at these places. */
const without = (given: unknown, paths: readonly Path[]): unknown => paths.reduce<unknown>(dropped, given);

function dropped(at: unknown, [next, ...rest]: Path): unknown {
  if (next === undefined || typeof at !== "object" || at === null) return at;
  const copy = (Array.isArray(at) ? [...at] : { ...at }) as Record<PropertyKey, unknown>;
  if (rest.length === 0) delete copy[next];
  else copy[next] = dropped(copy[next], rest);
  return copy;
}
