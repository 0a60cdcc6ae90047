import { done, type Refusal, type Result, refuse } from "../../quantity/index.ts";
import { decideFree, endOf, type UnitBookings } from "../../refine/index.ts";
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
