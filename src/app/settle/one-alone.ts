import { exchangedAt, type Sample } from "../../assay/index.ts";
import { refuse } from "../../quantity/index.ts";
import { type AgreementVersion, lastFinal, type Statement, sameFigure } from "../../settle/index.ts";
import { everyRecord } from "../core/pages.ts";
import type { Scope } from "../core/use-case.ts";
import { type Facts, moistureMissing, moistureOf } from "./facts.ts";

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
  if (last?.shipment !== undefined && last.shipment !== facts.shipment)
    return alone("shipment", `${lot.id} is settled on its receipt by ${last.shipment}`);
  const moisture_pct = moistureOf(sample, statements);
  if (moisture_pct === undefined) return moistureMissing();
  if (!sameFigure(moisture_pct, facts.moisture_pct))
    return alone("moisture_pct", `moisture is known to be ${moisture_pct} %, not ${facts.moisture_pct} %`);
  return undefined;
}

/** An umpire's figure that a final statement rests on is another one now: the umpire corrected what both had settled on. */
export function umpireChanged({ statements, lot }: Facts, next: Statement) {
  const was = lastFinal(statements)?.lines ?? [];
  const changed = next.lines.find(
    ({ id, value }) => id.endsWith(".umpire") && was.some((line) => line.id === id && line.value !== value),
  );
  return (
    changed && alone("sample", `${lot.id} is final, and the umpire has corrected ${changed.label} since`)
  );
}

/** A weight that was corrected since is no money yet: where nothing else changed, that is why nothing did. */
export const notMoneyYet = ({ lot, weighed_since }: Facts) =>
  weighed_since &&
  alone(
    "shipment",
    `${lot.id} is settled on ${weighed_since.settled_kg} kg; that it weighed ${weighed_since.now_kg} kg is on the books, and no money yet`,
  );

/** The sample of a lot that both sides of these two firms reported on first. */
async function firstExchanged(
  scope: Scope,
  { lot }: Facts,
  { agreement: { parties } }: AgreementVersion,
): Promise<string | undefined> {
  const all = await everyRecord(scope.store, "sample", { where: { lot: lot.id } });
  const exchanged = all
    .filter((sample): sample is Sample => sample.purpose !== "product" && sample.state === "exchanged")
    .filter(({ firms }) => (firms?.supplier ?? lot.owner) === parties.supplier)
    .filter(({ firms }) => (firms?.processor ?? parties.processor) === parties.processor);
  const since = (sample: Sample) => Date.parse(exchangedAt(sample) ?? sample.at);
  return exchanged.sort((a, b) => since(a) - since(b) || (a.sample < b.sample ? -1 : 1))[0]?.sample;
}
