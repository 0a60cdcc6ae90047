import type { Design } from "../campaign/design.ts";
import type { KeptOutlet } from "../outlet/kept-outlet.ts";
import type { ProductDoubt } from "./doubt.ts";
import { economyOf, timesOf } from "./economy.ts";
import type { Network, Stage } from "./network.ts";
import type { ParetoPoint } from "./pareto.ts";
import type { Choice, Plant, PlantSpecies } from "./problem.ts";
import type { DesignRequest } from "./read-design.ts";
import { type Amounts, chromatogramOf, figuresOf } from "./run-column.ts";
import { closedForm } from "./search.ts";

export interface ColumnAnswer {
  readonly name: string;
  readonly length_m: number;
  readonly superficial_velocity_m_per_s: number;
  readonly loading_fraction: number;
  readonly feed_mole_fractions: Amounts;
  readonly load_s: number;
  readonly displace_s: number;
  readonly wash_s: number;
  readonly regeneration_s: number;
  readonly cycle_s: number;
  readonly cuts: readonly {
    readonly species: string;
    readonly from_s: number;
    readonly to_s: number;
    readonly purity: number;
    readonly yield_of_load: number;
    readonly impurities_ppm: Amounts;
    readonly limited_by: readonly (string | null)[];
  }[];
  /** Loaded, and taken back from the cycle before, per mol of fresh feed to the plant. */
  readonly loaded_per_feed: number;
  readonly recycled_per_feed: number;
  readonly bed_share: number;
  readonly runs_per_day?: number;
  readonly columns_needed?: number;
  readonly cells: number;
  readonly error_l1_estimate: number | null;
  readonly balance_error: number;
  readonly steady_residual: number;
  readonly chromatogram: KeptOutlet;
}

export interface Answered {
  readonly basis: string;
  readonly zones: readonly { readonly zone: "I" | "II"; readonly columns: readonly ColumnAnswer[] }[];
  readonly products: Readonly<
    Record<
      string,
      {
        readonly purity: number;
        readonly purity_oxide_mass: number;
        readonly yield: number;
        readonly impurities_ppm: Amounts;
        readonly impurities_ppm_oxide_mass: Amounts;
        readonly meets: boolean;
        readonly kg_oxide_per_m3_bed_day: number;
        readonly limited_by: string;
      } & Partial<ProductDoubt>
    >
  >;
  readonly productivity: { readonly kg_oxide_per_m3_bed_day: number; readonly time_basis: string };
  readonly ligand_mol_per_mol: number;
  readonly pressure_drop_Pa: number;
  readonly recycle: { readonly on: boolean; readonly steady_residual: number; readonly balance_open: number };
  readonly lost_fraction: Amounts;
  readonly limits: string;
  readonly closed_form: Design | { readonly refused: string };
  readonly closed_form_against_simulation: Readonly<
    Record<
      string,
      { readonly closed_form: number | null; readonly zone_I: number | null; readonly valid: boolean }
    >
  >;
  readonly search: { readonly evaluations: number };
  readonly pareto?: readonly ParetoPoint[];
}

const SECONDS_PER_DAY = 86_400;

/** The design as its reader wants it: columns with their times, products with what limits them, and what it all rests on. */
export function answerOf(given: {
  readonly request: DesignRequest;
  readonly plant: Plant;
  readonly choice: Choice;
  readonly network: Network;
  readonly evaluations: number;
  readonly doubt?: Readonly<Record<string, ProductDoubt>>;
  readonly pareto?: readonly ParetoPoint[];
}): Answered {
  const { request, plant, choice, network, evaluations, doubt, pareto } = given;
  const economy = economyOf(plant, choice, network);
  const design = closedForm(plant, choice);
  const columns = network.stages.map((stage, k) => columnAnswer(given, stage, economy.bed_share[k] ?? 0));
  const sold = plant.species.filter((s) => s.specification);
  const products = Object.fromEntries(
    sold.map((s) => {
      const held = network.products[s.name] ?? {};
      const mole = (x: PlantSpecies) => held[x.name] ?? 0;
      const mass = (x: PlantSpecies) => mole(x) * x.product_g_per_mol;
      const part = (of: (x: PlantSpecies) => number) =>
        of(s) / plant.species.reduce((sum, x) => sum + of(x), 0);
      return [
        s.name,
        {
          purity: part(mole),
          purity_oxide_mass: part(mass),
          yield: economy.yields[s.name] ?? 0,
          impurities_ppm: impurities(plant, s, mole),
          impurities_ppm_oxide_mass: impurities(plant, s, mass),
          meets:
            meets(plant, s, { mole, mass }) && (economy.yields[s.name] ?? 0) >= request.targets.yield_min,
          kg_oxide_per_m3_bed_day: economy.kg_per_m3_bed_day[s.name] ?? 0,
          limited_by: limitedBy(network, s.name),
          ...doubt?.[s.name],
        },
      ];
    }),
  );
  return {
    basis:
      "closed form (own derivation), searched on simulated plants, and simulated finely in its steady cycle",
    zones: [
      { zone: "I", columns: columns.slice(0, 1) },
      ...(columns.length > 1 ? [{ zone: "II" as const, columns: columns.slice(1) }] : []),
    ],
    products,
    productivity: {
      kg_oxide_per_m3_bed_day: economy.total_kg_per_m3_bed_day,
      time_basis: "every column for its whole cycle: load, displacement, wash and regeneration",
    },
    ligand_mol_per_mol: economy.ligand_mol_per_mol,
    pressure_drop_Pa: economy.pressure_drop_Pa,
    recycle: {
      on: request.recycle,
      steady_residual: Math.max(...network.stages.map((s) => s.residual)),
      balance_open: network.open,
    },
    lost_fraction: Object.fromEntries(
      plant.species.map((s) => [s.name, (network.lost[s.name] ?? 0) / s.mole_fraction]),
    ),
    limits: limitsOf(given, economy),
    closed_form: design.ok ? design.value : { refused: design.refusal.message },
    closed_form_against_simulation: compared(plant, network, design.ok ? design.value : undefined),
    search: { evaluations },
    ...(pareto ? { pareto } : {}),
  };
}

