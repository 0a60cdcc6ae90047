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
  const before = await books.look("statement", sample.lot);
  const brought = broughtBy(sample.lot, await books.all("shipment"))?.shipment;
  const shipment = before?.issued.at(-1)?.shipment ?? brought;
  if (shipment === undefined) return;
  const own = Object.entries(AGREEMENTS).find(([, party]) => party === supplier)?.[0];
  const agreement = before?.agreement ?? own ?? "";
  if (!before) await agree(copy, agreement, supplier);
  const asked = { agreement, sample: sample.sample, shipment, why: "at last" };
  const settle = async () => {
    const { code, why } = await copy.ask("settle lot", asked, manager(REFINER));
    return { code, why, status: (await books.look("statement", sample.lot))?.status };
  };
  const once = async () => {
    const alone = await settle();
    // It is settled on another sample, or weighs otherwise since: both firms say so, to the figure (settle S39, S47).
    return alone.code === "one_party_alone" ? moved(copy, sample, { agreement, supplier }) : alone;
  };
  let last = await once();
  if (last.code === "final_stands" || last.status === "provisional") {
    await umpired(copy, sample, supplier);
    last = await once();
  }
  const { code, why, status } = last;
  // Of several samples an unsettled lot is settled on the first, which is looked at by itself (settle S47).
  if (code === "statement_missing") return;
  // Its matter is final with the lot that it was made from, or that was made from it (settle S48).
  if (code === "already_settled") return;
  // Sold before it was settled, it is settled by whose it is now (settle S77).
  const owner = (await books.look("lot", sample.lot))?.owner;
  if (code === "agreement_of_others" && !before && owner !== supplier && owner !== REFINER) return;
  must(
    code === "done" || code === "nothing_changed",
    RULE,
    () => `${sample.lot} under ${agreement}: ${code}: ${why}`,
  );
  must(status === "final", RULE, () => `${sample.lot} under ${agreement}: ${status}`);
}

/** Both firms settle a lot anew: on this sample, and on its receipt as it was corrected since. */
async function moved(
  { ask, books }: Copy,
  { sample, lot }: Sample,
  { agreement, supplier }: { readonly agreement: string; readonly supplier: string },
) {
  const asked = { lot, agreement, sample, weights: "corrected", results: "corrected" };
  let said = await ask("settle move-lot", { ...asked, why: "at last" }, manager(REFINER));
  // One of them may have proposed the same before: then its word is the other's alone.
  if (said.answer["state"] === "proposed" || said.code === "already_proposed")
    said = await ask("settle move-lot", asked, manager(supplier));
  return { code: said.code, why: said.why, status: (await books.look("statement", lot))?.status };
}

async function agree({ ask }: Copy, id: string, supplier: string): Promise<void> {
  const agreement = termsOf(id, { title: "at last" });
  const made = await ask("settle agree", { agreement, why: "at last" }, manager(supplier));
  const accepting = { agreement: id, version: made.answer["version"] };
  const { code, why } = await ask("settle accept", accepting, manager(REFINER));
  must(code === "done", "two firms can agree", () => `${id}: ${made.code}, ${code}: ${why}`);
}

async function umpired({ ask }: Copy, { sample, reports }: Sample, supplier: string): Promise<void> {
  const finds = reports.processor?.mg_per_kg ?? {};
  const report = {
    ...{ sample, side: "umpire", laboratory: LABORATORIES.umpire, method: "ICP-OES", mg_per_kg: finds },
    ...(reports.processor?.moisture_pct ? { moisture_pct: reports.processor.moisture_pct } : {}),
    ...(reports.umpire ? { corrects: "at last" } : {}),
  };
  const accepts = { sample, side: "umpire", laboratory: LABORATORIES.umpire };
  for (const firm of [supplier, REFINER]) await ask("assay consent", accepts, manager(firm));
  const { code, why } = await ask("assay report", report, by(`chemist@${LABORATORIES.umpire}`));
  must(code === "done", "the umpire can report", () => `${sample}: ${code}: ${why}`);
}

/** Which entries last changed what a settlement of a lot rests on. */
async function groundsOf(books: Books, { sample, lot }: Sample): Promise<string> {
  const shipment = broughtBy(lot, await books.all("shipment"))?.shipment ?? "";
  const { store } = books.ports;
  const read = [
    ...[store.load("sample", sample), store.load("shipment", shipment), store.load("lot", lot)],
    ...[store.load("statement", lot), store.load("taking", lot), store.load("feed", lot)],
    ...Object.keys(AGREEMENTS).map((id) => store.load("agreement", id)),
  ];
  return (await Promise.all(read)).map((found) => found?.seq ?? 0).join();
}

async function everyLot(books: Books, auditor: Auditor, known: Map<string, string>): Promise<void> {
  for (const sample of await books.all("sample", { state: "exchanged" })) {
    if (sample.purpose === "product") continue;
    const { supplier, processor } = sample.firms ?? {};
    if (!supplier?.startsWith("rec-") || processor !== REFINER) continue;
    const grounds = await groundsOf(books, sample);
    if (known.get(sample.sample) === grounds) continue;
    await becomesFinal(copied(books, auditor), sample, supplier);
    known.set(sample.sample, grounds);
  }
}

export const FINAL: Probe = {
  name: "final",
  after:
    /^(?:assay_|correction_|shipment_|statement_|agreement_|lot_|lots_|step_|passport_|order_|allocation_)/,
  try: everyLot,
};
