import { isElement, isRareEarth, readOxide } from "../chemistry/index.ts";
import { CLOSURE_K, type Lot } from "../ledger/index.ts";
import { spread } from "../quantity/index.ts";
import { readingOf } from "./analysis.ts";
import { type Amount, type Certified, certifiedMetal, totalOxide } from "./certified-metal.ts";

/** What the books say a lot holds and what its certificate of analysis says differ by more than both doubt. */
export interface BooksDiffer {
  readonly code: "books_differ";
  readonly element: string;
  readonly books: Amount;
  readonly certificate: Amount;
  /** How many standard uncertainties they lie apart, signed: above zero the certificate says more. */
  readonly z: number;
  readonly message: string;
}

/** Half a limit, with the doubt of a rectangle, as the books count it. Source: JCGM 100:2008 (GUM), 4.3.7. */
const BELOW = { share: 0.5, sd: 1 / Math.sqrt(12) };

/** Compares element by element what the books follow with what was certified (C25). A milligram may be rounding. */
export function compareWithBooks(
  lot: Pick<Lot, "mass_mg" | "elements_mg">,
  certificate: Certified,
): BooksDiffer[] {
  const certified = certifiedContents(lot.mass_mg.best, certificate);
  const findings: BooksDiffer[] = [];
  for (const [element, said] of certified) {
    const held = lot.elements_mg[element];
    if (!held) continue;
    const books = { mg: held.best, sd_mg: spread(held) };
    const difference = said.mg - books.mg;
    const sd = Math.hypot(books.sd_mg, said.sd_mg);
    if (Math.abs(difference) <= CLOSURE_K * sd + 1) continue;
    findings.push({
      code: "books_differ",
      element,
      books: rounded(books),
      certificate: rounded(said),
      // A milligram is the least doubt of what is kept in whole milligrams.
      z: Number((difference / Math.max(1, sd)).toFixed(1)),
      message: `the books hold ${inMg(books)} of ${element}, the certificate of analysis says ${inMg(said)}`,
    });
  }
  return findings;
}

const rounded = ({ mg, sd_mg }: Amount): Amount => ({ mg: Math.round(mg), sd_mg: Math.round(sd_mg) });
const inMg = (of: Amount): string => {
  const { mg, sd_mg } = rounded(of);
  return `${mg} ± ${sd_mg} mg`;
};

/** What a certificate of analysis says a net mass holds, element by element, in milligrams. */
function certifiedContents(mass_mg: number, certificate: Certified): Map<string, Amount> {
  const contents = new Map<string, Amount>();
  const form = certificate.product?.form ?? "oxide";
  // Of a carbonate or chloride nobody knows the rare-earth oxide in it until it is measured.
  if (form !== "oxide" && form !== "metal" && certificate.reo_pct === undefined) return contents;
  const total = form === "metal" ? 1 : totalOxide(certificate).share;
  for (const { elements, ...amount } of certifiedMetal(mass_mg, certificate)) {
    const [only, ...more] = elements;
    if (only && more.length === 0) contents.set(only, amount);
  }
  for (const { analyte, mg_per_kg, u } of certificate.results) {
    const value = readingOf(mg_per_kg);
    const metal = metalIn(analyte);
    if (!value || !metal || contents.has(metal.element)) continue;
    // A rare earth counts per kilogram of total rare-earth oxide, anything else per kilogram as it is.
    const per = (mass_mg / 1e6) * metal.fraction * (metal.ofTotal ? total : 1);
    const amount = value.amount.toNumber();
    const stated = u === undefined ? undefined : readingOf(u)?.amount.toNumber();
    contents.set(metal.element, {
      mg: per * amount * (value.below ? BELOW.share : 1),
      sd_mg: per * (stated ?? (value.below ? amount * BELOW.sd : 0)),
    });
  }
  return contents;
}

function metalIn(analyte: string): { element: string; fraction: number; ofTotal: boolean } | undefined {
  const oxide = readOxide(analyte);
  if (oxide.ok) {
    const { metal, metalFraction } = oxide.value;
    return { element: metal, fraction: metalFraction.toNumber(), ofTotal: isRareEarth(metal) };
  }
  return isElement(analyte) ? { element: analyte, fraction: 1, ofTotal: false } : undefined;
}
