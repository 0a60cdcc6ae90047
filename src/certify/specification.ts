import { Decimal } from "decimal.js";
import { readOxide, TRADED_OXIDE } from "../chemistry/index.ts";
import { readingOf } from "./analysis.ts";
import type { Certificate } from "./certificate.ts";

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
}

export interface SpecificationCheck {
  readonly specification: string;
  readonly meets: "yes" | "no" | "unproven";
  readonly checks: readonly LimitCheck[];
}

/** The rare earths a claim on purity must have looked for: all that are traded, except the product's own. */
export const mustBeMeasured = (oxide: string): string[] =>
  Object.values(TRADED_OXIDE).filter((o) => o !== oxide && o !== "Sc2O3");

/** Checks a certificate limit by limit (C3). */
export function checkSpecification(certificate: Certificate, spec: Specification): SpecificationCheck {
  const checks: LimitCheck[] = [];
  const add = (limit: string, result: LimitCheck["result"], why: string) =>
    checks.push({ limit, result, why });
  if (spec.oxide !== undefined && spec.oxide !== certificate.oxide) {
    add("product", "failed", `the specification is for ${spec.oxide}, the lot is ${certificate.oxide}`);
  }
  const purity = new Decimal(certificate.purity.purity_pct);
  const unmeasured = mustBeMeasured(certificate.oxide).filter(
    (o) => !certificate.results.some((r) => r.analyte === o),
  );
  const enough = purity.gte(spec.purity_min_pct);
  if (!enough) add("purity", "failed", `${purity.toFixed()} % is below ${spec.purity_min_pct} %`);
  else if (unmeasured.length > 0) add("purity", "not_checked", `not measured: ${unmeasured.join(", ")}`);
  else add("purity", "passed", `${purity.toFixed()} % is at least ${spec.purity_min_pct} %`);
  for (const { analyte, max_mg_per_kg } of spec.limits) {
    const reading = certificate.results.find((r) => r.analyte === analyte);
    const value = reading && readingOf(reading.mg_per_kg);
    if (!reading || !value) add(analyte, "not_checked", "not measured");
    else if (value.below && value.amount.gt(max_mg_per_kg))
      add(analyte, "not_checked", `found below ${value.amount.toFixed()}, the limit is ${max_mg_per_kg}`);
    else if (value.amount.gt(max_mg_per_kg))
      add(analyte, "failed", `${reading.mg_per_kg} mg/kg is above ${max_mg_per_kg}`);
    else add(analyte, "passed", `${reading.mg_per_kg} mg/kg is not above ${max_mg_per_kg}`);
  }
  for (const [name, least] of [["reo", spec.reo_min_pct]] as const) {
    if (least === undefined) continue;
    const given = certificate.reo_pct;
    if (given === undefined) add(name, "not_checked", "total rare-earth oxide was not measured");
    else
      add(
        name,
        new Decimal(given).gte(least) ? "passed" : "failed",
        `${given} % against at least ${least} %`,
      );
  }
  if (spec.loi_max_pct !== undefined) {
    const given = certificate.loi_pct;
    if (given === undefined) add("LOI", "not_checked", "loss on ignition was not measured");
    else
      add(
        "LOI",
        new Decimal(given).lte(spec.loi_max_pct) ? "passed" : "failed",
        `${given} % against at most ${spec.loi_max_pct} %`,
      );
  }
  const meets = checks.some((c) => c.result === "failed")
    ? "no"
    : checks.some((c) => c.result === "not_checked")
      ? "unproven"
      : "yes";
  return { specification: spec.id, meets, checks };
}

/** What the metal of a net mass of oxide can weigh at most, mg: stoichiometry of the named oxide. */
export function metalCeiling_mg(oxide: string, mass_mg: number): number | undefined {
  const read = readOxide(oxide);
  return read.ok ? read.value.metalFraction.times(mass_mg).toNumber() : undefined;
}
