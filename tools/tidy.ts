// The house rules that a machine can check: floors and doors, purity, length, leftovers. Run by test/tidy.test.ts.
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, posix, relative } from "node:path";

export interface Untidy {
  readonly file: string;
  readonly line: number;
  readonly rule:
    | "floor"
    | "door"
    | "room"
    | "extension"
    | "package"
    | "impure"
    | "length"
    | "leftover"
    | "machine_path";
  readonly why: string;
}

/** Rooms by floor; imports go down. The contract is what app speaks, so app stands on it. */
const FLOORS: Readonly<Record<string, number>> = {
  quantity: 1,
  chemistry: 2,
  ...onFloor(3, "ledger", "column"),
  ...onFloor(
    4,
    "programme",
    "intake",
    "identify",
    "prepare",
    "ship",
    "assay",
    "settle",
    "refine",
    "certify",
    "orders",
  ),
  contract: 5,
  app: 5.5,
  ...onFloor(6, "api", "cli", "web", "store", "outside", "sample"),
  main: 7,
};
/** Rooms up to here compute only. */
const PURE = 4;
/** Rooms on these floors are entered by index.ts. */
const DOORS = [3, 4];
/** What pure rooms may use from npm; docs/decisions gives the reasons. */
const PURE_PACKAGES = ["@noble/curves", "@noble/hashes", "canonicalize", "csv-parse", "decimal.js", "zod"];

