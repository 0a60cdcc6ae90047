import { leastMass_mg, metalFraction, type Product } from "../chemistry/index.ts";
import { done, type Refusal, type Result, refuse } from "../quantity/index.ts";
import type { PassportIssued, PassportRecord } from "./entries.ts";
import { carriesNone, type NoClaim } from "./no-claim.ts";
import type { Claims } from "./passport.ts";

/** Sums of floats that should be whole may lie this far below. */
const FLOAT_ROUNDING = 1e-6;

export type PassportRefusal = Refusal<
  | "passport_name_taken"
  | "passport_unknown"
  | "already_revoked"
  | "lot_unknown"
  | "lot_not_on_hand"
  | "certificate_missing"
  | "certificate_superseded"
  | "mass_differs"
  | "nothing_to_claim"
  | "passport_exists"
  | "already_promised"
  | "claim_exceeds_feed"
>;

interface Feed {
  readonly measured: Readonly<Record<string, { readonly best: number }>>;
  readonly claimed: Readonly<Record<string, number>>;
}

export interface IssueAsked {
  readonly before: PassportRecord | undefined;
  readonly current: PassportRecord | undefined;
  readonly body: Omit<PassportIssued, "feeds_mg" | "part_of">;
  readonly product: Product;
  readonly shares_mg: Claims;
  readonly feeds: ReadonlyMap<string, Feed>;
  /** What is too doubtful to be claimed (C45). */
  readonly no_claim?: readonly NoClaim[];
  /** What passports have claimed of the lot's matter, by passport. */
  readonly claimed_mg: Readonly<Record<string, number>>;
  /** The passport that claimed all of it, and what its parts have not claimed of its claims. */
  readonly mother: { readonly passport: string; readonly left_mg: Claims } | undefined;
}

/**
 * Decides the claims of a passport for a whole lot: what the steps attributed to each feed of its elements, bounded by what
 * the product can hold. Refused where a feed would be over-claimed (law 4); by construction it never should be. Of matter that one
 * passport describes already the new one is a part: its claims are inside the other's and are not counted again (C12).
 */
export function decideIssue(asked: IssueAsked): Result<PassportIssued, PassportRefusal> {
  const { before, current, body, mother } = asked;
  if (before) return refuse("passport_name_taken", "passport", `${body.passport} was issued before`);
  if (current && !current.revoked)
    return refuse(
      "passport_exists",
      "lot",
      `${body.lot} has the passport ${current.passport}; revoke it first`,
    );
  const claimed = Object.entries(asked.claimed_mg);
  const whole = mother && asked.claimed_mg[mother.passport] === body.mass_mg;
  if (claimed.length > 0 && !whole)
    return refuse(
      "already_promised",
      "lot",
      `${claimed.map(([passport, mg]) => `${passport} describes ${mg} mg`).join(", ")} of ${body.lot}; revoke them first, or divide off what one of them describes`,
    );
  const claims = claimsOf(asked);
  if (!claims.ok) return claims;
  if (Object.keys(claims.value).length === 0) {
    return refuse(
      "nothing_to_claim",
      "lot",
      (asked.no_claim ?? []).map(({ element, why }) => `${element}: ${why}`).join("; ") ||
        `${body.lot} descends from no settled feed of ${asked.product.elements.join(" or ")}: there is nothing to prove`,
    );
  }
  const part = mother ? { part_of: { passport: mother.passport, mass_mg: body.mass_mg } } : {};
  return done({ ...body, feeds_mg: claims.value, ...part });
}

function claimsOf(asked: IssueAsked): Result<Claims, PassportRefusal> {
  const { product, body, shares_mg, feeds, no_claim = [], mother } = asked;
  const claimed_mg: Record<string, number> = {};
  const feeds_mg: Record<string, Record<string, number>> = {};
  for (const [feed, elements] of Object.entries(shares_mg)) {
    for (const element of product.elements) {
      if (carriesNone(no_claim, feed, element)) continue;
      const inside = mother ? (mother.left_mg[feed]?.[element] ?? 0) : Number.POSITIVE_INFINITY;
      const mg = Math.min(
        elements[element] ?? 0,
        roomFor(product, element, body.mass_mg, claimed_mg),
        inside,
      );
      if (mg <= 0) continue;
      claimed_mg[element] = (claimed_mg[element] ?? 0) + mg;
      const over_mg = mother ? 0 : overClaimed(feeds.get(feed), element, mg);
      if (over_mg > 0)
        return refuse(
          "claim_exceeds_feed",
          `feeds.${feed}`,
          `${mg} mg more of ${element} would be claimed on ${feed}, ${over_mg} mg more than was measured, or agreed on since, in it`,
          { over_mg },
        );
      feeds_mg[feed] = { ...feeds_mg[feed], [element]: mg };
    }
  }
  return done(feeds_mg);
}

/** What of an element still fits: what is claimed already needs its own part of the mass, and all of it together fits into the lot (X31). */
function roomFor(
  product: Product,
  element: string,
  mass_mg: number,
  claimed_mg: Readonly<Record<string, number>>,
): number {
  const left_mg = mass_mg - leastMass_mg(product, claimed_mg);
  return Math.floor((metalFraction(product, element)?.toNumber() ?? 0) * left_mg + FLOAT_ROUNDING);
}

const overClaimed = (known: Feed | undefined, element: string, mg: number): number =>
  (known?.claimed[element] ?? 0) + mg - (known?.measured[element]?.best ?? 0);
