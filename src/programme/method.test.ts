import assert from "node:assert/strict";
import { test } from "node:test";
import { MemoryBook } from "../ledger/index.ts";
import {
  applyProgramme,
  decideMethod,
  decideMethodChange,
  doubtOfReading,
  type MethodChanged,
  type MethodRegistered,
  methodKey,
  type ProgrammeRecords,
} from "./index.ts";

const of = { party: "lab", method: "ICP", element: "Nd" };
const level = (from_mg_per_kg: number, repeatability: number, bias: number): MethodRegistered => ({
  ...of,
  from_mg_per_kg,
  repeatability: { relative: repeatability },
  bias: { relative: bias },
});
const at = "2026-03-02T14:00:00.000Z";
const outcome = (result: { ok: boolean; refusal?: { code: string } }) =>
  result.ok ? "done" : result.refusal?.code;
const near = (a: number, b: number) => assert.ok(Math.abs(a - b) <= 1e-9 * Math.max(1, b), `${a} is ${b}`);

async function registered(...levels: MethodRegistered[]) {
  const book = new MemoryBook<ProgrammeRecords>();
  for (const body of levels) await applyProgramme(book, { kind: "method_registered", body });
  return book;
}

test("G10: a method is registered once for each level, of a party and an element there are, and changed with a reason", async () => {
  const book = await registered(level(1000, 0.002, 0.003), level(0, 0.02, 0.05));
  const known = await book.get("method", methodKey(of));
  assert.deepEqual(
    known?.levels.map((one) => one.from_mg_per_kg),
    [0, 1000],
  );
  assert.equal(outcome(decideMethod(undefined, undefined, level(0, 1, 1))), "party_unknown");
  assert.equal(outcome(decideMethod(undefined, {}, { ...level(0, 1, 1), element: "Xx" })), "element_unknown");
  assert.equal(outcome(decideMethod(known, {}, level(1000, 1, 1))), "method_name_taken");
  assert.equal(outcome(decideMethod(known, {}, level(50, 1, 1))), "done");
  const change: MethodChanged = { ...of, from_mg_per_kg: 1000, why: "w", at, bias: { relative: 0.001 } };
  assert.equal(outcome(decideMethodChange(undefined, change)), "method_unknown");
  assert.equal(outcome(decideMethodChange(known, { ...change, from_mg_per_kg: 7 })), "method_unknown");
  assert.equal(
    outcome(decideMethodChange(known, { ...change, bias: { relative: 0.003 } })),
    "nothing_changed",
  );
  assert.equal(outcome(decideMethodChange(known, change)), "done");
  await applyProgramme(book, { kind: "method_changed", body: change });
  assert.deepEqual((await book.get("method", methodKey(of)))?.levels, [
    { from_mg_per_kg: 0, repeatability: { relative: 0.02 }, bias: { relative: 0.05 } },
    { from_mg_per_kg: 1000, repeatability: { relative: 0.002 }, bias: { relative: 0.001 } },
  ]);
});

test("G11: of a registered method the bias is known, and a reading's own part is what is left, at least its repeatability", async () => {
  const book = await registered(level(1000, 0.002, 0.003));
  const known = await book.get("method", methodKey(of));
  const stated = doubtOfReading(known, of, { best: 200_000, sd: 1000 });
  assert.deepEqual(stated, { random: 800, shared: 600, bias: "lab/ICP/Nd" });
  // A laboratory that states less than its own method errs by.
  assert.deepEqual(doubtOfReading(known, of, { best: 200_000, sd: 100 }), { ...stated, random: 400 });
  // Below every level, and of a method nobody registered: two equal parts.
  for (const [method, best] of [
    [known, 900],
    [undefined, 200_000],
  ] as const) {
    const { random, shared, bias } = doubtOfReading(method, of, { best, sd: 10 });
    assert.equal(random, shared);
    near(Math.hypot(random, shared), 10);
    assert.equal(bias, "lab/ICP/Nd");
  }
});

test("G11: the bias is shared by the readings of one calibration, and of no other", async () => {
  const period = (from: string) => ({ certificate: `C-${from}`, from, to: "2030-01-01" });
  const book = await registered({ ...level(0, 0.002, 0.003), calibration: period("2026-01-01") });
  const biasNow = async () =>
    doubtOfReading(await book.get("method", methodKey(of)), of, { best: 1, sd: 0 }).bias;
  assert.equal(await biasNow(), "lab/ICP/Nd@2026-01-01");
  const body = { ...of, from_mg_per_kg: 0, why: "w", at, calibration: period("2026-07-01") };
  await applyProgramme(book, { kind: "method_changed", body });
  assert.equal(await biasNow(), "lab/ICP/Nd@2026-07-01");
});
