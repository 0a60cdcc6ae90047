import { Decimal } from "decimal.js";
import { z } from "zod";
import { AgreementTerms } from "../../contract/agreement.ts";
import { Instant, notInFuture, PageOf, Text } from "../../contract/fields.ts";
import {
  AgreementId,
  beside,
  HeldLotId,
  inUnit,
  OxideLotId,
  PartyId,
  SampleId,
  ShipmentId,
} from "../../contract/identifiers.ts";
import { decideTitle } from "../../ledger/index.ts";
import { done, refuse } from "../../quantity/index.ts";
import { agreementProse, foldMetalAccount, readAgreement } from "../../settle/index.ts";
import { pageOf } from "../core/pages.ts";
import { command, query } from "../core/use-case.ts";
import { titleMayPass } from "../orders/title.ts";
import { settleOnBooks } from "./lot.ts";
import { SAMPLE_AGREEMENT } from "./sample-agreement.ts";
import { statementCalculation } from "./statement.ts";

const agree = command({
  room: "settle",
  verb: "agree",
  summary:
    "Put an agreement between supplier and processor on the books; every clause is data, and is read back in prose.",
  input: z.strictObject({ agreement: AgreementTerms, why: Text.optional() }),
  example: { agreement: SAMPLE_AGREEMENT },
  async decide(scope, { agreement, why }) {
    const read = readAgreement(agreement);
    if (!read.ok) return read;
    const { id, parties } = read.value;
    for (const [role, party] of Object.entries(parties)) {
      if (!(await scope.get("party", party)))
        return refuse("party_unknown", `agreement.parties.${role}`, `no party ${party} is registered`);
    }
    const before = await scope.get("agreement", id);
    if (before && why === undefined)
      return refuse("reason_missing", "why", `${id} is in force; a new version says why`);
    const prose = agreementProse(read.value);
    return done({
      entries: [
        {
          kind: "agreement_made",
          body: { agreement: read.value, prose, ...(why === undefined ? {} : { why }) },
        },
      ],
      answer: { agreement: id, prose },
    });
  },
});

const settle = command({
  room: "settle",
  verb: "lot",
  summary:
    "Settle a received and assayed lot: statement line by line, metal account, and the lot's agreed content.",
  input: z.strictObject({
    agreement: AgreementId(),
    sample: SampleId({ state: "exchanged" }),
    shipment: ShipmentId({ state: "received" }, { "lots.lot": beside("sample", "lot") }),
    moisture_pct: inUnit(z.string().regex(/^\d{1,2}(\.\d{1,6})?$/), "%").optional(),
    why: Text.optional().describe("why an earlier statement of this lot is replaced"),
    at: Instant.optional(),
  }),
  example: { agreement: "A-2026-01", sample: "Y-1", shipment: "B-1" },
  async decide(scope, input) {
    const at = notInFuture(input.at, scope.now);
    if (!at.ok) return at;
    const settled = await settleOnBooks(scope, { ...input, at: at.value });
    if (!settled.ok) return settled;
    return done({ entries: settled.value.entries, answer: { statement: settled.value.statement } });
  },
});

