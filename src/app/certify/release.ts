import { z } from "zod";
import type { AnySample } from "../../assay/index.ts";
import {
  buildCertificate,
  type Certificate,
  type CertificateRecord,
  type CertificateReleased,
  compareWithBooks,
  decideRestsOn,
  type ResultsOf,
  type SampleOfProduct,
} from "../../certify/index.ts";
import { singleOxide } from "../../chemistry/index.ts";
import { AnalysisLines, IgnitionLoss, TotalOxide } from "../../contract/certificate.ts";
import { Instant, notInFuture, Text } from "../../contract/fields.ts";
import { OxideLotId, PartyId, Role, SampleId, SpecificationId } from "../../contract/identifiers.ts";
import { type Lot, productOf } from "../../ledger/index.ts";
import { done, refuse } from "../../quantity/index.ts";
import { handsOf } from "../../trust/index.ts";
import { documentOf, jsonDocument } from "../core/documents.ts";
import { notSecond } from "../core/two.ts";
import { command, type Scope } from "../core/use-case.ts";
import { ofLot } from "../core/whose.ts";
import { findProduct } from "../programme/products.ts";
import { madeOn } from "./made-on.ts";
import { printedCertificate } from "./printed-certificate.ts";
import { lotOfSample, samplesOf } from "./same-matter.ts";

const Input = z.strictObject({
  lot: OxideLotId(),
  sample: SampleId({ purpose: "product" }),
  convention: z.enum(["zero", "half_limit", "full_limit"]),
  check: z.array(SpecificationId()).max(20).default(["4N"]),
  approved_by: Role(Text).default("approver"),
  why: Text.optional().describe("why an earlier certificate of this lot is replaced"),
  at: Instant.optional(),
  laboratory: PartyId("laboratory").optional().describe("where stated, as reported; so for all that follows"),
  method: Text.optional(),
  analysed_on: z.iso.date().optional(),
  results: AnalysisLines.optional(),
  reo_pct: TotalOxide.optional(),
  loi_pct: IgnitionLoss.optional(),
});
type Input = z.infer<typeof Input>;

export const releaseCertificate = command({
  room: "certify",
  verb: "release",
  summary:
    "Release the certificate of analysis of an oxide lot from the released results of its sample: purity by difference, specifications, PDF and JSON.",
  input: Input,
  example: {
    lot: "L-OXIDE",
    sample: "Q-1",
    convention: "half_limit" as const,
    approved_by: "approver",
    check: ["4N", "GB-Nd2O3-4N"],
  },
  concerns: {
    says: "the owner of the lot, or the party at whose site it stands",
    of: async ({ lot }, records) => ofLot(records, lot),
  },
  async decide(scope, input) {
    const when = notInFuture(input.at, scope.now);
    if (!when.ok) return when;
    const { lot: id, why } = input;
    const confirms = handsOf.reported(input.sample, "product");
    const alone = await notSecond(scope, { confirms, of: await ofLot(scope, id) });
    if (alone) return alone;
    const { actor } = scope;
    if (actor.verified && input.approved_by !== actor.role)
      return refuse(
        "approver_differs",
        "approved_by",
        `who signed in approves it as ${actor.role}, not as ${input.approved_by}`,
      );
    const lot = await scope.get("lot", id);
    if (!lot) return refuse("lot_unknown", "lot", `no lot ${id} is on the books`);
    const oxide = productOf(lot);
    if (oxide === undefined) return refuse("product_differs", "lot", noProduct(id));
    if (lot.state !== "on_hand") return refuse("lot_not_on_hand", "lot", `${id} is ${lot.state}`);
    const before = await scope.get("certificate", id);
    const found = await restsOn(scope, { input, lot, before, at: when.value });
    if (!found.ok) return found;
    const { report, rests_on, sampled_on } = found.value;
    if (before && why === undefined)
      return refuse("reason_missing", "why", `${id} has a certificate; a new one says why`);
    const owner = await scope.get("party", lot.owner);
    const defined = singleOxide(oxide) ? undefined : await findProduct(scope, oxide);
    const { at: _, ...results } = report;
    const { sample, convention, check, approved_by } = input;
    const built = buildCertificate({
      ...{ lot: id, oxide, net_mass_mg: lot.mass_mg.best, sample, sampled_on, convention, check },
      ...results,
      made_on: await madeOn(scope, lot),
      approved_by,
      sample_programme: owner?.sample ?? false,
      ...(defined ? { product: defined } : {}),
    });
    if (!built.ok) return built;
    const certificate = built.value;
    const documents = await documentsOf(scope, certificate);
    const findings = compareWithBooks(lot, certificate);
    const body: CertificateReleased = {
      lot: id,
      certificate,
      json_digest: documents.json.digest,
      pdf_digest: documents.pdf.digest,
      at: when.value,
      rules: 2,
      rests_on,
      findings,
      ...(why === undefined ? {} : { why }),
    };
    return done({
      entries: [{ kind: "certificate_released", body }],
      answer: {
        lot: id,
        purity_pct: certificate.purity.purity_pct,
        specifications: certificate.specifications,
        findings,
        pdf: body.pdf_digest,
        json: body.json_digest,
      },
      documents: [documents.json, documents.pdf],
    });
  },
});

