import { readFile, stat } from "node:fs/promises";
import type { UseCase } from "../app/use-case.ts";
import { done, type Result, refuse } from "../quantity/index.ts";
import type { Arguments } from "./arguments.ts";

/** More than any input this program is made for; a larger file is a mistake. */
const FILE_BYTES_MAX = 64 * 1024 * 1024;

/** The input of a use case from a file or standard input, with flags laid over it. */
export async function readInput(
  useCase: UseCase,
  files: readonly string[],
  given: { readonly fields: Arguments["fields"]; readonly stdin: AsyncIterable<Uint8Array> },
): Promise<Result<unknown>> {
  if (useCase.files && files.length > 0) return readFiles(useCase.files, files, given);
  const [file, extra] = files;
  if (extra !== undefined)
    return refuse("word_unexpected", extra, `"${extra}" has no place here; name one file`);
  const text = file === undefined ? done(undefined) : await readText(file, given.stdin);
  if (!text.ok) return text;
  const base = baseOf(useCase, text.value);
  if (!base.ok) return base;
  if (Object.keys(given.fields).length === 0) return base;
  if (typeof base.value !== "object" || base.value === null || Array.isArray(base.value)) {
    return refuse(
      "input_malformed",
      "input",
      "flags are laid over an object, and the file holds something else",
    );
  }
  const fields: Record<string, unknown> = { ...base.value };
  for (const [name, value] of Object.entries(given.fields)) fields[name] = fieldValue(useCase, name, value);
  return done(fields);
}

/** Whole JSON files into fields. A single file that already holds the fields is taken as it is. */
async function readFiles(
  form: NonNullable<UseCase["files"]>,
  files: readonly string[],
  given: { readonly fields: Arguments["fields"]; readonly stdin: AsyncIterable<Uint8Array> },
): Promise<Result<unknown>> {
  const read = async (file: string): Promise<Result<unknown>> => {
    const text = await readText(file, given.stdin);
    return text.ok ? parsed(text.value, file) : text;
  };
  const whole: unknown[] = [];
  for (const file of files) {
    const json = await read(file);
    if (!json.ok) return json;
    whole.push(json.value);
  }
  const [first, ...more] = whole;
  const input: Record<string, unknown> =
    typeof first === "object" && first !== null && form.first in first
      ? { ...first }
      : { [form.first]: first };
  if (more.length > 0 && form.more !== undefined) input[form.more] = more;
  for (const [flag, file] of Object.entries(given.fields)) {
    const field = form.flags[flag];
    if (field === undefined) {
      const known = Object.keys(form.flags).map((f) => `--${f}`);
      return refuse("flag_unknown", `--${flag}`, `there is no --${flag} here; known are ${known.join(", ")}`);
    }
    const json = await read(file);
    if (!json.ok) return json;
    input[field] = json.value;
  }
  return done(input);
}

function parsed(text: string, at: string): Result<unknown> {
  try {
    return done(JSON.parse(text));
  } catch (cause) {
    return refuse("json_malformed", at, `the input is not JSON: ${(cause as Error).message.slice(0, 200)}`);
  }
}

function baseOf(useCase: UseCase, text: string | undefined): Result<unknown> {
  if (text === undefined) return done({});
  if (useCase.raw !== undefined) return done({ [useCase.raw]: text });
  return parsed(text, "input");
}

/** A flag is text; where its field wants a number, a list or an object, it is read as JSON. */
function fieldValue(useCase: UseCase, name: string, value: string): unknown {
  if (useCase.type === "query") return value;
  const asText = (
    useCase.input as { shape?: Record<string, { safeParse(x: unknown): { success: boolean } }> }
  ).shape?.[name];
  if (!asText || asText.safeParse(value).success) return value;
  try {
    return JSON.parse(value);
  } catch {
    // Not JSON either: the text goes on, and the schema says what it wants instead.
    return value;
  }
}

async function readText(file: string, stdin: AsyncIterable<Uint8Array>): Promise<Result<string>> {
  const bytes = file === "-" ? await takeAll(stdin) : await readWhole(file);
  if (!bytes.ok) return bytes;
  try {
    return done(new TextDecoder("utf-8", { fatal: true }).decode(bytes.value));
  } catch {
    return refuse("not_utf8", file, "the file is not UTF-8 text");
  }
}

const tooLarge = (file: string) =>
  refuse("too_large", file, `an input is at most ${FILE_BYTES_MAX / 1024 / 1024} MB`);

async function readWhole(file: string): Promise<Result<Uint8Array>> {
  try {
    const { size } = await stat(file);
    if (size > FILE_BYTES_MAX) return tooLarge(file);
    return done(await readFile(file));
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    if (code === "ENOENT") return refuse("file_missing", file, `there is no file ${file}`);
    return refuse("file_unreadable", file, `${file} cannot be read (${code})`);
  }
}

async function takeAll(stdin: AsyncIterable<Uint8Array>): Promise<Result<Uint8Array>> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of stdin) {
    size += chunk.length;
    if (size > FILE_BYTES_MAX) return tooLarge("-");
    chunks.push(chunk);
  }
  return done(Buffer.concat(chunks));
}