const IMPURE: readonly (readonly [RegExp, string])[] = [
  [/\bDate\.now\b/, "reads the clock"],
  [/\bnew Date\(\s*\)/, "reads the clock"],
  [/\bperformance\./, "reads the clock"],
  [/\bMath\.random\b/, "throws dice; a seeded generator is passed in"],
  [/\b(?:getRandomValues|randomUUID|randomBytes)\b/, "throws dice; a seeded generator is passed in"],
  [/\bconsole\./, "writes to the console"],
  [/\bprocess\./, "looks at the process"],
  [/\bfetch\(/, "uses the network"],
  [/\bset(?:Timeout|Interval|Immediate)\(/, "waits"],
];

const LINES_MAX = 400;
/** What was over on the day the rule came: it may only shrink. */
const LONG_ALREADY: Readonly<Record<string, number>> = { "src/ledger/ledger.test.ts": 426 };

// Written in two parts, so that this file does not find itself.
const LEFTOVER = new RegExp(
  `\\b(?:${["TO" + "DO", "FIX" + "ME", "X" + "XX"].join("|")})\\b|@ts-${"(?:ignore|nocheck|expect-error)"}`,
);
const MACHINE_PATH = new RegExp(
  `(?<![\\w.:/-])/(?:${["wo" + "rk", "ro" + "ot", "ho" + "me", "Us" + "ers"].join("|")})/[\\w.]`,
);

const CODE = /\.(?:ts|tsx|mts|mjs|js)$/;
const TEXT = /\.(?:ts|tsx|mts|mjs|js|css|html|md|json|csv|ndjson|sh|yml|yaml)$/;
const TEST = /\.test\.tsx?$/;
const PLACES = ["src", "test", "tools", "bench", "prove", "bin", "docs", "examples", ".ci"];
/** A line longer than this is data, and is not read word by word. */
const LINE_CHARACTERS_MAX = 2000;

function onFloor(floor: number, ...rooms: string[]): Record<string, number> {
  return Object.fromEntries(rooms.map((room) => [room, floor]));
}

/** Everything untidy under a checkout, in the order of its files. */
export function findUntidy(root: string): Untidy[] {
  return filesOf(root).flatMap((file) => {
    const text = readFileSync(join(root, file), "utf8");
    const lines = text.split("\n");
    return [
      ...leftoversIn(file, lines),
      ...(isCode(file) ? [...lengthOf(file, lines), ...floorsOf(file, text)] : []),
    ];
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

function leftoversIn(file: string, lines: readonly string[]): Untidy[] {
  return lines.flatMap((text, at): Untidy[] => {
    if (text.length > LINE_CHARACTERS_MAX) return [];
    const found: Untidy[] = [];
    if (LEFTOVER.test(text))
      found.push({ file, line: at + 1, rule: "leftover", why: `unfinished: ${text.trim()}` });
    if (MACHINE_PATH.test(text))
      found.push({ file, line: at + 1, rule: "machine_path", why: `a path of one machine: ${text.trim()}` });
    return found;
  });
}

function lengthOf(file: string, lines: readonly string[]): Untidy[] {
  const count = lines.at(-1) === "" ? lines.length - 1 : lines.length;
  const most = LONG_ALREADY[file] ?? LINES_MAX;
  return count > most ? [{ file, line: count, rule: "length", why: `${count} lines; ${most} at most` }] : [];
}

/** Floors, doors and purity; tests, and what stands outside src, may import anything. */
function floorsOf(file: string, text: string): Untidy[] {
  const [top, room] = file.split("/");
  if (top !== "src" || TEST.test(file)) return [];
  const floor = FLOORS[room ?? ""];
  if (floor === undefined)
    return [{ file, line: 1, rule: "room", why: `src/${room} has no floor; give it one in tools/tidy.ts` }];
  const code = withoutComments(text);
  const untidy = importsOf(code).flatMap(({ target, line }) => {
    const fault = importFault(file, target);
    return fault ? [{ file, line, ...fault }] : [];
  });
  if (floor > PURE) return untidy;
  const impure = code.split("\n").flatMap((lineText, at) => {
    if (lineText.length > LINE_CHARACTERS_MAX) return [];
    return IMPURE.filter(([pattern]) => pattern.test(lineText)).map(
      ([pattern, why]): Untidy => ({ file, line: at + 1, rule: "impure", why: `${why} (${pattern.source})` }),
    );
  });
  return [...untidy, ...impure];
}

function importFault(file: string, target: string): Pick<Untidy, "rule" | "why"> | undefined {
  const room = file.split("/")[1] ?? "";
  const floor = FLOORS[room] ?? 0;
  if (!target.startsWith(".")) {
    if (floor > PURE) return undefined;
    if (PURE_PACKAGES.some((name) => target === name || target.startsWith(`${name}/`))) return undefined;
    return { rule: "package", why: `a pure room imports ${target}` };
  }
  const path = posix.normalize(posix.join(dirname(file), target));
  if (!/\.\w+$/.test(path)) return { rule: "extension", why: `${target} has no extension` };
  const [top, into = ""] = path.split("/");
  // Files beside src, such as package.json or a test's material, belong to no floor.
  if (top !== "src")
    return /^(?:test|tools|bench|prove)$/.test(top ?? "")
      ? { rule: "floor", why: `imports ${path}` }
      : undefined;
  if (into === room) return undefined;
  const below = FLOORS[into];
  if (below === undefined) return { rule: "room", why: `imports ${path}, which has no floor` };
  if (below >= floor)
    return { rule: "floor", why: `${room} imports ${below === floor ? "sideways" : "up"}: ${path}` };
  if (DOORS.includes(below) && path !== `src/${into}/index.ts`)
    return { rule: "door", why: `enters ${into} by ${path}, not by its index.ts` };
  return undefined;
}

/** What a file imports or re-exports, types too: a type ties two rooms together as well. */
function importsOf(code: string): { target: string; line: number }[] {
  const forms = [
    /^[ \t]*(?:import|export)\b[^"'`;]*?\bfrom\s*["']([^"']+)["']/gm,
    /^[ \t]*import\s*["']([^"']+)["']/gm,
    /\bimport\(\s*["']([^"']+)["']/g,
  ];
  return forms.flatMap((form) =>
    [...code.matchAll(form)].map((match) => ({
      target: match[1] ?? "",
      line: code.slice(0, match.index + match[0].length).split("\n").length,
    })),
  );
}

/** Comments become blanks, so that lines keep their numbers; a "//" inside quotes is no comment. */
function withoutComments(text: string): string {
  return text.replace(/"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|\/\*[\s\S]*?\*\/|\/\/[^\n]*/g, (found) =>
    found.startsWith("/") ? found.replace(/[^\n]/g, " ") : found,
  );
}
