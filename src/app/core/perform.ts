import type { z } from "zod";
import type { Actor } from "../../ledger/index.ts";
import {
  assert,
  digestOf,
  done,
  type InputRefusal,
  isFreeText,
  placeOf,
  type Refused,
  type Result,
  readStrictly,
  refuse,
  sha256Hex,
} from "../../quantity/index.ts";
import { type Concerns, notAllowed, notConcerned } from "./concerns.ts";
import { jsonDocument } from "./documents.ts";
import type { NewEntry, Ports, StoredDocument } from "./ports.ts";
import type { Collection, Records } from "./records.ts";
import { refusedAsSeen } from "./refused-as-seen.ts";
import { compartmentsOf, seenFor } from "./seen.ts";
import { speakingAs } from "./substitutes.ts";
import type { Command, CommandOutcome, DecidedAnswer, Decision, RefusalIn, Scope } from "./use-case.ts";

/** How often a command is decided again when someone else wrote first, before it gives up. */
const TRIES = 12;

export interface Request {
  /** The caller's key for this request: a repeat with the same content gets the same answer. */
  readonly key: string;
  readonly actor: Actor;
  /** Whether the machine's owner gives it: on the command line, on a data folder. Never over HTTP, nor by a job. */
  readonly owner?: true;
}

/** As much of a command as performing it needs. */
type Decides<O extends CommandOutcome> = Pick<
  Command<string, string, never, O>,
  "room" | "verb" | "known" | "signedIn"
> & {
  readonly input: z.ZodType;
  // Its input was read by its own schema just before.
  readonly concerns: Concerns<never>;
  readonly saidApart?: (input: never, first?: NewEntry) => string | undefined;
  decide(scope: Scope, input: never): Promise<O>;
};

export interface Performed<A> {
  readonly answer: A;
  /** Seq of the last entry written for it. */
  readonly seq: number;
  readonly repeated: boolean;
}

/**
 * Performs a command: checks its input, answers a repeated key before deciding, decides on what it reads, appends, and
 * decides again when someone else wrote first. Refusals: of the input (`input_malformed`), `key_reused`, `too_busy`,
 * `not_signed_in`, `owner_forbidden` and `not_allowed`, whatever the command itself refuses, and last `party_differs`: who is stated may not speak
 * for it.
 */
export async function perform<O extends CommandOutcome>(
  ports: Ports,
  useCase: Decides<O>,
  given: { readonly request: Request; readonly input: unknown },
) {
  const input = parseInput(useCase, given.input);
  if (!input.ok) return input;
  const { key, actor, owner } = given.request;
  if (!/^[\x21-\x7e]{1,200}$/.test(key)) {
    return refuse("key_malformed", "key", "a request key is 1 to 200 printable characters without spaces");
  }
  const said = freeTextOf(given.input, input.value);
  const asked = jsonOf(input.value);
  const request = digestOf({
    room: useCase.room,
    verb: useCase.verb,
    input: Object.keys(said).length > 0 ? { ...(asked as object), ...said } : asked,
  });
  for (let attempt = 0; attempt < TRIES; attempt++) {
    const before = await answerBefore<DecidedAnswer<O>>(ports, { key, request, actor });
    if (before) return before;
    const written = await attemptOnce(ports, useCase, {
      ...{ key, actor, request, input: input.value, said },
      ...(owner ? { owner } : {}),
    });
    if (written.ok) return written;
    const { code } = written.refusal;
    if (code !== "someone_wrote_first" && code !== "key_already_answered")
      // Decided on what its own first wrote meanwhile, a repeat would be refused for what it asks.
      return (await answerBefore<DecidedAnswer<O>>(ports, { key, request, actor })) ?? written;
    await pause(attempt);
  }
  return refuse(
    "too_busy",
    "key",
    `others kept writing to the same records; nothing was written after ${TRIES} tries`,
  );
}

