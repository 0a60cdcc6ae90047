import { z } from "zod";
import { Instant, Text } from "../../contract/fields.ts";
import { CampaignId } from "../../contract/identifiers.ts";
import { done } from "../../quantity/index.ts";
import {
  decideCampaignCancelled,
  decideFree,
  decideMove,
  endOf,
  type UnitBookings,
} from "../../refine/index.ts";
import type { Reads } from "../core/concerns.ts";
import { command, type Scope } from "../core/use-case.ts";
import { ofSite } from "../core/whose.ts";

/** An instant in UTC, which may lie ahead: plans do. */
export const instantOf = (at: string | undefined, now: string): string =>
  at === undefined ? now : new Date(Date.parse(at)).toISOString();

/** Whether the columns are free for a campaign's time. */
export async function whereBusy(
  scope: Scope,
  columns: readonly string[],
  wanted: { readonly campaign: string; readonly from: string; readonly to: string },
) {
  const booked: { id: string; booked: UnitBookings | undefined }[] = [];
  for (const id of columns) booked.push({ id, booked: await scope.get("unit_bookings", id) });
  return decideFree(wanted, booked);
}

/** Passports that describe a lot, and orders that wait for it. */
export async function takenOf(scope: Scope, lot: string): Promise<string[]> {
  const takings = await scope.get("taking", lot);
  return Object.keys({ ...takings?.claimed, ...takings?.promised }).sort();
}

/** Whose the lot of a campaign is, and at whose site its columns stand. */
async function whoseCampaign(records: Reads, id: string) {
  const campaign = await records.get("campaign", id);
  if (!campaign) return [];
  const lot = await records.get("lot", campaign.lot);
  return [lot?.owner, ...(await ofSite(records, campaign.site))];
}

const Planned = CampaignId({ state: "planned" });

export const move = command({
  room: "refine",
  verb: "move",
  summary: "Let a planned campaign begin at another time, with the reason; its columns must be free then.",
  input: z.strictObject({ campaign: Planned, at: Instant.describe("when it begins now"), why: Text }),
  example: { campaign: "K-2", at: "2099-02-01T06:00:00Z", why: "the columns are repacked in January" },
  concerns: {
    says: "the owner of its lot, or the party of its columns",
    of: async ({ campaign }, records) => whoseCampaign(records, campaign),
  },
  async decide(scope, { campaign: id, at, why }) {
    const starts_at = instantOf(at, scope.now);
    const campaign = await scope.get("campaign", id);
    const lot = campaign && (await scope.get("lot", campaign.lot));
    const taken = campaign ? await takenOf(scope, campaign.lot) : [];
    const decided = decideMove(campaign, lot, { campaign: id, starts_at, why, at: scope.now }, taken);
    if (!decided.ok) return decided;
    const duration_h = campaign?.duration_h ?? 0;
    const to = endOf(starts_at, duration_h);
    const free = await whereBusy(scope, campaign?.columns ?? [], { campaign: id, from: starts_at, to });
    if (!free.ok) return free;
    return done({
      entries: [{ kind: "campaign_moved", body: decided.value }],
      answer: { campaign: id, starts_at, ends_at: endOf(starts_at, duration_h), duration_h },
    });
  },
});

export const cancel = command({
  room: "refine",
  verb: "cancel",
  summary: "Take a planned campaign back, with the reason; its lot and its columns are free again.",
  input: z.strictObject({ campaign: Planned, why: Text }),
  example: { campaign: "K-2", why: "the lot is sold as it is" },
  concerns: {
    says: "the owner of its lot, or the party of its columns",
    of: async ({ campaign }, records) => whoseCampaign(records, campaign),
  },
  async decide(scope, { campaign: id, why }) {
    const campaign = await scope.get("campaign", id);
    const decided = decideCampaignCancelled(campaign, { campaign: id, why, at: scope.now });
    if (!decided.ok) return decided;
    for (const unit of campaign?.columns ?? []) await scope.watch("unit_bookings", unit);
    return done({
      entries: [{ kind: "campaign_cancelled", body: decided.value }],
      answer: { campaign: id, lot: campaign?.lot ?? "", columns: campaign?.columns ?? [] },
    });
  },
});
