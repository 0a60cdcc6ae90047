import type { Entry } from "../ledger/index.ts";

interface Line {
  readonly analyte: string;
  readonly mg_per_kg: string;
  readonly u?: string;
}

interface Analysis {
  readonly laboratory: string;
  readonly method: string;
  readonly analysed_on: string;
  readonly results: readonly Line[];
  readonly reo_pct?: string;
  readonly loi_pct?: string;
}

interface OnSample {
  readonly lots: readonly string[];
  report?: Analysis & { readonly at: string };
  released?: boolean;
}

const FIELDS = ["laboratory", "method", "analysed_on", "reo_pct", "loi_pct"] as const;

/** What a line says, however its numbers are written: 22, 22.0 and 2.2e1 are one number, "<5" is a limit. */
const said = ({ analyte, mg_per_kg, u }: Line): string => {
  const number = (text: string | undefined) =>
    text === undefined ? "" : text.startsWith("<") ? `<${Number(text.slice(1))}` : String(Number(text));
  return `${analyte} ${number(mg_per_kg)} ${number(u)}`;
};

/** What certificates of analysis rest on, followed from the drawing of the sample to the release of its results (P49). */
export class AnalysisAuditor {
  private readonly laboratories = new Set<string>();
  private readonly samples = new Map<string, OnSample>();

  take({ kind, body }: Entry): void {
    const sample = this.samples.get(String(body["sample"]));
    if (kind === "party_registered" && body["kind"] === "laboratory")
      this.laboratories.add(String(body["party"] ?? body["id"]));
    if (kind === "product_sample_taken") {
      const parts = (body["composite"] ?? []) as readonly { readonly lot: string }[];
      this.samples.set(String(body["sample"]), {
        lots: [String(body["lot"]), ...parts.map(({ lot }) => lot)],
      });
    }
    if (kind === "product_reported" && sample)
      Object.assign(sample, { report: body as unknown as OnSample["report"], released: false });
    if (kind === "assay_released" && sample && body["side"] === "product")
      sample.released = body["report_at"] === sample.report?.at;
  }

  /** Why a certificate of analysis does not rest on what it says it rests on. */
  whyNot(
    certificate: Partial<Analysis>,
    rests_on: { readonly sample: string; readonly lot: string },
  ): string | undefined {
    const { sample: name, lot } = rests_on;
    const sample = this.samples.get(name);
    if (!sample) return `nobody drew the sample ${name}`;
    if (!sample.lots.includes(lot))
      return `the sample ${name} is of ${sample.lots.join(", ")}, not of ${lot}`;
    const { report, released } = sample;
    if (!report) return `nobody reported on ${name}`;
    if (!this.laboratories.has(report.laboratory))
      return `${name} was analysed by ${report.laboratory}, which is no registered laboratory`;
    const field = FIELDS.find((one) => certificate[one] !== report[one]);
    if (field) return `its ${field} is ${certificate[field]}, reported on ${name} was ${report[field]}`;
    const [mine, theirs] = [certificate.results ?? [], report.results].map((lines) =>
      lines.map(said).sort().join(),
    );
    if (mine !== theirs) return `its results are others than were reported on ${name}`;
    return released ? undefined : `the results of ${name} were not released`;
  }
}
