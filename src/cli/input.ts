import { createReadStream } from "node:fs";
import type { UseCase } from "../app/core/use-case.ts";
import { checkPlain, readPlainJson, readUtf8 } from "../contract/plain-input.ts";
import { readSignedBytes } from "../contract/signed-json.ts";
import {
  done,
  isFreeText,
  nearest,
  type Refusal,
  type Result,
  refuse,
  refusedAt,
} from "../quantity/index.ts";
import type { Arguments } from "./arguments.ts";

/** More than any input this program is made for; a larger file is a mistake. */
export const FILE_BYTES_MAX = 64 * 1024 * 1024;

interface Given {
  readonly fields: Arguments["fields"];
  readonly stdin: AsyncIterable<Uint8Array>;
}

/** The input of a use case from its files or standard input, with flags laid over it (T4 to T7). */
export async function readInput(useCase: UseCase, files: readonly string[], given: Given) {
  const extra = useCase.files?.more === undefined ? files[1] : undefined;
  if (extra !== undefined)
    return refuse("word_unexpected", extra, `"${extra}" has no place here; name one file`);
  if (files.filter((file) => file === "-").length > 1)
    return refuse("word_unexpected", "-", "standard input can be read once only");
  const [named] = files;
  if (useCase.word !== undefined && named !== undefined && named !== "-" && !named.endsWith(".json")) {
    const laid = await layFlags(useCase, { [useCase.word]: named }, given);
    return laid.ok ? checkPlain(laid.value) : laid;
  }
  const whole: unknown[] = [];
  for (const file of files) {
    const read = await readOne(useCase, file, given.stdin);
    if (!read.ok) return read;
    whole.push(read.value);
  }
  const base = (await wholeInText(useCase, whole)) ?? placed(useCase, whole);
  const laid = await layFlags(useCase, base, given);
  return laid.ok ? checkPlain(laid.value) : laid;
}

/** One file: text for a field that takes a raw file, JSON otherwise. */
async function readOne(useCase: UseCase, file: string, stdin: AsyncIterable<Uint8Array>) {
  if (useCase.files) return readSignedFile(file, stdin);
  const text = await readText(file, stdin);
  return text.ok && useCase.raw === undefined ? readPlainJson(text.value, file) : text;
}

/** Whole JSON files are documents that somebody signed: what two readers could read differently is refused. */
async function readSignedFile(file: string, stdin: AsyncIterable<Uint8Array>) {
  const bytes = await readBytes(file, stdin);
  return bytes.ok ? readSignedBytes(bytes.value, file) : bytes;
}

/** Puts what was read where the use case wants it. A file that already holds the fields is taken as it is. */
function placed(useCase: UseCase, whole: readonly unknown[]): unknown {
  const [first, ...more] = whole;
  if (whole.length === 0) return {};
  if (useCase.raw !== undefined) return { [useCase.raw]: first };
  const form = useCase.files;
  if (!form) return first;
  const holdsFields = typeof first === "object" && first !== null && Object.hasOwn(first, form.first);
  const base = holdsFields ? first : { [form.first]: first };
  return more.length > 0 && form.more !== undefined ? { ...base, [form.more]: more } : base;
}

/** A text that is the JSON of an object with a field that the use case has is all of its fields; any other is the raw one. */
async function wholeInText(useCase: UseCase, [text]: readonly unknown[]): Promise<object | undefined> {
  if (useCase.raw === undefined || typeof text !== "string" || !/^\s*\{/.test(text)) return undefined;
  const json = readPlainJson(text, useCase.raw);
  if (!json.ok || typeof json.value !== "object" || json.value === null) return undefined;
  const known = await fieldsOf(useCase);
  return Object.keys(json.value).some((name) => known.has(name)) ? json.value : undefined;
}

async function layFlags(useCase: UseCase, base: unknown, given: Given) {
  const flags = Object.entries(given.fields);
  if (flags.length === 0) return done(base);
  if (typeof base !== "object" || base === null || Array.isArray(base)) {
    return refuse(
      "input_malformed",
      "input",
      "flags are laid over an object, and the file holds something else",
    );
  }
  const known = await fieldsOf(useCase);
  const laid: Record<string, unknown> = { ...base };
  for (const [name, value] of flags) {
    const filed = useCase.files?.flags[name];
    const schema = known.get(name);
    if (filed !== undefined) {
      const json = await readSignedFile(value, given.stdin);
      if (!json.ok) return json;
      laid[filed] = json.value;
    } else if (isFreeText(name)) {
      laid[name] = value;
    } else if (schema === undefined) {
      return flagUnknown(name, [...known.keys(), ...Object.keys(useCase.files?.flags ?? {})]);
    } else {
      const read = useCase.type === "query" ? done(value) : fieldValue(schema, value);
      if (!read.ok) return refusedAt(read.refusal, `${name}.${read.refusal.at}`);
      laid[name] = read.value;
    }
  }
  return done(laid);
}

function flagUnknown(name: string, known: readonly string[]) {
  const near = nearest(name, known);
  const spelt = (field: string) => `--${field.replaceAll("_", "-")}`;
  const hint = near ? `did you mean ${spelt(near)}?` : `known are ${known.map(spelt).join(", ")}`;
  return refuse("flag_unknown", spelt(name), `there is no ${spelt(name)} here; ${hint}`);
}

type Schema = Readonly<Record<string, unknown>>;

/** The top-level fields of a use case's input. */
async function fieldsOf(useCase: UseCase): Promise<ReadonlyMap<string, Schema>> {
  const { inputSchema } = await import("../app/core/input-schema.ts");
  return new Map(Object.entries((inputSchema(useCase)["properties"] ?? {}) as Record<string, Schema>));
}

/** A flag is text; where its field takes no text, it is read as JSON: numbers, lists, objects, true and false. */
function fieldValue(
  schema: Schema,
  value: string,
): Result<unknown, Refusal<"json_malformed" | "json_ambiguous">> {
  const choices = [schema, ...((schema["anyOf"] ?? schema["oneOf"] ?? []) as Schema[])];
  const text = choices.some(({ type, enum: of, const: is }) =>
    [type, ...((of as unknown[] | undefined) ?? []).map((x) => typeof x), typeof is].includes("string"),
  );
  const json = /^[[{]/.test(value.trim()) || !text ? readPlainJson(value, "") : done(value);
  // What is not JSON goes on as text: the schema then says what it wants instead.
  return !json.ok && json.refusal.code === "json_malformed" ? done(value) : json;
}

/** Text of a file or of standard input. Refusals: file_missing, file_unreadable, too_large, not_utf8. */
export async function readText(file: string, stdin: AsyncIterable<Uint8Array>) {
  const bytes = await readBytes(file, stdin);
  return bytes.ok ? readUtf8(bytes.value, file) : bytes;
}

async function readBytes(file: string, stdin: AsyncIterable<Uint8Array>) {
  try {
    return await takeAll(file === "-" ? stdin : createReadStream(file), file);
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    if (code === undefined) throw cause;
    if (code === "ENOENT") return refuse("file_missing", file, `there is no file ${file}`);
    const why = code === "EISDIR" ? "it is a folder" : code;
    return refuse("file_unreadable", file, `${file} cannot be read (${why})`);
  }
}

async function takeAll(stream: AsyncIterable<Uint8Array>, file: string) {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of stream) {
    size += chunk.length;
    if (size > FILE_BYTES_MAX)
      return refuse("too_large", file, `an input is at most ${FILE_BYTES_MAX / 1024 / 1024} MB`);
    chunks.push(chunk);
  }
  return done(Buffer.concat(chunks));
}
