import type { Book, StepRecord } from "../ledger/index.ts";
import { assert } from "../quantity/index.ts";
import { rebooked, type UnitBookings } from "./bookings.ts";
import {
  type Campaign,
  type CampaignCancelled,
  type CampaignMoved,
  type CampaignPlanned,
  durationOf,
  endOf,
  findingsOf,
  type RunRecorded,
} from "./campaign.ts";

export interface RefineBodies {
  campaign_planned: CampaignPlanned;
  campaign_moved: CampaignMoved;
  campaign_cancelled: CampaignCancelled;
  campaign_run: RunRecorded;
}
export type RefineEntry = {
  [K in keyof RefineBodies]: { readonly kind: K; readonly body: RefineBodies[K] };
}[keyof RefineBodies];
/** The kinds of entry this room folds, each in the words of those who read the books. */
export const REFINE_KINDS: { readonly [K in keyof RefineBodies]: string } = {
  campaign_planned: "campaign planned",
  campaign_moved: "campaign moved",
  campaign_cancelled: "campaign cancelled",
  campaign_run: "campaign run",
};

/** Campaigns that are planned for a lot, or were for a lot that it was made of; which of them still are, each says itself. */
export interface LotPlans {
  readonly lot: string;
  readonly campaigns: readonly string[];
}

/** The campaign that a step was the run of. */
export interface StepRun {
  readonly step: string;
  readonly campaign: string;
}

/** What entries of this room fold to, by collection. */
export interface RefineRecords {
  readonly campaign: Campaign;
  /** By unit. */
  readonly unit_bookings: UnitBookings;
  /** By lot. */
  readonly lot_plans: LotPlans;
  /** By step. */
  readonly step_run: StepRun;
}

type RefineBook = Book<RefineRecords>;

export async function applyRefine(book: RefineBook, entry: RefineEntry): Promise<void> {
  switch (entry.kind) {
    case "campaign_planned":
      return plan(book, entry.body);
    case "campaign_moved":
      return move(book, entry.body);
    case "campaign_cancelled":
      return cancel(book, entry.body);
    case "campaign_run":
      return run(book, entry.body);
  }
}

async function theCampaign(book: RefineBook, id: string): Promise<Campaign> {
  const campaign = await book.get("campaign", id);
  assert(campaign, `campaign ${id} was planned`);
  return campaign;
}

/** Puts a campaign on its columns for its time, and its lot down as planned, as far as it is still to be run. */
async function book(records: RefineBook, campaign: Campaign, now: string): Promise<void> {
  records.put("campaign", campaign.campaign, campaign);
  const { campaign: id, at: from, lot } = campaign;
  const to = campaign.run?.at ?? endOf(from, campaign.duration_h);
  for (const unit of campaign.columns) {
    const booking = campaign.state === "cancelled" ? {} : { booking: { campaign: id, from, to } };
    const before = await records.get("unit_bookings", unit);
    records.put("unit_bookings", unit, rebooked(before, { unit, campaign: id, ...booking, now }));
  }
  const others = ((await records.get("lot_plans", lot))?.campaigns ?? []).filter((c) => c !== id);
  records.put("lot_plans", lot, {
    lot,
    campaigns: campaign.state === "planned" ? [...others, id].sort() : others,
  });
}

const plan = (records: RefineBook, { starts_at, rules: _, ...body }: CampaignPlanned): Promise<void> => {
  const planned: Campaign = {
    ...body,
    state: "planned",
    at: starts_at ?? body.at,
    planned_at: body.at,
    duration_h: durationOf(body),
    moves: [],
    findings: [],
  };
  return book(records, planned, body.at);
};

async function move(records: RefineBook, { campaign: id, ...moved }: CampaignMoved): Promise<void> {
  const campaign = await theCampaign(records, id);
  await book(records, { ...campaign, at: moved.starts_at, moves: [...campaign.moves, moved] }, moved.at);
}

async function cancel(records: RefineBook, { campaign: id, ...cancelled }: CampaignCancelled): Promise<void> {
  await book(records, { ...(await theCampaign(records, id)), state: "cancelled", cancelled }, cancelled.at);
}

async function run(records: RefineBook, body: RunRecorded): Promise<void> {
  const campaign = await theCampaign(records, body.campaign);
  const ran: Campaign = { ...campaign, state: "run", run: body, findings: findingsOf(campaign, body) };
  await book(records, ran, body.at);
  records.put("step_run", body.step, { step: body.step, campaign: body.campaign });
}

/**
 * Plans follow their matter (F10): what a step makes of a planned lot is planned too, until that campaign is run, cancelled or the step
 * taken back. A campaign that is none any more is not passed on.
 */
export async function plansFollow(
  records: RefineBook,
  step: {
    readonly inputs: readonly { readonly lot: string }[];
    readonly outputs: readonly { readonly lot: string }[];
  },
): Promise<void> {
  const planned = new Set<string>();
  for (const { lot } of step.inputs)
    for (const id of (await records.get("lot_plans", lot))?.campaigns ?? [])
      if ((await records.get("campaign", id))?.state === "planned") planned.add(id);
  if (planned.size === 0) return;
  const campaigns = [...planned].sort();
  for (const { lot } of step.outputs) records.put("lot_plans", lot, { lot, campaigns });
}

/** A run whose step is taken back was none: its campaign is planned again, to be run anew (F7). */
export async function runTakenBack(
  records: RefineBook,
  { step, at }: Pick<StepRecord, "step" | "at">,
): Promise<void> {
  const found = await records.get("step_run", step);
  const planned = found && (await records.get("campaign", found.campaign));
  if (planned?.run?.step !== step) return;
  const { run: _, ...campaign } = planned;
  await book(records, { ...campaign, state: "planned", findings: [] }, at);
}
