import { exchangedAt, type Sample } from "../../assay/index.ts";
import { refuse } from "../../quantity/index.ts";
import { type AgreementVersion, lastFinal, type Statement, sameFigure } from "../../settle/index.ts";
import { everyRecord } from "../core/pages.ts";
import type { Scope } from "../core/use-case.ts";
import type { Facts } from "./facts.ts";
import { laboratoriesRefused } from "./laboratories.ts";
import { moistureMissing, moistureUnder } from "./moisture.ts";
import { firstReceipt } from "./receipts.ts";

const TOGETHER =
  "both firms settle it otherwise together, one proposing it and the other asking for the same";

const alone = (at: string, what: string) =>
  refuse("one_party_alone", at, `${what}: ${TOGETHER} (settle move-lot)`);

/**
 * What one firm alone may not settle a lot on (S47): another sample, shipment or moisture than it was settled on; the first time,
 * another sample than the first that both laboratories reported on, or moisture that none of them found; and a result of the
 * umpire that was corrected after the final statement.
 */
export async function oneAlone(scope: Scope, facts: Facts, version: AgreementVersion) {
  const { sample, lot, statements } = facts;
  const last = statements?.issued.at(-1);
  const before = statements?.sample ?? (await firstExchanged(scope, facts, version));
  if (before !== undefined && before !== sample.sample)
    return alone("sample", `${lot.id} ${statements ? "is settled" : "has results of both"} on ${before}`);
  const receipt = last
    ? last.shipment
    : await firstReceipt(scope, lot.id, version.agreement.parties.processor);
  if (receipt !== undefined && receipt !== facts.shipment)
    return alone(
      "shipment",
      `${lot.id} is settled on its receipt by ${receipt}${last ? "" : ", the first that brought it to the processor"}`,
    );
  const known = moistureUnder(version.agreement, facts);
  if (!known) return moistureMissing();
  if (facts.stated_pct !== undefined && !sameFigure(known.pct, facts.stated_pct))
    return alone("moisture_pct", `moisture is known to be ${known.pct} %, not ${facts.stated_pct} %`);
  return undefined;
}

/** An umpire's figure that a final statement rests on is another one now: the umpire corrected what both had settled on. */
export function umpireChanged({ statements, lot }: Facts, next: Statement) {
  const was = lastFinal(statements)?.lines ?? [];
  const changed = next.lines.find(
    ({ id, value }) => id.endsWith(".umpire") && was.some((line) => line.id === id && line.value !== value),
  );
  return (
    changed &&
    alone(
      "sample",
      `${lot.id} is final, and the umpire has corrected ${changed.label} since (results: "corrected")`,
    )
  );
}

/** What was corrected since is no money yet: where nothing else changed, that is why nothing did. */
export function notMoneyYet({ lot, weighed_since, corrected_since }: Facts) {
  const [corrected] = corrected_since;
  if (weighed_since)
    return alone(
      "shipment",
      `${lot.id} is settled on ${weighed_since.settled_kg} kg; that it weighed ${weighed_since.now_kg} kg is on the books, and no money yet`,
    );
  return (
    corrected &&
    alone(
      "sample",
      `${lot.id} is settled on what was exchanged; that the ${corrected.side} corrected ${corrected.changed.join(", ")} since is on the books, and no money yet (results: "corrected")`,
    )
  );
}

/** The sample of a lot that both sides of these two firms reported on first, by laboratories that the terms allow. */
async function firstExchanged(
  scope: Scope,
  { lot }: Facts,
  { agreement }: AgreementVersion,
): Promise<string | undefined> {
  const { parties } = agreement;
  const all = await everyRecord(scope.store, "sample", { where: { lot: lot.id } });
  const exchanged = all
    .filter((sample): sample is Sample => sample.purpose !== "product" && sample.state === "exchanged")
    .filter(({ firms }) => (firms?.supplier ?? lot.owner) === parties.supplier)
    .filter(({ firms }) => (firms?.processor ?? parties.processor) === parties.processor)
    .filter((sample) => laboratoriesRefused(sample, agreement) === undefined);
  const since = (sample: Sample) => Date.parse(exchangedAt(sample) ?? sample.at);
  return exchanged.sort((a, b) => since(a) - since(b) || (a.sample < b.sample ? -1 : 1))[0]?.sample;
}
