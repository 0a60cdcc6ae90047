import type { Certificate, LimitCheck, SpecificationCheck } from "../../certify/index.ts";
import { showMass } from "../../quantity/index.ts";

/** A certificate of analysis as it is handed out on paper. */
export function printedCertificate(certificate: Certificate, digest: string) {
  const { purity } = certificate;
  return {
    title: "Certificate of analysis",
    subtitle: `${certificate.product?.name ?? certificate.oxide}, lot ${certificate.lot}`,
    sample: certificate.sample_programme,
    sections: [
      {
        fields: [
          ["Net mass", `${showMass(certificate.net_mass_mg, "kg")} kg`],
          ["Purity", `${purity.purity_pct} % (${purity.statement})`],
          ["Sum of impurities", `${purity.sum_mg_per_kg} ± ${purity.u_mg_per_kg} mg/kg (k = 1)`],
          [
            "Total rare-earth oxide",
            certificate.reo_pct === undefined ? "not measured" : `${certificate.reo_pct} %`,
          ],
          [
            "Loss on ignition",
            certificate.loi_pct === undefined ? "not measured" : `${certificate.loi_pct} %`,
          ],
          ["Sample, laboratory", `${certificate.sample}, ${certificate.laboratory}`],
          ["Sampled", certificate.sampled_on ?? "not stated"],
          ["Method", certificate.method],
          ["Made, analysed", `${certificate.made_on}, ${certificate.analysed_on}`],
          ["Approved by", certificate.approved_by],
        ] as const,
      },
      {
        heading: certificate.product ? "Elements and impurities, mg/kg" : "Impurities, mg/kg",
        table: {
          columns: ["Analyte", "Result", "Standard uncertainty"],
          rows: certificate.results.map((r) => [r.analyte, r.mg_per_kg, r.u ?? ""]),
        },
      },
      ...certificate.specifications.map((s) => ({
        heading: headingOf(s),
        table: {
          columns: ["Limit", "Result", "Why", "Likely a false yes"],
          rows: s.checks.map((c) => [c.limit, c.result.replaceAll("_", " "), c.why, falseYes(c)]),
        },
      })),
    ],
    footer: `JSON ${digest.slice(0, 16)}`,
  };
}

const MEETS = { yes: "met", no: "not met", unproven: "not proven" } as const;

function headingOf({ specification, meets, false_yes, decision_rule, doubt_not_stated }: SpecificationCheck) {
  const likely = false_yes === undefined ? "" : `; likely a false yes: ${false_yes}`;
  const unstated = doubt_not_stated
    ? `, without ${doubt_not_stated.join(", ")}, whose doubt is not stated`
    : "";
  return `Specification ${specification}: ${MEETS[meets]} by ${decision_rule ?? "simple acceptance"}${likely}${unstated}`;
}

const falseYes = ({ false_yes, doubt }: LimitCheck): string =>
  doubt === "not_stated" ? "doubt not stated" : (false_yes ?? "");
