import { whyNotAgain } from "../auditor/columns.ts";
import type { Auditor } from "../auditor/index.ts";
import { whyNotReversed } from "../auditor/matter.ts";
import type { Books } from "../books.ts";
import { firmAt, operator } from "../firms.ts";
import { must } from "../red.ts";
import { copied, type Probe } from "./probe.ts";

/** A step is taken back where all it made stands as it was made; where not, the refusal is right. */
async function worksOrNamesWhy(books: Books, auditor: Auditor): Promise<void> {
  const refusing = books.copy("probe");
  const samples = (await books.all("sample")).filter(
    ({ reports }) => "supplier" in reports && "processor" in reports,
  );
  const exchanged = new Set(samples.map(({ lot }) => lot));
  for (const step of auditor.seen.steps.values()) {
    if (step.reversed) continue;
    // What two firms exchanged results of stands (settle S58).
    if (step.outputs.some(({ lot }) => exchanged.has(lot))) continue;
    const why = whyNotReversed(auditor.seen, step) ?? whyNotAgain(auditor.seen, step.step);
    const asked = ["prepare reverse", { step: step.step, why: "w" }, operator(firmAt(step.site))] as const;
    if (why !== undefined) {
      const { code } = await refusing.ask(...asked);
      must(code !== "done", "a step is taken back while all it made stands as it was made", () => why);
      continue;
    }
    const { code, why: said } = await copied(books, auditor).ask(...asked);
    must(
      code === "done",
      "a step that nothing followed can be taken back",
      () => `${step.step}: ${code}: ${said}`,
    );
  }
}

export const REVERSALS: Probe = {
  name: "reversals",
  after: /^(?:step_|lot_|lots_|title_|passport_|order_|allocation_|account_|campaign_|feed_)/,
  try: worksOrNamesWhy,
};
