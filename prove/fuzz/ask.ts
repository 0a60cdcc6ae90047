import { inputSchema } from "../../src/app/core/input-schema.ts";
import type { UseCase } from "../../src/app/core/use-case.ts";
import { EXAMPLE_ACTORS } from "../../src/cli/help.ts";
import { Chance } from "../../test/histories/chance.ts";
import { STORY } from "../../test/story/story.ts";
import { changed, changedALittle } from "./change.ts";
import { fromSchema, type Schema } from "./from-schema.ts";
import { NAMES, NUMBERS, TEXTS } from "./hostile.ts";
import type { Known } from "./known.ts";
import { fields, list, raw, said, type Tree, textIn, textOf, treeOf } from "./tree.ts";

/** One request, as it goes over the wire. */
export interface Ask {
  readonly useCase: UseCase;
  readonly input: Tree;
  /** The bytes of the body (or of the query) in the place of those of the input, one letter a byte. */
  readonly mangled?: string;
  readonly key?: string;
  readonly actor?: string;
}

const schemas = new Map<UseCase, Schema>();

export function schemaOf(useCase: UseCase): Schema {
  const made = schemas.get(useCase) ?? inputSchema(useCase);
  schemas.set(useCase, made);
  return made;
}

export const nameOf = ({ room, verb }: Pick<UseCase, "room" | "verb">) => `${room} ${verb}`;

/** What the story asks of a verb, beside its example, and by whom. */
const told = new Map<string, { readonly input: object; readonly actor: string }[]>();
for (const step of STORY) {
  if (step.is !== "also") continue;
  const role = step.role.includes("@") ? step.role : `${step.role}@sample-recycler`;
  told.set(step.verb, [...(told.get(step.verb) ?? []), { input: step.input, actor: role }]);
}

/** An input of a use case by this luck: an example with a few things changed, one made by its schema, or one of no sense at all. */
export function drawAsk(
  useCase: UseCase,
  { key, dice, known }: { key: string; dice: Chance; known: Known },
): Ask {
  const by = { dice, known, schema: schemaOf(useCase) };
  const verb = nameOf(useCase);
  const lawful = [
    { input: useCase.example as object, actor: EXAMPLE_ACTORS[verb] },
    ...(told.get(verb) ?? []),
  ];
  const { input, actor } = dice.pick(lawful);
  const ask: Ask = { useCase, input: treeOf(input), ...keyBy(key, dice), ...actorBy(actor, dice) };
  const luck = dice.uniform();
  if (luck < 0.25)
    return { ...ask, input: times(dice.pick([1, 1, 2, 3]), ask.input, (tree) => changedALittle(tree, by)) };
  if (luck < 0.65)
    return { ...ask, input: times(dice.pick([0, 1, 1, 1, 2, 2, 3]), ask.input, (tree) => changed(tree, by)) };
  if (luck < 0.83) return { ...ask, input: fromSchema(by.schema, "", by) };
  if (luck < 0.88) return { ...ask, input: changed(fromSchema(by.schema, "", by), by) };
  if (luck < 0.92) return { ...ask, input: senseless(dice) };
  const mangled = times(dice.whole(1, 3), bytesOf(ask), (text) => mangle(text, dice));
  return { ...ask, mangled };
}

function times<T>(count: number, value: T, change: (value: T) => T): T {
  return count <= 0 ? value : times(count - 1, change(value), change);
}

const ODD_KEYS = ["", " ", "a b", "constructor", "__proto__", "fuzz-again", "x".repeat(201), "\u00fc", "'"];
const ODD_ACTORS = [
  "",
  "x",
  "@",
  "constructor@constructor",
  "planner@__proto__",
  "a@b@c",
  "planner@sample-recycler ",
  "P@x",
];
const ACTORS = [
  "planner@sample-recycler",
  "planner@sample-refiner",
  "chemist@sample-lab-a",
  "chemist@sample-lab-b",
  "buyer@sample-buyer-a",
];

const keyBy = (key: string, dice: Chance) => (dice.odds(0.02) ? { key: dice.pick(ODD_KEYS) } : { key });