/** The released report that the certificate of analysis holds, or why it can rest on no such thing (C21). */
async function restsOn(
  scope: Scope,
  given: { input: Input; lot: Lot; before: CertificateRecord | undefined; at: string },
) {
  const { input, lot, before, at } = given;
  const sample = await scope.get("sample", input.sample);
  const speaks_for = sample && (await lotOfSample(scope, lot, sample));
  const carried = (await scope.get("sample_certificates", input.sample))?.carried ?? {};
  const { laboratory, method, analysed_on, results, reo_pct, loi_pct } = input;
  const decided = decideRestsOn({
    lot: lot.id,
    sample: input.sample,
    at,
    known: sample && translated(sample),
    speaks_for,
    carried,
    others: await othersOf(scope, lot, before?.rests_on?.sample),
    stated: {
      ...{ laboratory, method, analysed_on, reo_pct, loi_pct },
      results: results?.map(({ u, ...line }) => (u === undefined ? line : { ...line, u })),
    },
  });
  if (!decided.ok) return decided;
  const report = decided.value;
  return done({
    report,
    rests_on: {
      ...{ sample: input.sample, lot: speaks_for ?? lot.id, report_at: report.at },
      drawn_at: sample?.at ?? at,
    },
    sampled_on: new Date(Date.parse(sample?.at ?? at)).toISOString().slice(0, 10),
  });
}

const noProduct = (id: string) =>
  `${id} is of no product: the step that makes a lot says which it is (outputs[].product)`;

/**
 * Samples that speak for a lot, of which the newest decides: what was released, and what was certified on or corrected, whether its
 * correction is released or not: results are not put aside by waiting.
 */
async function othersOf(scope: Scope, lot: Lot, certified_on: string | undefined): Promise<ResultsOf[]> {
  return (await samplesOf(scope, lot)).flatMap(({ sample, at, reports, released }) => {
    const report = reports.product;
    return report && (released?.product || report.corrects !== undefined || sample === certified_on)
      ? [{ sample, drawn_at: at, report_at: report.at }]
      : [];
  });
}

/** What two firms exchanged of a lot says nothing of a product: it has no results here. */
function translated(sample: AnySample): SampleOfProduct {
  const of = { sample: sample.sample, drawn_at: sample.at };
  if (sample.purpose !== "product" || !sample.reports.product) return of;
  const { at, laboratory, method, analysed_on, results, reo_pct, loi_pct } = sample.reports.product;
  const released = sample.released?.product;
  return {
    ...of,
    report: {
      ...{ at, laboratory, method, analysed_on, results },
      ...(reo_pct === undefined ? {} : { reo_pct }),
      ...(loi_pct === undefined ? {} : { loi_pct }),
    },
    ...(released ? { released_at: released.at } : {}),
  };
}

async function documentsOf(scope: Scope, certificate: Certificate) {
  const name = `${certificate.lot}-certificate-of-analysis`;
  const json = jsonDocument(`${name}.json`, certificate);
  const pages = await scope.ports.printer.pdf(printedCertificate(certificate, json.digest));
  return { json, pdf: documentOf(`${name}.pdf`, "application/pdf", pages) };
}
