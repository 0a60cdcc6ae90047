import assert from "node:assert/strict";
import { test } from "node:test";
import { MemoryBook } from "../ledger/index.ts";
import {
  type AssayRecords,
  type AssayReported,
  applyAssay,
  type ChartPoint,
  decideCheck,
  decideReference,
  decideRelease,
  judged,
  limitsAbout,
  ownLimits,
  type ReferenceRegistered,
  releasesOf,
  type Sample,
  stateOf,
} from "./index.ts";

const code = (r: { ok: true } | { ok: false; refusal: { code: string } }) => (r.ok ? "done" : r.refusal.code);
const CHEMIST = { role: "chemist", party: "lab" };
const MANAGER = { role: "quality manager", party: "lab" };

const report = (change: Partial<AssayReported> = {}): AssayReported => ({
  sample: "Y",
  side: "supplier",
  laboratory: "lab",
  method: "ICP",
  at: "2026-01-02T00:00:00Z",
  mg_per_kg: { Nd: { best: 220_000, sd: 900 } },
  by: CHEMIST,
  ...change,
});

async function world() {
  const book = new MemoryBook<AssayRecords>();
  const portions = (["supplier", "processor", "umpire"] as const).map((side) => ({
    side,
    seal: side,
    mass_mg: 1,
  }));
  const taken = { sample: "Y", lot: "L", method: "riffle", increments_count: 1, witnessed_by: [], portions };
  await applyAssay(book, { kind: "sample_taken", body: { ...taken, at: "2026-01-01T00:00:00Z" } });
  const sample = async () => (await book.get("sample", "Y")) as Sample;
  const release = async (by = MANAGER, at = "2026-01-03T00:00:00Z") => {
    const given = { sample: "Y", side: "supplier" as const, at, by, verified: false };
    const decided = decideRelease(await sample(), given);
    if (decided.ok) await applyAssay(book, { kind: "assay_released", body: decided.value });
    return code(decided);
  };
  return { book, sample, release };
}

test("Y7 Y18: results are released by another than who reported them, once and not before", async () => {
  const { book, sample, release } = await world();
  assert.equal(await release(), "not_reported");
  await applyAssay(book, { kind: "assay_reported", body: report() });
  assert.equal(await release({ role: "unstated", party: "unstated" }), "actor_unstated");
  assert.equal(await release(CHEMIST), "released_by_reporter");
  assert.equal(await release(MANAGER, "2026-01-01T23:59:59Z"), "time_before_input");
  assert.deepEqual(releasesOf(await sample()), { supplier: false });
  assert.equal(await release(), "done");
  assert.equal((await sample()).released?.supplier?.report_at, "2026-01-02T00:00:00Z");
  assert.equal((await sample()).released?.supplier?.verified, false);
  assert.equal(await release({ role: "director", party: "lab" }), "already_released");
  assert.deepEqual(releasesOf(await sample()), { supplier: true });
});

test("Y7: a correction waits for a release of its own; who is not known to have reported is not outvoted", async () => {
  const { book, sample, release } = await world();
  await applyAssay(book, { kind: "assay_reported", body: report() });
  assert.equal(await release(), "done");
  await applyAssay(book, { kind: "assay_reported", body: report({ corrects: "dilution" }) });
  assert.deepEqual(releasesOf(await sample()), { supplier: false });
  assert.equal(await release(CHEMIST), "released_by_reporter");
  assert.equal(await release(), "done");
  const { by: _, ...unsigned } = report();
  await applyAssay(book, { kind: "assay_reported", body: unsigned });
  assert.equal(await release(), "reporter_unknown");
});

const known: ReferenceRegistered = {
  reference: "RM",
  name: "magnet",
  source: "own",
  at: "2026-01-01T00:00:00Z",
  mg_per_kg: { Nd: { best: 226_000, sd: 1_000 } },
};

test("Y9: a reference material states values and their scatter; a result is of what it states", () => {
  assert.equal(code(decideReference(undefined, known)), "done");
  assert.equal(code(decideReference(known, known)), "reference_name_taken");
  const bent = (mg_per_kg: ReferenceRegistered["mg_per_kg"]) =>
    code(decideReference(undefined, { ...known, mg_per_kg }));
  assert.equal(bent({}), "results_missing");
  assert.equal(bent({ Xx: { best: 1, sd: 1 } }), "element_unknown");
  assert.equal(bent({ Nd: { best: 1, sd: 0 } }), "reading_unreadable");
  assert.equal(bent({ Nd: { best: 2e6, sd: 1 } }), "reading_unreadable");
  const check = { check: "Q", reference: "RM", laboratory: "lab", method: "ICP", at: known.at };
  const measured = (mg_per_kg: Record<string, number>, reference: ReferenceRegistered | undefined = known) =>
    code(decideCheck({ ...check, mg_per_kg }, { reference, before: undefined }));
  assert.equal(measured({ Nd: 226_100 }), "done");
  assert.equal(measured({ Dy: 1 }), "element_not_in_reference");
  assert.equal(measured({ Nd: Number.NaN }), "reading_unreadable");
  assert.equal(measured({}), "results_missing");
  const lone = { ...check, mg_per_kg: { Nd: 1 } };
  assert.equal(code(decideCheck(lone, { reference: undefined, before: undefined })), "reference_unknown");
  assert.equal(code(decideCheck(lone, { reference: known, before: {} })), "check_name_taken");
});

const series = (z: readonly number[]): ChartPoint[] =>
  z.map((value, i) => ({
    check: `Q-${i}`,
    at: `2026-01-${String(i + 1).padStart(2, "0")}`,
    value: 100 + 5 * value,
  }));
const rulesOf = (z: readonly number[]) =>
  judged(series(z), limitsAbout(100, 5)).map((p) => p.rules.join(" "));

test("Y10: 1_2s warns; 1_3s and two in a row beyond two on one side reject; the limits themselves are inside", () => {
  assert.deepEqual(rulesOf([0, 2, -2, 3, 1]), ["", "", "", "1_2s", ""]);
  assert.deepEqual(rulesOf([2.1, 0, -2.1]), ["1_2s", "", "1_2s"]);
  assert.deepEqual(rulesOf([2.1, 2.5]), ["1_2s", "1_2s 2_2s"]);
  assert.deepEqual(rulesOf([2.1, -2.5]), ["1_2s", "1_2s"]);
  assert.deepEqual(rulesOf([-2.1, -3.2]), ["1_2s", "1_2s 1_3s 2_2s"]);
  const state = (z: readonly number[]) => stateOf(judged(series(z), limitsAbout(100, 5)));
  assert.deepEqual(
    [state([]), state([0]), state([2.5]), state([3.5])],
    [undefined, "in_control", "warning", "out_of_control"],
  );
  assert.equal(state([3.5, 0]), "in_control");
});

test("Y11: limits of its own take twenty results, and only the first twenty count", () => {
  const z = Array.from({ length: 20 }, (_, i) => (i % 2 === 0 ? 1 : -1));
  assert.equal(ownLimits(series(z.slice(0, 19))), undefined);
  const limits = ownLimits(series([...z, 9, 9, 9]));
  assert.equal(limits?.centre, 100);
  // Twenty results at plus and minus 5: the sum of squares is 500, over 19.
  assert.equal(limits?.sd, Math.sqrt(500 / 19));
  assert.equal(
    ownLimits(series(Array.from({ length: 20 }, () => 0))),
    undefined,
    "no scatter sets no limits",
  );
});
