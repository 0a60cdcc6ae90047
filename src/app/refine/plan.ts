import { z } from "zod";
import {
  type CampaignInput,
  type CampaignResult,
  type ColumnRefusal,
  chungWen_m2_per_s,
  filmCoefficient_m_per_s,
  type Recycling,
  runCampaign,
  runSteadyCampaign,
} from "../../column/index.ts";
import { Instant } from "../../contract/fields.ts";
import {
  beside,
  ColumnSystemId,
  ElementSymbol,
  inUnit,
  LotOnHandId,
  NewOrMadeId,
  titled,
  UnitId,
} from "../../contract/identifiers.ts";
import { done, type Refusal, type Result, refuse } from "../../quantity/index.ts";
import {
  type CampaignPlanned,
  type ColumnUnit,
  decideGround,
  durationOf,
  endOf,
  type Feed,
  feedOf,
  type SeparationSystem,
  SYSTEMS,
  trainOf,
} from "../../refine/index.ts";
import { jsonDocument } from "../core/documents.ts";
import { plannedFor } from "../core/plans.ts";
import type { Progress } from "../core/ports.ts";
import { calculation, command, type Scope } from "../core/use-case.ts";
import { ofLot } from "../core/whose.ts";
import { instantOf, takenOf, whereBusy } from "./when.ts";

/** L1 error asked of the simulations of a plan: a planning figure, well below the doubt of the constants. */
const PLAN_ERROR = 0.02;

const Targets = z
  .record(ElementSymbol(z.string().max(3)), z.number().gt(0.5).lt(1))
  .describe("mean purity per product, over all products");

const Loading = z.number().gt(0).lt(1);
/** How a plan is run, beside its targets. */
const Ways = {
  recycle: z
    .boolean()
    .default(false)
    .describe("rejected cuts of a column go into its next load; figures are those of the steady cycle"),
  run: z
    .strictObject({
      superficial_velocity_m_per_s: inUnit(
        titled(z.number().positive().max(0.01), "superficial velocity"),
        "m/s",
      ),
      loading: z.strictObject({ first: Loading, front: Loading, rear: Loading }),
    })
    .optional()
    .describe("velocity and loads of each column, as a column design answers them; searched where left out"),
};
type Way = { readonly recycle: boolean; readonly run?: z.infer<typeof Ways.run> };

/** Least yield a plan with recycle lets cuts swallow for, and the pressure it stays below: the defaults of a column design. */
const PLAN_YIELD = 0.99;
const PLAN_PRESSURE_PA = 1e6;

/** One pass, or the steady cycle in which rejects go round. */
function simulated(
  system: SeparationSystem,
  input: CampaignInput,
  way: Way,
  progress?: Progress,
): Result<CampaignResult & { readonly recycle?: Recycling }, ColumnRefusal | Refusal<"run_without_recycle">> {
  if (!way.recycle) {
    if (!way.run) return runCampaign(input);
    return refuse("run_without_recycle", "run", "loads are taken from a design with recycle: ask for it too");
  }
  const velocity = way.run?.superficial_velocity_m_per_s ?? system.superficial_velocity_m_per_s;
  return runSteadyCampaign(
    { ...input, ...flowing(system, velocity) },
    {
      fluid: system.fluid,
      choice: way.run && {
        superficial_m_per_s: way.run.superficial_velocity_m_per_s,
        loading: way.run.loading,
      },
      yield_min: PLAN_YIELD,
      pressure_Pa_max: PLAN_PRESSURE_PA,
      ...(progress ? { progress } : {}),
    },
  );
}

/** A velocity and what spreads fronts at it. */
function flowing({ bed, fluid }: SeparationSystem, superficial_m_per_s: number) {
  const flow = { superficial_m_per_s, radius_m: bed.particle_radius_m, void_fraction: bed.void_fraction };
  return {
    superficial_m_per_s,
    dispersion_m2_per_s: chungWen_m2_per_s({ ...flow, ...fluid }),
    film_coefficient_m_per_s: filmCoefficient_m_per_s({
      ...flow,
      ...fluid,
      particle_porosity: bed.particle_porosity,
    }),
  };
}

