import { perform } from "../../src/app/core/perform.ts";
import type { LedgerStore, Ports } from "../../src/app/core/ports.ts";
import type { CommandAnswering } from "../../src/app/core/use-case.ts";
import { findUseCase } from "../../src/app/use-cases.ts";
import { refuse } from "../../src/quantity/index.ts";
import { Dice } from "../../src/sample/dice.ts";
import { Driver, type StoryClock } from "../../src/sample/driver.ts";
import { AT_LAST, DISHONEST, type DishonestAsk, secondAsk } from "./dishonest.ts";
import { type Asked, SPOILT, type Spoilt } from "./spoilt/index.ts";

export class Crash extends Error {}

const ODDS = {
  crash: 0.05,
  repeat: 0.2,
  cheat: 0.35,
  /** A colleague does it before, or while, one asks. */
  colleague: 0.08,
  /** Somebody asks later, under another key, for what was done. */
  twice: 0.15,
  /** A way to spoil an ask that was met before in this telling. */
  spoilt_again: 0.1,
};

/** What happens in the middle of an append: another process writes, and the one that was about to write has read what is no longer so. */
interface Meanwhile {
  happen?: (() => Promise<void>) | undefined;
}

/** A store whose process dies now and then: before the append, or after it but before anyone hears of it. */
export function rough(store: LedgerStore, dice: Dice, meanwhile: Meanwhile = {}): LedgerStore {
  return {
    ...store,
    async append(batch) {
      const { happen } = meanwhile;
      meanwhile.happen = undefined;
      await happen?.();
      const luck = dice.uniform();
      if (luck < ODDS.crash) throw new Crash("died between read and append");
      if (luck < 2 * ODDS.crash) return refuse("someone_wrote_first", "test", "another process was faster");
      const done = await store.append(batch);
      if (luck < 3 * ODDS.crash) throw new Crash("died after the append, before the answer");
      return done;
    },
  };
}

interface Sent extends Asked {
  readonly key: string;
}

const STRANGER = "operator@sample-recycler";
const textOf = (name: string, input: object): string => `${name} ${JSON.stringify(input)}`;

/**
 * Tells a story through a rough world: retries after crashes, repeats, reused keys, dishonest asks between, colleagues who do
 * the same at the same moment, and before each ask the same one with one thing wrong in it. What is let through and should
 * not be, or refused by another code than the one that is meant, is a wrong.
 */
export class RoughDriver extends Driver {
  /** Repeats go all the way, as those of any client do. */
  protected override async toldBefore(): Promise<undefined> {
    return undefined;
  }

  retries = 0;
  repeats = 0;
  refused = 0;
  /** Asks of colleagues, each done once though two asked. */
  colleagues = 0;
  /** Asks of the story that a stranger had lawfully asked before. */
  strangers = 0;
  readonly wrongs: string[] = [];
  /** What a stranger asks after every act of the story, until it is done. */
  eager: DishonestAsk | undefined;
  /** The luck of the world, and of those beside the story: what these ask moves no crash of the others. */
  private readonly dice: Dice;
  private readonly luck: Dice;
  private readonly world: Ports;
  private readonly beside: Ports;
  private readonly meanwhile: Meanwhile;
  private readonly sent: Sent[] = [];
  /** What a stranger did lawfully before the story's own people asked for it. */
  private readonly ahead = new Map<string, { readonly key: string; readonly answer: unknown }>();
  private readonly met = new Set<Spoilt>();
  private asked = 0;

  constructor(ports: Ports, clock: StoryClock, seed: number) {
    const dice = new Dice(seed);
    const meanwhile: Meanwhile = {};
    const world = { ...ports, store: rough(ports.store, dice, meanwhile) };
    super(world, clock, "rough");
    this.dice = dice;
    this.luck = new Dice(seed ^ 0x5bd1e995);
    this.world = world;
    this.meanwhile = meanwhile;
    this.beside = { ...ports, store: rough(ports.store, this.luck) };
  }

  override async do<A = Record<string, unknown>>(name: string, as: string, input: object): Promise<A> {
    if (!this.ahead.has(textOf(name, input))) await this.spoilEveryWay({ name, as, input });
    const { key, answer } = await this.answered({ name, as, input });
    this.sent.push({ name, as, key, input });
    await this.disturb();
    return answer as A;
  }

