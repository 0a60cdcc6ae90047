import { z } from "zod";
import { buildCertificate, type Certificate, type CertificateReleased } from "../../certify/index.ts";
import { Id, Instant, notInFuture, Text } from "../../contract/fields.ts";
import {
  Analyte,
  inUnit,
  OwnReference,
  OxideLotId,
  PartyId,
  Role,
  Sd,
  SpecificationId,
  titled,
} from "../../contract/identifiers.ts";
import { done, refuse, showMass } from "../../quantity/index.ts";
import { documentOf, jsonDocument } from "../core/documents.ts";
import { command } from "../core/use-case.ts";

const Percent = inUnit(z.string().regex(/^\d{1,3}(\.\d{1,6})?$/), "%");

export const releaseCertificate = command({
  room: "certify",
  verb: "release",
  summary:
    "Release the certificate of analysis of an oxide lot: purity by difference, specifications, PDF and JSON.",
  input: z.strictObject({
    lot: OxideLotId(),
    sample: OwnReference(Id, "the laboratory's number of its sample"),
    laboratory: PartyId("laboratory"),
    method: Text,
    convention: z.enum(["zero", "half_limit", "full_limit"]),
    results: z
      .array(
        z.strictObject({
          analyte: Analyte(z.string().max(20)),
          mg_per_kg: inUnit(titled(z.string().max(24), "result"), "mg/kg"),
          u: Sd(z.string().max(24)).optional(),
        }),
      )
      .max(100),
    reo_pct: titled(Percent, "total rare-earth oxide").optional(),
    loi_pct: titled(Percent, "loss on ignition").optional(),
    analysed_on: z.iso.date(),
    approved_by: Role(Text).default("approver"),
    check: z.array(SpecificationId()).max(20).default(["4N"]),
    why: Text.optional().describe("why an earlier certificate of this lot is replaced"),
    at: Instant.optional(),
  }),
  example: {
    lot: "L-OXIDE",
    sample: "Q-1",
    laboratory: "sample-lab-a",
    method: "ICP-MS with reaction gas",
    convention: "half_limit" as const,
    results: [
      { analyte: "Pr6O11", mg_per_kg: "22", u: "2" },
      { analyte: "Dy2O3", mg_per_kg: "<1" },
    ],
    reo_pct: "99.6",
    loi_pct: "0.3",
    analysed_on: "2026-03-20",
    approved_by: "approver",
    check: ["4N", "GB-Nd2O3-4N"],
  },
  async decide(scope, { at, why, lot: id, ...input }) {
    const when = notInFuture(at, scope.now);
    if (!when.ok) return when;
    const analysed = notInFuture(`${input.analysed_on}T00:00:00Z`, scope.now, "analysed_on");
    if (!analysed.ok) return analysed;
    const lot = await scope.get("lot", id);
    if (!lot) return refuse("lot_unknown", "lot", `no lot ${id} is on the books`);
    const oxide = lot.notes["oxide"];
    if (oxide === undefined) return refuse("product_differs", "lot", `${id} is not an oxide lot`);
    if (lot.state !== "on_hand") return refuse("lot_not_on_hand", "lot", `${id} is ${lot.state}`);
    const before = await scope.get("certificate", id);
    if (before && why === undefined)
      return refuse("reason_missing", "why", `${id} has a certificate; a new one says why`);
    const owner = await scope.get("party", lot.owner);
    const built = buildCertificate({
      ...input,
      lot: id,
      oxide,
      net_mass_mg: lot.mass_mg.best,
      made_on: lot.opened.at.slice(0, 10),
      sample_programme: owner?.sample ?? false,
    } as Parameters<typeof buildCertificate>[0]);
    if (!built.ok) return built;
    const certificate = built.value;
    const json = jsonDocument(`${id}-certificate-of-analysis.json`, certificate);
    const pdf = documentOf(
      `${id}-certificate-of-analysis.pdf`,
      "application/pdf",
      await scope.ports.printer.pdf(printed(certificate, json.digest)),
    );
    const body: CertificateReleased = {
      lot: id,
      certificate,
      json_digest: json.digest,
      pdf_digest: pdf.digest,
      at: when.value,
      ...(why === undefined ? {} : { why }),
    };
    return done({
      entries: [{ kind: "certificate_released", body }],
      answer: {
        lot: id,
        purity_pct: certificate.purity.purity_pct,
        specifications: certificate.specifications,
        pdf: pdf.digest,
        json: json.digest,
      },
      documents: [json, pdf],
    });
  },
});

function printed(certificate: Certificate, digest: string) {
  const { purity } = certificate;
  return {
    title: "Certificate of analysis",
    subtitle: `${certificate.oxide}, lot ${certificate.lot}`,
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
          ["Method", certificate.method],
          ["Made, analysed", `${certificate.made_on}, ${certificate.analysed_on}`],
          ["Approved by", certificate.approved_by],
        ] as const,
      },
      {
        heading: "Impurities, mg/kg",
        table: {
          columns: ["Analyte", "Result", "Standard uncertainty"],
          rows: certificate.results.map((r) => [r.analyte, r.mg_per_kg, r.u ?? ""]),
        },
      },
      ...certificate.specifications.map((s) => ({
        heading: `Specification ${s.specification}: ${s.meets === "yes" ? "met" : s.meets === "no" ? "not met" : "not proven"}`,
        table: {
          columns: ["Limit", "Result", "Why"],
          rows: s.checks.map((c) => [c.limit, c.result.replaceAll("_", " "), c.why]),
        },
      })),
    ],
    footer: `JSON ${digest.slice(0, 16)}`,
  };
}
