import { madeOf, type Product } from "../chemistry/index.ts";
import {
  done,
  inKg,
  type Measured,
  mulDiv,
  type Refusal,
  type Result,
  refuse,
  spread,
} from "../quantity/index.ts";
import type { Agreement } from "./agreement.ts";

/** A lot of oxide that would go back, as far as a return asks. */
export interface Returning {
  readonly lot: string;
  readonly oxide: string;
  readonly owner: string;
  readonly mass_mg: number;
  /** What of it was not returned yet, under any agreement. */
  readonly left_mg: number;
  /** What is to go back; all that is left where it is not said. */
  readonly asked_mg: number | undefined;
}

/** The certificate of analysis that stands for the lot: the digest of its JSON, and what it meets. */
export interface Certified {
  readonly digest: string;
  readonly meets: Readonly<Record<string, "yes" | "no" | "unproven">>;
}

export type ReturnRefusal = Refusal<
  | "already_returned"
  | "mass_exceeds_lot"
  | "mass_not_positive"
  | "split_first"
  | "owner_differs"
  | "certificate_differs"
  | "specification_not_met"
>;

/**
 * Decides what of an oxide lot goes back and whether its title passes by it (SPEC S41 to S44): each gram once, down its descent,
 * of the supplier's own metal or of the processor's, as the terms ask of its quality.
 */
export function decideReturn(
  returning: Returning,
  terms: Agreement,
  given: { readonly certified: Certified | undefined; readonly certificate: string | undefined },
): Result<{ readonly mass_mg: number; readonly title_passes: boolean }, ReturnRefusal> {
  const { lot, owner, left_mg } = returning;
  const mass_mg = returning.asked_mg ?? left_mg;
  const numbers = { left_mg };
  if (left_mg <= 0)
    return refuse(
      "already_returned",
      "lot",
      `all of ${lot}, or what it was made of, was returned before; where that was under the wrong agreement, both carry it over (settle take-back-return, to)`,
      numbers,
    );
  if (mass_mg <= 0) return refuse("mass_not_positive", "mass", "a return takes something");
  if (mass_mg > left_mg)
    return refuse("mass_exceeds_lot", "mass", `${left_mg} mg of ${lot} are not returned yet`, numbers);
  const { supplier, processor } = terms.parties;
  const title_passes = owner === processor;
  if (title_passes && mass_mg < returning.mass_mg) {
    const message = `${lot} is ${processor}'s, and its title passes by the return: split ${inKg(mass_mg)} off (prepare step, kind split; the parts stay ${returning.oxide}) and return that part`;
    return refuse("split_first", "mass", message, { lot_mg: returning.mass_mg });
  }
  if (!title_passes && owner !== supplier) {
    const message = `${lot} is ${owner}'s: ${processor} returns its own oxide or ${supplier}'s`;
    return refuse("owner_differs", "lot", message);
  }
  return unfit(returning, terms, given) ?? done({ mass_mg, title_passes });
}

/** However wide the doubt of the books, a return may weigh so much more than its metal makes. */
const MOST_BEYOND_METAL = 0.01;
const DOUBTS = 2;

export interface Credited {
  readonly credited_mg: number;
  /** Why that is less than its mass. */
  readonly why?: string;
}

/**
 * What a return is credited with (S41): its mass, unless what the books hold of its own metal makes less of the oxide than it weighs,
 * by more than two standard uncertainties or a hundredth; then what its metal makes.
 */
export function creditedFor(
  product: Product,
  lot: { readonly mass_mg: Measured; readonly elements_mg: Readonly<Record<string, Measured>> },
  mass_mg: number,
): Credited {
  const [makes, whole] = [madeOf(product, lot), lot.mass_mg.best];
  const short = whole - makes.best;
  if (short <= Math.min(DOUBTS * spread(makes), MOST_BEYOND_METAL * whole)) return { credited_mg: mass_mg };
  const credited_mg = Math.min(mass_mg, mulDiv(Math.max(0, Math.round(makes.best)), mass_mg, whole, "down"));
  const why = `its ${product.elements.join(" and ")} makes ${inKg(credited_mg)} of ${product.product}, of ${inKg(mass_mg)} that it weighs`;
  return { credited_mg, why };
}

function unfit(
  { lot, oxide }: Returning,
  terms: Agreement,
  {
    certified,
    certificate,
  }: { readonly certified: Certified | undefined; readonly certificate: string | undefined },
) {
  if (certificate !== undefined && certificate !== certified?.digest) {
    const stands = certified ? `the one that stands is ${certified.digest}` : "none stands";
    return refuse(
      "certificate_differs",
      "certificate",
      `${lot} has no such certificate of analysis: ${stands}`,
    );
  }
  const asked = terms.elements.find((element) => element.oxide === oxide)?.specification;
  if (asked === undefined || certified?.meets[asked] === "yes") return undefined;
  const said = certified?.meets[asked];
  const message = certified
    ? `the certificate of analysis of ${lot} ${said === "no" ? "fails" : "does not prove"} ${asked}, which the terms ask`
    : `the terms ask a certificate of analysis that meets ${asked}; none stands for ${lot}`;
  return refuse("specification_not_met", "lot", message);
}