  private async answered(asked: Asked): Promise<{ readonly key: string; readonly answer: unknown }> {
    const { name, as, input } = asked;
    const stranger = this.ahead.get(textOf(name, input));
    if (stranger) {
      this.strangers++;
      await this.comeSecond(asked, secondAsk(name, input));
      return stranger;
    }
    if (this.luck.uniform() < ODDS.colleague) return this.withColleague(asked);
    for (let attempt = 0; attempt < 50; attempt++) {
      try {
        return { answer: await super.do(name, as, input), key: this.lastKey() };
      } catch (cause) {
        if (!(cause instanceof Crash)) throw cause;
        this.retries++;
        this.again();
      }
    }
    throw new Error(`${name} crashed fifty times`);
  }

  /** Two of one firm do the same: one after the other, or one while the other is about to write. It is done once. */
  private async withColleague(asked: Asked): Promise<{ readonly key: string; readonly answer: unknown }> {
    const { name, as, input } = asked;
    this.colleagues++;
    const key = `colleague/${++this.asked}`;
    const rename = this.luck.uniform() < 0.5 ? `Z-${this.asked}` : undefined;
    const second = secondAsk(name, input, rename);
    let answer: unknown;
    const first = async () => {
      const done = await this.attempt(this.beside, { name, as, key, input });
      if (!done.ok) throw new Error(`${name} was refused: ${done.refusal.code}: ${done.refusal.message}`);
      answer = done.value.answer;
    };
    const atOnce = this.luck.uniform() < 0.5;
    if (atOnce && this.luck.uniform() < 0.3) {
      await this.overTwoServers({ name, as, key, input }, first);
      return { key, answer };
    }
    if (atOnce && second) {
      this.meanwhile.happen = first;
      await this.comeSecond({ name, as, input }, second, this.world);
      if (answer === undefined) throw new Error(`${name} came to no append`);
    } else {
      await first();
      await this.comeSecond({ name, as, input }, second);
    }
    return { key, answer };
  }

  /** One message comes in over two servers at the same moment: it is done by one of them and answered by both. */
  private async overTwoServers(sent: Sent, first: () => Promise<void>): Promise<void> {
    this.meanwhile.happen = first;
    const done = await this.attempt(this.world, sent);
    if (!done.ok) this.wrongs.push(`${sent.name} over two servers was refused ${done.refusal.code}`);
    else if (!done.value.repeated) this.wrongs.push(`${sent.name} over two servers was done twice`);
  }

  private async comeSecond(
    { name, as }: Asked,
    second: { readonly input: object; readonly code: string } | undefined,
    ports = this.beside,
  ): Promise<void> {
    if (!second) return;
    const key = `second/${++this.asked}`;
    const done = await this.attempt(ports, { name, as, key, input: second.input });
    const about = `${name}, done by another before`;
    if (done.ok) this.wrongs.push(`${about}, was done again: ${JSON.stringify(second.input)}`);
    else if (done.refusal.code !== second.code)
      this.wrongs.push(`${about}, was refused ${done.refusal.code}, not ${second.code}`);
    this.refused++;
  }

  private async disturb(): Promise<void> {
    if (this.eager) await this.cheat(this.eager);
    if (this.dice.uniform() < ODDS.repeat) await this.repeat();
    if (this.dice.uniform() < ODDS.cheat) await this.cheat();
    if (this.luck.uniform() < ODDS.twice) await this.askTwice();
  }

  /** A message that comes twice is answered and not done twice; its key with other content is refused. */
  private async repeat(): Promise<void> {
    const sent = this.dice.pick(this.sent);
    const before = await this.head();
    const again = await this.attempt(this.world, sent);
    if (!again.ok || !again.value.repeated) this.wrongs.push(`${sent.name}, repeated, was not answered`);
    const other = { ...sent, input: { ...sent.input, note: "something else" } };
    await this.refuses(this.world, other, { what: "its key reused for other content", code: "key_reused" });
    if ((await this.head()) !== before) this.wrongs.push(`${sent.name}, repeated, wrote again`);
    this.repeats++;
  }

  /** Something done long ago is asked for again under another key, by who did it: whatever became of it, it is not done again. */
  private async askTwice(sent: readonly Sent[] = this.sent): Promise<void> {
    const { name, as, input } = this.luck.pick(sent);
    // A buyer that has climbed since is lawfully put back to where it was.
    const second = name === "orders qualify" ? undefined : secondAsk(name, input);
    if (second) await this.refuses(this.beside, { name, as, input }, { what: "asked for anew" });
  }