async function answerBefore<A>(
  ports: Ports,
  { key, request, actor }: { readonly key: string; readonly request: string; readonly actor: Actor },
) {
  const before = await ports.store.answerTo(key);
  if (!before) return undefined;
  // What another firm was answered is not told to who guesses its key and what it asked.
  const anothers = actor.verified && before.party !== undefined && before.party !== actor.party;
  if (before.request !== request || anothers) {
    return refuse("key_reused", "key", `the request key ${key} was used before for other content`);
  }
  return done<Performed<A>>({ answer: before.answer as A, seq: before.seq, repeated: true });
}

async function attemptOnce<O extends CommandOutcome>(
  ports: Ports,
  useCase: Decides<O>,
  given: { key: string; actor: Actor; owner?: true; request: string; input: unknown; said: object },
) {
  const reads = new Map<string, number>();
  const now = ports.clock.now().toISOString();
  const decide = decisionOn(useCase, given.input);
  const asked = scopeOf(ports, { ...given, reads, now });
  const scope = { ...asked, actor: await speakingAs(asked, `${useCase.room} ${useCase.verb}`) };
  const decision = await decide(scope);
  if (!decision.ok)
    return refusedAsSeen(decision, { actor: scope.actor, store: ports.store, now }, (store) =>
      decide({ ...scopeOf({ ...ports, store }, { ...given, reads: new Map(), now }), actor: scope.actor }),
    );
  const { entries, answer, documents = [] } = decision.value as Decision<DecidedAnswer<O>>;
  const said = saidWith(ports, useCase, { ...given, first: entries[0] });
  assert(entries.length > 0, `${useCase.room} ${useCase.verb} writes at least one entry`);
  const { key, request } = given;
  const { actor } = scope;
  const written = await ports.store.append({
    key,
    request,
    actor,
    time: now,
    entries: entries.map((entry, i) =>
      i === 0 ? { ...entry, body: { ...said.body, ...entry.body } } : entry,
    ),
    reads,
    answer: jsonOf(answer),
    documents: [...documents, ...said.documents],
  });
  if (!written.ok) return written;
  return done<Performed<DecidedAnswer<O>>>({ answer, seq: written.value.last, repeated: false });
}

/** Free text as the first entry bears it: itself, or of what retention may delete the digest of a document that holds it. */
function saidWith(
  { ids }: Pick<Ports, "ids">,
  { saidApart }: Pick<Decides<CommandOutcome>, "saidApart">,
  given: { readonly said: object; readonly input: unknown; readonly first: NewEntry | undefined },
): { readonly body: object; readonly documents: readonly StoredDocument[] } {
  const { said, input, first } = given;
  const consignment = Object.keys(said).length === 0 ? undefined : saidApart?.(input as never, first);
  if (consignment === undefined) return { body: said, documents: [] };
  const document = jsonDocument(`${consignment}-said.json`, { salt: ids.nonce(), said });
  return { body: { said_in: document.digest }, documents: [document] };
}

/** Who may comes first of those who are known, and last of those who only state who they are. */
const decisionOn =
  <O extends CommandOutcome>(useCase: Decides<O>, input: unknown) =>
  async (scope: Scope) => {
    const stopped = await notAllowed(scope, useCase, input as never);
    if (stopped) return stopped;
    const decision = await useCase.decide(scope, input as never);
    if (!decision.ok) return decision as Refused<RefusalIn<O>>;
    return (await notConcerned(scope, useCase.concerns, input as never)) ?? decision;
  };

