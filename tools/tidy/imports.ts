// Floors, doors and purity: what a file may import, and what a pure room may name.
import { dirname, posix } from "node:path";
import { DOORS, FLOORS, INSIDE, PURE, PURE_PACKAGES } from "./floors.ts";
import { isTest, LINE_CHARACTERS_MAX, lineAt, type Source, type Untidy } from "./untidy.ts";

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

export interface Import {
  readonly target: string;
  readonly line: number;
  /** Types alone: nothing is loaded. */
  readonly types: boolean;
}

/** Floors, doors and purity; tests, and what stands outside src, may import anything. */
export function floorsOf(source: Source): Untidy[] {
  const { file } = source;
  const [top, room] = file.split("/");
  if (top !== "src" || isTest(source)) return [];
  const floor = FLOORS[room ?? ""];
  if (floor === undefined)
    return [{ file, line: 1, rule: "room", why: `src/${room} has no floor; give it one in tools/tidy` }];
  const code = withoutComments(source.text);
  const untidy = importsOf(code).flatMap(({ target, line }) => {
    const fault = importFault(file, target);
    return fault ? [{ file, line, ...fault }] : [];
  });
  return floor > PURE ? untidy : [...untidy, ...impureIn(file, code)];
}

function impureIn(file: string, code: string): Untidy[] {
  return code.split("\n").flatMap((lineText, at) => {
    if (lineText.length > LINE_CHARACTERS_MAX) return [];
    return IMPURE.filter(([pattern]) => pattern.test(lineText)).map(
      ([pattern, why]): Untidy => ({ file, line: at + 1, rule: "impure", why: `${why} (${pattern.source})` }),
    );
  });
}

type Fault = Pick<Untidy, "rule" | "why">;

function importFault(file: string, target: string): Fault | undefined {
  const room = file.split("/")[1] ?? "";
  const floor = FLOORS[room] ?? 0;
  if (!target.startsWith(".")) {
    if (floor > PURE) return undefined;
    if (PURE_PACKAGES.some((name) => target === name || target.startsWith(`${name}/`))) return undefined;
    return { rule: "package", why: `a pure room imports ${target}` };
  }
  const path = pathOf(file, target);
  if (!/\.\w+$/.test(path)) return { rule: "extension", why: `${target} has no extension` };
  const [top, into = ""] = path.split("/");
  // Files beside src, such as package.json or a test's material, belong to no floor.
  if (top !== "src")
    return /^(?:test|tools|bench|prove)$/.test(top ?? "")
      ? { rule: "floor", why: `imports ${path}` }
      : undefined;
  if (into === room) return faultInside(room, file, path);
  const below = FLOORS[into];
  if (below === undefined) return { rule: "room", why: `imports ${path}, which has no floor` };
  if (below >= floor)
    return { rule: "floor", why: `${room} imports ${below === floor ? "sideways" : "up"}: ${path}` };
  if (DOORS.includes(below) && path !== `src/${into}/index.ts`)
    return { rule: "door", why: `enters ${into} by ${path}, not by its index.ts` };
  return undefined;
}

/** The same rule one storey down, for a room that has floors inside. */
function faultInside(room: string, file: string, path: string): Fault | undefined {
  const inside = INSIDE[room];
  const from = folderIn(file);
  const into = folderIn(path);
  if (!inside || from === into) return undefined;
  const floorOf = (folder: string | undefined) => (folder === undefined ? inside.top : inside.floors[folder]);
  const floor = floorOf(from);
  const below = floorOf(into);
  if (floor === undefined || below === undefined)
    return {
      rule: "room",
      why: `src/${room}/${floor === undefined ? from : into} has no floor in tools/tidy`,
    };
  if (below > floor) return { rule: "floor", why: `${room}/${from} imports up: ${path}` };
  if (below < floor || inside.beside === "one way") return undefined;
  return inside.beside[from ?? ""]?.includes(into ?? "")
    ? undefined
    : { rule: "floor", why: `${room}/${from} imports sideways: ${path}` };
}

/** The folder of a room a file stands in, or nothing where it stands in the room itself. */
export const folderIn = (file: string): string | undefined => {
  const [, , folder, ...rest] = file.split("/");
  return rest.length > 0 ? folder : undefined;
};

export const pathOf = (file: string, target: string): string =>
  posix.normalize(posix.join(dirname(file), target));

/** What a file imports or re-exports, types too: a type ties two rooms together as well. */
export function importsOf(code: string): Import[] {
  const forms = [
    /^[ \t]*(?:import|export)\b([^"'`;]*?)\bfrom\s*["']([^"']+)["']/gm,
    /^[ \t]*import()\s*["']([^"']+)["']/gm,
    /\bimport\(()\s*["']([^"']+)["']/g,
  ];
  return forms.flatMap((form) =>
    [...code.matchAll(form)].map((match) => ({
      target: match[2] ?? "",
      line: lineAt(code, match.index + match[0].length),
      types: /^\s+type\b(?!\s*(?:,|from\b))/.test(match[1] ?? ""),
    })),
  );
}

/** Comments become blanks, so that lines keep their numbers; a "//" inside quotes is no comment. */
export function withoutComments(text: string): string {
  return text.replace(/"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|\/\*[\s\S]*?\*\/|\/\/[^\n]*/g, (found) =>
    found.startsWith("/") ? found.replace(/[^\n]/g, " ") : found,
  );
}
