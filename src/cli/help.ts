import { refusalsOf } from "../app/core/published.ts";
import type { UseCase } from "../app/core/use-case.ts";
import { table } from "../quantity/index.ts";

export interface OwnVerb {
  readonly room: string;
  readonly verb: string;
  readonly summary: string;
  /** Words after room and verb, such as FILE. */
  readonly takes: readonly string[];
  /** Flags, each with what stands after it; nothing where it is a yes. */
  readonly flags?: Readonly<Record<string, string>>;
  /** The words of an example that runs. */
  readonly example: readonly string[];
}

type Verbs = readonly { readonly verb: string; readonly summary: string }[];
type Schema = Readonly<Record<string, unknown>>;

/** What `didym --help` prints. */
export function helpOfAll(rooms: ReadonlyMap<string, Verbs>): string {
  const lines = [...rooms].map(
    ([room, verbs]) => `  ${room.padEnd(11)}${verbs.map((v) => v.verb).join(", ")}`,
  );
  return `didym ROOM VERB [FILE|-] [--field value]...

JSON or CSV in, JSON out on standard output; NDJSON where there are many rows. Messages go to standard error.
Exit 0 done, 2 refused or not accepted (the output says what and where), 1 fault.

Rooms, in the order of the loop:
${lines.join("\n")}

Also:
  npm start                   serves the pages and the API; these commands work beside it on the same folder
  --help, --schema            at each level: what it takes, with an example that runs
  --data DIR                  the data folder (default ./data); DATABASE_URL comes first,
                              DIDYM_APP_URL beside it serves
  --server URL                asks a server instead, as who signed in there (didym trust sign-in --server URL);
                              DIDYM_SERVER names the usual one
  --as ROLE@PARTY             who acts; stated, not verified
  --key KEY                   names a command, so that it can be sent again without being done twice

Example:
  didym column simulate examples/column/A-equilibrium.json
`;
}

/** What `didym ROOM --help` prints. */
export function helpOfRoom(room: string, verbs: Verbs): string {
  const width = Math.max(...verbs.map((v) => v.verb.length)) + 2;
  const lines = verbs.map((v) => `  ${v.verb.padEnd(width)}${v.summary}`);
  return `didym ${room} VERB [FILE|-] [--field value]...

${lines.join("\n")}

Example:
  didym ${room} ${verbs[0]?.verb ?? "VERB"} --help
`;
}

/** A verb of upkeep as it is called. */
export const usageOf = ({ room, verb, takes, flags = {} }: OwnVerb): string =>
  [
    room,
    verb,
    ...takes,
    ...Object.entries(flags).map(([flag, value]) => `[--${[flag, value].join(" ").trim()}]`),
  ].join(" ");

/** What `didym ROOM VERB --help` prints for a verb of upkeep. */
export const helpOfOwn = (own: OwnVerb): string =>
  `didym ${usageOf(own)}\n\n${own.summary}\n\nExample:\n  didym ${[own.room, own.verb, ...own.example].join(" ")}\n`;

/** What `didym ROOM VERB --help` prints: fields, and the example that the tests run. */
export function helpOfVerb(useCase: UseCase, schema: Schema): string {
  const { room, verb, summary, raw, files, word } = useCase;
  const file =
    word !== undefined
      ? ` [${word.toUpperCase()}|FILE.json|-]`
      : useCase.type === "query"
        ? ""
        : files?.more === undefined
          ? " [FILE|-]"
          : " FILE...";
  const flags = Object.keys(files?.flags ?? {}).map((flag) => ` [--${flag} FILE]`);
  const head = `didym ${room} ${verb}${file}${flags.join("")} [--field value]...\n\n${summary}\n`;
  const given =
    raw !== undefined
      ? `\nThe file is text and becomes the field ${raw}; what else it takes is given by flags. JSON of all fields is taken as it is.\n`
      : files
        ? `\nThe file becomes the field ${files.first}; one that already holds that field is taken as it is.\n`
        : "";
  return `${head}${given}${concernsHelp(useCase)}${fieldsHelp(schema)}${refusalsHelp(useCase)}\nExample:\n${exampleOf(useCase)}`;
}

