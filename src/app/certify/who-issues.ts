import type { PassportRecord } from "../../certify/index.ts";
import type { Lot } from "../../ledger/index.ts";
import { done, type Refusal, type Result, refuse } from "../../quantity/index.ts";
import type { Reads } from "../core/concerns.ts";

type Get = Pick<Reads, "get">;

/** Its owner, or the party at whose site it was made. */
async function whoIssues(records: Get, lot: Lot): Promise<readonly string[]> {
  return [lot.owner, ...(await makerOf(records, lot))];
}

/** The party at whose site a lot was made. */
async function makerOf({ get }: Get, lot: Lot | undefined): Promise<readonly string[]> {
  const step = lot && (await get("step", lot.made_by));
  const site = step && (await get("site", step.site));
  return site ? [site.party] : [];
}

/**
 * Its owner, or the party at whose site it was made, issues the passport of a lot; nobody does so in another's name, which is asked
 * of every command alike. A part of what a passport describes gets one from whoever issued that one, whoever owns the part since (C12).
 */
export async function mayIssue(
  records: Get,
  given: {
    readonly lot: Lot;
    readonly issuer: string;
    /** The key that it signs with, where it is to sign. */
    readonly key?: string;
    readonly mother?: PassportRecord | undefined;
  },
): Promise<Result<true, Refusal<"party_differs">>> {
  const { lot, issuer, key, mother } = given;
  if (!mother) {
    const may = await whoIssues(records, lot);
    if (may.includes(issuer)) return done(true);
    const who = [...new Set(may)].join(" or ");
    return refuse("party_differs", "issuer", `the passport of ${lot.id} is issued by ${who}`);
  }
  // Who issued older ones is not on the books: it is taken to be who made what they describe.
  const may = mother.issued_by
    ? [mother.issued_by]
    : await makerOf(records, await records.get("lot", mother.lot));
  if (!may.includes(issuer))
    return refuse(
      "party_differs",
      "issuer",
      `${lot.id} is a part of what ${mother.passport} describes: ${may.join(" or ")}, who issued that, issues its passport, or revokes ${mother.passport} first`,
    );
  if (key !== undefined && !(await isSameHand(records, mother.signed_by, key, issuer)))
    return refuse(
      "party_differs",
      "issuer",
      `${mother.passport} was signed by ${mother.signed_by}, a key that ${issuer} no longer has: a buyer would not take another key for its word; revoke ${mother.passport} first`,
    );
  return done(true);
}

/** The same key, or one that the issuer had before it. */
async function isSameHand(
  records: Get,
  before: string | undefined,
  key: string,
  issuer: string,
): Promise<boolean> {
  if (before === undefined || before === key) return true;
  return (await records.get("signing_key", before))?.party === issuer;
}

/** Who issued a passport revokes it; of older ones, who issued them is not on the books, and the lot's owner or maker does. */
export async function whoRevokes(records: Get, id: string): Promise<readonly (string | undefined)[]> {
  const passport = await records.get("passport", id);
  if (passport?.issued_by !== undefined) return [passport.issued_by];
  const lot = passport && (await records.get("lot", passport.lot));
  return lot ? whoIssues(records, lot) : [];
}
