import type { Sample } from "../../../src/assay/index.ts";
import type { Auditor } from "../auditor/index.ts";
import type { Books } from "../books.ts";
import { AGREEMENTS, LABORATORIES, manager, REFINER, termsOf } from "../firms.ts";
import { broughtBy } from "../moves/settle.ts";
import { must } from "../red.ts";
import { by } from "../teller.ts";
import { copied, type Probe } from "./probe.ts";

const RULE = "a lot whose assays are complete can become final";

type Copy = ReturnType<typeof copied>;

/** Two honest firms bring a lot to its final statement, whatever was done before: new terms, and the umpire where it is due. */
async function becomesFinal(copy: Copy, sample: Sample, supplier: string): Promise<void> {
  const { books } = copy;
  const shipment = broughtBy(sample.lot, await books.all("shipment"))?.shipment;
  if (shipment === undefined) return;
  const before = await books.look("statement", sample.lot);
  const own = Object.entries(AGREEMENTS).find(([, party]) => party === supplier)?.[0];
  const agreement = before?.agreement ?? own ?? "";
  if (!before) await agree(copy, agreement, supplier);
  const asked = { agreement, sample: sample.sample, shipment, why: "at last" };
  const settle = async () => {
    const { code, why } = await copy.ask("settle lot", asked, manager(REFINER));
    return { code, why, status: (await books.look("statement", sample.lot))?.status };
  };
  let last = await settle();
  if (last.code === "final_stands" || last.status === "provisional") {
    await umpired(copy, sample);
    last = await settle();
  }
  const { code, why, status } = last;
  must(
    code === "done" || code === "nothing_changed",
    RULE,
    () => `${sample.lot} under ${agreement}: ${code}: ${why}`,
  );
  must(status === "final", RULE, () => `${sample.lot} under ${agreement}: ${status}`);
}

async function agree({ ask }: Copy, id: string, supplier: string): Promise<void> {
  const made = await ask("settle agree", { agreement: termsOf(id), why: "at last" }, manager(supplier));
  const accepting = { agreement: id, version: made.answer["version"] };
  const { code, why } = await ask("settle accept", accepting, manager(REFINER));
  must(code === "done", "two firms can agree", () => `${id}: ${made.code}, ${code}: ${why}`);
}

async function umpired({ ask }: Copy, { sample, reports }: Sample): Promise<void> {
  const finds = reports.processor?.mg_per_kg ?? {};
  const report = {
    ...{ sample, side: "umpire", laboratory: LABORATORIES.umpire, method: "ICP-OES", mg_per_kg: finds },
    ...(reports.umpire ? { corrects: "at last" } : {}),
  };
  const { code, why } = await ask("assay report", report, by(`chemist@${LABORATORIES.umpire}`));
  must(code === "done", "the umpire can report", () => `${sample}: ${code}: ${why}`);
}

async function everyLot(books: Books, auditor: Auditor): Promise<void> {
  for (const sample of await books.all("sample", { state: "exchanged" })) {
    if (sample.purpose === "product") continue;
    const { supplier, processor } = sample.firms ?? {};
    const settled = await books.look("statement", sample.lot);
    // A lot is settled on the sample it was settled on first.
    if (
      supplier?.startsWith("rec-") &&
      processor === REFINER &&
      (!settled || settled.sample === sample.sample)
    )
      await becomesFinal(copied(books, auditor), sample, supplier);
  }
}

export const FINAL: Probe = {
  name: "final",
  after:
    /^(?:assay_|correction_|shipment_|statement_|agreement_|lot_|lots_|step_|passport_|order_|allocation_)/,
  try: everyLot,
};
