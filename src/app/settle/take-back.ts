import { z } from "zod";
import { Instant, notInFuture, Text } from "../../contract/fields.ts";
import { AgreementId, LotId } from "../../contract/identifiers.ts";
import { decideTitle, stillTaken, type TitlePassed } from "../../ledger/index.ts";
import { done, inKg, refuse } from "../../quantity/index.ts";
import {
  type Agreement,
  decideTakeBack,
  foldMetalAccount,
  otherParty,
  owedAgain,
  type Posting,
  type Returned,
  type TakeBackFigure,
  type TakeBackProposed,
  type TakenBack,
} from "../../settle/index.ts";
import type { NewEntry } from "../core/ports.ts";
import { command, type Scope } from "../core/use-case.ts";
import { titleMayPass } from "../orders/title.ts";
import { carriedTo, notCarriedTo } from "./carry-return.ts";
import { partiesOf } from "./parties.ts";

export const takeBackReturn = command({
  room: "settle",
  verb: "take-back-return",
  summary:
    "Take a wrong return of oxide back: one party proposes it, the same by the other does it. Its matter may be returned anew, and the debt is as it was.",
  input: z.strictObject({
    agreement: AgreementId(),
    lot: LotId().describe("the lot as it was returned"),
    to: AgreementId()
      .optional()
      .describe("the agreement it was of: what is taken back is returned under that, whoever's it is now"),
    why: Text.optional().describe("asked of the party that proposes"),
    at: Instant.optional(),
  }),
  example: { agreement: "A-2026-01", lot: "L-OXIDE", why: "another drum was meant" },
  concerns: {
    says: "the two parties of the agreement",
    takes: "two",
    of: async ({ agreement }, records) => partiesOf(await records.get("agreement", agreement)),
  },
  async decide(scope, { agreement, lot, why, to, ...input }) {
    const at = notInFuture(input.at, scope.now);
    if (!at.ok) return at;
    const account = await scope.get("account", agreement);
    const record = await scope.get("agreement", agreement);
    if (!account || !record)
      return refuse("account_unknown", "agreement", `nothing was settled under ${agreement} yet`);
    const { role, party } = scope.actor;
    const terms = record.agreement;
    const returned = account.returns?.[lot];
    const by = { role, party };
    const statement = (await scope.get("lot", lot))?.made_by ?? lot;
    const found = returned && (await whatIsBack(scope, { agreement, returned, at: at.value, statement }));
    const decided = decideTakeBack(returned, {
      ...{ agreement, lot, open: account.taking_back?.[lot], by, why, at: at.value },
      figure: found?.figure ?? { mass_mg: 0, oxide_kg: "0" },
      to,
    });
    if (!decided.ok && decided.refusal.code !== "proposal_differs") return decided;
    const strange =
      to === undefined || !returned
        ? undefined
        : await notCarriedTo(scope, { from: terms, to, oxide: returned.oxide });
    if (strange) return strange;
    const titles =
      found && (await titlesBack(scope, { ...found, agreement, terms, returned, at: at.value, to }));
    if (titles && !titles.ok) return titles;
    if (!decided.ok) return decided;
    const { figure, freed = [], owed } = found ?? {};
    if ("proposes" in decided.value) {
      const proposed = {
        state: "proposed" as "proposed" | "accepted",
        accepted_by: otherParty(terms, party),
        ...figure,
      };
      return done({
        entries: [{ kind: "return_take_back_proposed", body: decided.value.proposes }],
        answer: { agreement, lot, ...proposed },
      });
    }
    const accepted: TakeBackProposed = decided.value.accepts;
    const posting = { ...(owed as Posting), reason: accepted.why };
    const folded = foldMetalAccount([...account.postings, posting]);
    if (!folded.ok) return folded;
    const body: TakenBack = { ...accepted, accepted: { by, at: at.value }, freed, posting };
    const passed = (titles?.value ?? []).map((title): NewEntry => ({ kind: "title_passed", body: title }));
    const carried =
      to === undefined || !returned
        ? done([] as NewEntry[])
        : await carriedTo(scope, to, {
            ...{ returned, freed, at: at.value, reason: accepted.why, oxide_kg: posting.oxide_kg },
          });
    if (!carried.ok) return carried;
    return done({
      entries: [{ kind: "return_taken_back", body }, ...passed, ...carried.value],
      answer: {
        ...{ agreement, lot, state: "accepted" as "proposed" | "accepted", ...figure },
        ...{ taken_back: freed, title_passed: passed.length > 0, balances: folded.value.balances },
      },
    });
  },
});

interface Found {
  readonly freed: readonly { readonly lot: string; readonly mass_mg: number }[];
  /** What is owed again; its reason is that of the proposal. */
  readonly owed: Posting;
  readonly figure: TakeBackFigure;
}

/** The matter that is still there as it was returned, and what of the debt it makes. */
async function whatIsBack(
  scope: Scope,
  given: {
    readonly agreement: string;
    readonly returned: Returned;
    readonly at: string;
    readonly statement: string;
  },
): Promise<Found> {
  const { agreement, returned, at, statement } = given;
  const freed = await stillTaken((collection, id) => scope.get(collection, id), {
    ...{ lot: returned.lot, taking: "returned", by: agreement, most_mg: returned.mass_mg },
  });
  const mass_mg = freed.reduce((sum, part) => sum + part.mass_mg, 0);
  const owed = owedAgain(returned, { freed_mg: mass_mg, why: "", at, statement });
  return { freed, owed, figure: { mass_mg, oxide_kg: owed.oxide_kg } };
}

/** The titles that go back with the matter; refused where nothing of it is there as it was. */
async function titlesBack(
  scope: Scope,
  given: Pick<Found, "freed"> & {
    readonly agreement: string;
    readonly terms: Agreement;
    readonly returned: Returned;
    readonly at: string;
    readonly to: string | undefined;
  },
) {
  const { agreement, terms, returned, at, freed, to } = given;
  if (freed.length === 0)
    return refuse(
      "lot_not_held",
      "lot",
      `nothing of ${returned.lot} is there as it was returned: it left, or was reworked; take that step back first (prepare reverse)`,
    );
  const titles: TitlePassed[] = [];
  if (to !== undefined) return done(titles);
  for (const part of returned.title_passed ? freed : []) {
    const lot = await scope.get("lot", part.lot);
    if (!lot) continue;
    if (lot.owner !== terms.parties.supplier) {
      const message = `${lot.id} passed to ${terms.parties.supplier} by the return and is ${lot.owner}'s now`;
      return refuse("owner_differs", "lot", message);
    }
    if (part.mass_mg < lot.mass_mg.best) {
      const message = `${inKg(part.mass_mg)} of ${lot.id} was returned, and its title goes back with it: split that off first`;
      return refuse("split_first", "lot", message, { lot_mg: lot.mass_mg.best });
    }
    const why = `its return under ${agreement} is taken back`;
    const title = decideTitle(lot, { lot: lot.id, to: terms.parties.processor, why, at });
    if (!title.ok) return title;
    const may = await titleMayPass(scope, lot, terms.parties.processor);
    if (!may.ok) return may;
    titles.push(title.value);
  }
  return done(titles);
}
