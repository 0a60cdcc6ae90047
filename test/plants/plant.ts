import {
  applyLedger,
  decideFeed,
  decideStep,
  decideStocktake,
  type LedgerEntry,
  type LedgerRecords,
  type Lot,
  MemoryBook,
  type StepCommand,
  type StepRecorded,
  type Weighing,
} from "../../src/ledger/index.ts";
import { type Measured, readingOf, spread, subtract } from "../../src/quantity/index.ts";
import { Dice } from "../../src/sample/dice.ts";
import type { Coverage } from "./coverage.ts";
import { type Equipment, equip } from "./equipment.ts";
import { sharesExceed } from "./laws.ts";
import { type Matter, together } from "./matter.ts";

const SITE = "site";
const OWNER = "recycler";
const HOUR_MS = 3_600_000;
const DAYS_OF_A_CALIBRATION = 60;
const BEGINS = Date.parse("2026-01-05T06:00:00Z");

/** Deeper than this few plants go: they are counted together. */
const DEEP = 12;
const depthOf = ({ depth }: Truth) => (depth < DEEP ? String(depth).padStart(2, "0") : `${DEEP} and more`);

/** What is really in a lot, how deep in the lineage it is, and what its contents rest on. */
export interface Truth {
  readonly matter: Matter;
  readonly depth: number;
  readonly basis: string;
}

/** The doubt of what the mass was tested by: of a lot weighed anew its two weighings, else what the step left open. */
function testedAgainst({ inputs, outputs, closure }: StepRecorded): number {
  const [input] = inputs;
  const read_mg = outputs[0]?.read_mg;
  return input && read_mg ? spread(subtract(read_mg, input.mass_mg)) : closure.mass.sd_mg;
}

/** Something done, as it really was: what was taken of each input, and what each output really is. */
export interface Done {
  readonly doing: string;
  readonly command: Pick<StepCommand, "inputs" | "outputs"> & Partial<StepCommand>;
  readonly took: readonly Matter[];
  readonly made: readonly Matter[];
}

export interface Said {
  readonly doing: string;
  /** The code of the refusal, or `differs` of a count; absent where all was well. */
  readonly refused?: string;
  /** It closes, and the books say that it should be looked at. */
  readonly watched: boolean;
  /** The doubt of what the mass was tested against. */
  readonly sd_mg: number;
}

/** One plant: its books, and the truth that they do not know. */
export class Plant {
  readonly book = new MemoryBook<LedgerRecords>();
  readonly dice: Dice;
  readonly equipment: Equipment;
  readonly truths = new Map<string, Truth>();
  readonly said: Said[] = [];
  /** What the books were told, in its order. */
  readonly log: LedgerEntry[] = [];
  private readonly coverage: Coverage;
  private readonly families = new Map<string, number>();
  /** Scales show what is there and nothing else, with the doubt that they state. */
  quiet = false;
  private hour = 0;
  private calibrated = 0;
  private named = 0;

  constructor(seed: number, coverage: Coverage) {
    this.dice = new Dice(seed);
    this.coverage = coverage;
    this.equipment = equip(this.dice);
  }

  /** How far what is told of an element errs alike in all devices of this plant, in standard uncertainties. */
  family(element: string): number {
    const known = this.families.get(element) ?? this.dice.normal();
    this.families.set(element, known);
    return known;
  }

  private async tell(entry: LedgerEntry): Promise<void> {
    this.log.push(entry);
    await applyLedger(this.book, entry);
  }

  newName(kind: string): string {
    return `${kind}-${++this.named}`;
  }

  /** Lets time pass; scales are calibrated when it is due. */
  wait(hours: number): void {
    this.hour += hours;
    if (this.hour - this.calibrated < DAYS_OF_A_CALIBRATION * 24) return;
    this.calibrated = this.hour;
    for (const scale of this.equipment.scales) scale.calibrate();
  }

  get at(): string {
    return new Date(BEGINS + this.hour * HOUR_MS).toISOString();
  }

  async lot(id: string): Promise<Lot> {
    const lot = await this.book.get("lot", id);
    if (!lot) throw new Error(`the plant has no lot ${id}`);
    return lot;
  }

  truth(id: string): Truth {
    const truth = this.truths.get(id);
    if (!truth) throw new Error(`nobody knows what ${id} is`);
    return truth;
  }

  /** Weighs real matter on the scale that is fit for it; now and then it stood on another one than was written down. */
  weigh(matter: Matter, where?: "tank"): Weighing {
    const since = (this.hour - this.calibrated) / (DAYS_OF_A_CALIBRATION * 24);
    return this.equipment.weigh(matter.mass_mg, {
      ...{ since, dice: this.dice, quiet: this.quiet },
      ...(where ? { where } : {}),
    });
  }

