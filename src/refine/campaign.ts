import { isElement, whyNoElement } from "../chemistry/index.ts";
import { type Lot, notYetThere, type StepRecorded } from "../ledger/index.ts";
import { done, type Refusal, type Result, refuse } from "../quantity/index.ts";
import type { Feed } from "./system.ts";

export interface Predicted {
  /** Element in its product over element loaded. */
  readonly yield_fraction: number;
  /** Moles of the product over moles of all that is separated, in its cut. */
  readonly purity_fraction: number;
}

export interface CampaignPlanned {
  readonly campaign: string;
  readonly site: string;
  readonly lot: string;
  readonly system: string;
  readonly columns: readonly string[];
  readonly feed: Feed;
  readonly targets: Readonly<Record<string, number>>;
  /** The closed-form design and the simulation, as the column room gave them; large curves are a document. */
  readonly design: Readonly<Record<string, unknown>>;
  readonly predicted: Readonly<Record<string, Predicted>>;
  readonly balance_error: number;
  readonly cycles: number;
  readonly chromatogram_digest: string;
  /** When it was planned; by the first rules, when it begins too. */
  readonly at: string;
  readonly starts_at?: string;
  readonly rules?: 2;
}

/** A campaign begins at another time than it was planned for. */
export interface CampaignMoved {
  readonly campaign: string;
  readonly starts_at: string;
  readonly why: string;
  readonly at: string;
}

export interface CampaignCancelled {
  readonly campaign: string;
  readonly why: string;
  readonly at: string;
}

export interface RunRecorded {
  readonly campaign: string;
  readonly step: string;
  readonly at: string;
  /** Element in the fractions made for it, over element loaded, in whole milligrams and as fraction. */
  readonly yields: Readonly<
    Record<
      string,
      {
        readonly loaded_mg: number;
        readonly product_mg: number;
        readonly yield_fraction: number;
        readonly sd: number;
      }
    >
  >;
}

/** What does not fit a campaign's own plan. */
export interface CampaignFinding {
  readonly code: "run_shorter_than_plan";
  readonly at: string;
  readonly message: string;
  readonly numbers: { readonly took_h: number; readonly needs_h: number };
}

export interface Campaign extends Omit<CampaignPlanned, "starts_at" | "rules"> {
  readonly state: "planned" | "run" | "cancelled";
  /** When it begins. */
  readonly at: string;
  readonly planned_at: string;
  /** What its cycles take, by the plan's own cycle time. */
  readonly duration_h: number;
  readonly moves: readonly Omit<CampaignMoved, "campaign">[];
  readonly cancelled?: Omit<CampaignCancelled, "campaign">;
  readonly run?: RunRecorded;
  readonly findings: readonly CampaignFinding[];
}

export type CampaignRefusal = Refusal<
  | "campaign_name_taken"
  | "campaign_unknown"
  | "campaign_already_run"
  | "campaign_cancelled"
  | "lot_unknown"
  | "lot_not_on_hand"
  | "lot_not_yet_there"
  | "lot_differs"
  | "already_planned"
  | "already_promised"
  | "element_unknown"
  | "column_unknown"
  | "column_elsewhere"
  | "column_named_twice"
  | "target_unknown"
  | "time_before_input"
>;

export interface ColumnUnit {
  readonly id: string;
  readonly site: string;
  readonly kind: string;
  readonly diameter_mm?: number;
  readonly bed_length_mm?: number;
}

