import type { Lot } from "../../ledger/index.ts";
import { done, type Refusal, type Result, refuse } from "../../quantity/index.ts";
import type { Reads } from "../core/concerns.ts";

type Get = Pick<Reads, "get">;

/** Its owner, or the party at whose site it was made. */
async function whoIssues({ get }: Get, lot: Lot): Promise<readonly string[]> {
  const step = await get("step", lot.made_by);
  const site = step && (await get("site", step.site));
  return [lot.owner, ...(site ? [site.party] : [])];
}

/** The passport of a lot is issued by who may; nobody does so in another's name, which is asked of every command alike (C12). */
export async function mayIssue(
  records: Get,
  { lot, issuer }: { lot: Lot; issuer: string },
): Promise<Result<true, Refusal<"party_differs">>> {
  const may = await whoIssues(records, lot);
  return may.includes(issuer)
    ? done(true)
    : refuse(
        "party_differs",
        "issuer",
        `the passport of ${lot.id} is issued by ${[...new Set(may)].join(" or ")}`,
      );
}

/** Who issued a passport revokes it; of older ones, who issued them is not on the books, and the lot's owner or maker does. */
export async function whoRevokes(records: Get, id: string): Promise<readonly (string | undefined)[]> {
  const passport = await records.get("passport", id);
  if (passport?.issued_by !== undefined) return [passport.issued_by];
  const lot = passport && (await records.get("lot", passport.lot));
  return lot ? whoIssues(records, lot) : [];
}