  /** On books that hold the whole story: each dishonest ask, refused by the check that is meant, and one of each command anew. */
  async cheatEveryWay(): Promise<void> {
    for (const ask of [...DISHONEST, ...AT_LAST]) await this.cheat(ask, ask.code);
    for (const name of new Set(this.sent.map((one) => one.name)))
      await this.askTwice(this.sent.filter((one) => one.name === name));
  }

  private async cheat(ask: DishonestAsk = this.dice.pick(DISHONEST), code?: string): Promise<void> {
    const { name, input } = ask;
    const key = `cheat/${++this.asked}`;
    const done = this.sent.some((one) => textOf(one.name, one.input) === textOf(name, input));
    const before = await this.head();
    const answer = await this.attempt(this.world, { name, as: STRANGER, key, input });
    this.refused++;
    if (answer.ok && ask.once && !done && !this.ahead.has(textOf(name, input)))
      this.ahead.set(textOf(name, input), { key, answer: answer.value.answer });
    else this.judge(`${name} ${JSON.stringify(input)}`, answer, code);
    if (!answer.ok && (await this.head()) !== before) this.wrongs.push(`${name}, refused, wrote something`);
  }

  /** The ask with one thing wrong in it, each way once and now and then again. */
  private async spoilEveryWay(asked: Asked): Promise<void> {
    for (const spoilt of SPOILT) {
      if (spoilt.name !== asked.name) continue;
      if (!this.met.has(spoilt) || this.luck.uniform() < ODDS.spoilt_again)
        await this.spoilOneWay(asked, spoilt);
    }
  }

  private async spoilOneWay({ name, as, input }: Asked, spoilt: Spoilt): Promise<void> {
    const nth = ++this.asked;
    const spoiled = spoilt.spoil(input, nth);
    if (!spoiled) return;
    this.met.add(spoilt);
    for (const step of spoilt.detour?.(input, nth) ?? []) await this.goOn(step);
    const wrong = { name: spoilt.instead ?? name, as: spoilt.as?.(as) ?? as, input: spoiled };
    await this.refuses(this.beside, wrong, spoilt);
    for (const step of spoilt.back?.(input, nth) ?? []) await this.goOn(step);
  }

  /** A lawful act beside the story. */
  private async goOn({ name, as, input }: Asked): Promise<void> {
    const key = `detour/${++this.asked}`;
    const done = await this.attempt(this.beside, { name, as, key, input });
    if (!done.ok) throw new Error(`${name} was refused: ${done.refusal.code}: ${done.refusal.message}`);
  }

  /** Must be refused, by this code where one is given, and write nothing. */
  private async refuses(
    ports: Ports,
    asked: Asked & { readonly key?: string },
    meant: { readonly what: string; readonly code?: string },
  ): Promise<void> {
    const before = await this.head();
    const answer = await this.attempt(ports, { key: `wrong/${++this.asked}`, ...asked });
    this.judge(`${asked.name}, ${meant.what}`, answer, meant.code);
    if ((await this.head()) !== before) this.wrongs.push(`${asked.name}, ${meant.what}, wrote something`);
    this.refused++;
  }

  private judge(what: string, answer: Awaited<ReturnType<RoughDriver["attempt"]>>, code?: string): void {
    if (answer.ok) this.wrongs.push(`${what}: was let through`);
    else if (code !== undefined && answer.refusal.code !== code)
      this.wrongs.push(
        `${what}: was refused ${answer.refusal.code} (${answer.refusal.message}), not ${code}`,
      );
  }

  /** Ways to spoil an ask that this telling never came to. */
  unmet(): readonly string[] {
    return SPOILT.filter((way) => !this.met.has(way)).map(({ name, what }) => `${name}, ${what}`);
  }

  private async head(): Promise<number | undefined> {
    return (await this.world.store.head())?.seq;
  }

  /** Asks until it is answered: who dies asks the same again. */
  private async attempt(ports: Ports, { name, as, key, input }: Sent) {
    const [room = "", verb = ""] = name.split(" ");
    const [role = "", party = ""] = as.split("@");
    const request = { key, actor: { role, party, verified: false } };
    for (;;) {
      try {
        return await perform(ports, findUseCase(room, verb) as CommandAnswering<unknown>, { request, input });
      } catch (cause) {
        if (!(cause instanceof Crash)) throw cause;
      }
    }
  }
}
