import { z } from "zod";
import {
  type AssayReported,
  decideReport,
  decideSampling,
  type Sample,
  visibleReports,
} from "../../assay/index.ts";
import { Id, Instant, Mass, notInFuture, PageOf, positiveMass, Text } from "../../contract/fields.ts";
import {
  ElementResults,
  inUnit,
  LotId,
  LotOnHandId,
  NewOrMadeId,
  OwnReference,
  PartyId,
  SampleId,
  Sd,
  titled,
} from "../../contract/identifiers.ts";
import { done, refuse } from "../../quantity/index.ts";
import { command, query } from "../core/use-case.ts";
import { controlChart, measureReference, references, registerReference } from "./reference.ts";
import { release, SideField, waiting } from "./release.ts";

const takeSample = command({
  room: "assay",
  verb: "sample",
  summary: "Draw a sample of a lot and divide it into three sealed portions: supplier, processor, umpire.",
  input: z.strictObject({
    sample: NewOrMadeId("sample"),
    lot: LotOnHandId(),
    at: Instant.optional(),
    method: Text.default("increments from each drum, riffled"),
    increments_count: z.number().int().min(1).max(10_000).default(1),
    portions: z
      .array(z.strictObject({ side: SideField, seal: OwnReference(Id, "seal"), mass: Mass }))
      .length(3),
    witnessed_by: z.array(PartyId()).max(10).default([]),
  }),
  example: {
    sample: "Y-1",
    lot: "L-MAGNETS",
    method: "ten increments from each drum, riffled",
    increments_count: 50,
    portions: [
      { side: "supplier" as const, seal: "Y-1", mass: "150 g" },
      { side: "processor" as const, seal: "Y-2", mass: "150 g" },
      { side: "umpire" as const, seal: "Y-3", mass: "150 g" },
    ],
    witnessed_by: ["sample-recycler", "sample-refiner"],
  },
  async decide(scope, input) {
    const at = notInFuture(input.at, scope.now);
    if (!at.ok) return at;
    const portions: { side: z.infer<typeof SideField>; seal: string; mass_mg: number }[] = [];
    for (const [i, { side, seal, mass }] of input.portions.entries()) {
      const mass_mg = positiveMass(mass, `portions[${i}].mass`);
      if (!mass_mg.ok) return mass_mg;
      portions.push({ side, seal, mass_mg: mass_mg.value });
    }
    const sample = input.sample ?? scope.newId("Y-");
    const decided = decideSampling(await scope.get("sample", sample), await scope.get("lot", input.lot), {
      ...input,
      sample,
      at: at.value,
      portions,
    });
    if (!decided.ok) return decided;
    return done({ entries: [{ kind: "sample_taken", body: decided.value }], answer: { sample } });
  },
});

const Reading = z.union([
  titled(
    z.strictObject({ best: titled(z.number(), "value"), sd: Sd(z.number().min(0)) }),
    "a value with its doubt",
  ),
  titled(z.strictObject({ below: titled(z.number().positive(), "below detection") }), "below detection"),
]);

const report = command({
  room: "assay",
  verb: "report",
  summary: "Report a laboratory's results for its portion; sealed until the other side has reported too.",
  input: z.strictObject({
    sample: SampleId(),
    side: SideField,
    laboratory: PartyId("laboratory"),
    method: Text,
    at: Instant.optional(),
    mg_per_kg: ElementResults(Reading),
    moisture_pct: inUnit(
      z.strictObject({ best: titled(z.number(), "value"), sd: Sd(z.number().min(0)) }),
      "%",
    ).optional(),
    corrects: Text.optional().describe("why an earlier report of this side is replaced"),
  }),
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
  async decide(scope, input) {
    const at = notInFuture(input.at, scope.now);
    if (!at.ok) return at;
    if (!(await scope.get("party", input.laboratory))) {
      return refuse("party_unknown", "laboratory", `no party ${input.laboratory} is registered`);
    }
    const decided = decideReport(await scope.get("sample", input.sample), {
      ...input,
      at: at.value,
      by: { role: scope.actor.role, party: scope.actor.party },
    } as AssayReported);
    if (!decided.ok) return decided;
    return done({
      entries: [{ kind: "assay_reported", body: decided.value }],
      answer: { sample: input.sample, side: input.side },
    });
  },
});

const show = query({
  room: "assay",
  verb: "show",
  summary: "One sample: portions, and both sides' results once the exchange is complete.",
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
    state: z.enum(["waiting", "half_reported", "exchanged"]).optional(),
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

/** A sample as either party may see it, with who has reported and who has not. */
function shown(sample: Sample) {
  const reported = Object.keys(sample.reports);
  const waits_for = ["supplier", "processor"].filter((side) => !reported.includes(side));
  return { ...sample, reports: visibleReports(sample), reported, waits_for };
}

export const assayUseCases = [
  takeSample,
  report,
  release,
  show,
  list,
  waiting,
  registerReference,
  measureReference,
  references,
  controlChart,
] as const;
