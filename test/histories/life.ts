import type { Actor } from "../../src/ledger/index.ts";
import { checkAnswers } from "./auditor/agrees.ts";
import type { Auditor } from "./auditor/index.ts";
import type { Books } from "./books.ts";
import { Chance } from "./chance.ts";
import { checkBundles, checkEnd } from "./end.ts";
import type { Life } from "./move.ts";
import { MOVES } from "./moves/index.ts";
import { PROBES } from "./probes/index.ts";
import { must, Red } from "./red.ts";
import { STARTS, type StartName, startAt } from "./start.ts";
import type { Call, Outcome } from "./teller.ts";

/** One thing that may happen, with its luck. A life is a list of these, so that a shorter one is a life as well. */
export interface Ask {
  readonly move: string;
  readonly luck: number;
}

export interface LifeTold {
  readonly start: StartName;
  readonly asks: readonly Ask[];
}

/** How many asks a life has. */
const ASKS = { least: 15, most: 50 };

export function lifeOf(seed: number): LifeTold {
  const chance = new Chance(seed * 7919 + 17);
  const total = MOVES.reduce((sum, { weight }) => sum + weight, 0);
  const some = (): string => {
    let at = chance.uniform() * total;
    for (const { name, weight } of MOVES) {
      at -= weight;
      if (at < 0) return name;
    }
    return "wrong";
  };
  const start = chance.odds(0.5) ? "certified" : chance.pick(STARTS);
  const count = chance.whole(ASKS.least, ASKS.most);
  const asks = Array.from({ length: count }, () => ({ move: some(), luck: chance.whole(1, 2 ** 31) }));
  return { start, asks };
}

export interface Counted {
  asks: number;
  commands: number;
  refused: number;
  entries: number;
  passports: number;
  /** By "verb code". */
  readonly met: Map<string, number>;
}

class Living implements Life {
  readonly books: Books;
  readonly auditor: Auditor;
  readonly met = new Map<string, number>();
  refused = 0;
  private names = 0;

  constructor(books: Books, auditor: Auditor) {
    this.books = books;
    this.auditor = auditor;
  }

  name(prefix: string): string {
    return `${prefix}-${String(++this.names).padStart(3, "0")}`;
  }

  async say(verb: string, input: object, actor: Actor): Promise<string> {
    const outcome = await this.books.ask(verb, input, actor);
    const key = `${verb} ${outcome.code}`;
    this.met.set(key, (this.met.get(key) ?? 0) + 1);
    if (outcome.code !== "done") this.refused++;
    else await this.audit(outcome);
    return outcome.code;
  }

  async never(verb: string, input: object, actor: Actor): Promise<void> {
    const { code } = await this.books.ask(verb, input, actor);
    this.refused++;
    must(code !== "done", "what is wrong is refused", () => `${verb} ${JSON.stringify(input)}`);
  }

  async again({ verb, input, actor, key }: Call): Promise<void> {
    const before = await this.books.ports.store.answerTo(key);
    if (!before) return;
    const { code, entries } = await this.books.ask(verb, input, actor, key);
    must(code === "done" && entries.length === 0, "a request is carried out once", () => `${verb}: ${code}`);
    const other = await this.books.ask(verb, { ...input, note: "other" }, actor, key);
    must(other.code !== "done", "a key is of one request", () => `${verb} ${JSON.stringify(input)}`);
  }

  /** What every command that is done leaves behind. */
  private async audit({ entries }: Outcome): Promise<void> {
    this.auditor.take(entries);
    await checkAnswers(this.books, this.auditor.seen, entries);
    for (const probe of PROBES)
      if (entries.some(({ kind }) => probe.after.test(kind))) await probe.try(this.books, this.auditor);
  }
}

/** Tells a life, audited after every command; throws `Red` at the first thing that must never be. */
export async function tell({ start, asks }: LifeTold): Promise<Counted & { readonly books: Books }> {
  const from = await startAt(start);
  const books = from.books.copy("life");
  const living = new Living(books, from.auditor.copy());
  for (const [nth, { move, luck }] of asks.entries()) {
    const chance = new Chance(luck);
    books.clock.advance(chance.pick([0, 0.1, 1, 5, 30]));
    try {
      await MOVES.find(({ name }) => name === move)?.play(living, chance);
    } catch (cause) {
      if (!(cause instanceof Red)) throw cause;
      throw new Red(cause.rule, `at ask ${nth + 1}, ${move}: ${cause.message.slice(cause.rule.length + 2)}`);
    }
  }
  await checkEnd(books);
  const passports = await checkBundles(books, living.auditor);
  const { met, refused } = living;
  const entries = books.ports.store.log.length - from.books.ports.store.log.length;
  return { books, asks: asks.length, commands: books.calls.length, refused, entries, passports, met };
}
