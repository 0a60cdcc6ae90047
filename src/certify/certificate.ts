import type { Product } from "../chemistry/index.ts";
import { done, type Refusal, type Result, refuse } from "../quantity/index.ts";
import {
  type Analysed,
  type AnalysisRefusal,
  type Convention,
  namedTwice,
  type Reading,
  readAnalysis,
  readAnalyte,
  reportedTwice,
} from "./analysis.ts";
import { basisOf, certifiedProduct, impuritiesOf } from "./certified-product.ts";
import {
  checkSpecification,
  findSpecification,
  isPercent,
  type SpecificationCheck,
} from "./specification.ts";
import { partsAboveWhole } from "./whole.ts";

/** A certificate of analysis, by role and not by name. */
export interface Certificate {
  readonly kind: "certificate_of_analysis";
  /** From 2 on it rests on released results of a registered sample, and says how likely each yes is false. */
  readonly version?: 2;
  readonly lot: string;
  /** The id of its product; of a single oxide, its formula. */
  readonly oxide: string;
  /** What the product is, as it was defined; absent for a single oxide. */
  readonly product?: Product;
  readonly net_mass_mg: number;
  readonly sample: string;
  readonly sampled_on?: string;
  readonly laboratory: string;
  readonly method: string;
  readonly convention: Convention;
  readonly results: readonly Reading[];
  readonly purity: Analysed;
  readonly reo_pct?: string;
  readonly loi_pct?: string;
  readonly made_on: string;
  readonly analysed_on: string;
  readonly approved_by: string;
  readonly specifications: readonly SpecificationCheck[];
  readonly sample_programme: boolean;
}

export interface CertificateInput
  extends Omit<Certificate, "kind" | "version" | "purity" | "specifications"> {
  readonly check: readonly string[];
}

export type CertificateRefusal =
  | AnalysisRefusal
  | Refusal<
      | "oxide_unreadable"
      | "own_oxide_listed"
      | "specification_unknown"
      | "percent_out_of_range"
      | "parts_exceed_whole"
      | "mass_not_positive"
    >;

/** Builds a certificate: purity by difference on total rare-earth oxide, and every specification asked for. */
export function buildCertificate(input: CertificateInput): Result<Certificate, CertificateRefusal> {
  const { check, ...facts } = input;
  const product = certifiedProduct(input);
  if (!product)
    return refuse(
      "oxide_unreadable",
      "oxide",
      `${input.oxide} is neither a single oxide nor a product defined`,
    );
  if (input.net_mass_mg <= 0)
    return refuse("mass_not_positive", "net_mass", "a certified lot weighs something");
  const [only, ...more] = product.elements;
  const own = input.results.findIndex((r) => readAnalyte(r.analyte)?.metal === only);
  // Of several elements each is reported: their ratio is part of what is certified (C41).
  if (own >= 0 && more.length === 0)
    return refuse(
      "own_oxide_listed",
      `results[${own}]`,
      `${input.oxide} is the product; list its impurities`,
    );
  for (const field of ["reo_pct", "loi_pct"] as const) {
    const text = input[field];
    if (text !== undefined && !isPercent(text))
      return refuse("percent_out_of_range", field, `${text.slice(0, 30)} is not a percentage`);
  }
  // Of a product of several elements its own lines are none of the impurities, and say what it is made of.
  const twice = product.elements.length > 1 ? reportedTwice(input.results) : undefined;
  if (twice) return namedTwice(twice);
  const purity = readAnalysis({
    basis: basisOf(input),
    results: impuritiesOf(input),
    convention: input.convention,
  });
  if (!purity.ok) return purity;
  const above = partsAboveWhole(input);
  if (above) return refuse("parts_exceed_whole", "results", above);
  const plain: Certificate = {
    kind: "certificate_of_analysis",
    version: 2,
    ...facts,
    purity: purity.value,
    specifications: [],
  };
  const specifications: SpecificationCheck[] = [];
  for (const [i, id] of check.entries()) {
    const spec = findSpecification(id);
    if (!spec) return refuse("specification_unknown", `check[${i}]`, `no specification ${id} is known`);
    specifications.push(checkSpecification(plain, spec));
  }
  return done({ ...plain, specifications });
}
