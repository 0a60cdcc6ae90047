import { Decimal } from "decimal.js";
import { type Product, readOxide, TRADED_OXIDE } from "../chemistry/index.ts";
import { analyse, type Reading, readAnalyte, readingOf } from "./analysis.ts";
import type { Certificate } from "./certificate.ts";
import { basisOf, checkRatioOf, impuritiesOf } from "./certified-product.ts";
import { anyBeyond, beyondLimit, DECISION_RULE, probabilityText } from "./false-yes.ts";
import { excusedBy, mostOxide, partsBelowWhole } from "./whole.ts";

/** Limits a product is bought on. Analytes are oxides or elements, limits in mg/kg. */
export interface Specification {
  readonly id: string;
  readonly title: string;
  readonly source: string;
  /** Undefined: for any oxide. */
  readonly oxide?: string;
  /** Least oxide over total rare-earth oxide, percent. */
  readonly purity_min_pct: string;
  readonly reo_min_pct?: string;
  readonly loi_max_pct?: string;
  readonly limits: readonly { readonly analyte: string; readonly max_mg_per_kg: string }[];
}

const grade = (id: string, purity_min_pct: string, ppm: string): Specification => ({
  id,
  title: `${id}: at least ${purity_min_pct} % of total rare-earth oxide`,
  source: `arithmetic: other rare earths at most ${ppm} mg/kg of total rare-earth oxide`,
  purity_min_pct,
  limits: [],
});

/** The specifications shipped; a buyer's own are data of the same form. */
export const SPECIFICATIONS: readonly Specification[] = [
  grade("2N5", "99.5", "5000"),
  grade("3N", "99.9", "1000"),
  grade("4N", "99.99", "100"),
  grade("5N", "99.999", "10"),
  {
    id: "GB-Nd2O3-4N",
    title: "Nd2O3 of 4N with limits per impurity",
    source:
      "GB/T 5240-1992 (Nd2O3-04), as read in a public copy; an old edition: take the one agreed with the buyer",
    oxide: "Nd2O3",
    purity_min_pct: "99.99",
    reo_min_pct: "99",
    loi_max_pct: "1.0",
    limits: [
      { analyte: "La2O3", max_mg_per_kg: "10" },
      { analyte: "CeO2", max_mg_per_kg: "30" },
      { analyte: "Pr6O11", max_mg_per_kg: "30" },
      { analyte: "Sm2O3", max_mg_per_kg: "10" },
      { analyte: "Y2O3", max_mg_per_kg: "20" },
      { analyte: "Fe2O3", max_mg_per_kg: "5" },
      { analyte: "SiO2", max_mg_per_kg: "50" },
      { analyte: "CaO", max_mg_per_kg: "100" },
    ],
  },
];

export const findSpecification = (id: string): Specification | undefined =>
  SPECIFICATIONS.find((s) => s.id === id);

export interface LimitCheck {
  readonly limit: string;
  readonly result: "passed" | "failed" | "not_checked";
  readonly why: string;
  /** Where it passed: how likely the value is beyond the limit all the same, by its stated doubt. */
  readonly false_yes?: string;
  /** Where it passed on a reading whose doubt nobody stated. */
  readonly doubt?: "not_stated";
}

export interface SpecificationCheck {
  readonly specification: string;
  readonly meets: "yes" | "no" | "unproven";
  readonly checks: readonly LimitCheck[];
  readonly decision_rule?: string;
  /** Where it is met: how likely at least one limit is not, by the doubts that were stated. */
  readonly false_yes?: string;
  /** Limits met by readings without a stated doubt: nothing of them is in `false_yes`. */
  readonly doubt_not_stated?: readonly string[];
}

/** A check with the probability as a number, until it is printed. */
interface Judged extends LimitCheck {
  readonly p?: number;
}

/**
 * The rare earths a claim on purity must have looked for: all that are traded, except the product's own. Scandium is left
 * out: it is not among the rare earths that GB/T 5240 and its sister specifications list, and no magnet is made with it.
 */
export const mustBeMeasured = (oxide: string, product?: Product): string[] =>
  Object.entries(TRADED_OXIDE)
    .filter(
      ([element, o]) => element !== "Sc" && o !== oxide && !product?.elements.some((e) => e === element),
    )
    .map(([element, o]) => (product?.form === "metal" ? element : o));

type Certified = Pick<Certificate, "oxide" | "product" | "results" | "reo_pct" | "loi_pct">;