/** Who may be stated with it. */
function concernsHelp(useCase: UseCase): string {
  if (useCase.type !== "command" || "everyone" in useCase.concerns) return "";
  if (useCase.signedIn)
    return "\nFor who signed in at a server alone (--server URL), not on a data folder.\n";
  const { says, takes } = useCase.concerns as { readonly says: string; readonly takes?: "two" };
  const whom = takes === "two" ? `${says}, by name` : `${says}; who states nobody is the machine's owner`;
  return `\nWhom --as may state: ${whom}.\n`;
}

/** Its own conditions; those of every input and key are the same everywhere. */
function refusalsHelp(useCase: UseCase): string {
  const codes = Object.keys(refusalsOf(useCase));
  if (codes.length === 0) return "";
  const lines = [""];
  for (const code of codes) {
    const longer = `${lines.at(-1)}${lines.at(-1) === "" ? "  " : ", "}${code}`;
    if (longer.length > LINE_CHARACTERS) lines.push(`  ${code}`);
    else lines[lines.length - 1] = longer;
  }
  return `\nMay be refused, beside what is refused of any input:\n${lines.join(",\n")}\n`;
}

const LINE_CHARACTERS = 110;

function fieldsHelp(schema: Schema): string {
  const required = new Set((schema["required"] as string[] | undefined) ?? []);
  const rows = Object.entries((schema["properties"] as Record<string, Schema> | undefined) ?? {}).map(
    ([name, field]) => {
      const notes = [
        wordsOf(field),
        required.has(name) ? "required" : "",
        field["default"] === undefined ? "" : `default ${JSON.stringify(field["default"])}`,
      ].filter(Boolean);
      const description = field["description"] === undefined ? "" : `: ${String(field["description"])}`;
      return [name, `${notes.join(", ")}${description}`] as const;
    },
  );
  if (rows.length === 0) return "";
  const width = Math.max(...rows.map(([name]) => name.length)) + 2;
  return `\nFields:\n${rows.map(([name, words]) => `  ${name.padEnd(width)}${words}`).join("\n")}\n`;
}

/** A schema in a few words; --schema prints the whole of it. */
function wordsOf(schema: Schema): string {
  const choices = schema["enum"] as unknown[] | undefined;
  if (choices) return choices.map(String).join(" | ");
  if (schema["const"] !== undefined) return String(schema["const"]);
  const either = (schema["anyOf"] ?? schema["oneOf"]) as Schema[] | undefined;
  if (either) return [...new Set(either.map(wordsOf))].join(" or ");
  if (schema["type"] === "array") return `list of ${wordsOf((schema["items"] as Schema | undefined) ?? {})}`;
  const { type } = schema;
  return Array.isArray(type) ? type.join(" or ") : String(type ?? "any value");
}

/** Who performs an example, where it must be said: a result is released by another than reported it, terms take two parties. */
export const EXAMPLE_ACTORS: Readonly<Record<string, string>> = table({
  "assay report": "chemist@sample-lab-a",
  "assay release": "quality manager@sample-lab-a",
  "assay consent": "commercial manager@sample-refiner",
  "settle agree": "commercial manager@sample-recycler",
  "settle accept": "commercial manager@sample-refiner",
  "settle move-lot": "commercial manager@sample-recycler",
  "settle take-back-return": "accountant@sample-recycler",
  "trust propose": "administrator@sample-recycler",
  "trust approve": "approver@sample-recycler",
  "trust forbid-owner": "administrator@sample-recycler",
  "trust allow-owner": "administrator@sample-recycler",
});

/** An example as it is typed into a shell. */
function exampleOf(useCase: UseCase): string {
  const { room, verb, raw } = useCase;
  const example = useCase.example as Record<string, unknown>;
  const actor = EXAMPLE_ACTORS[`${room} ${verb}`];
  const as = actor === undefined ? [] : flagsOf({ as: actor });
  if (useCase.type === "query") return `  didym ${[room, verb, ...flagsOf(example), ...as].join(" ")}\n`;
  if (raw === undefined) return heredoc([room, verb, "-", ...as], JSON.stringify(example, null, 2));
  const { [raw]: text, ...rest } = example;
  return heredoc([room, verb, "-", ...flagsOf(rest), ...as], String(text).trimEnd());
}

const heredoc = (words: readonly string[], text: string) =>
  `  didym ${words.join(" ")} <<'END'\n${text}\nEND\n`;

const flagsOf = (fields: Record<string, unknown>) =>
  Object.entries(fields).map(([name, value]) => `--${name.replaceAll("_", "-")} ${quoted(value)}`);

function quoted(value: unknown): string {
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return /^[\w.:@/-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
