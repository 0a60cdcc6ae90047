import { CLOSURE_K, type Lot } from "../ledger/index.ts";
import { done, type Refusal, type Result, refuse, spread } from "../quantity/index.ts";
import { type Certified, certifiedMetal } from "./certified-metal.ts";
import { certifiedProduct } from "./certified-product.ts";
import type { Trace } from "./descent.ts";
import type { Claims } from "./passport.ts";
import { recoveredShares } from "./provenance.ts";

type Held = Pick<Lot, "mass_mg" | "elements_mg">;

/** A certified lot: what its certificate of analysis states of so much of it, and what the books hold of it. */
export interface CertifiedLot {
  readonly mass_mg: number;
  readonly certificate: Certified;
  readonly held: Held;
}

/** Metal of the product that its certificate of analysis states and that no record brought into the lot. */
export interface Untraced {
  readonly elements: readonly string[];
  readonly mg: number;
  readonly message: string;
}

/** One part in a hundred: by so much the grades themselves let net mass and oxide differ (GB/T 5240-1992). */
const LEAST = 0.01;
/** However wide the doubt, what it excuses is at most a tenth of what is certified: a doubt that excuses all proves nothing. */
const MOST_DOUBT = 0.1;
const MG = 1;

/**
 * Of the product's own elements, what the certificate of analysis states beyond what the books brought into the lot, where that is
 * more than their doubt and more than a hundredth (C25). What the books do not follow they did not bring.
 */
export function untracedMetal({ mass_mg, certificate, held }: CertifiedLot): Untraced[] {
  const part = held.mass_mg.best > 0 ? mass_mg / held.mass_mg.best : 0;
  return certifiedMetal(mass_mg, certificate).flatMap(({ elements, mg: said, sd_mg }) => {
    const amounts = elements.flatMap((element) => held.elements_mg[element] ?? []);
    const books = part * amounts.reduce((sum, { best }) => sum + best, 0);
    const sd = Math.hypot(sd_mg, part * amounts.reduce((sum, amount) => sum + spread(amount), 0));
    const excused = Math.max(LEAST * said, Math.min(CLOSURE_K * sd, MOST_DOUBT * said)) + MG;
    const mg = Math.round(said - books);
    const of = elements.join(" and ");
    const message = `the certificate of analysis states ${Math.round(said)} mg of ${of}, the books brought ${Math.round(books)} ± ${Math.round(sd)} mg: nobody knows where ${mg} mg came from`;
    return said - books > excused ? [{ elements, mg, message }] : [];
  });
}

/** What is claimed of the product's elements, and the metal it is a share of. */
export interface RecycledShare {
  readonly claimed_mg: number;
  /** The metal of the certified product, or what the books hold where that is more. */
  readonly of_mg: number;
  readonly share: number;
}

/**
 * What is claimed over the metal that the certified product holds: net mass times what the certificate of analysis states of it.
 * Where the books hold more, over that: a certificate that states too little makes no share larger (C27).
 */
export function recycledShare(lot: CertifiedLot, claims_mg: Claims): RecycledShare {
  const { mass_mg, certificate, held } = lot;
  const elements = certifiedProduct(certificate)?.elements ?? [];
  const sum = (of: (element: string) => number) =>
    elements.reduce((total, element) => total + of(element), 0);
  const part = held.mass_mg.best > 0 ? mass_mg / held.mass_mg.best : 0;
  const books = part * sum((element) => held.elements_mg[element]?.best ?? 0);
  const certified = certifiedMetal(mass_mg, certificate).reduce((total, { mg }) => total + mg, 0);
  const claimed_mg = Object.values(claims_mg).reduce(
    (total, claim) => total + sum((element) => (Object.hasOwn(claim, element) ? (claim[element] ?? 0) : 0)),
    0,
  );
  const of_mg = Math.max(books, certified);
  return { claimed_mg, of_mg, share: of_mg > 0 ? Math.min(1, claimed_mg / of_mg) : 0 };
}