function columnAnswer(
  given: { readonly request: DesignRequest; readonly plant: Plant; readonly choice: Choice },
  stage: Stage,
  bed_share: number,
): ColumnAnswer {
  const { request, plant, choice } = given;
  const times = timesOf(plant, choice, stage);
  const { ran } = stage;
  return {
    name: stage.name,
    length_m: choice.length_m,
    superficial_velocity_m_per_s: choice.superficial_m_per_s,
    loading_fraction: ran.loading_fraction,
    feed_mole_fractions: ran.feed,
    ...times,
    cuts: ran.cuts.map((cut) => {
      const { yield: yield_of_load, ...figures } = figuresOf(cut, ran.feed);
      return { ...figures, yield_of_load, limited_by: cut.bound_by };
    }),
    loaded_per_feed: stage.loaded,
    recycled_per_feed: stage.recycled,
    bed_share,
    ...beds(request, stage, times.cycle_s),
    cells: ran.cells,
    error_l1_estimate: ran.error_l1_estimate,
    balance_error: ran.balance_error,
    steady_residual: stage.residual,
    chromatogram: chromatogramOf(ran),
  };
}

/** How many such columns a daily feed keeps busy, where feed and diameter are stated. */
function beds(request: DesignRequest, stage: Stage, cycle_s: number) {
  const { mol_per_day } = request.feed;
  const { diameter_m } = request.bed;
  if (mol_per_day === undefined || diameter_m === undefined) return {};
  const per_run_mol = (stage.ran.loaded_mol_per_m2 * Math.PI * diameter_m ** 2) / 4;
  const runs_per_day = (mol_per_day * stage.loaded) / per_run_mol;
  return { runs_per_day, columns_needed: Math.ceil((runs_per_day * cycle_s) / SECONDS_PER_DAY) };
}

function impurities(plant: Plant, own: PlantSpecies, of: (s: PlantSpecies) => number): Amounts {
  const whole = plant.species.reduce((sum, s) => sum + of(s), 0);
  return Object.fromEntries(
    plant.species.filter((s) => s !== own).map((s) => [s.name, whole > 0 ? (1e6 * of(s)) / whole : 0]),
  );
}

function meets(
  plant: Plant,
  own: PlantSpecies,
  by: { readonly mole: (s: PlantSpecies) => number; readonly mass: (s: PlantSpecies) => number },
): boolean {
  const { specification } = own;
  if (!specification) return false;
  const of = specification.basis === "mole" ? by.mole : by.mass;
  const whole = plant.species.reduce((sum, s) => sum + of(s), 0);
  const ppm = impurities(plant, own, of);
  return (
    of(own) / whole >= specification.purity_min &&
    Object.entries(specification.impurities_ppm_max).every(([name, most]) => (ppm[name] ?? 0) <= most)
  );
}

/** The condition that ends most of its cuts. */
function limitedBy(network: Network, name: string): string {
  const reasons = network.stages
    .flatMap((stage) => stage.ran.cuts)
    .filter((cut) => cut.species === name)
    .flatMap((cut) => cut.bound_by)
    .filter((reason) => reason !== null);
  return [...new Set(reasons)].join(", ") || "nothing: it leaves clear of its neighbours";
}

function limitsOf(
  given: { readonly plant: Plant; readonly request: DesignRequest; readonly network: Network },
  economy: ReturnType<typeof economyOf>,
): string {
  const { plant, request } = given;
  const pairs = plant.species.slice(1).map((s, i) => ({
    pair: `${plant.species[i]!.name}/${s.name}`,
    selectivity: s.affinity / plant.species[i]!.affinity,
  }));
  const hardest = pairs.reduce((a, b) => (b.selectivity < a.selectivity ? b : a));
  const tight =
    economy.pressure_drop_Pa > 0.95 * request.targets.pressure_Pa_max
      ? "; the pressure drop bounds the velocity"
      : "";
  const most = economy.bed_share.indexOf(Math.max(...economy.bed_share));
  const busiest = given.network.stages[most]?.name ?? "zone I";
  return `${hardest.pair} is the hardest pair (selectivity ${hardest.selectivity.toFixed(2)}); ${busiest} takes ${(100 * (economy.bed_share[most] ?? 0)).toFixed(0)} % of the bed time${tight}`;
}

/** Zone I alone: what the closed form foresees of each product in one pass, and what the simulated first cut gave. */
function compared(
  plant: Plant,
  network: Network,
  design: Design | undefined,
): Answered["closed_form_against_simulation"] {
  const first = network.stages[0];
  return Object.fromEntries(
    plant.species
      .filter((s) => s.specification)
      .map((s) => {
        const cut = first?.ran.cuts.find((c) => c.species === s.name);
        const foreseen = design?.predicted[s.name];
        return [
          s.name,
          {
            closed_form: foreseen?.yield_fraction ?? null,
            zone_I: cut ? (cut.holds[s.name] ?? 0) / (first?.ran.feed[s.name] ?? 1) : null,
            valid: foreseen?.valid ?? false,
          },
        ];
      }),
  );
}