/** Checks a certificate limit by limit (C3). Throws nothing on a certificate whose analysis cannot be read: that is not checked. */
export function checkSpecification(certificate: Certified, spec: Specification): SpecificationCheck {
  const checks: Judged[] = [];
  if (spec.oxide !== undefined && spec.oxide !== certificate.oxide) {
    const why = `the specification is for ${spec.oxide}, the lot is ${certificate.oxide}`;
    checks.push({ limit: "product", result: "failed", why });
  }
  checks.push(checkPurity(certificate, spec.purity_min_pct), ...checkRatioOf(certificate));
  const untold = partsBelowWhole(certificate);
  if (untold) checks.push({ limit: "whole", result: "not_checked", why: untold });
  for (const limit of spec.limits) checks.push(checkLimit(certificate, limit));
  if (spec.reo_min_pct !== undefined) {
    const of = { limit: "reo", name: "total rare-earth oxide", given: certificate.reo_pct };
    checks.push(checkPercent(of, { least: spec.reo_min_pct }));
  }
  if (spec.loi_max_pct !== undefined) {
    const of = { limit: "LOI", name: "loss on ignition", given: certificate.loi_pct };
    checks.push(checkPercent(of, { most: spec.loi_max_pct }));
  }
  const thin = checks.some(({ limit, result }) => limit === "reo" && result === "failed")
    ? undefined
    : tooLittleOxide(certificate, spec);
  if (thin) checks.push(thin);
  const has = (result: LimitCheck["result"]) => checks.some((c) => c.result === result);
  const meets = has("failed") ? "no" : has("not_checked") ? "unproven" : "yes";
  return { specification: spec.id, meets, checks: checks.map(printed), ...falseYesOf(checks, meets) };
}

function printed({ p, ...check }: Judged): LimitCheck {
  if (check.result !== "passed") return check;
  return p === undefined ? { ...check, doubt: "not_stated" } : { ...check, false_yes: probabilityText(p) };
}

/** How likely the whole is a false yes (C24). */
function falseYesOf(checks: readonly Judged[], meets: SpecificationCheck["meets"]) {
  if (meets !== "yes") return { decision_rule: DECISION_RULE };
  const unstated = checks.filter(({ p }) => p === undefined).map(({ limit }) => limit);
  return {
    decision_rule: DECISION_RULE,
    false_yes: probabilityText(anyBeyond(checks.flatMap(({ p }) => p ?? []))),
    ...(unstated.length > 0 ? { doubt_not_stated: unstated } : {}),
  };
}

/**
 * Purity passes only where it would even if everything below detection stood at its limit, and fails only where it would even
 * if all of that were absent. Between the two the certificate's convention decides what is printed, never what is proven.
 */
function checkPurity(certificate: Certified, least: string): Judged {
  const purityBy = (convention: "zero" | "full_limit") =>
    analyse({ basis: basisOf(certificate), results: impuritiesOf(certificate), convention });
  const [best, worst] = [purityBy("zero"), purityBy("full_limit")];
  if (!best.ok) return { limit: "purity", result: "not_checked", why: best.refusal.message };
  const most = best.value.purity_pct;
  if (new Decimal(most).lt(least))
    return { limit: "purity", result: "failed", why: `${most} % is below ${least} %` };
  const named = new Set(certificate.results.map((r) => r.analyte));
  const missing = mustBeMeasured(certificate.oxide, certificate.product).filter((o) => !named.has(o));
  if (missing.length > 0)
    return { limit: "purity", result: "not_checked", why: `not measured: ${missing.join(", ")}` };
  const proven = worst.ok ? worst.value.purity_pct : "0";
  if (new Decimal(proven).lt(least)) {
    const why = `between ${proven} % and ${most} %, depending on what is below detection; ${least} % is asked`;
    return { limit: "purity", result: "not_checked", why };
  }
  const why = `at least ${proven} %, with all that is below detection at its limit; ${least} % is asked`;
  const p = impurerThan(certificate, least);
  return { limit: "purity", result: "passed", why, ...(p === undefined ? {} : { p }) };
}

/** That the impurities add up to more than the purity leaves room for; undefined where one was found without a stated doubt. */
function impurerThan(certificate: Certified, least: string): number | undefined {
  const [basis, results] = [basisOf(certificate), impuritiesOf(certificate)];
  const unstated = results.some(
    (line) => (basis !== "TREO" || readAnalyte(line.analyte)?.rareEarth) && doubtOf(line) === undefined,
  );
  const mean = analyse({ basis, results, convention: "half_limit" });
  if (unstated || !mean.ok) return undefined;
  const most = new Decimal(100).minus(least).times(10_000);
  return beyondLimit(most.minus(mean.value.sum_mg_per_kg), new Decimal(mean.value.u_mg_per_kg));
}

