import { done, type Result, refuse } from "../../quantity/index.ts";
import type { CampaignInput, CampaignResult, ColumnRun } from "../campaign/campaign.ts";
import { designZone } from "../campaign/design.ts";
import type { ColumnRefusal } from "../refusals.ts";
import { runFinely } from "./finely.ts";
import type { Network, Stage } from "./network.ts";
import type { Choice, Plant } from "./problem.ts";
import { chromatogramOf, figuresOf } from "./run-column.ts";
import { search } from "./search.ts";

export interface SteadyAsked {
  /** Is told how far it is, as a part of one, and what it is at. */
  readonly progress?: (part: number, said: string) => void;
  readonly fluid: Plant["fluid"];
  /** How it is run, from a design; where left out, loads are searched at the velocity given. */
  readonly choice?: Pick<Choice, "superficial_m_per_s" | "loading"> | undefined;
  readonly yield_min: number;
  readonly pressure_Pa_max: number;
}

export interface Recycling {
  readonly steady_residual: number;
  /** Fresh feed less products and losses, the largest of any species over its feed. */
  readonly balance_open: number;
  readonly loading: Choice["loading"];
  readonly superficial_m_per_s: number;
  /** Of each species, mol that go round per mol of it fed fresh in one cycle: what is left over when a campaign ends. */
  readonly in_circulation: Readonly<Record<string, number>>;
}

export type SteadyCampaign = CampaignResult & { readonly recycle: Recycling };

/** Evaluations of a plan's search; a whole design takes more (`designPlant`). */
const EVALUATIONS = 10;
const SECONDS_PER_DAY = 86_400;
/** Part of the yield allowed to be missing that cuts of others may swallow, as in a design. */
const SWALLOWED = 0.3;

/** Part of the time that the search takes; the rest is the fine simulation. */
const SEARCHING = 0.7;

/** A campaign whose rejected cuts go into the next load of their column, in the cycle at which it repeats itself. */
export function runSteadyCampaign(
  input: CampaignInput,
  asked: SteadyAsked,
): Result<SteadyCampaign, ColumnRefusal> {
  const design = designZone(input);
  if (!design.ok) return design;
  const plant = plantOf(input, asked.fluid);
  const zones = input.products.length > 2 ? (2 as const) : (1 as const);
  const network = { zones, recycle: true, swallowed_max: SWALLOWED * (1 - asked.yield_min), start: {} };
  const { progress = () => {} } = asked;
  let tried = 0;
  const found = asked.choice
    ? { choice: { ...asked.choice, length_m: input.length_m }, start: {} }
    : search(plant, {
        ...network,
        length_m: input.length_m,
        length_bounds_m: [input.length_m, input.length_m],
        yield_min: asked.yield_min,
        pressure_Pa_max: asked.pressure_Pa_max,
        fixed: { superficial_m_per_s: input.superficial_m_per_s },
        weight: 1,
        shift: [],
        evaluations: EVALUATIONS,
        see: () => {
          tried++;
          progress(
            (SEARCHING * Math.min(tried, EVALUATIONS)) / EVALUATIONS,
            `${tried} plants simulated in the search`,
          );
        },
      });
  if (!found) {
    return refuse(
      "design_impossible",
      "recycle",
      "no loads were found at which every column reaches a steady cycle at this velocity: design the column first, and give its loads and velocity",
    );
  }
  progress(asked.choice ? 0 : SEARCHING, "simulating every column finely");
  const ran = runFinely(plant, { ...network, ...found }, input.error_l1_max);
  if (!ran.ok) return ran;
  return done({
    ...summary(input, ran.value),
    design: design.value,
    recycle: recycling(ran.value, found.choice),
  });
}