/** What of the claims is of metal whose consignments state that it was waste, and what is not, or was not stated. */
export interface RecycledMetal {
  readonly recycled_mg: number;
  readonly virgin_mg: number;
  readonly not_stated_mg: number;
  readonly share: number;
}

/**
 * The recycled share by the third form of a passport (C27): of what is claimed on each feed, the part whose consignments state that it
 * was waste. Virgin metal is none, and metal of which nobody stated what it was is not counted.
 */
export function recycledOf(
  lot: CertifiedLot,
  claims_mg: Claims,
  traceOf: (feed: string) => Pick<Trace, "feedstock"> | undefined,
): RecycledMetal {
  const elements = certifiedProduct(lot.certificate)?.elements ?? [];
  let [recycled, virgin, claimed] = [0, 0, 0];
  for (const [feed, claim] of Object.entries(claims_mg)) {
    const feedstock = traceOf(feed)?.feedstock ?? {};
    const recovered = recoveredShares({ feedstock });
    for (const element of elements) {
      const mg = Object.hasOwn(claim, element) ? (claim[element] ?? 0) : 0;
      claimed += mg;
      recycled += mg * Math.min(1, recovered[element] ?? 0);
      virgin += mg * Math.min(1, feedstock[element]?.["virgin"] ?? 0);
    }
  }
  const { of_mg } = recycledShare(lot, claims_mg);
  return {
    recycled_mg: Math.round(recycled),
    virgin_mg: Math.round(virgin),
    not_stated_mg: Math.max(0, Math.round(claimed - recycled - virgin)),
    share: of_mg > 0 ? Math.min(1, recycled / of_mg) : 0,
  };
}

/** As it is printed on a passport. */
export const shareText = (share: number): string => share.toFixed(4);

/** A share that prints so claims next to nothing. */
export const NO_SHARE = shareText(0);

export type ShareRefusal = Refusal<"nothing_to_claim" | "metal_not_traced" | "claim_above_certified">;

/**
 * In words, where more of the product's metal is claimed than its certificate of analysis says there is, beyond its doubt and a tenth
 * (C28): what the books hold of it, the laboratory did not find.
 */
export function claimAboveCertified(lot: CertifiedLot, claims_mg: Claims): string | undefined {
  const certified = certifiedMetal(lot.mass_mg, lot.certificate);
  const [mg, sd] = [
    certified.reduce((sum, part) => sum + part.mg, 0),
    Math.hypot(...certified.map(({ sd_mg }) => sd_mg)),
  ];
  const { claimed_mg } = recycledShare(lot, claims_mg);
  const most = mg + Math.min(CLOSURE_K * sd, MOST_DOUBT * mg) + MOST_DOUBT * claimed_mg + MG;
  return claimed_mg > most
    ? `${claimed_mg} mg is claimed, and its certificate of analysis states ${Math.round(mg)} ± ${Math.round(sd)} mg`
    : undefined;
}

/**
 * What part of its metal a passport claims, or why none can be issued: it would claim next to nothing of it, or rest on metal of which
 * no record tells where it came from (C25, C27).
 */
export function decideShare(lot: string, of: CertifiedLot, claims_mg: Claims): Result<string, ShareRefusal> {
  const { share, claimed_mg, of_mg } = recycledShare(of, claims_mg);
  const text = shareText(share);
  if (text === NO_SHARE)
    return refuse(
      "nothing_to_claim",
      "lot",
      `${claimed_mg} mg would be claimed of the ${Math.round(of_mg)} mg that ${lot} holds as it is certified: next to nothing`,
    );
  const above = claimAboveCertified(of, claims_mg);
  if (above) return refuse("claim_above_certified", "lot", `of ${lot} ${above}: analyse it anew`);
  const [first] = untracedMetal(of);
  if (first)
    return refuse(
      "metal_not_traced",
      "lot",
      `${first.message}. Bring what else went into ${lot} onto the books with its content, or certify it anew`,
    );
  return done(text);
}
