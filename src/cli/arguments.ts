import { done, type Result, refuse } from "../quantity/index.ts";

/** Flags of the command line itself; every other flag is a field of the use case. */
const OWN = new Set(["key", "as", "data", "schema", "help", "version"]);
const SWITCHES = new Set(["schema", "help", "version"]);

export interface Arguments {
  readonly words: readonly string[];
  readonly own: Readonly<Record<string, string>>;
  readonly fields: Readonly<Record<string, string>>;
}

/** Reads `ROOM VERB FILE --field value --field=value`. A flag without its value is refused. */
export function readArguments(argv: readonly string[]): Result<Arguments> {
  const words: string[] = [];
  const own: Record<string, string> = {};
  const fields: Record<string, string> = {};
  for (let i = 0; i < argv.length; i++) {
    const word = argv[i] ?? "";
    if (!word.startsWith("--")) {
      words.push(word === "-h" ? "--help" : word);
      continue;
    }
    const [flag = "", inline] = splitOnce(word.slice(2), "=");
    const name = flag.replaceAll("-", "_");
    if (SWITCHES.has(name)) {
      own[name] = "yes";
      continue;
    }
    const value = inline ?? argv[++i];
    if (value === undefined) return refuse("flag_without_value", word, `${word} is followed by its value`);
    (OWN.has(name) ? own : fields)[name] = value;
  }
  return done({
    words: words.filter((w) => w !== "--help"),
    own: words.includes("--help") ? { ...own, help: "yes" } : own,
    fields,
  });
}

function splitOnce(text: string, at: string): [string, string | undefined] {
  const i = text.indexOf(at);
  return i < 0 ? [text, undefined] : [text.slice(0, i), text.slice(i + 1)];
}
