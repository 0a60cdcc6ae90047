import { z } from "zod";
import {
  type AnySample,
  type AssayReported,
  decideProductReport,
  decideReport,
  isUmpireAccepted,
  type ProductReported,
  type ReportGround,
  type Side,
  wasKnown,
} from "../../assay/index.ts";
import { buildCertificate, type CertificateSuperseded } from "../../certify/index.ts";
import { singleOxide } from "../../chemistry/index.ts";
import { AnalysisLines, IgnitionLoss, TotalOxide } from "../../contract/certificate.ts";
import { Instant, notInFuture, Text } from "../../contract/fields.ts";
import { ElementResults, inUnit, PartyId, SampleId, Sd, saying, titled } from "../../contract/identifiers.ts";
import { productOf } from "../../ledger/index.ts";
import { done, refuse } from "../../quantity/index.ts";
import type { NewEntry } from "../core/ports.ts";
import { command, type Scope } from "../core/use-case.ts";
import { laboratoryDoubts } from "../programme/laboratory-doubt.ts";
import { findProduct } from "../programme/products.ts";
import { laboratoryTermsOf } from "./laboratory-terms.ts";
import { ReportSide } from "./release.ts";
import { firmsOfSample, whoseReport } from "./whose.ts";

const Reading = z.union([
  titled(
    z.strictObject({ best: titled(z.number(), "value"), sd: Sd(z.number().min(0)) }),
    "a value with its doubt",
  ),
  titled(z.strictObject({ below: titled(z.number().positive(), "below detection") }), "below detection"),
]);

/** What is reported on a product, and what two firms exchange: neither has the fields of the other. */
const OF_A_PRODUCT = ["results", "analysed_on", "reo_pct", "loi_pct"] as const;
const OF_AN_EXCHANGE = ["mg_per_kg", "moisture_pct"] as const;

const Input = z.strictObject({
  sample: SampleId(),
  side: ReportSide,
  laboratory: PartyId("laboratory"),
  method: Text,
  at: Instant.optional(),
  mg_per_kg: saying(ElementResults(Reading), { "x-expected": true }).optional(),
  moisture_pct: inUnit(
    z.strictObject({ best: titled(z.number(), "value"), sd: Sd(z.number().min(0)) }),
    "%",
  ).optional(),
  results: titled(AnalysisLines.optional(), "a product's results").describe(
    "of a product: the lines of its certificate of analysis",
  ),
  analysed_on: z.iso.date().optional().describe("of a product: the day of the analysis"),
  reo_pct: TotalOxide.optional(),
  loi_pct: IgnitionLoss.optional(),
  corrects: Text.optional().describe("why an earlier report of this side is replaced"),
});
type Input = z.infer<typeof Input>;

export const report = command({
  room: "assay",
  verb: "report",
  summary:
    "Report a laboratory's results for its portion: of two firms, sealed until the other side has reported too; or of a product.",
  input: Input,
  example: {
    sample: "Y-1",
    side: "supplier" as const,
    laboratory: "sample-lab-a",
    method: "ICP-OES after acid digestion",
    mg_per_kg: {
      Nd: { best: 224_600, sd: 900 },
      Pr: { best: 29_900, sd: 150 },
      Dy: { best: 12_960, sd: 80 },
      Tb: { below: 50 },
    },
    moisture_pct: { best: 0.4, sd: 0.02 },
  },
  concerns: {
    says: "the laboratory that reports, or the party of that side; of a product its owner; a correction, the laboratory that reported before",
    of: async ({ sample, side, laboratory }, records) => whoseReport(records, { sample, side, laboratory }),
  },
  async decide(scope, input) {
    const at = notInFuture(input.at, scope.now);
    if (!at.ok) return at;
    return input.side === "product"
      ? reportProduct(scope, input, at.value)
      : reportSide(scope, { ...input, side: input.side }, at.value);
  },
});

async function reportSide(scope: Scope, input: Input & { side: Side }, at: string) {
  const form = wrongForm(input, { has: OF_AN_EXCHANGE, lacks: OF_A_PRODUCT });
  if (form) return form;
  const laboratory = await scope.get("party", input.laboratory);
  if (!laboratory) return unknownLaboratory(input.laboratory);
  const sample = await scope.get("sample", input.sample);
  if (laboratory.kind !== "laboratory" && !(await isOwnFirm(scope, sample, input))) {
    const message = `${laboratory.id} is a ${laboratory.kind}: a side's results are by a laboratory, or its own`;
    return refuse("not_a_laboratory", "laboratory", message);
  }
  const { role, party } = scope.actor;
  const given = { ...input, at, by: { role, party } } as AssayReported;
  const terms = { ...(await laboratoryTermsOf(scope, sample)), ...(await umpireOf(scope, sample, given)) };
  const alone = decideReport(sample, given, terms);
  const decided =
    alone.ok || alone.refusal.code !== "exchange_over"
      ? alone
      : decideReport(sample, given, { ...terms, umpire_called: await umpireCalled(scope, sample) });
  if (!decided.ok) return decided;
  const doubts = await laboratoryDoubts(scope, given, given.mg_per_kg);
  const body: AssayReported = { ...decided.value, ...(doubts ? { doubts } : {}) };
  return done({
    entries: [{ kind: "assay_reported", body }] as NewEntry[],
    answer: { sample: input.sample, side: input.side as Side | "product", superseded: [] as string[] },
  });
}

/** Whether the laboratory is the firm of the side itself; two firms may measure in houses of their own. */
async function isOwnFirm(
  scope: Scope,
  sample: AnySample | undefined,
  { side, laboratory }: { readonly side: Side; readonly laboratory: string },
): Promise<boolean> {
  if (!sample || side === "umpire") return false;
  const firms = await firmsOfSample(scope, sample);
  return firms[side] === laboratory;
}

