import assert from "node:assert/strict";
import { setTimeout as sleep } from "node:timers/promises";
import { FOLDING } from "../../src/app/apply.ts";
import { perform } from "../../src/app/core/perform.ts";
import { portsOn } from "../../src/main/ports.ts";
import { StoryClock } from "../../src/sample/driver.ts";
import { auditBooks } from "../../src/store/audit.ts";
import { STORY } from "../../test/story/story.ts";
import {
  actorOfExample,
  actorOfStory,
  hoursOf,
  type KnownCommand,
  START,
  theUseCase,
} from "../../test/story/world.ts";
import { type OwnPostgres, ownPostgres } from "../own-postgres.ts";
import type { Serving } from "../serve.ts";
import { type Ask, drawAsk, luckOf, nameOf, requestOf, shownAsk } from "./ask.ts";
import { Broken, checkAlike, checkAnswer, type Told } from "./claims.ts";
import { drawUseCase, rarity } from "./round.ts";
import { shorten } from "./shorten.ts";
import { knownOfStory } from "./stands.ts";

/** How often an input is asked again, and after how many the books are audited. */
const TWICE = 0.2;
const AUDITED_EVERY = 5000;
/** Longer than the longest work that may be asked for. */
const PATIENCE_MS = 60_000;

export interface ServedCounted {
  readonly inputs: number;
  readonly written: number;
  readonly reds: readonly { readonly kind: string; readonly why: string }[];
}

/** The same over HTTP, on a server of its own with a PostgreSQL of its own, whose books the story was told on. */
export async function askServed(
  { seed, count }: { readonly seed: number; readonly count: number },
  progress: (done: number) => void,
): Promise<ServedCounted> {
  const books = await ownPostgres({ durable: false });
  try {
    await tellStoryOn(books);
    const server = await books.serve("--clock-checked");
    try {
      return await askAll({ seed, count, books, server }, progress);
    } finally {
      await server.stop();
    }
  } finally {
    await books.stop();
  }
}

/** What the story and its examples write, by its own clock. */
async function tellStoryOn(books: OwnPostgres): Promise<void> {
  const clock = new StoryClock(START);
  const ports = portsOn(books.pool, clock, { file: books.keyFile });
  for (const [nth, step] of STORY.entries()) {
    clock.advance(hoursOf(step));
    if (step.is !== "shown" && step.is !== "also") continue;
    const useCase = theUseCase(step.verb);
    // Keys are made here, and are not the one that the example names.
    if (useCase.type !== "command" || step.verb === "certify retire-key") continue;
    const input: object = step.is === "also" ? step.input : useCase.example;
    const actor = step.is === "also" ? actorOfStory(step.role, input) : actorOfExample(step.verb);
    const told = await perform(ports, useCase as KnownCommand, {
      request: { key: `story-${nth}`, actor, owner: true },
      input,
    });
    assert.ok(told.ok, told.ok ? "" : `${step.verb}: ${JSON.stringify(told.refusal)}`);
  }
  // The story says what is erased; whoever serves takes it away.
  await ports.documents?.erase("sample-recycler");
}

/** What is another thing a moment later: work that goes on, and a bundle whose end is dated and signed when it is asked for. */
const MOVING = new Set(["jobs list", "jobs show", "ledger rebuild", "certify bundle"]);

interface Asked {
  readonly seed: number;
  readonly count: number;
  readonly books: OwnPostgres;
  readonly server: Serving;
}

async function askAll(
  { seed, count, books, server }: Asked,
  progress: (done: number) => void,
): Promise<ServedCounted> {
  const dice = luckOf(seed);
  const known = await knownOfStory();
  const reds: { kind: string; why: string }[] = [];
  let written = 0;
  let keys = 0;
  const askOne = async (ask: Ask, twice: boolean): Promise<void> => {
    const before = await headOf(books);
    const told = await send(server, ask);
    const after = await headOf(books);
    checkAnswer(ask, told, { deep: false });
    if (told.status === 201) {
      const { seq } = JSON.parse(told.text) as { seq: number };
      if (seq !== after || after <= before)
        throw new Broken("seq", `it answered ${seq}, the head went from ${before} to ${after}`);
      written++;
    } else if (after !== before)
      throw new Broken("wrote", `${told.status}, and the head went from ${before} to ${after}`);
    if (!twice || MOVING.has(nameOf(ask.useCase))) return;
    checkAlike(ask, told, await send(server, ask));
    if ((await headOf(books)) !== after) throw new Broken("wrote again", "a repeat wrote entries");
  };
  const wrongWith = async (asks: readonly Ask[]) => {
    try {
      for (const ask of asks) await askOne({ ...ask, key: `fuzz-shorter-${keys++}` }, true);
      return undefined;
    } catch (cause) {
      return cause instanceof Broken ? cause.kind : String(cause);
    }
  };
  for (let nth = 0; nth < count; nth++) {
    const useCase = drawUseCase(dice);
    // What a job writes, it writes later: the head would move under another's question.
    if (useCase.room === "jobs" && useCase.type === "action") continue;
    const ask = drawAsk(useCase, { key: `fuzz-${seed}-${nth}`, dice, known });
    try {
      await askOne(ask, dice.odds(TWICE) && rarity(useCase) > 0.05);
    } catch (cause) {
      const broken =
        cause instanceof Broken ? cause : new Broken(String(cause), (cause as Error).stack ?? "");
      if (!reds.some(({ kind }) => kind === broken.kind)) {
        const [shortest = ask] = await shorten(wrongWith, [ask], broken.kind);
        reds.push({ kind: broken.kind, why: `${broken.message}\n  ${shownAsk(shortest)}` });
      }
    }
    if ((nth + 1) % AUDITED_EVERY === 0) await audit(books);
    progress(nth + 1);
  }
  await audit(books);
  for (const line of server.faults) reds.push({ kind: "said", why: line });
  return { inputs: count, written, reds };
}

const headOf = async ({ pool }: OwnPostgres): Promise<number> =>
  Number((await pool.query<{ seq: string }>("select seq from didym.head")).rows[0]?.seq);

/** Waits where more calculations were asked for than a minute has room for. */
async function send(server: Serving, ask: Ask): Promise<Told> {
  const { url, init } = requestOf(server.base, ask);
  for (;;) {
    const answer = await fetch(url, { ...init, signal: AbortSignal.timeout(PATIENCE_MS) });
    const told = { status: answer.status, text: await answer.text() };
    if (told.status !== 429) return told;
    await sleep(1000 * Number(answer.headers.get("retry-after") ?? 1));
  }
}

async function audit({ pool }: OwnPostgres): Promise<void> {
  const { faults } = await auditBooks({ pool, ...FOLDING });
  assert.deepEqual(faults, [], "the audit finds nothing in the books");
}