const plantOf = (input: CampaignInput, fluid: Plant["fluid"]): Plant => ({
  species: input.products.map(({ name, mole_fraction, affinity, purity_min }) => ({
    name,
    mole_fraction,
    affinity,
    specification: { purity_min, impurities_ppm_max: {}, basis: "mole" },
    product_g_per_mol: 1,
  })),
  normality_mol_per_m3: input.normality_mol_per_m3,
  bed: input.bed,
  fluid,
  presaturant: input.presaturant,
  displacer: input.displacer,
  // As in a campaign of one pass, whose time basis names load and displacement alone.
  time: { wash_bed_volumes: 0, regeneration_s: 0 },
});

function summary(input: CampaignInput, network: Network): Omit<CampaignResult, "design"> {
  const fed = (name: string) => input.products.find((p) => p.name === name)!.mole_fraction;
  const own = (name: string) => network.products[name]?.[name] ?? 0;
  const per = (amount: (name: string) => number) =>
    Object.fromEntries(input.products.map(({ name }) => [name, amount(name)]));
  const first = network.stages[0]!;
  const used = (time_s: (stage: Stage) => number) =>
    network.stages.reduce(
      (sum, stage) => sum + (stage.loaded / stage.ran.loaded_mol_per_m2) * time_s(stage) * input.length_m,
      0,
    );
  const made = (time_s: (stage: Stage) => number) =>
    per((name) => (own(name) * SECONDS_PER_DAY) / used(time_s));
  return {
    columns: network.stages.map((stage) => runOf(input, stage)),
    products: Object.fromEntries(
      input.products.map(({ name }) => {
        const whole = Object.values(network.products[name] ?? {}).reduce((a, b) => a + b, 0);
        return [
          name,
          {
            yield_fraction: own(name) / fed(name),
            purity_fraction: whole > 0 ? own(name) / whole : 0,
          },
        ];
      }),
    ),
    rejected: per((name) => (network.lost[name] ?? 0) / fed(name)),
    in_other_products: per(
      (name) =>
        Object.entries(network.products).reduce(
          (sum, [product, held]) => sum + (product === name ? 0 : (held[name] ?? 0)),
          0,
        ) / fed(name),
    ),
    balance_error: Math.max(network.open, ...network.stages.map(({ ran }) => ran.balance_error)),
    // Only what is fresh: with one zone the first column takes its own rejects back as well.
    mol_per_m2_cycle: first.ran.loaded_mol_per_m2 / first.loaded,
    cycle_s: first.ran.load_s + first.ran.displace_s,
    productivity: {
      displacement_only_mol_per_m3_day: made(({ ran }) => ran.displace_s),
      load_and_displacement_mol_per_m3_day: made(({ ran }) => ran.load_s + ran.displace_s),
      time_basis: "columns in use, with what they take back; wash and regeneration are not counted",
    },
  };
}

function runOf(input: CampaignInput, { name, ran }: Stage): ColumnRun {
  return {
    column: name,
    feed: ran.feed,
    length_m: input.length_m,
    loading_fraction: ran.loading_fraction,
    load_s: ran.load_s,
    end_s: ran.load_s + ran.displace_s,
    cuts: ran.cuts.map((cut) => figuresOf(cut, ran.feed)),
    chromatogram: chromatogramOf(ran),
    balance_error: ran.balance_error,
    error_l1_estimate: ran.error_l1_estimate ?? 0,
  };
}

function recycling(network: Network, choice: Choice): Recycling {
  const round: Record<string, number> = {};
  for (const { ran, loaded, recycled } of network.stages) {
    if (!(recycled > 0)) continue;
    for (const rest of [ran.before, ran.between, ran.after])
      for (const [name, amount] of Object.entries(rest)) round[name] = (round[name] ?? 0) + loaded * amount;
  }
  const fed = (name: string) =>
    Object.values(network.products).reduce((sum, held) => sum + (held[name] ?? 0), network.lost[name] ?? 0);
  return {
    steady_residual: Math.max(...network.stages.map((s) => s.residual)),
    balance_open: network.open,
    loading: choice.loading,
    superficial_m_per_s: choice.superficial_m_per_s,
    in_circulation: Object.fromEntries(
      Object.entries(round).map(([name, amount]) => [name, fed(name) > 0 ? amount / fed(name) : 0]),
    ),
  };
}