/** Checks what a campaign stands on before anything is computed. */
export function decideGround(given: {
  readonly before: Campaign | undefined;
  readonly campaign: string;
  readonly starts_at: string;
  readonly lot: Pick<Lot, "id" | "state" | "place" | "opened" | "there_since"> | undefined;
  /** Campaigns that are planned for the lot, or were for what it was made of, and are not run yet. */
  readonly planned: readonly string[];
  /** Passports that describe its matter, and orders that wait for it. */
  readonly taken: readonly string[];
  readonly columns: readonly { readonly id: string; readonly unit: ColumnUnit | undefined }[];
}): Result<{ readonly columns: readonly ColumnUnit[] }, CampaignRefusal> {
  const { before, campaign, lot } = given;
  if (before) return refuse("campaign_name_taken", "campaign", `${campaign} was planned before`);
  if (!lot) return refuse("lot_unknown", "lot", "the lot to be separated is not on the books");
  if (lot.state !== "on_hand") return refuse("lot_not_on_hand", "lot", `${lot.id} is ${lot.state}`);
  const early = notYetThere(lot, { happened: given.starts_at, at: "at" });
  if (early) return early;
  if (given.planned.length > 0)
    return refuse(
      "already_planned",
      "lot",
      `${lot.id}, or what it was made of, is planned in ${given.planned.join(", ")}: move or cancel that campaign`,
    );
  const taken = takenBefore(lot.id, { taken: given.taken, at: "lot" });
  if (taken) return taken;
  const columns: ColumnUnit[] = [];
  for (const [i, { id, unit }] of given.columns.entries()) {
    const at = `columns[${i}]`;
    if (unit?.kind !== "column") return refuse("column_unknown", at, `no column ${id} is registered`);
    if (unit.site !== lot.place)
      return refuse("column_elsewhere", at, `${id} stands at ${unit.site}, the lot is at ${lot.place}`);
    if (columns.some((c) => c.id === id)) return refuse("column_named_twice", at, `${id} is named twice`);
    columns.push(unit);
  }
  return done({ columns });
}

/** A campaign that is planned, and neither run nor cancelled: only such a one is run, moved or taken back. */
function stillPlanned(
  campaign: Campaign | undefined,
  id: string,
): Result<Campaign, Refusal<"campaign_unknown" | "campaign_already_run" | "campaign_cancelled">> {
  if (!campaign) return refuse("campaign_unknown", "campaign", `no campaign ${id} is on the books`);
  if (campaign.run)
    return refuse("campaign_already_run", "campaign", `${id} was run in step ${campaign.run.step}`);
  if (campaign.cancelled)
    return refuse("campaign_cancelled", "campaign", `${id} was cancelled: ${campaign.cancelled.why}`);
  return done(campaign);
}

/** Moves a plan in time; whether its columns are free then is asked beside this (`decideFree`). */
export function decideMove(
  campaign: Campaign | undefined,
  lot: Parameters<typeof decideGround>[0]["lot"],
  given: CampaignMoved,
  taken: readonly string[] = [],
): Result<CampaignMoved, CampaignRefusal> {
  const planned = stillPlanned(campaign, given.campaign);
  if (!planned.ok) return planned;
  if (lot?.state !== "on_hand") {
    const why = lot ? `${lot.id} is ${lot.state}` : `${planned.value.lot} is not on the books`;
    return refuse("lot_not_on_hand", "campaign", `${why}: cancel ${given.campaign} and plan what it became`);
  }
  const { site } = planned.value;
  if (lot.place !== site) {
    const message = `the columns of ${given.campaign} stand at ${site}, ${lot.id} is at ${lot.place}: cancel it and plan it there`;
    return refuse("column_elsewhere", "campaign", message);
  }
  const early = notYetThere(lot, { happened: given.starts_at, at: "at" });
  return early ?? takenBefore(lot.id, { taken, at: "campaign" }) ?? done(given);
}

/** No campaign begins on matter that a passport describes or an order waits for (F10). */
function takenBefore(lot: string, { taken, at }: { readonly taken: readonly string[]; readonly at: string }) {
  if (taken.length === 0) return undefined;
  const message = `${lot} is described by a passport or promised (${taken.join(", ")}): revoke or release that first`;
  return refuse("already_promised", at, message);
}