function actorBy(actor: string | undefined, dice: Chance): { actor?: string } {
  if (dice.odds(0.02)) return { actor: dice.pick(ODD_ACTORS) };
  if (dice.odds(0.1)) return { actor: dice.pick(ACTORS) };
  return actor === undefined ? {} : { actor };
}

const senseless = (dice: Chance): Tree =>
  dice.pick<() => Tree>([
    () => raw(dice.pick(NUMBERS)),
    () => said(dice.pick(TEXTS)),
    () => list([]),
    () => fields([]),
    () => fields(NAMES.map((name) => [name, said(dice.pick(NAMES))] as const)),
    () => raw("[".repeat(20_000)),
    () => raw('{"a":'.repeat(20_000)),
    () => list(Array.from({ length: 1000 }, () => fields([]))),
    () => raw(""),
  ])();

const SIGNS = [...'{}[]",:0-+.eE\\ntrue \u0000\u00ff\u00c3\u00ed\u00a0\u0080\u00ef\u00bb\u00bf&=%?#;'];

/** The text with a few of its bytes lost, doubled, put in or changed. */
function mangle(text: string, dice: Chance): string {
  const at = dice.whole(0, text.length);
  const length = dice.pick([1, 1, 2, 10]);
  return dice.pick<() => string>([
    () => text.slice(0, at),
    () => text.slice(0, at) + text.slice(at + length),
    () => text.slice(0, at) + dice.pick(SIGNS) + text.slice(at),
    () => text.slice(0, at) + dice.pick(SIGNS) + text.slice(at + 1),
    () => text.slice(0, at) + text.slice(at, at + 10 * length) + text.slice(at),
    () =>
      text.slice(0, at) +
      dice.pick(["\\u0000", "\\ud800", "\\ud83e\\uddf2", "%ff", "%00", "&limit=1", "%"]) +
      text.slice(at),
    () => `\u00ef\u00bb\u00bf${text}`,
  ])();
}

/** What is sent: the query string of a query, else the body; one letter a byte. */
export function bytesOf({ useCase, input, mangled }: Ask): string {
  if (mangled !== undefined) return mangled;
  return useCase.type === "query" ? queryOf(input) : Buffer.from(textOf(input), "utf8").toString("latin1");
}

const queryOf = (input: Tree): string =>
  input.is === "fields"
    ? input.fields
        .map(([name, value]) => `${encoded(name)}=${encoded(textIn(value) ?? textOf(value))}`)
        .join("&")
    : encoded(textOf(input));

const encoded = (text: string): string =>
  text.isWellFormed() ? encodeURIComponent(text) : `${encodeURIComponent(text.toWellFormed())}%ED%A0%80`;

/** The letters that the address of a request cannot carry as they are. */
const inUrl = (text: string): string =>
  text.replace(/[^!$-;=?-Z_a-z~%&]/g, (sign) => encodeURIComponent(sign));

/** What is fetched: an address below the base, and what goes with it. */
export function requestOf(base: string, ask: Ask): { readonly url: string; readonly init: RequestInit } {
  const { useCase, key, actor } = ask;
  const url = `${base}/api/${useCase.room}/${useCase.verb}`;
  const headers: Record<string, string> = actor === undefined ? {} : { "didym-actor": actor };
  if (useCase.type === "query") return { url: `${url}?${inUrl(bytesOf(ask))}`, init: { headers } };
  const keyed = useCase.type === "calculation" || key === undefined ? {} : { "idempotency-key": key };
  return {
    url,
    init: {
      method: "POST",
      headers: { ...headers, ...keyed, "content-type": "application/json" },
      body: Buffer.from(bytesOf(ask), "latin1"),
    },
  };
}

/** An ask as a person types it again. */
export function shownAsk(ask: Ask): string {
  const { useCase, key, actor } = ask;
  const sent = JSON.stringify(
    ask.mangled ?? (useCase.type === "query" ? queryOf(ask.input) : textOf(ask.input)),
  );
  return `${nameOf(useCase)}, key ${JSON.stringify(key)}, actor ${actor ?? "nobody"}: ${sent.slice(0, 4000)}`;
}

export const luckOf = (seed: number): Chance => new Chance(Math.imul(seed, 0x9e3779b1) >>> 0);