const returnOxide = command({
  room: "settle",
  verb: "return-oxide",
  summary:
    "Return an oxide lot against the metal account: the processor's debt of that oxide falls by its mass.",
  input: z.strictObject({ agreement: AgreementId(), lot: OxideLotId(), at: Instant.optional() }),
  example: { agreement: "A-2026-01", lot: "L-OXIDE" },
  async decide(scope, { agreement, lot: id, at }) {
    const when = notInFuture(at, scope.now);
    if (!when.ok) return when;
    const lot = await scope.get("lot", id);
    const account = await scope.get("account", agreement);
    if (!account) return refuse("account_unknown", "agreement", `nothing was settled under ${agreement} yet`);
    if (!lot) return refuse("lot_unknown", "lot", `no lot ${id} is on the books`);
    const oxide = lot.notes["oxide"];
    const owed = account.balances.find((b) => b.oxide === oxide);
    if (oxide === undefined || !owed)
      return refuse("product_differs", "lot", `${id} is not an oxide owed under ${agreement}`);
    if (lot.state !== "on_hand") return refuse("lot_not_on_hand", "lot", `${id} is ${lot.state}`);
    if (account.postings.some((p) => p.kind === "debit_returned" && p.lot === id)) {
      return refuse("already_returned", "lot", `${id} was returned before`);
    }
    const posting = {
      at: when.value,
      element: owed.element,
      oxide,
      kind: "debit_returned" as const,
      oxide_kg: new Decimal(lot.mass_mg.best).div(1_000_000).toFixed(),
      lot: id,
      statement: lot.made_by,
    };
    const folded = foldMetalAccount([...account.postings, posting]);
    if (!folded.ok) return folded;
    return done({
      entries: [{ kind: "account_posted", body: { agreement, postings: [posting] } }],
      answer: { agreement, balances: folded.value.balances },
    });
  },
});

const passTitle = command({
  room: "settle",
  verb: "pass-title",
  summary:
    "Pass the title of a lot to another party, with the reason: what exceeds a guaranteed recovery, or a sale.",
  input: z.strictObject({ lot: HeldLotId(), to: PartyId(), why: Text, at: Instant.optional() }),
  example: { lot: "L-OXIDE-2", to: "sample-refiner", why: "recovered beyond the guarantee" },
  async decide(scope, { lot, to, why, at }) {
    const when = notInFuture(at, scope.now);
    if (!when.ok) return when;
    if (!(await scope.get("party", to))) return refuse("party_unknown", "to", `no party ${to} is registered`);
    const held = await scope.get("lot", lot);
    const decided = decideTitle(held, { lot, to, why, at: when.value });
    if (!decided.ok) return decided;
    const may = held && (await titleMayPass(scope, held, to));
    if (may && !may.ok) return may;
    return done({ entries: [{ kind: "title_passed", body: decided.value }], answer: decided.value });
  },
});

const account = query({
  room: "settle",
  verb: "account",
  summary: "The metal account of an agreement: metal in, oxide out, and what is owed of each oxide.",
  input: z.strictObject({ agreement: AgreementId() }),
  example: { agreement: "A-2026-01" },
  async answer(ports, { agreement }) {
    const found = await ports.store.load("account", agreement);
    return found
      ? done(found.record)
      : refuse("account_unknown", "agreement", `nothing was settled under ${agreement} yet`);
  },
});

const showAgreement = query({
  room: "settle",
  verb: "agreement",
  summary: "An agreement: its terms beside its prose.",
  input: z.strictObject({ agreement: AgreementId() }),
  example: { agreement: "A-2026-01" },
  async answer(ports, { agreement }) {
    const found = await ports.store.load("agreement", agreement);
    return found
      ? done(found.record)
      : refuse("agreement_unknown", "agreement", `no agreement ${agreement} is on the books`);
  },
});

const statements = query({
  room: "settle",
  verb: "statements",
  summary: "Statements by lot, a page at a time; the newest of a lot stands last.",
  input: z.strictObject({
    agreement: AgreementId().optional(),
    status: z.enum(["final", "provisional"]).optional(),
    ...PageOf,
  }),
  example: { limit: 20 },
  async answer(ports, { after, limit, ...filter }) {
    return pageOf(ports, "statement", { after, limit, filter });
  },
});

const agreements = query({
  room: "settle",
  verb: "agreements",
  summary: "The agreements on the books.",
  input: z.strictObject({ ...PageOf }),
  example: { limit: 20 },
  async answer(ports, { after, limit }) {
    return pageOf(ports, "agreement", { after, limit });
  },
});

export const settleUseCases = [
  statementCalculation,
  agree,
  settle,
  returnOxide,
  passTitle,
  account,
  showAgreement,
  agreements,
  statements,
] as const;
