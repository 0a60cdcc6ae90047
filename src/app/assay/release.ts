import { z } from "zod";
import { type AnySample, type By, decideRelease, releasesOf, SIDES, type Side } from "../../assay/index.ts";
import { Instant, notInFuture, PageOf } from "../../contract/fields.ts";
import { SampleId } from "../../contract/identifiers.ts";
import { done } from "../../quantity/index.ts";
import { handsOf } from "../../trust/index.ts";
import type { NewEntry, Page } from "../core/ports.ts";
import { notSecond } from "../core/two.ts";
import { command, query } from "../core/use-case.ts";
import { overtakenBy } from "./overtaken.ts";
import { whoseReport } from "./whose.ts";

/** Whose portion a report is of. */
export const ReportSide = z.enum(["supplier", "processor", "umpire", "product"]);

export const release = command({
  room: "assay",
  verb: "release",
  summary: "Release a laboratory's reported results as a second person; a correction must be released again.",
  input: z.strictObject({ sample: SampleId(), side: ReportSide, at: Instant.optional() }),
  example: { sample: "Y-1", side: "supplier" as const },
  concerns: {
    says: "the laboratory that reported, or the party of that side; of a product its owner",
    of: async ({ sample, side }, records) => whoseReport(records, { sample, side }),
  },
  async decide(scope, input) {
    const at = notInFuture(input.at, scope.now);
    if (!at.ok) return at;
    const { role, party, verified } = scope.actor;
    const confirms = handsOf.reported(input.sample, input.side);
    const alone = await notSecond(scope, { confirms, of: await whoseReport(scope, input) });
    if (alone) return alone;
    const sample = await scope.get("sample", input.sample);
    const reporters = (await scope.get("hands", confirms))?.hands ?? [];
    const decided = decideRelease(
      sample,
      {
        sample: input.sample,
        side: input.side,
        at: at.value,
        by: { role, party },
        verified,
      },
      verified && reporters.some((reporter) => reporter.verified),
    );
    if (!decided.ok) return decided;
    const overtaken = sample?.purpose === "product" ? await overtakenBy(scope, sample, at.value) : [];
    return done({
      entries: [
        { kind: "assay_released", body: decided.value },
        ...overtaken.map((body): NewEntry => ({ kind: "certificate_superseded", body })),
      ],
      answer: {
        ...{ sample: input.sample, side: input.side, verified },
        superseded: overtaken.map(({ lot }) => lot),
      },
    });
  },
});

interface Waits {
  readonly side: Side | "product";
  readonly for: "report" | "release";
  readonly since: string;
  readonly laboratory?: string;
  readonly by?: By;
}

/** A sample waits for reports, then for the release of each; of a product, of the one. The umpire is waited for by nobody until it reports. */
export function waitingFor(sample: AnySample): Waits[] {
  const released = releasesOf(sample);
  // A firm that put its own sample's results on the books waits for nobody else's.
  const booked = sample.purpose !== "product" && sample.booked !== undefined;
  const reports =
    sample.purpose === "product" ? [] : SIDES.map((side) => ({ side, of: sample.reports[side] }));
  const product =
    sample.purpose === "product" ? [{ side: "product" as const, of: sample.reports.product }] : [];
  return [...reports, ...product].flatMap(({ side, of: report }): Waits[] => {
    if (!report && (side === "umpire" || booked)) return [];
    if (!report) return [{ side, for: "report", since: sample.at }];
    // Reports from before reporters were kept cannot be released, so nobody waits for it.
    if (released[side] || !report.by) return [];
    const { at: since, laboratory, by } = report;
    return [{ side, for: "release", since, laboratory, by }];
  });
}

type Waiting = Pick<AnySample, "sample" | "lot" | "state"> & {
  readonly taken: string;
  readonly waits: readonly Waits[];
};

export const waiting = query({
  room: "assay",
  verb: "waiting",
  summary: "Samples that wait: for a side's report, or for a second person to release one.",
  input: z.strictObject({ ...PageOf }),
  example: { limit: 20 },
  async answer({ store }, { after, limit }) {
    const items: Waiting[] = [];
    let cursor = after;
    for (;;) {
      const page = await store.list({
        collection: "sample",
        limit,
        ...(cursor === undefined ? {} : { after: cursor }),
      });
      for (const { record } of page.items) {
        const sample = record;
        const waits = waitingFor(sample);
        if (waits.length === 0) continue;
        items.push({ sample: sample.sample, lot: sample.lot, taken: sample.at, state: sample.state, waits });
        if (items.length === limit) return done<Page<Waiting>>({ items, next: sample.sample });
      }
      if (page.next === undefined) return done<Page<Waiting>>({ items });
      cursor = page.next;
    }
  },
});
