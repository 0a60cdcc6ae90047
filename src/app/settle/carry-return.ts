import { Decimal } from "decimal.js";
import { done, refuse } from "../../quantity/index.ts";
import { type Agreement, foldMetalAccount, type Posting, type Returned } from "../../settle/index.ts";
import type { NewEntry } from "../core/ports.ts";
import type { Scope } from "../core/use-case.ts";

/** What is returned no more under one agreement. */
interface Carried {
  readonly returned: Returned;
  readonly freed: readonly { readonly lot: string; readonly mass_mg: number }[];
  readonly oxide_kg: string;
  readonly at: string;
  readonly reason: string;
}

/** Whether a return can be carried to another agreement of the same two parties: the oxide is owed or credited there (S61). */
export async function notCarriedTo(
  scope: Scope,
  given: { readonly from: Agreement; readonly to: string; readonly oxide: string },
) {
  const { from, to, oxide } = given;
  if (to === from.id) return refuse("nothing_changed", "to", `it is returned under ${to} already`);
  const record = await scope.get("agreement", to);
  if (!record) return refuse("agreement_unknown", "to", `no agreement ${to} is on the books`);
  const { supplier, processor } = record.agreement.parties;
  if (supplier !== from.parties.supplier || processor !== from.parties.processor)
    return refuse("agreement_of_others", "to", `${to} is between ${supplier} and ${processor}`);
  const account = await scope.get("account", to);
  if (!account) return refuse("account_unknown", "to", `nothing was settled under ${to} yet`);
  return account.balances.some((balance) => balance.oxide === oxide)
    ? undefined
    : refuse("product_differs", "to", `${oxide} is not among what is owed under ${to}`);
}

/** The same matter returned under the other agreement, wherever it is now; titles stay where they are. */
export async function carriedTo(scope: Scope, to: string, carried: Carried) {
  const { returned, freed, at, reason } = carried;
  const whole_mg = freed.reduce((sum, { mass_mg }) => sum + mass_mg, 0);
  let left = new Decimal(carried.oxide_kg);
  const entries: NewEntry[] = [];
  const postings: Posting[] = [];
  for (const [i, { lot, mass_mg }] of freed.entries()) {
    const share = new Decimal(carried.oxide_kg).times(mass_mg).div(whole_mg).toDecimalPlaces(6);
    const oxide_kg = i === freed.length - 1 ? left : share;
    left = left.minus(oxide_kg);
    const statement = (await scope.get("lot", lot))?.made_by ?? lot;
    const posting: Posting = {
      ...{ at, element: returned.element, oxide: returned.oxide, kind: "debit_returned", lot, statement },
      ...{ oxide_kg: oxide_kg.toFixed(), reason },
    };
    postings.push(posting);
    const title = returned.title_passed ? { title_passed: true as const } : {};
    const body = { agreement: to, postings: [posting], returned: { lot, mass_mg, ...title } };
    entries.push({ kind: "account_posted", body });
  }
  const account = await scope.get("account", to);
  const folded = foldMetalAccount([...(account?.postings ?? []), ...postings]);
  return folded.ok ? done(entries) : folded;
}