export function decideCampaignCancelled(
  campaign: Campaign | undefined,
  given: CampaignCancelled,
): Result<CampaignCancelled, CampaignRefusal> {
  const planned = stillPlanned(campaign, given.campaign);
  return planned.ok ? done(given) : planned;
}

/** Sets a run's step against its campaign: yields per product from the step's own balance (F4, F6). */
export function decideRun(
  before: Campaign | undefined,
  step: StepRecorded,
  given: { readonly campaign: string; readonly products: Readonly<Record<string, string>> },
): Result<RunRecorded, CampaignRefusal> {
  const planned = stillPlanned(before, given.campaign);
  if (!planned.ok) return planned;
  const campaign = planned.value;
  if (!step.inputs.some((i) => i.lot === campaign.lot)) {
    return refuse(
      "lot_differs",
      "inputs",
      `${campaign.campaign} was planned for ${campaign.lot}, which this run does not load: where that was repacked or divided since, cancel the plan (refine cancel), plan what it became (refine plan) and record the run of that`,
    );
  }
  if (Date.parse(step.at) < Date.parse(campaign.at)) {
    return refuse(
      "time_before_input",
      "run.at",
      `${campaign.campaign} begins at ${campaign.at}, after ${step.at}: move it first`,
    );
  }
  const made = new Set(step.outputs.map((o) => o.lot));
  for (const [lot, element] of Object.entries(given.products)) {
    const at = `products.${lot}`;
    if (!made.has(lot)) return refuse("lot_unknown", at, `the run makes no lot ${lot}`);
    if (!isElement(element)) return refuse("element_unknown", at, whyNoElement(element));
  }
  const yields: Record<string, RunRecorded["yields"][string]> = {};
  for (const element of Object.keys(campaign.feed.mole_fractions)) {
    const loaded_mg = step.inputs.reduce((mg, i) => mg + (i.elements_mg[element]?.best ?? 0), 0);
    const mine = step.outputs.filter((o) => given.products[o.lot] === element);
    const product_mg = mine.reduce((mg, o) => mg + (o.elements_mg[element]?.best ?? 0), 0);
    const moves = mine.flatMap((o) => Object.values(o.elements_mg[element]?.moves ?? {}));
    const yield_fraction = loaded_mg > 0 ? product_mg / loaded_mg : 0;
    yields[element] = {
      loaded_mg,
      product_mg,
      yield_fraction,
      sd: loaded_mg > 0 ? Math.hypot(...moves) / loaded_mg : 0,
    };
  }
  return done({ campaign: given.campaign, step: step.step, at: step.at, yields });
}

const HOUR_MS = 3_600_000;

/** What the cycles of a plan take; nothing where its design names no cycle time. */
export const durationOf = (plan: Pick<CampaignPlanned, "cycles" | "design">): number =>
  (plan.cycles * Number(plan.design["cycle_s"] ?? 0)) / 3600;

/** When a campaign that begins at an instant is through. */
export const endOf = (starts_at: string, duration_h: number): string =>
  new Date(Date.parse(starts_at) + Math.round(duration_h * HOUR_MS)).toISOString();

/** Minutes are rounded away on the floor; a tenth of a campaign is not. */
const SHORTER = 0.99;

/** A run that was over before its own plan could have been. */
export function findingsOf(campaign: Pick<Campaign, "campaign" | "at" | "duration_h">, run: RunRecorded) {
  const took_h = (Date.parse(run.at) - Date.parse(campaign.at)) / HOUR_MS;
  const needs_h = campaign.duration_h;
  if (took_h >= SHORTER * needs_h) return [];
  const days = (hours: number) => `${(hours / 24).toFixed(1)} days`;
  const message = `${campaign.campaign} ran ${days(took_h)}, its own plan needs ${days(needs_h)}`;
  const finding: CampaignFinding = {
    ...{ code: "run_shorter_than_plan", at: "run", message },
    numbers: { took_h, needs_h },
  };
  return [finding];
}
