import { Decimal } from "decimal.js";
import { z } from "zod";
import { certificateStands } from "../../certify/index.ts";
import { type Product, singleOxide, whyNot } from "../../chemistry/index.ts";
import { Instant, Mass, notInFuture, positiveMass } from "../../contract/fields.ts";
import { AgreementId, OxideLotId } from "../../contract/identifiers.ts";
import {
  decideTitle,
  foundBeyondMade,
  freeOf,
  type Lot,
  notYetThere,
  PUT_RIGHT,
  productOf,
} from "../../ledger/index.ts";
import { done, refuse } from "../../quantity/index.ts";
import {
  type AccountRecord,
  type Agreement,
  type AgreementRecord,
  creditedFor,
  decideReturn,
  foldMetalAccount,
  isAccepted,
  type Posting,
  versionOn,
} from "../../settle/index.ts";
import type { NewEntry } from "../core/ports.ts";
import { command, type Scope } from "../core/use-case.ts";
import { titleMayPass } from "../orders/title.ts";
import { notFromProcessor } from "./come-from.ts";

export const returnOxide = command({
  room: "settle",
  verb: "return-oxide",
  summary:
    "Return oxide against the metal account, a lot or a part of it, each gram once: the processor's debt falls by what its metal makes of that oxide.",
  input: z.strictObject({
    agreement: AgreementId(),
    lot: OxideLotId(),
    mass: Mass.optional().describe("a part of it; all that is left where not said"),
    certificate: z
      .string()
      .regex(/^[0-9a-f]{64}$/)
      .optional()
      .describe("digest of the JSON of its certificate of analysis"),
    at: Instant.optional(),
  }),
  example: { agreement: "A-2026-01", lot: "L-OXIDE" },
  concerns: {
    says: "the two parties of the agreement; of oxide whose title passes, the processor, who gives it",
    of: async ({ agreement, lot: id }, records) => {
      const parties = (await records.get("agreement", agreement))?.agreement.parties;
      const lot = await records.get("lot", id);
      return lot?.owner === parties?.processor
        ? [parties?.processor]
        : [parties?.supplier, parties?.processor];
    },
  },
  async decide(scope, { agreement, lot: id, mass, certificate, ...input }) {
    const when = notInFuture(input.at, scope.now);
    if (!when.ok) return when;
    const asked_mg = mass === undefined ? done(undefined) : positiveMass(mass, "mass");
    if (!asked_mg.ok) return asked_mg;
    const owed = await owedOf(scope, { agreement, id, at: when.value });
    if (!owed.ok) return owed;
    const { account, terms, lot, oxide, product, element } = owed.value;
    const decided = await decidedOn(scope, owed.value, { asked_mg: asked_mg.value, certificate });
    if (!decided.ok) return decided;
    const { mass_mg, title_passes } = decided.value;
    const title = title_passes
      ? await titleOf(scope, lot, {
          to: terms.parties.supplier,
          why: `returned under ${agreement}`,
          at: when.value,
        })
      : undefined;
    if (title && !title.ok) return title;
    const { credited_mg, why } = creditedFor(product, lot, mass_mg);
    const posting: Posting = {
      ...{ at: when.value, element, oxide, kind: "debit_returned", lot: id, statement: lot.made_by },
      ...{ oxide_kg: new Decimal(credited_mg).div(1_000_000).toFixed(), ...(why ? { reason: why } : {}) },
    };
    const folded = foldMetalAccount([...account.postings, posting]);
    if (!folded.ok) return folded;
    const returned = {
      ...{ lot: id, mass_mg, ...(why ? { credited_less: why } : {}) },
      ...(certificate === undefined ? {} : { certificate }),
      ...(title_passes ? { title_passed: true as const } : {}),
    };
    const entries: NewEntry[] = [
      { kind: "account_posted", body: { agreement, postings: [posting], returned } },
    ];
    if (title?.ok) entries.push({ kind: "title_passed", body: title.value });
    const answer = {
      ...{ agreement, lot: id, returned_mg: mass_mg, credited_mg, title_passed: title_passes },
      ...(why ? { credited_less: why } : {}),
    };
    return done({ entries, answer: { ...answer, balances: folded.value.balances } });
  },
});

