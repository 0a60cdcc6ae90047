import { perform } from "../../src/app/core/perform.ts";
import type { LedgerStore, Ports } from "../../src/app/core/ports.ts";
import type { CommandAnswering } from "../../src/app/core/use-case.ts";
import { findUseCase } from "../../src/app/use-cases.ts";
import { refuse } from "../../src/quantity/index.ts";
import type { Dice } from "../../src/sample/dice.ts";
import { Driver, type StoryClock } from "../../src/sample/driver.ts";

export class Crash extends Error {}

/** A store whose process dies now and then: before the append, or after it but before anyone hears of it. */
export function rough(store: LedgerStore, dice: Dice, odds: number): LedgerStore {
  return {
    ...store,
    async append(batch) {
      const luck = dice.uniform();
      if (luck < odds) throw new Crash("died between read and append");
      if (luck < 2 * odds) return refuse("someone_wrote_first", "test", "another process was faster");
      const done = await store.append(batch);
      if (luck < 3 * odds) throw new Crash("died after the append, before the answer");
      return done;
    },
  };
}

interface DishonestAsk {
  readonly name: string;
  readonly input: object;
  /** The story asks the very same, honestly and once: only after that it is dishonest. */
  readonly second?: true;
}

/** What someone dishonest, tired or twice might ask at any moment. Each must be refused, whatever the books hold. */
export const DISHONEST: readonly DishonestAsk[] = [
  {
    name: "prepare step",
    input: {
      kind: "split",
      site: "noblesville",
      inputs: [{ lot: "C-2601-DEM", mass: "900 t" }],
      outputs: [{ kind: "magnets", mass: "900 t", sd: "1 kg" }],
    },
  },
  {
    name: "prepare step",
    input: {
      kind: "blend",
      site: "noblesville",
      inputs: [{ lot: "R-2601-RESIDUE", mass: "1 kg" }],
      outputs: [{ kind: "gold", mass: "3 kg", sd: "1 g" }],
    },
  },
  {
    name: "prepare step",
    input: {
      kind: "split",
      site: "sumner",
      inputs: [{ lot: "OX-2601-Nd", mass: "1 kg" }],
      outputs: [{ kind: "oxide", mass: "1 kg", sd: "1 g" }],
    },
  },
  {
    name: "ship send",
    input: {
      from: "plainfield",
      to: "noblesville",
      carrier: "sample-carrier",
      lots: [{ lot: "C-2606-D", mass: "1 kg", scale: "plainfield-floor" }],
    },
  },
  {
    name: "ship send",
    input: {
      from: "plainfield",
      to: "noblesville",
      carrier: "sample-carrier",
      lots: [{ lot: "C-2606-O", mass: "1 kg", scale: "plainfield-floor" }],
    },
  },
  { name: "intake resolve-row", input: { consignment: "C-2601", row: 2, why: "not a row that waits" } },
  { name: "orders allocate", input: { order: "O-2602", lot: "OX-2601-Nd", mass: "900 kg" } },
  {
    name: "orders ship",
    input: { order: "O-2602", lot: "OX-2601-Dy", passport: "P-OX-2601-Nd", carrier: "sample-carrier" },
  },
  {
    name: "orders place",
    input: {
      buyer: "sample-buyer-b",
      seller: "sample-recycler",
      oxide: "Nd2O3",
      specification: "4N",
      mass: "900 kg",
      due: "2099-01-01",
    },
  },
  { name: "certify issue", input: { lot: "R-2601-IRON", issuer: "sample-refiner" } },
  { name: "intake open-lots", input: { consignment: "C-2601" }, second: true },
  {
    name: "settle lot",
    input: { agreement: "A-2026-01", sample: "Y-C-2601-DEM", shipment: "B-C-2601-DEM" },
    second: true,
  },
  { name: "settle return-oxide", input: { agreement: "A-2026-01", lot: "OX-2601-Nd" }, second: true },
  {
    name: "assay report",
    input: {
      sample: "Y-C-2601-DEM",
      side: "umpire",
      laboratory: "sample-lab-a",
      method: "m",
      mg_per_kg: { Nd: { best: 2_000_000, sd: 1 } },
    },
  },
  {
    name: "refine plan",
    input: { lot: "R-2601-LIQUOR", columns: ["noblesville-c1"], targets: { Nd: 0.999 } },
  },
];