  /** A lot that arrives: weighed, its contents told or assayed. */
  async open(given: {
    matter: Matter;
    weighing: Weighing;
    elements_mg: Readonly<Record<string, Measured>>;
    basis: string;
  }) {
    const lot = this.newName("L");
    const { matter, basis, elements_mg, weighing } = given;
    const { mass_mg, doubt_mg, scale } = weighing;
    await this.tell({
      kind: "lot_opened",
      body: {
        ...{ lot, kind: "magnets", owner: OWNER, place: SITE, at: this.at, elements_mg },
        mass_mg: readingOf(mass_mg, doubt_mg, { own: lot, shared: scale }),
        ...{ made_by: "C", data_from: [], notes: {} },
      },
    });
    await this.know(lot, { matter, depth: 0, basis });
    return lot;
  }

  /** A step as it was done and is told; where it is refused it is told again as one that does not close. */
  async step({ doing, command, took, made }: Done): Promise<boolean> {
    const lots = new Map<string, Lot>();
    for (const { lot } of command.inputs) lots.set(lot, await this.lot(lot));
    const told: StepCommand = {
      ...{ step: this.newName("S"), kind: doing, site: SITE, at: this.at, additions: [], losses: [] },
      ...command,
    };
    const around = { names: new Set<string>(), takings: new Map() };
    const first = decideStep(lots, around, told);
    const decided = first.ok
      ? first
      : decideStep(lots, around, { ...told, accept_open: "as it was weighed" });
    const refused = first.ok ? {} : { refused: first.refusal.code };
    if (!decided.ok) {
      this.said.push({ doing, watched: false, sd_mg: 0, ...refused });
      return false;
    }
    const watched = decided.value.closure.watch ?? false;
    this.said.push({ doing, watched, sd_mg: testedAgainst(decided.value), ...refused });
    await this.tell({ kind: "step_recorded", body: decided.value });
    const depth = 1 + Math.max(...command.inputs.map(({ lot }) => this.truth(lot).depth));
    for (const [i, { lot }] of command.inputs.entries()) await this.takeFrom(lot, took[i] as Matter);
    for (const [i, { lot, content }] of command.outputs.entries())
      await this.know(lot, { matter: made[i] as Matter, depth, basis: content.by });
    return true;
  }

  /** Counts lots; what differs counts as refused, and is corrected by the books. */
  async count(lots: readonly string[]): Promise<void> {
    const known = new Map<string, Lot>();
    for (const id of lots) known.set(id, await this.lot(id));
    const decided = decideStocktake(known, {
      ...{ stocktake: this.newName("T"), site: SITE, at: this.at, why: "count", keep: new Set() },
      counts: lots.map((lot) => ({ lot, at: lot, found: this.weigh(this.truth(lot).matter) })),
    });
    if (!decided.ok) throw new Error(decided.refusal.message);
    const { taken, restated } = decided.value;
    await this.tell({ kind: "stock_taken", body: taken });
    for (const body of restated) await this.tell({ kind: "lot_restated", body });
    for (const { lot, agrees, watch = false, sd_mg } of taken.counts) {
      this.said.push({ doing: "count", watched: watch, sd_mg, ...(agrees ? {} : { refused: "differs" }) });
      await this.know(lot, this.truth(lot), "counted");
    }
  }

  /** The content of a lot becomes the ceiling of claims on it. */
  async settle(id: string): Promise<void> {
    const lot = await this.lot(id);
    const decided = decideFeed(id, lot, {
      feed: await this.book.get("feed", id),
      elements_mg: lot.elements_mg,
    });
    if (decided.ok) await this.tell({ kind: "feed_measured", body: decided.value });
  }

  /** Matter that leaves a lot and that no one tells the books of. */
  steal(id: string, matter: Matter): void {
    const truth = this.truth(id);
    this.truths.set(id, { ...truth, matter: together(truth.matter, matter, -1) });
  }

  private async takeFrom(id: string, matter: Matter): Promise<void> {
    const truth = this.truth(id);
    const left = together(truth.matter, matter, -1);
    this.truths.set(id, { ...truth, matter: left });
    const lot = await this.lot(id);
    if (lot.mass_mg.best > 0) await this.know(id, { ...truth, matter: left }, "drawn on");
  }

  private async know(id: string, truth: Truth, as = truth.basis): Promise<void> {
    this.truths.set(id, truth);
    const lot = await this.lot(id);
    const wrong = sharesExceed(lot);
    if (wrong) throw new Error(wrong);
    this.coverage.noteLot(lot, truth.matter, ["all", `depth ${depthOf(truth)}`, `by ${as}`]);
  }
}
