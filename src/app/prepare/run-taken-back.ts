import { done, type Refusal, type Result, refuse } from "../../quantity/index.ts";
import { type CampaignCancelled, decideFree, endOf, type UnitBookings } from "../../refine/index.ts";
import { exchangesOf } from "../assay/exchanges.ts";
import { plannedFor } from "../core/plans.ts";
import type { Scope } from "../core/use-case.ts";

/**
 * Whether the run of a campaign may be taken back: the campaign is planned again, for as long as its plan needs, which other
 * campaigns on its columns or for its lot may stand in the way of (F7).
 */
export async function runMayBeTakenBack(
  scope: Scope,
  step: string,
): Promise<Result<true, Refusal<"unit_busy" | "already_planned">>> {
  const run = await scope.get("step_run", step);
  const campaign = run && (await scope.get("campaign", run.campaign));
  if (!campaign || campaign.run?.step !== step) return done(true);
  const { campaign: id, lot, at: from, duration_h } = campaign;
  const others = ((await scope.get("lot_plans", lot))?.campaigns ?? []).filter((other) => other !== id);
  if (others.length > 0)
    return refuse(
      "already_planned",
      "step",
      `${lot} is planned in ${others.join(", ")} meanwhile: cancel that first`,
    );
  const booked: { id: string; booked: UnitBookings | undefined }[] = [];
  for (const unit of campaign.columns)
    booked.push({ id: unit, booked: await scope.get("unit_bookings", unit) });
  const free = decideFree({ campaign: id, from, to: endOf(from, duration_h) }, booked);
  return free.ok ? free : refuse("unit_busy", "step", `it was the run of ${id}: ${free.refusal.message}`);
}

/** Plans of what a step made go with it: a campaign whose lot was never there is cancelled, for the reason the step is reversed (F14). */
export async function plansOfGone(
  scope: Scope,
  step: { readonly outputs: readonly { readonly lot: string }[] } | undefined,
  given: { readonly step: string; readonly why: string },
): Promise<CampaignCancelled[]> {
  const gone = new Map<string, CampaignCancelled>();
  const why = `step ${given.step}, which made its lot, was reversed: ${given.why}`;
  for (const { lot } of step?.outputs ?? [])
    for (const campaign of await plannedFor(scope, lot)) {
      if ((await scope.get("campaign", campaign))?.lot !== lot) continue;
      gone.set(campaign, { campaign, why, at: scope.now });
    }
  for (const { campaign } of gone.values())
    for (const unit of (await scope.get("campaign", campaign))?.columns ?? [])
      await scope.watch("unit_bookings", unit);
  return [...gone.values()];
}

/**
 * A step that made a settled lot stands: its matter is money, and would be settled once more in what it was made of (settle S48). So
 * does one that made a lot of which two firms exchanged results: one of them would have them gone (settle S58).
 */
export async function settledSince(
  scope: Scope,
  step: { readonly step: string; readonly outputs: readonly { readonly lot: string }[] } | undefined,
) {
  for (const { lot } of step?.outputs ?? []) {
    if (await scope.get("statement", lot))
      return refuse("output_already_used", "step", `${lot}, made by ${step?.step}, was settled since`);
    const [exchanged] = await exchangesOf(scope, lot);
    if (exchanged)
      return refuse(
        "output_already_used",
        "step",
        `${lot}, made by ${step?.step}, has results of both firms on ${exchanged.sample} since: they stand, and it is settled on them`,
      );
  }
  return undefined;
}
