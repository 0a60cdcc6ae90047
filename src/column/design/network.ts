import { done, type Result, refuse } from "../../quantity/index.ts";
import type { ColumnRefusal } from "../refusals.ts";
import type { Choice, Grid, Plant } from "./problem.ts";
import { type Amounts, type ColumnRan, type Cut, type Guard, runColumn } from "./run-column.ts";
import { steadyState, type Vector } from "./steady-state.ts";

export type StageName = "zone I" | "zone II, front" | "zone II, rear";

/** One column of the plant in its steady cycle. Amounts are per mol of fresh feed to the plant. */
export interface Stage {
  readonly name: StageName;
  readonly ran: ColumnRan;
  /** What is loaded on it, fresh and taken back. */
  readonly loaded: number;
  /** What comes back to it each cycle. */
  readonly recycled: number;
  readonly cycles: number;
  readonly residual: number;
}

export interface Network {
  readonly stages: readonly Stage[];
  /** By product: of each species what its cuts hold, per mol of fresh feed. */
  readonly products: Readonly<Record<string, Amounts>>;
  /** What leaves in no product and does not come back, per mol of fresh feed. */
  readonly lost: Amounts;
  /** Fresh feed less products and losses, the largest of any species over its feed. */
  readonly open: number;
}

export interface NetworkAsked {
  readonly choice: Choice;
  readonly zones: 1 | 2;
  readonly recycle: boolean;
  /** Of each species, the share that may go out as impurity of other products. */
  readonly swallowed_max: number;
  readonly grid: Grid;
  readonly tolerance: number;
  /** Cycles a column is given to repeat itself. */
  readonly rounds_max?: number;
  /** An earlier, similar plant to start from. */
  readonly start: Start;
  /** Columns run before on the same grid with the same tolerance: a change that does not touch a column need not run it again. */
  readonly remembered?: Map<string, Ran>;
}

/** What a column came to. */
export type Ran = Result<{ readonly stage: Stage; readonly dropped: Vector } | undefined, ColumnRefusal>;

/** Of each column its steady load, and its cuts where their times are to be kept. */
export type Start = Readonly<Record<string, { readonly load: Vector; readonly cuts?: readonly Cut[] }>>;

const ROUNDS_MAX = 25;
/** A mixed cut is worth a column above this share of the feed; a species is followed above this share of a load. */
const CUT_SHARE_MIN = 1e-5;
const SPECIES_SHARE_MIN = 1e-6;

/**
 * A plant in its steady cycle. With two zones the widest band is cut in zone I, and what leaves before and after it goes to a
 * column of its own, which takes back whatever it cannot cut; with one zone the only column does so.
 */
export function runNetwork(plant: Plant, asked: NetworkAsked): Result<Network, ColumnRefusal> {
  const fresh = Object.fromEntries(plant.species.map((s) => [s.name, s.mole_fraction]));
  const wanted = plant.species.filter((s) => s.specification).map((s) => s.name);
  const guards = guardsOf(plant, asked.swallowed_max);
  const stages: Stage[] = [];
  const lost: Record<string, number> = Object.fromEntries(plant.species.map((s) => [s.name, 0]));
  const lose = (amounts: Amounts, times: number) => {
    for (const [name, amount] of Object.entries(amounts)) lost[name] = (lost[name] ?? 0) + times * amount;
  };
  const whole = (name: StageName, part: Vector, loading: number): Result<undefined, ColumnRefusal> => {
    const { superficial_m_per_s, length_m } = asked.choice;
    const key = [name, superficial_m_per_s, length_m, loading, ...Object.values(part)].join(" ");
    const stage =
      asked.remembered?.get(key) ?? stageOf(plant, { asked, guards, name, part, loading, wanted });
    asked.remembered?.set(key, stage);
    if (!stage.ok) return stage;
    if (!stage.value) {
      lose(part, 1);
      return done(undefined);
    }
    const { stage: ran, dropped } = stage.value;
    stages.push(ran);
    lose(dropped, 1);
    lose(ran.ran.stays, ran.loaded);
    if (!asked.recycle)
      for (const rest of [ran.ran.before, ran.ran.between, ran.ran.after]) lose(rest, ran.loaded);
    return done(undefined);
  };
  if (asked.zones === 1) {
    const only = whole("zone I", fresh, asked.choice.loading.first);
    if (!only.ok) return only;
  } else {
    const widest = plant.species.reduce((a, b) =>
      b.specification && b.mole_fraction > a.mole_fraction ? b : a,
    );
    const first = runColumn(plant, {
      choice: asked.choice,
      grid: asked.grid,
      asked: { feed: fresh, loading: asked.choice.loading.first, cuts: [widest.name], guards },
    });
    if (!first.ok) return first;
    stages.push({ name: "zone I", ran: first.value, loaded: 1, recycled: 0, cycles: 1, residual: 0 });
    lose(first.value.stays, 1);
    const front = whole("zone II, front", first.value.before, asked.choice.loading.front);
    if (!front.ok) return front;
    const rear = whole("zone II, rear", first.value.after, asked.choice.loading.rear);
    if (!rear.ok) return rear;
  }
  return done(summed(plant, { stages, lost }));
}

