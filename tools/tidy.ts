// The house rules that a machine can check: floors and doors, circles, purity, length, words of the books, leftovers.
// Run by test/tidy.test.ts.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { circlesIn } from "./tidy/circles.ts";
import { PURE_ROOMS } from "./tidy/floors.ts";
import { longFunctionsOf } from "./tidy/functions.ts";
import { floorsOf } from "./tidy/imports.ts";
import { LINE_CHARACTERS_MAX, type Source, type Untidy } from "./tidy/untidy.ts";
import { wordsOf } from "./tidy/words.ts";

const LINES_MAX = 400;

// Written in two parts, so that this file does not find itself.
const LEFTOVER = new RegExp(
  `\\b(?:${["TO" + "DO", "FIX" + "ME", "X" + "XX"].join("|")})\\b|@ts-${"(?:ignore|nocheck|expect-error)"}`,
);
const MACHINE_PATH = new RegExp(
  `(?<![\\w.:/-])/(?:${["wo" + "rk", "ro" + "ot", "ho" + "me", "Us" + "ers"].join("|")})/[\\w.]`,
);

const CODE = /\.(?:ts|tsx|mts|mjs|js)$/;
const TEXT = /\.(?:ts|tsx|mts|mjs|js|css|html|md|json|csv|ndjson|sh|yml|yaml)$/;
const PLACES = ["src", "test", "tools", "bench", "prove", "bin", "docs", "examples", ".ci"];

/** Everything untidy under a checkout, in the order of its files; what ties several files together comes last. */
export function findUntidy(root: string): Untidy[] {
  const sources = filesOf(root).map(
    (file): Source => ({ file, text: readFileSync(join(root, file), "utf8") }),
  );
  const code = sources.filter(({ file }) => isCode(file));
  return [
    ...sources.flatMap((source) => [
      ...leftoversIn(source),
      ...(isCode(source.file) ? lengthOf(source) : []),
      ...(isCode(source.file) ? floorsOf(source) : []),
      ...(CODE.test(source.file) ? longFunctionsOf(source) : []),
      ...wordsOf(source),
      ...plainTablesIn(source),
    ]),
    ...code.flatMap(openedBooksIn),
    ...circlesIn(code),
    ...pureRoomsOf(root),
  ];
}

/** Who reads past what somebody may see, and why it tells them nothing that is another's. */
const OPENS_WHOLE_BOOKS: Readonly<Record<string, string>> = {
  "src/app/core/seen.ts": "makes what others see",
  "src/app/ledger/past.ts": "told by owner",
  "src/app/certify/index.ts": "a bundle discloses by the rules of passports",
};

function openedBooksIn({ file, text }: Source): Untidy[] {
  if (!file.startsWith("src/") || file.endsWith(".test.ts") || OPENS_WHOLE_BOOKS[file]) return [];
  return text.split("\n").flatMap((line, at) => {
    const why = "the whole books behind what a reader sees are opened by few files alone (tools/tidy.ts)";
    return /\bwholeOf\b.*core\/seen\.ts|readBy\("everything"\)/.test(line)
      ? [{ file, line: at + 1, rule: "seen", why }]
      : [];
  });
}

function filesOf(root: string): string[] {
  const top = readdirSync(root, { withFileTypes: true });
  const own = top
    .filter((entry) => entry.isFile() && entry.name !== "package-lock.json")
    .map(({ name }) => name);
  const placed = PLACES.filter((place) => top.some(({ name }) => name === place)).flatMap((place) =>
    readdirSync(join(root, place), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => relative(root, join(entry.parentPath, entry.name))),
  );
  return [...own, ...placed].filter((file) => TEXT.test(file) || isCode(file)).sort();
}

const isCode = (file: string): boolean => CODE.test(file) || /^(?:bin|\.ci)\/[^.]+$/.test(file);

/** A table of a file, written as a plain object: looked up by text from outside, it answers to `constructor` as well. */
const PLAIN_TABLE = /^(?:export )?const \w+:\s*(?:Readonly<)?Record<\s*string,[^=]*(?:=>[^=]*)?=\s*\{/gm;

function plainTablesIn({ file, text }: Source): Untidy[] {
  // What pages look up is their own; a name they do not know shows as itself.
  if (!file.startsWith("src/") || file.startsWith("src/web/") || /\.test\./.test(file)) return [];
  return [...text.matchAll(PLAIN_TABLE)].map(({ index, 0: found }) => ({
    ...{ file, line: text.slice(0, index).split("\n").length, rule: "table" as const },
    why: `${found.slice(0, 80)}: make it with table()`,
  }));
}

function leftoversIn({ file, text }: Source): Untidy[] {
  return text.split("\n").flatMap((line, at): Untidy[] => {
    if (line.length > LINE_CHARACTERS_MAX) return [];
    const found: Untidy[] = [];
    if (LEFTOVER.test(line))
      found.push({ file, line: at + 1, rule: "leftover", why: `unfinished: ${line.trim()}` });
    if (MACHINE_PATH.test(line))
      found.push({ file, line: at + 1, rule: "machine_path", why: `a path of one machine: ${line.trim()}` });
    return found;
  });
}

function lengthOf({ file, text }: Source): Untidy[] {
  const lines = text.split("\n");
  const count = lines.at(-1) === "" ? lines.length - 1 : lines.length;
  return count > LINES_MAX
    ? [{ file, line: count, rule: "length", why: `${count} lines; ${LINES_MAX} at most` }]
    : [];
}

const PURE_CONFIG = "tsconfig.pure.json";

/** Every room of the pure floors is compiled without the types of a machine, and no other is. */
function pureRoomsOf(root: string): Untidy[] {
  const path = join(root, PURE_CONFIG);
  if (!existsSync(path)) return [];
  const { include } = JSON.parse(readFileSync(path, "utf8")) as { readonly include: readonly string[] };
  const wanted = PURE_ROOMS.map((room) => `src/${room}/**/*.ts`);
  const fault = (why: string): Untidy => ({ file: PURE_CONFIG, line: 1, rule: "pure", why });
  return [
    ...wanted.filter((glob) => !include.includes(glob)).map((glob) => fault(`${glob} is missing`)),
    ...include.filter((glob) => !wanted.includes(glob)).map((glob) => fault(`${glob} is no pure room`)),
  ];
}
