import { z } from "zod";
import { Instant, Moisture, notInFuture, PageOf, Text } from "../../contract/fields.ts";
import { AgreementId, beside, HeldLotId, PartyId, SampleId, ShipmentId } from "../../contract/identifiers.ts";
import { decideTitle } from "../../ledger/index.ts";
import { done, refuse } from "../../quantity/index.ts";
import { pageOf } from "../core/pages.ts";
import { command, query } from "../core/use-case.ts";
import { titleMayPass } from "../orders/title.ts";
import { accept, agree } from "./agree.ts";
import { type Issued, settleOnBooks } from "./lot.ts";
import { moveLot } from "./move-lot.ts";
import { partiesOf } from "./parties.ts";
import { returnOxide } from "./return-oxide.ts";
import { statementCalculation } from "./statement.ts";
import { takeBackReturn } from "./take-back.ts";

/** A statement as it is answered, with what it leaves open. */
const answerOf = ({
  statement,
  unrestated,
  weighed_since,
  received_above_sent,
  no_claim,
  corrected_since,
}: Issued) => ({
  ...{ statement, unrestated },
  ...(weighed_since ? { weighed_since } : {}),
  ...(received_above_sent ? { received_above_sent } : {}),
  ...(no_claim.length > 0 ? { no_claim } : {}),
  ...(corrected_since.length > 0 ? { corrected_since } : {}),
});

const settle = command({
  room: "settle",
  verb: "lot",
  summary:
    "Settle a received and assayed lot under the terms in force when it was received: statement line by line, metal account, and the lot's agreed content.",
  input: z.strictObject({
    agreement: AgreementId(),
    sample: SampleId({ state: "exchanged" }),
    shipment: ShipmentId({ state: "received" }, { "lots.lot": beside("sample", "lot") }),
    moisture_pct: Moisture.optional().describe(
      "as it is known already: what the laboratories found, or both agreed",
    ),
    why: Text.optional().describe("why an earlier statement of this lot is replaced"),
    at: Instant.optional(),
  }),
  example: { agreement: "A-2026-01", sample: "Y-1", shipment: "B-1" },
  concerns: {
    says: "the two parties of the agreement",
    of: async ({ agreement }, records) => partiesOf(await records.get("agreement", agreement)),
  },
  async decide(scope, input) {
    const at = notInFuture(input.at, scope.now);
    if (!at.ok) return at;
    const settled = await settleOnBooks(scope, { ...input, at: at.value });
    if (!settled.ok) return settled;
    return done({
      entries: settled.value.entries,
      answer: answerOf(settled.value),
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
  concerns: {
    says: "its owner, who gives it",
    of: async ({ lot }, { get }) => [(await get("lot", lot))?.owner],
  },
  async decide(scope, { lot, to, why, at }) {
    const when = notInFuture(at, scope.now);
    if (!when.ok) return when;
    if (!(await scope.get("party", to))) return refuse("party_unknown", "to", `no party ${to} is registered`);
    const held = await scope.get("lot", lot);
    const decided = decideTitle(held, { lot, to, why, at: when.value });
    if (!decided.ok) return decided;
    const may = held && (await titleMayPass(scope, held, to));
    if (may && !may.ok) return may;
    const { rules: _, ...answer } = decided.value;
    return done({ entries: [{ kind: "title_passed", body: decided.value }], answer });
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
  accept,
  settle,
  moveLot,
  returnOxide,
  takeBackReturn,
  passTitle,
  account,
  showAgreement,
  agreements,
  statements,
] as const;
