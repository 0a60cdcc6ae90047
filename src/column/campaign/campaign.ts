import { done, type Result } from "../../quantity/index.ts";
import type { KeptOutlet } from "../outlet/kept-outlet.ts";
import type { ColumnRefusal } from "../refusals.ts";
import { type ColumnRan, runColumn } from "./campaign-column.ts";
import { type Design, type DesignInput, designZone } from "./design.ts";

export interface CampaignInput extends DesignInput {
  readonly presaturant: { readonly name: string; readonly affinity: number };
  readonly displacer: { readonly name: string; readonly affinity: number };
  /** L1 error asked of every simulation. */
  readonly error_l1_max: number;
}

export interface ColumnRun {
  readonly column: string;
  readonly feed: Readonly<Record<string, number>>;
  readonly length_m: number;
  readonly loading_fraction: number;
  readonly load_s: number;
  readonly end_s: number;
  readonly cuts: readonly {
    readonly species: string;
    readonly from_s: number;
    readonly to_s: number;
    readonly purity: number;
    readonly yield: number;
    readonly impurities_ppm: Readonly<Record<string, number>>;
    /** Presaturant and displacer that come along, on the same basis. */
    readonly carried_ppm?: Readonly<Record<string, number>>;
  }[];
  readonly chromatogram: KeptOutlet;
  readonly balance_error: number;
  readonly error_l1_estimate: number;
}

export interface CampaignResult {
  readonly design: Design;
  readonly columns: readonly ColumnRun[];
  /** Over all columns: share of what was fed that ends in its product, and the product's mean purity over all products. */
  readonly products: Readonly<
    Record<string, { readonly yield_fraction: number; readonly purity_fraction: number }>
  >;
  /** What is in no product, to be recycled, as share of what was fed. */
  readonly rejected: Readonly<Record<string, number>>;
  /** What went out as impurity of another product, as share of what was fed. */
  readonly in_other_products: Readonly<Record<string, number>>;
  /** Largest relative balance error of any column, and of all cuts, rejects and remains of all columns against the feed. */
  readonly balance_error: number;
  readonly mol_per_m2_cycle: number;
  readonly cycle_s: number;
  /** Mol of each product in its own cuts per m3 of bed and day, all columns counted for the time they are in use. */
  readonly productivity: {
    readonly displacement_only_mol_per_m3_day: Readonly<Record<string, number>>;
    readonly load_and_displacement_mol_per_m3_day: Readonly<Record<string, number>>;
    readonly time_basis: string;
  };
}

/** The wide band of zone I is cut this much tighter than its purity asks, so that the minor elements stay out of it. */
const tighter = 30;
const tightest = 0.9999;
/** A mixed cut is worth a column of its own above this share of the feed, a product in it above this share of the cut. */
const cut_share_min = 1e-6;
const product_share_min = 1e-5;
/** Heaviest loading of a column for a mixed cut, whatever its selectivity would bear. */
const mixed_loading_max = 0.6;
const seconds_per_day = 86_400;

/** One column of the campaign and how often it runs for each load of zone I. */
interface Turn {
  readonly ran: ColumnRan;
  /** Loaded on it per mol fed to zone I. */
  readonly share: number;
}

/**
 * Simulates a two-zone campaign: zone I gives the widest band pure; what leaves before it and after it goes to a column of its
 * own each, loaded as its hardest pair allows. Products of the same element are pooled. Nothing is recycled.
 */
export function runCampaign(input: CampaignInput): Result<CampaignResult, ColumnRefusal> {
  const design = designZone(input);
  if (!design.ok) return design;
  const widest = input.products.reduce((a, b) => (b.mole_fraction > a.mole_fraction ? b : a));
  const fractions = Object.fromEntries(input.products.map((p) => [p.name, p.mole_fraction]));
  const tight = Math.max(widest.purity_min, Math.min(tightest, 1 - (1 - widest.purity_min) / tighter));
  const first = runColumn(input, {
    column: "zone I",
    feed: fractions,
    loading: design.value.loading_fraction,
    cuts: { [widest.name]: tight },
  });
  if (!first.ok) return first;
  const turns: Turn[] = [{ ran: first.value, share: 1 }];
  const rejected = zeros(input);
  add(rejected, first.value.stays, 1);
  for (const [column, part] of [
    ["zone II, front", first.value.before],
    ["zone II, rear", first.value.after],
  ] as const) {
    const turn = polish(input, { column, part });
    if (!turn.ok) return turn;
    if (turn.value.turn) turns.push(turn.value.turn);
    add(rejected, turn.value.left, 1);
  }
  return done(summary(input, { design: design.value, turns, rejected }));
}

