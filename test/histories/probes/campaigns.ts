import type { Auditor } from "../auditor/index.ts";
import type { SeenLot } from "../auditor/seen.ts";
import type { Books } from "../books.ts";
import { REFINER, WORKS } from "../firms.ts";
import { must } from "../red.ts";
import { by } from "../teller.ts";
import { copied, type Probe } from "./probe.ts";

/** What is planned can be moved to where nothing else stands, while its lot is there, and cancelled even when it is not. */
async function movedOrCancelled(books: Books, auditor: Auditor): Promise<void> {
  const copy = copied(books, auditor);
  const engineer = by(`process engineer@${REFINER}`);
  let year = 2050;
  for (const { campaign, lot, state } of auditor.seen.campaigns.values()) {
    if (state !== "planned") continue;
    const at = `${year++}-01-01T00:00:00Z`;
    const moved = await copy.ask("refine move", { campaign, at, why: "w" }, engineer);
    const expected = whyNot(auditor.seen.lots.get(lot)) ?? "done";
    must(moved.code === expected, "a planned campaign can be moved", () => `${campaign}: ${moved.code}`);
    const { code } = await copy.ask("refine cancel", { campaign, why: "w" }, engineer);
    must(code === "done", "a planned campaign can be cancelled", () => `${campaign}: ${code}`);
  }
}

/** Why a plan cannot be moved: its lot is not there, not where the columns are, or another waits for it. */
function whyNot(lot: SeenLot | undefined): string | undefined {
  if (lot?.state !== "on_hand") return "lot_not_on_hand";
  if (lot.place !== WORKS) return "column_elsewhere";
  return lot.taken.claimed.size + lot.taken.promised.size > 0 ? "already_promised" : undefined;
}

export const CAMPAIGNS: Probe = { name: "campaigns", after: /^(?:campaign_|step_)/, try: movedOrCancelled };
