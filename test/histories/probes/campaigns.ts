import type { Auditor } from "../auditor/index.ts";
import type { Books } from "../books.ts";
import { REFINER } from "../firms.ts";
import { must } from "../red.ts";
import { by } from "../teller.ts";
import { copied, type Probe } from "./probe.ts";

/** What is planned can be moved to where nothing else stands, and cancelled. */
async function movedOrCancelled(books: Books, auditor: Auditor): Promise<void> {
  const copy = copied(books, auditor);
  const engineer = by(`process engineer@${REFINER}`);
  let year = 2050;
  for (const { campaign, state } of auditor.seen.campaigns.values()) {
    if (state !== "planned") continue;
    const at = `${year++}-01-01T00:00:00Z`;
    const moved = await copy.ask("refine move", { campaign, at, why: "w" }, engineer);
    must(moved.code === "done", "a planned campaign can be moved", () => `${campaign}: ${moved.code}`);
    const { code } = await copy.ask("refine cancel", { campaign, why: "w" }, engineer);
    must(code === "done", "a planned campaign can be cancelled", () => `${campaign}: ${code}`);
  }
}

export const CAMPAIGNS: Probe = { name: "campaigns", after: /^(?:campaign_|step_)/, try: movedOrCancelled };
