import { lotsOfProductSample, type ProductSample } from "../../assay/index.ts";
import {
  buildCertificate,
  type Certificate,
  type CertificateSuperseded,
  certificateStands,
  isNewer,
} from "../../certify/index.ts";
import { type Lot, preservesMatter } from "../../ledger/index.ts";
import type { Scope } from "../core/use-case.ts";

/** Lots looked at below those that were sampled; a drum is not divided into more. */
const LOTS_MAX = 1000;

/**
 * Certificates of analysis that say "yes" where newer results of the same matter say "no": from the release of those on they stand no
 * more, whether anybody certifies on them or not (certify C64). Newer results that say the same leave them as they are.
 */
export async function overtakenBy(
  scope: Scope,
  sample: ProductSample,
  at: string,
): Promise<CertificateSuperseded[]> {
  const report = sample.reports.product;
  if (!report) return [];
  const found: CertificateSuperseded[] = [];
  for await (const { id } of lotsOf(scope, sample)) {
    const record = await scope.get("certificate", id);
    const mine = { sample: sample.sample, drawn_at: sample.at, report_at: report.at };
    if (!record || !certificateStands(record) || !record.rests_on?.drawn_at) continue;
    const { sample: older, drawn_at, report_at } = record.rests_on;
    if (!isNewer(mine, { sample: older, drawn_at, report_at })) continue;
    const failed = saysNo(record.certificate, report);
    if (failed === undefined) continue;
    const why = `${sample.sample}, drawn later, does not meet ${failed}`;
    found.push({ lot: id, sample: older, why, at });
  }
  return found;
}

/** The first specification that a certificate of analysis says is met, and these results say is not. */
function saysNo(certificate: Certificate, report: NonNullable<ProductSample["reports"]["product"]>) {
  const { kind: _kind, version: _version, purity: _purity, specifications, ...facts } = certificate;
  const { reo_pct: _reo, loi_pct: _loi, ...same } = facts;
  const met = specifications.filter(({ meets }) => meets === "yes").map((spec) => spec.specification);
  const { results, reo_pct, loi_pct } = report;
  const again = buildCertificate({
    ...{ ...same, results, check: met },
    ...(reo_pct === undefined ? {} : { reo_pct }),
    ...(loi_pct === undefined ? {} : { loi_pct }),
  });
  return again.ok ? again.value.specifications.find(({ meets }) => meets === "no")?.specification : undefined;
}

/** The lots of a sample, and what was only divided off or repacked from them after it was drawn. */
async function* lotsOf(scope: Scope, sample: ProductSample): AsyncGenerator<Lot> {
  const open = [...lotsOfProductSample(sample)];
  const seen = new Set(open);
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    const lot = await scope.get("lot", id);
    if (!lot) continue;
    yield lot;
    for (const child of lot.children) {
      if (seen.has(child) || seen.size > LOTS_MAX) continue;
      const made_by = (await scope.get("lot", child))?.made_by;
      const step = made_by === undefined ? undefined : await scope.get("step", made_by);
      if (!step || Date.parse(step.at) < Date.parse(sample.at) || !preservesMatter(step, [lot])) continue;
      seen.add(child);
      open.push(child);
    }
  }
}