/** Whether both firms accepted the laboratory as the umpire, or it was known to both before there was anything to decide. */
async function umpireOf(
  scope: Scope,
  sample: AnySample | undefined,
  { side, laboratory }: AssayReported,
): Promise<Pick<ReportGround, "umpire_by" | "umpire_of_both">> {
  if (!sample || sample.purpose === "product") return {};
  const firms = await firmsSettling(scope, sample);
  const accepted = isUmpireAccepted(sample, laboratory, firms);
  if (side !== "umpire") return accepted ? { umpire_of_both: laboratory } : {};
  if (accepted) return { umpire_by: "both" };
  const known = await scope.get("party", laboratory);
  return wasKnown(sample, known?.kind_since ?? known?.registered_at, firms) ? { umpire_by: "register" } : {};
}

/** The two firms of a sample; of one that was drawn before the other was known, those that settled its lot. */
async function firmsSettling(scope: Scope, sample: AnySample) {
  const settled = await scope.get("statement", sample.lot);
  const parties = settled?.sample === sample.sample ? settled.issued.at(-1)?.statement.parties : undefined;
  return parties ?? firmsOfSample(scope, sample);
}

/** Whether the lot's statement waits for the umpire; looked up only where a report would be refused without. */
async function umpireCalled(scope: Scope, sample: AnySample | undefined): Promise<boolean> {
  if (!sample) return false;
  const statements = await scope.get("statement", sample.lot);
  const last = statements?.issued.at(-1)?.statement;
  return statements?.sample === sample.sample && (last?.umpire_due.length ?? 0) > 0;
}

async function reportProduct(scope: Scope, input: Input, at: string) {
  const form = wrongForm(input, { has: OF_A_PRODUCT, lacks: OF_AN_EXCHANGE });
  if (form) return form;
  const analysed = notInFuture(`${input.analysed_on}T00:00:00Z`, scope.now, "analysed_on");
  if (!analysed.ok) return analysed;
  const laboratory = await scope.get("party", input.laboratory);
  if (!laboratory) return unknownLaboratory(input.laboratory);
  if (laboratory.kind !== "laboratory")
    return refuse("not_a_laboratory", "laboratory", `${input.laboratory} is a ${laboratory.kind}`);
  const { role, party } = scope.actor;
  const given = { ...input, at, by: { role, party } } as ProductReported;
  const sample = await scope.get("sample", input.sample);
  const decided = decideProductReport(sample, given);
  if (!decided.ok) return decided;
  const certifiable = await asCertified(scope, sample?.lot, given);
  if (certifiable && !certifiable.ok) return certifiable;
  const superseded =
    given.corrects === undefined ? [] : await certifiedOn(scope, input.sample, given.corrects, at);
  return done({
    entries: [
      { kind: "product_reported", body: decided.value },
      ...superseded.map((body) => ({ kind: "certificate_superseded", body })),
    ] as NewEntry[],
    answer: {
      sample: input.sample,
      side: input.side as Side | "product",
      superseded: superseded.map((body) => body.lot),
    },
  });
}

/** What a certificate of analysis of these results would be refused for is said to the laboratory that can put it right. */
async function asCertified(scope: Scope, id: string | undefined, report: ProductReported) {
  const lot = id === undefined ? undefined : await scope.get("lot", id);
  const oxide = lot && productOf(lot);
  if (!lot || oxide === undefined) return undefined;
  const defined = singleOxide(oxide) ? undefined : await findProduct(scope, oxide);
  const { sample, laboratory, method, analysed_on, results, reo_pct, loi_pct } = report;
  return buildCertificate({
    ...{ lot: lot.id, oxide, sample, laboratory, method, analysed_on, results },
    ...(reo_pct === undefined ? {} : { reo_pct }),
    ...(loi_pct === undefined ? {} : { loi_pct }),
    ...(defined ? { product: defined } : {}),
    ...{
      net_mass_mg: lot.opened.mass_mg.best,
      made_on: lot.opened.at.slice(0, 10),
      convention: "full_limit",
    },
    ...{ approved_by: report.by.role, sample_programme: false, check: [] },
  });
}

const unknownLaboratory = (laboratory: string) =>
  refuse("party_unknown", "laboratory", `no party ${laboratory} is registered`);

function wrongForm(
  input: Input,
  form: { readonly has: readonly (keyof Input)[]; readonly lacks: readonly (keyof Input)[] },
) {
  const strange = form.lacks.find((field) => input[field] !== undefined);
  if (strange !== undefined) {
    const message = `a report of the side "${input.side}" has ${form.has.join(", ")}, not ${strange}`;
    return refuse("field_unknown", strange, message);
  }
  const asked: readonly (keyof Input)[] =
    input.side === "product" ? ["results", "analysed_on"] : ["mg_per_kg"];
  const missing = asked.find((field) => input[field] === undefined);
  return missing === undefined
    ? undefined
    : refuse("input_malformed", missing, `${missing}: a report of the side "${input.side}" has it`);
}

/** What stands on the report that is corrected: its certificates of analysis are superseded with it (Y16). */
async function certifiedOn(scope: Scope, sample: string, why: string, at: string) {
  const carried = (await scope.get("sample_certificates", sample))?.carried ?? {};
  const superseded: CertificateSuperseded[] = [];
  for (const lot of [...new Set(Object.values(carried))].sort()) {
    const certificate = await scope.get("certificate", lot);
    if (certificate?.certificate.sample !== sample || certificate.superseded) continue;
    superseded.push({ lot, sample, why, at });
  }
  return superseded;
}
