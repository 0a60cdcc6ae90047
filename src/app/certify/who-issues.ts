import type { PassportRecord } from "../../certify/index.ts";
import type { Lot } from "../../ledger/index.ts";
import { done, type Refusal, type Result, refuse } from "../../quantity/index.ts";
import type { Scope } from "../core/use-case.ts";

type Allowed = Result<true, Refusal<"party_differs">>;

/** Until sign-in an actor that is not stated is the machine's owner, who may do what concerns any one party. */
const isStated = ({ party }: Scope["actor"]): boolean => party !== "unstated";

/** The party at whose site a lot was made. */
async function makerOf(scope: Scope, lot: Lot | undefined): Promise<string[]> {
  const step = lot && (await scope.get("step", lot.made_by));
  const site = step && (await scope.get("site", step.site));
  return site ? [site.party] : [];
}

/**
 * Its owner, or the party at whose site it was made, issues the passport of a lot; nobody does so in another's name. A part of what
 * a passport describes gets one from whoever issued that one, whoever owns the part since (C12).
 */
export async function mayIssue(
  scope: Scope,
  given: {
    readonly lot: Lot;
    readonly issuer: string;
    /** The key that it signs with, where it is to sign. */
    readonly key?: string;
    readonly mother?: PassportRecord | undefined;
  },
): Promise<Allowed> {
  const { lot, issuer, key, mother } = given;
  if (mother) {
    // Who issued older ones is not on the books: it is taken to be who made what they describe.
    const may = mother.issued_by
      ? [mother.issued_by]
      : await makerOf(scope, await scope.get("lot", mother.lot));
    if (!may.includes(issuer))
      return refuse(
        "party_differs",
        "issuer",
        `${lot.id} is a part of what ${mother.passport} describes: ${may.join(" or ")}, who issued that, issues its passport, or revokes ${mother.passport} first`,
      );
    if (mother.signed_by !== undefined && key !== undefined && mother.signed_by !== key)
      return refuse(
        "party_differs",
        "issuer",
        `${mother.passport} was signed by ${mother.signed_by}, a key that ${issuer} no longer has: a buyer would not take another key for its word; revoke ${mother.passport} first`,
      );
  }
  const may = [lot.owner, ...(await makerOf(scope, lot))];
  if (!mother && !may.includes(issuer))
    return refuse(
      "party_differs",
      "issuer",
      `the passport of ${lot.id} is issued by ${[...new Set(may)].join(" or ")}`,
    );
  if (isStated(scope.actor) && scope.actor.party !== issuer)
    return refuse("party_differs", "actor", `${scope.actor.party} cannot issue in the name of ${issuer}`);
  return done(true);
}

/** Who issued a passport revokes it; of older ones, who issued them is not on the books, and the lot's owner or maker does. */
export async function mayRevoke(scope: Scope, passport: PassportRecord): Promise<Allowed> {
  if (!isStated(scope.actor)) return done(true);
  const { party } = scope.actor;
  const { issued_by } = passport;
  if (issued_by !== undefined)
    return party === issued_by
      ? done(true)
      : refuse(
          "party_differs",
          "actor",
          `${passport.passport} was issued by ${issued_by}, who alone revokes it`,
        );
  const lot = await scope.get("lot", passport.lot);
  if (!lot) return done(true);
  const may = await mayIssue(scope, { lot, issuer: party });
  return may.ok
    ? may
    : refuse("party_differs", "actor", `${party} neither owns nor made what ${passport.passport} describes`);
}