/** Puts a system, a feed and the asked purities together for the column room. */
export function campaignInput(
  system: SeparationSystem,
  feed: Feed,
  given: { readonly length_m: number; readonly targets: Readonly<Record<string, number>> },
) {
  const elements = Object.keys(feed.mole_fractions);
  const stranger = Object.keys(given.targets).find((element) => !elements.includes(element));
  if (stranger !== undefined)
    return refuse("target_unknown", `targets.${stranger}`, `the feed holds no ${stranger}`);
  const train = trainOf(system, elements);
  if (!train.ok) return train;
  const named = (role: string) =>
    train.value.find((s) => s.role === role) as { name: string; affinity: number };
  const { bed, fluid, superficial_velocity_m_per_s } = system;
  return done({
    products: train.value
      .filter((s) => s.role === "product")
      .map((s) => ({
        name: s.name,
        affinity: s.affinity,
        mole_fraction: feed.mole_fractions[s.name] ?? 0,
        purity_min: given.targets[s.name] ?? 0.99,
      })),
    length_m: given.length_m,
    ...flowing(system, superficial_velocity_m_per_s),
    normality_mol_per_m3: system.ligand_mol_per_m3,
    bed,
    viscosity_Pa_s: fluid.viscosity_Pa_s,
    density_kg_per_m3: fluid.density_kg_per_m3,
    presaturant: named("presaturant"),
    displacer: named("displacer"),
    error_l1_max: PLAN_ERROR,
  });
}

const findSystem = (id: string) => {
  const system = SYSTEMS.find((s) => s.id === id);
  return system
    ? done(system)
    : refuse("system_unknown", "system", `no system ${id}; known are ${SYSTEMS.map((s) => s.id).join(", ")}`);
};

export const design = calculation({
  room: "refine",
  verb: "design",
  long: true,
  summary:
    "Design and simulate a two-zone campaign for a feed: cuts, yield and purity per product, limits. Nothing is written.",
  input: z.strictObject({
    system: ColumnSystemId().default("edta-copper"),
    mole_fractions: z.record(ElementSymbol(z.string().max(3)), z.number().gt(0).max(1)),
    length_m: inUnit(z.number().gt(0.05).max(20), "m").default(1),
    targets: Targets,
    ...Ways,
  }),
  example: {
    system: "edta-copper",
    mole_fractions: { Dy: 0.039, Nd: 0.837, Pr: 0.124 },
    length_m: 1,
    targets: { Dy: 0.99, Nd: 0.9999, Pr: 0.99 },
    recycle: false,
  },
  async compute({ progress }, { system: id, mole_fractions, length_m, targets, recycle, run }) {
    const system = findSystem(id);
    if (!system.ok) return system;
    const total = Object.values(mole_fractions).reduce((a, b) => a + b, 0);
    const feed = {
      moles: 1,
      mole_fractions: Object.fromEntries(Object.entries(mole_fractions).map(([e, x]) => [e, x / total])),
    };
    const input = campaignInput(system.value, feed, { length_m, targets });
    if (!input.ok) return input;
    const result = simulated(system.value, input.value, { recycle, run }, progress);
    return result.ok ? done({ ...result.value, evidence: system.value.evidence }) : result;
  },
});

