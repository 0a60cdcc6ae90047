import { SAMPLE_AGREEMENT } from "../../src/app/settle/sample-agreement.ts";
import type { Actor } from "../../src/ledger/index.ts";
import { theUseCase, type World, worldBefore } from "../story/world.ts";

export const by = (said: string): Actor => {
  const [role = "unstated", party = "unstated"] = said.split("@");
  return { role, party, verified: false };
};
export const SUPPLIER = by("commercial manager@sample-recycler");
export const PROCESSOR = by("commercial manager@sample-refiner");
export const STRANGER = by("commercial manager@sample-buyer-a");
export const NOBODY = by("unstated@unstated");

export type Terms = typeof SAMPLE_AGREEMENT;

export const terms = (change: object = {}): object => ({ ...SAMPLE_AGREEMENT, ...change });

/** Terms that both have accepted; the supplier proposes. */
export async function agreed(world: World, change: object = {}, why?: string): Promise<number> {
  const agreement = terms(change) as Terms;
  const { version } = await world.do("settle agree", { agreement, ...(why ? { why } : {}) }, SUPPLIER);
  await world.do("settle accept", { agreement: agreement.id, version }, PROCESSOR);
  return version as number;
}

const report = theUseCase("assay report").example as { mg_per_kg: object };

/** Both laboratories have reported on L-MAGNETS; the processor's finds this much neodymium, in mg/kg, where the other found 224,600. */
export async function assayed(nd_mg_per_kg: number): Promise<World> {
  const world = await worldBefore("assay report");
  await world.do("programme register-party", { party: "lab-u", name: "Umpire", kind: "laboratory" });
  await world.do("assay report", report, by("chemist@sample-lab-a"));
  const mg_per_kg = { ...report.mg_per_kg, Nd: { best: nd_mg_per_kg, sd: 900 } };
  const processor = { ...report, mg_per_kg, side: "processor", laboratory: "sample-lab-b" };
  await world.do("assay report", processor, by("chemist@sample-lab-b"));
  return world;
}

/** Both firms accept the laboratory that is to be the umpire. */
export async function umpireAccepted(world: World, sample = "Y-1", laboratory = "lab-u"): Promise<void> {
  for (const firm of [SUPPLIER, PROCESSOR])
    await world.do("assay consent", { sample, side: "umpire", laboratory }, firm);
}

/** The umpire that both firms accepted reports this much neodymium. */
export async function umpired(world: World, nd_mg_per_kg: number): Promise<void> {
  const { umpire_accepted } = (await world.record("sample", "Y-1")) as { umpire_accepted?: object };
  if (!umpire_accepted) await umpireAccepted(world);
  const mg_per_kg = { ...report.mg_per_kg, Nd: { best: nd_mg_per_kg, sd: 900 } };
  const umpire = { ...report, mg_per_kg, side: "umpire", laboratory: "lab-u" };
  await world.do("assay report", umpire, by("chemist@lab-u"));
}

/** All of L-MAGNETS goes into a liquor and a residue, before anything more is known of it. */
export const dissolved = (world: World) =>
  world.do("prepare step", {
    ...{ step: "S-D", kind: "dissolve", site: "noblesville", inputs: [{ lot: "L-MAGNETS" }] },
    additions: [{ name: "acid", mass: "11250 kg", scale: "noblesville-floor" }],
    outputs: [{ lot: "L-LIQUOR", kind: "solution", mass: "12476 kg", scale: "noblesville-floor" }],
    losses: [{ place: "hydrogen and water vapour", mass: "24 kg", sd: "1 kg" }],
  });

export const settling = (change: object = {}) => ({
  ...{ agreement: "A-2026-01", sample: "Y-1", shipment: "B-1" },
  ...change,
});

export interface SaidStatement {
  readonly status: "final" | "provisional";
  readonly agreement: { readonly id: string };
  readonly agreement_version: number;
  readonly amount_due: string;
  readonly digest: string;
  readonly elements: readonly { readonly oxide?: string; readonly returnable_oxide_kg?: string }[];
}

export const statementOf = (answer: Record<string, unknown>): SaidStatement =>
  answer["statement"] as SaidStatement;

interface Balance {
  readonly oxide: string;
  readonly credited_kg: string;
  readonly returned_kg: string;
  readonly adjusted_kg: string;
  readonly balance_kg: string;
}

/** The metal account of an agreement, by oxide; nothing where nothing was settled under it. */
export async function accountOf(world: World, agreement = "A-2026-01"): Promise<Record<string, Balance>> {
  const found = await world.ports.store.load("account", agreement);
  return Object.fromEntries((found?.record.balances ?? []).map((balance) => [balance.oxide, balance]));
}
