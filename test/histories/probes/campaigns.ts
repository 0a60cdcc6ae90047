import type { Auditor } from "../auditor/index.ts";
import type { Books } from "../books.ts";
import { REFINER } from "../firms.ts";
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
    const there = auditor.seen.lots.get(lot)?.state === "on_hand";
    const expected = there ? "done" : "lot_not_on_hand";
    must(moved.code === expected, "a planned campaign can be moved", () => `${campaign}: ${moved.code}`);
    const { code } = await copy.ask("refine cancel", { campaign, why: "w" }, engineer);
    must(code === "done", "a planned campaign can be cancelled", () => `${campaign}: ${code}`);
  }
}

export const CAMPAIGNS: Probe = { name: "campaigns", after: /^(?:campaign_|step_)/, try: movedOrCancelled };