/** Runs the column for a mixed cut; `part` is per mol fed to zone I, `left` what is not worth a column. */
function polish(
  input: CampaignInput,
  given: { readonly column: string; readonly part: Readonly<Record<string, number>> },
): Result<{ turn: Turn | undefined; left: Record<string, number> }, ColumnRefusal> {
  const { column, part } = given;
  const moles = sum(Object.values(part));
  const present = input.products.filter((p) => part[p.name]! > product_share_min * moles);
  if (moles < cut_share_min || present.length < 2) return done({ turn: undefined, left: { ...part } });
  const share = sum(present.map((p) => part[p.name]!));
  const feed = Object.fromEntries(present.map((p) => [p.name, part[p.name]! / share]));
  const zone = designZone({
    ...input,
    products: present.map((p) => ({ ...p, mole_fraction: feed[p.name]! })),
  });
  if (!zone.ok) return zone;
  const ran = runColumn(input, {
    column,
    feed,
    loading: Math.min(mixed_loading_max, zone.value.loading_fraction),
    cuts: Object.fromEntries(present.map((p) => [p.name, p.purity_min])),
  });
  if (!ran.ok) return ran;
  const left = zeros(input);
  for (const p of input.products) if (!present.includes(p)) left[p.name] = part[p.name]!;
  add(left, ran.value.before, share);
  add(left, ran.value.between, share);
  add(left, ran.value.after, share);
  add(left, ran.value.stays, share);
  return done({ turn: { ran: ran.value, share }, left });
}

function summary(
  input: CampaignInput,
  given: {
    readonly design: Design;
    readonly turns: readonly Turn[];
    readonly rejected: Readonly<Record<string, number>>;
  },
): CampaignResult {
  const { design, turns, rejected } = given;
  const own = zeros(input);
  const all = zeros(input);
  const elsewhere = zeros(input);
  for (const { ran, share } of turns)
    ran.run.cuts.forEach((cut, k) => {
      for (const [name, amount] of Object.entries(ran.inCuts[k]!)) {
        all[cut.species]! += share * amount;
        if (name === cut.species) own[name]! += share * amount;
        else elsewhere[name]! += share * amount;
      }
    });
  const first = turns[0]!.ran;
  const over = (name: string): number => input.products.find((p) => p.name === name)!.mole_fraction;
  const perFed = (amounts: Readonly<Record<string, number>>) =>
    Object.fromEntries(Object.entries(amounts).map(([name, amount]) => [name, amount / over(name)]));
  const open = input.products.map(
    ({ name, mole_fraction }) =>
      Math.abs(mole_fraction - own[name]! - elsewhere[name]! - rejected[name]!) / mole_fraction,
  );
  return {
    design,
    columns: turns.map(({ ran }) => ran.run),
    products: Object.fromEntries(
      input.products.map(({ name, mole_fraction }) => [
        name,
        {
          yield_fraction: own[name]! / mole_fraction,
          purity_fraction: all[name]! > 0 ? own[name]! / all[name]! : 0,
        },
      ]),
    ),
    rejected: perFed(rejected),
    in_other_products: perFed(elsewhere),
    balance_error: Math.max(...open, ...turns.map(({ ran }) => ran.run.balance_error)),
    mol_per_m2_cycle: first.loaded_mol_per_m2,
    cycle_s: first.run.end_s,
    productivity: productivity(input, { turns, own }),
  };
}

/** A column that takes a third of a mixed cut's load each cycle of zone I is counted for a third of its own cycle. */
function productivity(
  input: CampaignInput,
  given: { readonly turns: readonly Turn[]; readonly own: Readonly<Record<string, number>> },
): CampaignResult["productivity"] {
  const loaded = given.turns[0]!.ran.loaded_mol_per_m2;
  const per = (time_s: (ran: ColumnRan) => number): Record<string, number> => {
    let used = 0;
    for (const { ran, share } of given.turns)
      used += ((share * loaded) / ran.loaded_mol_per_m2) * time_s(ran) * input.length_m;
    return Object.fromEntries(
      Object.entries(given.own).map(([name, amount]) => [name, (amount * loaded * seconds_per_day) / used]),
    );
  };
  return {
    displacement_only_mol_per_m3_day: per(({ run }) => run.end_s - run.load_s),
    load_and_displacement_mol_per_m3_day: per(({ run }) => run.end_s),
    time_basis: "columns in use; wash and regeneration are not counted",
  };
}

const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0);

const zeros = (input: CampaignInput): Record<string, number> =>
  Object.fromEntries(input.products.map((p) => [p.name, 0]));

function add(into: Record<string, number>, amounts: Readonly<Record<string, number>>, times: number): void {
  for (const [name, amount] of Object.entries(amounts)) into[name] = (into[name] ?? 0) + times * amount;
}
