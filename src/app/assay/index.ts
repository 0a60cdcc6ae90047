import { z } from "zod";
import { type AnySample, visibleReports } from "../../assay/index.ts";
import { PageOf } from "../../contract/fields.ts";
import { LotId, SampleId } from "../../contract/identifiers.ts";
import { done, refuse } from "../../quantity/index.ts";
import { query } from "../core/use-case.ts";
import { bookResults } from "./book-results.ts";
import { consent } from "./consent.ts";
import { controlChart, measureReference, references, registerReference } from "./reference.ts";
import { release, waiting, waitingFor } from "./release.ts";
import { report } from "./report.ts";
import { takeSample } from "./take-sample.ts";

const show = query({
  room: "assay",
  verb: "show",
  summary: "One sample: portions and results; those of two firms once the exchange is complete.",
  input: z.strictObject({ sample: SampleId() }),
  example: { sample: "Y-1" },
  async answer(ports, { sample }) {
    const found = await ports.store.load("sample", sample);
    if (!found) return refuse("sample_unknown", "sample", `no sample ${sample} is on the books`);
    return done(shown(found.record));
  },
});

const list = query({
  room: "assay",
  verb: "list",
  summary: "Samples, with what each waits for.",
  input: z.strictObject({
    state: z.enum(["waiting", "half_reported", "exchanged", "reported", "released"]).optional(),
    purpose: z.enum(["product"]).optional().describe("samples of products alone"),
    lot: LotId().optional(),
    ...PageOf,
  }),
  example: { state: "waiting" as const, limit: 20 },
  async answer(ports, { after, limit, ...filter }) {
    const where = Object.fromEntries(
      Object.entries(filter).filter((e): e is [string, string] => e[1] !== undefined),
    );
    const page = await ports.store.list({
      collection: "sample",
      limit,
      where,
      ...(after === undefined ? {} : { after }),
    });
    return done({
      items: page.items.map((i) => shown(i.record)),
      ...(page.next ? { next: page.next } : {}),
    });
  },
});

/** A sample as either party may see it, with who has reported and who has not. A product's results hide from nobody. */
function shown(sample: AnySample) {
  const reported: string[] = Object.keys(sample.reports);
  const waits_for = waitingFor(sample).flatMap((w) => (w.for === "report" ? [w.side] : []));
  return sample.purpose === "product"
    ? { ...sample, reported, waits_for }
    : { ...sample, reports: visibleReports(sample), reported, waits_for };
}

export const assayUseCases = [
  takeSample,
  report,
  release,
  consent,
  bookResults,
  show,
  list,
  waiting,
  registerReference,
  measureReference,
  references,
  controlChart,
] as const;