interface Owed {
  readonly account: AccountRecord;
  readonly terms: Agreement;
  /** On the day it is booked. */
  readonly terms_now: Agreement;
  readonly lot: Lot;
  readonly oxide: string;
  readonly product: Product;
  readonly element: string;
}

/** The lot on hand, and what of its oxide is owed under the agreement. */
async function owedOf(
  scope: Scope,
  given: { readonly agreement: string; readonly id: string; readonly at: string },
) {
  const { agreement, id, at } = given;
  const account = await scope.get("account", agreement);
  const record = await scope.get("agreement", agreement);
  if (!account || !record)
    return refuse("account_unknown", "agreement", `nothing was settled under ${agreement} yet`);
  const lot = await scope.get("lot", id);
  if (!lot) return refuse("lot_unknown", "lot", `no lot ${id} is on the books`);
  const oxide = productOf(lot);
  const product = oxide === undefined ? undefined : singleOxide(oxide);
  const owed = account.balances.find((b) => b.oxide === oxide);
  if (oxide === undefined || !owed || !product) {
    const what = oxide === undefined ? "no product" : oxide;
    const debts = account.balances.map((b) => b.oxide).join(", ") || "nothing";
    const message = `${id} is ${what}; owed under ${agreement} is ${debts}. A part that is split off keeps the product of its lot: where an older split lost it, take that step back (prepare reverse) and split anew`;
    return refuse("product_differs", "lot", message);
  }
  const why = whyNot(product, lot);
  if (why) return refuse("product_not_held", "lot", `${id} is no ${oxide} by the books: ${why}`);
  const beyond = foundBeyondMade(lot, product.elements);
  if (beyond !== undefined)
    return refuse(
      "more_than_was_made",
      "lot",
      `more ${beyond} was found in ${id}, or in what it was made of, than was made of it: nobody knows where it came from, and it settles no debt. ${PUT_RIGHT}`,
    );
  if (lot.state !== "on_hand") return refuse("lot_not_on_hand", "lot", `${id} is ${lot.state}`);
  const early = notYetThere(lot, { happened: at, at: "at" });
  if (early) return early;
  const terms = termsOn(record, at.slice(0, 10));
  const terms_now = termsOn(record, scope.now.slice(0, 10));
  return done({ account, terms, terms_now, lot, oxide, product, element: owed.element } satisfies Owed);
}

/** The terms of the day of return; debts outlive terms, and then the last that both accepted hold. */
const termsOn = (record: AgreementRecord, day: string): Agreement =>
  (versionOn(record, day) ?? record.terms.findLast(isAccepted) ?? record).agreement;

async function decidedOn(
  scope: Scope,
  { terms, terms_now, lot, oxide }: Owed,
  given: { readonly asked_mg: number | undefined; readonly certificate: string | undefined },
) {
  const record = await scope.get("certificate", lot.id);
  const certified =
    record && certificateStands(record) ? { digest: record.json_digest, meets: record.meets } : undefined;
  const left_mg = freeOf(lot, await scope.get("taking", lot.id), "returned");
  const { asked_mg, certificate } = given;
  const returning = {
    ...{ lot: lot.id, oxide, owner: lot.owner, mass_mg: lot.mass_mg.best },
    ...{ left_mg, asked_mg },
  };
  const decided = decideReturn(returning, terms, { certified, certificate });
  if (!decided.ok) return decided;
  // What is booked late is asked what the terms ask on the day it is booked, too (S44).
  const now = decideReturn(returning, terms_now, { certified, certificate });
  if (!now.ok) return now;
  return (await notFromProcessor(scope, lot, terms)) ?? decided;
}

/** The title passes in the same command; not of matter that its seller has promised. */
async function titleOf(
  scope: Scope,
  lot: Lot,
  given: { readonly to: string; readonly why: string; readonly at: string },
) {
  const decided = decideTitle(lot, { lot: lot.id, ...given });
  if (!decided.ok) return decided;
  const may = await titleMayPass(scope, lot, given.to);
  return may && !may.ok ? may : decided;
}