function scopeOf(
  ports: Ports,
  given: { key: string; actor: Actor; owner?: true; reads: Map<string, number>; now: string },
): Scope {
  const seen = new Map<string, object | undefined>();
  async function get<K extends Collection>(collection: K, id: string): Promise<Records[K] | undefined> {
    const name = `${collection}/${id}`;
    if (!seen.has(name)) {
      const found = await ports.store.load(collection, id);
      given.reads.set(name, found?.seq ?? 0);
      const shut = found && (await isShut(ports.store, given, { collection, record: found.record }));
      seen.set(name, shut ? undefined : found?.record);
    }
    return seen.get(name) as Records[K] | undefined;
  }
  return {
    get,
    async watch(collection, id) {
      await get(collection, id);
    },
    async isTaken(collection, id) {
      await get(collection, id);
      return (given.reads.get(`${collection}/${id}`) ?? 0) > 0;
    },
    async knows(collection, id) {
      const store = await seenFor(ports.store, given.actor, given.now);
      return (await get(collection, id)) !== undefined && (await store.load(collection, id)) !== undefined;
    },
    store: ports.store,
    ports,
    now: given.now,
    actor: given.actor,
    ...(given.owner ? { owner: given.owner } : {}),
    newId: (prefix, nth = 0) => prefix + shortName(`${given.key}|${prefix}|${nth}`),
  };
}

/** Whether a compartment holds it that who gives the command is not in: to them it is not there, whatever their firm is. */
async function isShut(
  store: Ports["store"],
  { actor, now }: { readonly actor: Actor; readonly now: string },
  { collection, record }: { readonly collection: Collection; readonly record: object },
): Promise<boolean> {
  if (collection !== "order" || !actor.verified) return false;
  const { compartment } = record as Records["order"];
  return compartment !== undefined && !(await compartmentsOf(store, actor.person, now)).includes(compartment);
}

/** Crockford's base 32: no I, L, O or U, so that it can be read out and written down. */
const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/** Eight letters, 40 bits: a name for people, made from the request so that a retry makes the same one. */
export function shortName(seed: string): string {
  const digest = sha256Hex(seed);
  return Array.from(
    { length: 8 },
    (_, i) => ALPHABET[Number.parseInt(digest.slice(2 * i, 2 * i + 2), 16) % 32],
  ).join("");
}

/** Checks an input against a use case's schema; the refusal names the first field that is wrong, and all of them in the message. */
export const parseInput = <I>(
  useCase: { readonly input: z.ZodType },
  input: unknown,
): Result<I, InputRefusal> => readStrictly(useCase.input as z.ZodType<I>, input);

/** Free text that came with an input: kept with the first entry that is written for it, and never read. */
function freeTextOf(given: unknown, read: unknown): Readonly<Record<string, unknown>> {
  const said: Record<string, unknown> = {};
  const deeper: Record<string, unknown> = {};
  for (const [path, value] of freeTexts(given, read)) {
    if (path.length === 1 && path[0] !== DEEPER) said[String(path[0])] = value;
    else deeper[placeOf(path)] = value;
  }
  return Object.keys(deeper).length > 0 ? { ...said, [DEEPER]: deeper } : said;
}

/** Where free text from below the top of an input stands, by its place; nobody else's `_said` is lost to it. */
const DEEPER = "_said";

type Place = readonly (string | number)[];

/** Free text with its place, wherever it stands: what was given and is not in what was read. */
function* freeTexts(given: unknown, read: unknown, at: Place = []): Generator<readonly [Place, unknown]> {
  if (typeof given !== "object" || given === null || typeof read !== "object" || read === null) return;
  for (const [name, value] of Object.entries(given)) {
    const place = [...at, Array.isArray(given) ? Number(name) : name];
    if (Object.hasOwn(read, name)) yield* freeTexts(value, (read as Record<string, unknown>)[name], place);
    else if (!Array.isArray(given) && isFreeText(name)) yield [place, value];
  }
}

/** What survives a trip through JSON: answers and requests are compared and stored in that form. */
const jsonOf = (value: unknown): unknown => JSON.parse(JSON.stringify(value ?? null));

const pause = (attempt: number) =>
  new Promise<void>((resolve) => setTimeout(resolve, Math.min(200, 2 ** attempt) * (0.5 + Math.random())));
