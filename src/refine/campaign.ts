import { isElement, whyNoElement } from "../chemistry/index.ts";
import type { Book, StepRecorded } from "../ledger/index.ts";
import { assert, done, type Refusal, type Result, refuse } from "../quantity/index.ts";
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

export interface Campaign extends CampaignPlanned {
  readonly state: "planned" | "run";
  readonly run?: RunRecorded;
}

export type CampaignRefusal = Refusal<
  | "campaign_name_taken"
  | "campaign_unknown"
  | "campaign_already_run"
  | "lot_unknown"
  | "lot_not_on_hand"
  | "lot_differs"
  | "element_unknown"
  | "column_unknown"
  | "column_elsewhere"
  | "column_named_twice"
  | "target_unknown"
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
  readonly lot: { readonly id: string; readonly state: string; readonly place: string } | undefined;
  readonly columns: readonly { readonly id: string; readonly unit: ColumnUnit | undefined }[];
}): Result<{ readonly columns: readonly ColumnUnit[] }, CampaignRefusal> {
  const { before, campaign, lot } = given;
  if (before) return refuse("campaign_name_taken", "campaign", `${campaign} was planned before`);
  if (!lot) return refuse("lot_unknown", "lot", "the lot to be separated is not on the books");
  if (lot.state !== "on_hand") return refuse("lot_not_on_hand", "lot", `${lot.id} is ${lot.state}`);
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

/** Sets a run's step against its campaign: yields per product from the step's own balance (F4, F6). */
export function decideRun(
  campaign: Campaign | undefined,
  step: StepRecorded,
  given: { readonly campaign: string; readonly products: Readonly<Record<string, string>> },
): Result<RunRecorded, CampaignRefusal> {
  if (!campaign)
    return refuse("campaign_unknown", "campaign", `no campaign ${given.campaign} is on the books`);
  if (campaign.run)
    return refuse(
      "campaign_already_run",
      "campaign",
      `${given.campaign} was run in step ${campaign.run.step}`,
    );
  if (!step.inputs.some((i) => i.lot === campaign.lot)) {
    return refuse(
      "lot_differs",
      "inputs",
      `the campaign was planned for ${campaign.lot}, which this run does not load`,
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

export interface RefineBodies {
  campaign_planned: CampaignPlanned;
  campaign_run: RunRecorded;
}
export type RefineEntry = {
  [K in keyof RefineBodies]: { readonly kind: K; readonly body: RefineBodies[K] };
}[keyof RefineBodies];
/** The kinds of entry this room folds, each in the words of those who read the books. */
export const REFINE_KINDS: { readonly [K in keyof RefineBodies]: string } = {
  campaign_planned: "campaign planned",
  campaign_run: "campaign run",
};

/** What entries of this room fold to, by collection. */
export interface RefineRecords {
  readonly campaign: Campaign;
}

export async function applyRefine(book: Book<RefineRecords>, entry: RefineEntry): Promise<void> {
  if (entry.kind === "campaign_planned") {
    book.put("campaign", entry.body.campaign, { ...entry.body, state: "planned" });
    return;
  }
  const campaign = await book.get("campaign", entry.body.campaign);
  assert(campaign, `campaign ${entry.body.campaign} was planned`);
  book.put("campaign", campaign.campaign, { ...campaign, state: "run", run: entry.body });
}