/** Tells a story through a rough world: retries after crashes, repeats, reused keys, and dishonest asks between. */
export class RoughDriver extends Driver {
  /** Repeats go all the way, as those of any client do. */
  protected override async toldBefore(): Promise<undefined> {
    return undefined;
  }

  retries = 0;
  repeats = 0;
  refused = 0;
  readonly wrongs: string[] = [];
  private readonly dice: Dice;
  private readonly world: Ports;
  private readonly sent: { name: string; key: string; input: object }[] = [];
  private asked = 0;

  constructor(ports: Ports, clock: StoryClock, dice: Dice) {
    super(ports, clock, "rough");
    this.dice = dice;
    this.world = ports;
  }

  override async do<A = Record<string, unknown>>(name: string, as: string, input: object): Promise<A> {
    for (let attempt = 0; attempt < 50; attempt++) {
      try {
        const answer = await super.do<A>(name, as, input);
        this.sent.push({ name, key: this.lastKey(), input });
        await this.disturb();
        return answer;
      } catch (cause) {
        if (!(cause instanceof Crash)) throw cause;
        this.retries++;
        this.again();
      }
    }
    throw new Error(`${name} crashed fifty times`);
  }

  private async disturb(): Promise<void> {
    if (this.dice.uniform() < 0.2) await this.repeat();
    if (this.dice.uniform() < 0.35) await this.cheat();
  }

  /** A message that comes twice is answered and not done twice; its key with other content is refused. */
  private async repeat(): Promise<void> {
    const { name, key, input } = this.dice.pick(this.sent);
    const before = (await this.world.store.head())?.seq;
    const again = await this.attempt(name, key, input);
    if (!again.ok || !again.value.repeated) this.wrongs.push(`${name}, repeated, was not answered`);
    const other = await this.attempt(name, key, { ...input, at: "2026-01-01T00:00:00Z" });
    if (other.ok) this.wrongs.push(`${name}: its key was reused for other content`);
    if ((await this.world.store.head())?.seq !== before) this.wrongs.push(`${name}, repeated, wrote again`);
    this.repeats++;
  }

  /** Each dishonest ask once, on books that hold the whole story. */
  async cheatEveryWay(): Promise<void> {
    for (const ask of DISHONEST) await this.cheat(ask);
  }

  private async cheat({ name, input, second }: DishonestAsk = this.dice.pick(DISHONEST)): Promise<void> {
    if (second && !this.hasSent(name, input)) return;
    const before = (await this.world.store.head())?.seq;
    const answer = await this.attempt(name, `cheat/${++this.asked}`, input);
    if (answer.ok) this.wrongs.push(`${name} was let through: ${JSON.stringify(input)}`);
    if ((await this.world.store.head())?.seq !== before)
      this.wrongs.push(`${name}, refused, wrote something`);
    this.refused++;
  }

  private hasSent(name: string, input: object): boolean {
    const text = JSON.stringify(input);
    return this.sent.some((one) => one.name === name && JSON.stringify(one.input) === text);
  }

  private async attempt(name: string, key: string, input: object) {
    const [room = "", verb = ""] = name.split(" ");
    const actor = { role: "operator", party: "sample-recycler", verified: false };
    for (;;) {
      try {
        return await perform(this.world, findUseCase(room, verb) as CommandAnswering<unknown>, {
          request: { key, actor },
          input,
        });
      } catch (cause) {
        if (!(cause instanceof Crash)) throw cause;
      }
    }
  }
}