/** Minor elements must not be swallowed by the wide band next to them, whatever its own specification would bear. */
function guardsOf(plant: Plant, swallowed_max: number): Guard[] {
  return plant.species.flatMap((cut) =>
    plant.species
      .filter((of) => of !== cut && of.specification)
      .map((of) => ({
        cut: cut.name,
        of: of.name,
        mol_per_mol_max: (swallowed_max * of.mole_fraction) / cut.mole_fraction,
      })),
  );
}

function stageOf(
  plant: Plant,
  given: {
    readonly asked: NetworkAsked;
    readonly guards: readonly Guard[];
    readonly name: StageName;
    readonly part: Vector;
    readonly loading: number;
    readonly wanted: readonly string[];
  },
): Ran {
  const { asked, guards, name, part, loading, wanted } = given;
  const moles = total(part);
  if (moles < CUT_SHARE_MIN) return done(undefined);
  const followed = Object.fromEntries(
    Object.entries(part).filter(([, amount]) => amount > SPECIES_SHARE_MIN * moles),
  );
  const dropped = Object.fromEntries(Object.entries(part).filter(([species]) => !(species in followed)));
  const cuts = wanted.filter((species) => species in followed);
  if (cuts.length === 0) return done(undefined);
  let refusal: Result<never, ColumnRefusal> | undefined;
  /** The column round and round until it repeats itself; with cut times kept it can do so to the last digit. */
  const settle = (tolerance: number, start: Vector | undefined, kept?: readonly Cut[]) =>
    steadyState<ColumnRan>({
      fresh: followed,
      start,
      tolerance,
      rounds_max: asked.recycle ? (asked.rounds_max ?? ROUNDS_MAX) : 1,
      cycle: (x) => {
        const loaded = total(x);
        const feed = Object.fromEntries(
          Object.entries(x).map(([species, amount]) => [species, amount / loaded]),
        );
        const ran = runColumn(plant, {
          choice: asked.choice,
          grid: asked.grid,
          asked: { feed, loading, cuts, guards, ...(kept ? { kept } : {}) },
        });
        if (!ran.ok) {
          refusal = ran;
          return undefined;
        }
        const { before, between, after } = ran.value;
        const back = (species: string) =>
          asked.recycle
            ? loaded * ((before[species] ?? 0) + (between[species] ?? 0) + (after[species] ?? 0))
            : 0;
        return {
          result: ran.value,
          rejected: Object.fromEntries(Object.keys(x).map((species) => [species, back(species)])),
        };
      },
    });
  const start = asked.start[name];
  const steady = settle(asked.tolerance, start?.load, start?.cuts);
  if (refusal) return refusal;
  if (!steady) {
    return refuse(
      "design_impossible",
      name,
      `${name} comes to no steady cycle at ${(100 * loading).toFixed(0)} % load: too much of what it gives comes back`,
    );
  }
  const loaded = total(steady.x);
  return done({
    dropped,
    stage: {
      name,
      ran: steady.last,
      loaded,
      recycled: loaded - total(followed),
      cycles: steady.iterations,
      residual: steady.residual,
    },
  });
}

function summed(plant: Plant, given: { readonly stages: readonly Stage[]; readonly lost: Amounts }): Network {
  const { stages, lost } = given;
  const products: Record<string, Record<string, number>> = {};
  for (const { ran, loaded } of stages) {
    for (const cut of ran.cuts) {
      products[cut.species] ??= {};
      const held = products[cut.species]!;
      for (const [name, amount] of Object.entries(cut.holds))
        held[name] = (held[name] ?? 0) + loaded * amount;
    }
  }
  const open = plant.species.map(({ name, mole_fraction }) => {
    const out = Object.values(products).reduce((sum, held) => sum + (held[name] ?? 0), 0);
    return Math.abs(mole_fraction - out - (lost[name] ?? 0)) / mole_fraction;
  });
  return { stages, products, lost, open: Math.max(...open) };
}

const total = (x: Vector): number => Object.values(x).reduce((sum, amount) => sum + amount, 0);
