import { done, refuse } from "../quantity/index.ts";

/** Flags of the command line itself; every other flag is a field of the use case (T4). */
export const OWN_FLAGS = ["key", "as", "data", "server", "schema", "help"] as const;
export type OwnFlag = (typeof OWN_FLAGS)[number] | typeof ALONE;
/** Asked of the program itself, before any word: after a room it is a field like others. */
const ALONE = "version";
const SWITCHES: ReadonlySet<string> = new Set(["schema", "help"]);
/** Fields that are yes or no, and yes where no value follows. */
const YES_FIELDS: ReadonlySet<string> = new Set(["list", "with_keys"]);

export interface Arguments {
  readonly words: readonly string[];
  readonly own: Readonly<Partial<Record<OwnFlag, string>>>;
  readonly fields: Readonly<Record<string, string>>;
}

const isOwn = (name: string): name is OwnFlag => (OWN_FLAGS as readonly string[]).includes(name);

/**
 * Reads `ROOM VERB FILE --field value --field=value`; after `--` everything is a word. Refusals: flag_without_value,
 * flag_repeated.
 */
export function readArguments(argv: readonly string[]) {
  const words: string[] = [];
  const own: Partial<Record<OwnFlag, string>> = {};
  const fields: Record<string, string> = {};
  for (let i = 0; i < argv.length; i++) {
    const word = argv[i] === "-h" ? "--help" : (argv[i] ?? "");
    if (word === "--") {
      words.push(...argv.slice(i + 1));
      break;
    }
    if (!word.startsWith("--")) {
      words.push(word);
      continue;
    }
    const [flag, inline] = splitOnce(word.slice(2), "=");
    const name = flag.replaceAll("-", "_");
    if (SWITCHES.has(name) || (name === ALONE && words.length === 0)) {
      if (inline !== undefined) return refuse("flag_without_value", word, `--${flag} takes no value`);
      own[name as OwnFlag] = "yes";
      continue;
    }
    const bare = YES_FIELDS.has(name) && (argv[i + 1] === undefined || argv[i + 1]?.startsWith("--"));
    const value = inline ?? (bare ? "true" : argv[++i]);
    if (value === undefined || (inline === undefined && value.startsWith("--"))) {
      const how =
        value === undefined ? "" : `; a value that begins with dashes is written --${flag}=${value}`;
      return refuse("flag_without_value", word, `${word} is followed by its value${how}`);
    }
    const place: Record<string, string | undefined> = isOwn(name) ? own : fields;
    if (Object.hasOwn(place, name)) return refuse("flag_repeated", word, `--${flag} is given twice`);
    Object.defineProperty(place, name, { value, enumerable: true });
  }
  return done({ words, own, fields });
}

function splitOnce(text: string, at: string): [string, string | undefined] {
  const i = text.indexOf(at);
  return i < 0 ? [text, undefined] : [text.slice(0, i), text.slice(i + 1)];
}
