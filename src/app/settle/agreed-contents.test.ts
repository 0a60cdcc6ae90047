import assert from "node:assert/strict";
import { test } from "node:test";
import type { AssayReported, Sample, Side } from "../../assay/index.ts";
import { combine, type Measured, measured, spread, spreadInParts } from "../../quantity/index.ts";
import type { Agreement, ElementOutcome, Statement } from "../../settle/index.ts";
import { agreedContents } from "./agreed-contents.ts";
import { SAMPLE_AGREEMENT } from "./sample-agreement.ts";

const TONNE = 1_000_000_000;
const near = (a: number, b: number, relative = 1e-6) =>
  assert.ok(Math.abs(a - b) <= relative * Math.abs(b), `${a} is ${b}`);

const report = (
  sample: string,
  side: Side,
  nd: number,
  change: Partial<AssayReported> = {},
): AssayReported => ({
  ...{ sample, side, laboratory: `lab-${side}`, method: "ICP", at: "2026-01-02T00:00:00Z" },
  mg_per_kg: { Nd: { best: nd, sd: 900 } },
  ...change,
});

const sampleOf = (reports: readonly AssayReported[], change: Partial<Sample> = {}): Sample => ({
  ...{ sample: "Y-1", lot: "L", at: "2026-01-01T00:00:00Z", method: "riffle", increments_count: 50 },
  portions: [],
  witnessed_by: [],
  state: "exchanged",
  reports: Object.fromEntries(reports.map((one) => [one.side, one])),
  ...change,
});

const exactly = (best: number): Measured => ({ best, moves: {} });

/** What the books would hold of neodymium, of a tonne that is dry unless said. */
function ndOf(
  sample: Sample,
  outcome: Partial<ElementOutcome> | undefined,
  of: { net_wet?: Measured; moisture?: Measured; terms?: object } = {},
): Measured {
  const { net_wet = exactly(TONNE), moisture = exactly(0), terms = SAMPLE_AGREEMENT } = of;
  const elements = outcome ? [{ element: "Nd", ...outcome }] : [];
  const statement = { elements } as unknown as Statement;
  const contents = agreedContents({ sample, net_wet, moisture, statement, terms: terms as Agreement });
  return contents["Nd"] as Measured;
}

const two = [report("Y-1", "supplier", 224_600), report("Y-1", "processor", 225_400)];
const split = { status: "split", final_pct: "22.5" } as const;
/** 900 mg/kg of a tonne, in milligrams. */
const SD = 900 * 1000;

test("S56: two laboratories' means err by less than either, each by itself and by its method", () => {
  const nd = ndOf(sampleOf(two), split);
  assert.equal(nd.best, 0.225 * TONNE);
  near(spread(nd), SD / Math.SQRT2);
  const { random, shared } = spreadInParts(nd);
  near(random, SD / 2);
  near(shared, SD / 2);
});

test("S56: sealed portions of one sample share what it is from its lot: three laboratories do not average it away", () => {
  const sampling = { sampling_sd: { Nd: { relative: 0.01 } }, lot_mg: TONNE };
  const three = sampleOf([...two, report("Y-1", "umpire", 225_000)], { sampling });
  const middle = { status: "umpire_applied", umpire_rule: 3, final_pct: "22.5" } as const;
  const nd = ndOf(three, middle);
  near(nd.moves["sample:Y-1/Nd"] ?? 0, 0.01 * 0.225 * TONNE);
  near(spread(nd), Math.hypot(SD / Math.sqrt(3), 0.01 * 0.225 * TONNE));
  const unknown = ndOf(sampleOf([...two, report("Y-1", "umpire", 225_000)]), middle);
  near(spread(unknown), SD / Math.sqrt(3));
});

test("S56: lots assayed by one laboratory's method share its bias; their own parts do not add up", () => {
  const lots = Array.from({ length: 100 }, (_, i) => {
    const doubts = { Nd: { random: 500, shared: 600, bias: "lab/ICP/Nd@2026" } };
    const of = [report(`Y-${i}`, "supplier", 225_000, { doubts })];
    return ndOf(sampleOf(of, { sample: `Y-${i}` }), { status: "other_conclusive", final_pct: "22.5" });
  });
  const all = spreadInParts(combine(lots.map((lot) => [1, lot] as const)));
  near(all.random, 500_000 * 10);
  near(all.shared, 600_000 * 100);
});

test("S56: moisture carries its doubt, and the sample's own, into the dry mass", () => {
  const moisture = { best: 10, moves: { "reading:m": 0.3, "sample:Y-1/moisture": 0.4 } };
  const nd = ndOf(sampleOf(two), split, { net_wet: measured(TONNE, 1_000_000, "scale"), moisture });
  assert.equal(nd.best, 0.9 * 0.225 * TONNE);
  near(nd.moves["reading:m"] ?? 0, -0.003 * 0.225 * TONNE);
  near(nd.moves["sample:Y-1/moisture"] ?? 0, -0.004 * 0.225 * TONNE);
  near(nd.moves["scale"] ?? 0, 0.9 * 0.225 * 1_000_000);
});

test("S56: the agreed figure errs as the assays it is made of, whoever's they are", () => {
  const sure = { mg_per_kg: { Nd: { best: 230_000, sd: 90 } } };
  const far = [two[0] as AssayReported, report("Y-1", "processor", 236_000)];
  const umpired = sampleOf([...far, report("Y-1", "umpire", 230_000, sure)]);
  near(spread(ndOf(umpired, { status: "umpire_applied", umpire_rule: 2, final_pct: "23" })), SD / 10);
  const terms = {
    ...SAMPLE_AGREEMENT,
    assay_rule: { ...SAMPLE_AGREEMENT.assay_rule, final_assay: "processor" },
  };
  near(spread(ndOf(sampleOf(far), { status: "final_by_terms", final_pct: "23.6" }, { terms })), SD);
});

test("S56: two that differ by more than chance leave a content as doubtful as they show it to be", () => {
  const far = sampleOf([two[0] as AssayReported, report("Y-1", "processor", 236_000)]);
  const sigmas = 11_400 / (900 * Math.SQRT2);
  near(spread(ndOf(far, split)), (SD / Math.SQRT2) * sigmas);
  const waiting = ndOf(far, { status: "umpire_due", final_pct: "23.03" });
  assert.equal(waiting.best, 0.2246 * TONNE);
  near(spread(waiting), SD * sigmas);
});

test("S56: elements not settled on are what both readings say together, the surer one more", () => {
  const pair = (sd: number) =>
    sampleOf([
      report("Y-1", "supplier", 0, { mg_per_kg: { Nd: { best: 1000, sd: 10 } } }),
      report("Y-1", "processor", 0, { mg_per_kg: { Nd: { best: 1010, sd } } }),
    ]);
  near(ndOf(pair(20), undefined).best, 1_002_000);
  near(spread(ndOf(pair(20), undefined)), 1000 / Math.sqrt(1 / 100 + 1 / 400));
  // What one found and the other did not stays what it was: half of each.
  const below = sampleOf([
    report("Y-1", "supplier", 0, { mg_per_kg: { Nd: { best: 60, sd: 5 } } }),
    report("Y-1", "processor", 0, { mg_per_kg: { Nd: { below: 50 } } }),
  ]);
  near(ndOf(below, undefined).best, 42_500);
});