/** The doubt of a line: what was stated; below a limit at least that of a rectangle; else nobody knows. */
function doubtOf({ mg_per_kg, u }: Reading): Decimal | undefined {
  const value = readingOf(mg_per_kg);
  const stated = u === undefined ? undefined : readingOf(u)?.amount;
  return value?.below ? Decimal.max(stated ?? 0, value.amount.div(new Decimal(12).sqrt())) : stated;
}

function checkLimit(certificate: Certified, limit: Specification["limits"][number]): Judged {
  const { analyte, max_mg_per_kg } = limit;
  const reading = certificate.results.find((r) => r.analyte === analyte);
  const value = reading && readingOf(reading.mg_per_kg);
  if (!reading || !value) return { limit: analyte, result: "not_checked", why: "not measured" };
  if (value.below && value.amount.gt(max_mg_per_kg)) {
    const why = `found below ${value.amount.toFixed()}, the limit is ${max_mg_per_kg}`;
    return { limit: analyte, result: "not_checked", why };
  }
  if (value.amount.gt(max_mg_per_kg))
    return { limit: analyte, result: "failed", why: `${reading.mg_per_kg} mg/kg is above ${max_mg_per_kg}` };
  const why = `${reading.mg_per_kg} mg/kg is not above ${max_mg_per_kg}`;
  const u = doubtOf(reading);
  // Below a limit that is not above the specification's, all of the rectangle lies inside.
  const p = value.below ? 0 : u && beyondLimit(new Decimal(max_mg_per_kg).minus(value.amount), u);
  return { limit: analyte, result: "passed", why, ...(p === undefined ? {} : { p }) };
}

/** What every grade of an oxide asks of the total rare-earth oxide, percent (GB/T 5240-1992); purity is a part of that alone. */
const GRADED_OXIDE_PCT = "99";

/** An oxide that what else was found in it leaves no room to be, beyond doubt, is of no grade, whatever its purity (C28). */
function tooLittleOxide(certificate: Certified, spec: Specification): LimitCheck | undefined {
  if ((certificate.product?.form ?? "oxide") !== "oxide") return undefined;
  const asked = spec.reo_min_pct ?? GRADED_OXIDE_PCT;
  const most = mostOxide(certificate);
  const { reo_pct } = certificate;
  const told = reo_pct !== undefined && isPercent(reo_pct) ? Number(reo_pct) : 100;
  const pct = Math.min(told, most.pct);
  if (pct + excusedBy(most) >= Number(asked)) return undefined;
  const why = `at most ${Number(pct.toFixed(4))} % of it is rare-earth oxide, by what was found in it; ${asked} % is asked`;
  return { limit: "reo", result: "failed", why };
}

/** Whether text is a percentage such as 99.6; totals may read slightly above 100 (C2). */
export const isPercent = (text: string): boolean =>
  /^\d{1,3}(\.\d{1,6})?$/.test(text) && Number(text) <= 100.5;

function checkPercent(
  { limit, name, given }: { limit: string; name: string; given: string | undefined },
  asked: { least: string } | { most: string },
): LimitCheck {
  if (given === undefined) return { limit, result: "not_checked", why: `${name} was not measured` };
  if (!isPercent(given)) return { limit, result: "not_checked", why: `${name} cannot be read` };
  const within = "least" in asked ? new Decimal(given).gte(asked.least) : new Decimal(given).lte(asked.most);
  const why = `${given} % against ${"least" in asked ? `at least ${asked.least}` : `at most ${asked.most}`} %`;
  return { limit, result: within ? "passed" : "failed", why };
}

/** What the metal of a net mass of oxide can weigh at most, mg: stoichiometry of the named oxide. */
export function metalCeiling_mg(oxide: string, mass_mg: number): number | undefined {
  const read = readOxide(oxide);
  return read.ok ? read.value.metalFraction.times(mass_mg).toNumber() : undefined;
}

/** The metal of an oxide; of what is no oxide of one metal, the name itself, which nothing can be claimed of. */
export function metalOf(oxide: string): string {
  const read = readOxide(oxide);
  return read.ok ? read.value.metal : oxide;
}
