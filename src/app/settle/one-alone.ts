import type { Sample } from "../../assay/index.ts";
import { isBefore, type Lot } from "../../ledger/index.ts";
import { refuse } from "../../quantity/index.ts";
import {
  type Agreement,
  type AgreementVersion,
  lastFinal,
  type Statement,
  sameFigure,
} from "../../settle/index.ts";
import { exchangesOf } from "../assay/exchanges.ts";
import type { Scope } from "../core/use-case.ts";
import { settledBelow } from "./already-settled.ts";
import { cameBy } from "./came.ts";
import type { Facts } from "./facts.ts";
import { laboratoriesRefused } from "./laboratories.ts";
import { moistureMissing, moistureUnder } from "./moisture.ts";
import { firstElsewhere } from "./receipts.ts";

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
  const first = last ? undefined : await settledFirstOn(scope, facts, version);
  if (first?.refused) return first.refused;
  if (
    !last &&
    scope.actor.party === version.agreement.parties.supplier &&
    isUnseen(sample, version.agreement)
  )
    return alone(
      "sample",
      `${sample.sample} was drawn before ${lot.id} came, and no result of it is ${version.agreement.parties.processor}'s own: it says so itself (settle lot), or both sample it anew`,
    );
  const before = statements?.sample ?? first?.sample;
  if (before !== undefined && before !== sample.sample)
    return alone("sample", `${lot.id} ${statements ? "is settled" : "has results of both"} on ${before}`);
  const receipt = last ? last.shipment : first?.shipment;
  if (receipt !== undefined && receipt !== facts.shipment)
    return alone(
      "shipment",
      `${lot.id} is settled on its receipt by ${receipt}${last ? "" : ", the first that brought it, or the lot it was divided off, to the processor"}`,
    );
  const known = moistureUnder(version.agreement, facts);
  if (!known) return moistureMissing();
  if (facts.stated_pct !== undefined && !sameFigure(known.pct, facts.stated_pct))
    return alone("moisture_pct", `moisture is known to be ${known.pct} %, not ${facts.stated_pct} %`);
  return undefined;
}

interface SettledFirstOn {
  readonly sample?: string | undefined;
  readonly shipment?: string | undefined;
  readonly refused?: ReturnType<typeof alone>;
}

/**
 * What a lot is settled on first: the first sample of it since it came that both sides reported on, and the receipt that brought
 * its matter. Matter of a lot that has such results is settled with that, and what was mixed since it came by itself (S58).
 */
async function settledFirstOn(
  scope: Scope,
  { lot }: Facts,
  { agreement }: AgreementVersion,
): Promise<SettledFirstOn> {
  const { parties } = agreement;
  const came = await cameBy(scope, lot, parties);
  const [one, ...others] = came;
  const since = one?.way.length === 0 ? one.since : undefined;
  for (const { way, since, shipment } of came)
    for (const above of way) {
      const exchanged = await firstExchanged(scope, { lot: above, since }, agreement);
      // What is left of a lot of which a part is settled is divided off, and settled as a part too.
      if (exchanged === undefined || (await settledBelow(scope, above, shipment.received?.at ?? "")))
        continue;
      const message = `${lot.id} is matter of ${above.id}, which has results of both on ${exchanged}: ${above.id} is settled on those (settle lot), and otherwise by both firms together (settle move-lot)`;
      return { refused: refuse("one_party_alone", "sample", message) };
    }
  const sample = await firstExchanged(scope, { lot, since }, agreement);
  if (!one) return { sample, shipment: await firstElsewhere(scope, lot.id, parties.processor) };
  if (one.part === undefined || others.length > 0) {
    const of = came.map(({ lot: received, shipment }) => `${received.id} by ${shipment.shipment}`);
    const message = `${lot.id} was made of what came as ${of.join(", ")}: each is sampled and settled by itself, once the step that mixed, dried or sorted it is taken back (prepare reverse)`;
    return { refused: refuse("one_party_alone", "sample", message) };
  }
  return { sample, shipment: one.shipment.shipment };
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

/**
 * Whether the processor had no part in a sample: drawn where nobody knew it yet, and reported on for it by whom neither it nor the
 * terms name. One firm alone would make both sides of an exchange (S74).
 */
function isUnseen({ firms, reports }: Sample, { parties, assay_rule }: Agreement): boolean {
  if (!firms || firms.processor !== undefined) return false;
  const { joint_laboratory, laboratories, final_assay } = assay_rule;
  const named = joint_laboratory ?? laboratories?.processor ?? final_assay;
  const { by, laboratory } = reports.processor ?? {};
  return named === undefined && by?.party !== parties.processor && laboratory !== parties.processor;
}

/** The sample of a lot, since it came, that both sides of these two firms reported on first, by laboratories that the terms allow. */
async function firstExchanged(
  scope: Scope,
  { lot, since }: { readonly lot: Lot; readonly since: string | undefined },
  agreement: Agreement,
): Promise<string | undefined> {
  const { parties } = agreement;
  const exchanged = (await exchangesOf(scope, lot.id))
    .filter(({ at }) => since === undefined || !isBefore(at, since))
    .filter(({ firms }) => (firms?.supplier ?? lot.owner) === parties.supplier)
    .filter(({ firms }) => (firms?.processor ?? parties.processor) === parties.processor)
    .filter((sample) => laboratoriesRefused(sample, agreement) === undefined && !isUnseen(sample, agreement));
  return exchanged[0]?.sample;
}