export const plan = command({
  room: "refine",
  verb: "plan",
  long: true,
  summary:
    "Plan a campaign for a lot on columns: design, simulation, cuts, predicted yield and purity per product.",
  input: z.strictObject({
    campaign: NewOrMadeId("campaign"),
    lot: LotOnHandId(),
    system: ColumnSystemId().default("edta-copper"),
    columns: z
      .array(UnitId("column", beside("lot", "place")))
      .min(1)
      .max(20),
    targets: Targets,
    ...Ways,
    at: Instant.optional().describe("when it begins, which may lie ahead; now where left out"),
  }),
  example: {
    campaign: "K-1",
    lot: "L-SOLUTION",
    system: "edta-copper",
    columns: ["noblesville-c1", "noblesville-c2", "noblesville-c3"],
    targets: { Dy: 0.99, Nd: 0.9999, Pr: 0.99 },
    recycle: false,
  },
  concerns: {
    says: "the owner of the lot, or the party at whose site it stands",
    of: async ({ lot }, records) => ofLot(records, lot),
  },
  async decide(scope, input) {
    const starts_at = instantOf(input.at, scope.now);
    const system = findSystem(input.system);
    if (!system.ok) return system;
    const campaign = input.campaign ?? scope.newId("K-");
    const lot = await scope.get("lot", input.lot);
    const units = await unitsOf(scope, input.columns);
    const ground = decideGround({
      before: await scope.get("campaign", campaign),
      campaign,
      starts_at,
      lot,
      planned: await plannedFor(scope, input.lot),
      taken: await takenOf(scope, input.lot),
      columns: units,
    });
    if (!ground.ok) return ground;
    const feed = feedOf(system.value, lot?.elements_mg ?? {});
    if (!feed.ok) return feed;
    const length_m = Math.min(...ground.value.columns.map((c) => (c.bed_length_mm ?? 0) / 1000));
    const asked = campaignInput(system.value, feed.value, { length_m, targets: input.targets });
    if (!asked.ok) return asked;
    const booking = { campaign, from: starts_at };
    const busy = await whereBusy(scope, input.columns, { ...booking, to: starts_at });
    if (!busy.ok) return busy;
    const result = simulated(system.value, asked.value, input, scope.ports.progress);
    if (!result.ok) return result;
    const cycles = cyclesFor(feed.value.moles, result.value, ground.value.columns);
    const design = designShown(result.value);
    const duration_h = durationOf({ cycles, design });
    const free = await whereBusy(scope, input.columns, { ...booking, to: endOf(starts_at, duration_h) });
    if (!free.ok) return free;
    const chromatogram = jsonDocument(`${campaign}-chromatogram.json`, {
      campaign,
      columns: result.value.columns,
    });
    const body: CampaignPlanned = {
      campaign,
      site: lot?.place ?? "",
      lot: input.lot,
      system: input.system,
      columns: input.columns,
      feed: feed.value,
      targets: input.targets,
      design,
      predicted: atTheEnd(result.value, cycles),
      balance_error: result.value.balance_error,
      cycles,
      chromatogram_digest: chromatogram.digest,
      at: scope.now,
      starts_at,
      rules: 2,
    };
    return done({
      entries: [{ kind: "campaign_planned", body }],
      answer: {
        campaign,
        predicted: body.predicted,
        cycles: body.cycles,
        starts_at,
        ends_at: endOf(starts_at, duration_h),
        duration_h,
        limits: result.value.design.limits,
        ...(result.value.recycle ? { recycle: result.value.recycle } : {}),
        chromatogram: chromatogram.digest,
      },
      documents: [chromatogram],
    });
  },
});

const unitsOf = (scope: Scope, ids: readonly string[]) =>
  Promise.all(ids.map(async (id) => ({ id, unit: await scope.get("unit", id) })));

/** What goes round is in no product when the last cycle ends: over few cycles that is a loss, over many it hardly counts. */
export function atTheEnd(
  result: Pick<CampaignResult, "products"> & { readonly recycle?: Recycling },
  cycles: number,
): CampaignPlanned["predicted"] {
  return Object.fromEntries(
    Object.entries(result.products).map(([name, { yield_fraction, purity_fraction }]) => [
      name,
      {
        yield_fraction: Math.max(0, yield_fraction - (result.recycle?.in_circulation[name] ?? 0) / cycles),
        purity_fraction,
      },
    ]),
  );
}

/** The plan without its curves, which are a document. */
function designShown(result: CampaignResult & { readonly recycle?: Recycling }): CampaignPlanned["design"] {
  return {
    ...result.design,
    columns: result.columns.map(({ chromatogram: _curve, ...column }) => column),
    rejected: result.rejected,
    cycle_s: result.cycle_s,
    mol_per_m2_cycle: result.mol_per_m2_cycle,
    ...(result.recycle ? { recycle: result.recycle, steady_products: result.products } : {}),
  };
}

/** How often zone I is loaded for the whole lot, on the smallest of the columns. */
function cyclesFor(moles: number, result: CampaignResult, columns: readonly ColumnUnit[]): number {
  const diameter_m = Math.min(...columns.map((c) => (c.diameter_mm ?? 0) / 1000));
  const area_m2 = (Math.PI * diameter_m ** 2) / 4;
  return Math.max(1, Math.ceil(moles / (result.mol_per_m2_cycle * area_m2)));
}
