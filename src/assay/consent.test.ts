import assert from "node:assert/strict";
import { test } from "node:test";
import { MemoryBook } from "../ledger/index.ts";
import {
  type AssayRecords,
  type AssayReported,
  applyAssay,
  decideConsent,
  decideReport,
  decideUmpire,
  isUmpireAccepted,
  type Party,
  type ReportGround,
  type Sample,
  type Side,
  wasKnown,
} from "./index.ts";

const code = (r: { ok: true } | { ok: false; refusal: { code: string } }) => (r.ok ? "done" : r.refusal.code);
const FIRMS = { supplier: "recycler", processor: "refiner" };
const AT = "2026-01-02T00:00:00Z";
const LATER = "2026-01-04T00:00:00Z";

/** One sample of two firms, reported on as asked. */
async function world() {
  const book = new MemoryBook<AssayRecords>();
  const portions = (["supplier", "processor", "umpire"] as const).map((side) => ({
    side,
    seal: side,
    mass_mg: 1,
  }));
  const taken = {
    sample: "Y",
    lot: "L",
    at: AT,
    method: "m",
    increments_count: 1,
    witnessed_by: [],
    portions,
  };
  await applyAssay(book, { kind: "sample_taken", body: { ...taken, firms: FIRMS } });
  const report = async (side: Side, change: Partial<AssayReported> = {}, terms?: ReportGround) => {
    const given = { sample: "Y", side, laboratory: `lab-${side}`, method: "m", at: AT };
    const mg_per_kg = { Nd: { best: 220_000, sd: 900 } };
    const ground = { umpire_accepted: true, ...(terms ?? { joint: [] }) };
    const decided = decideReport(await book.get("sample", "Y"), { ...given, mg_per_kg, ...change }, ground);
    if (decided.ok) await applyAssay(book, { kind: "assay_reported", body: decided.value });
    return code(decided);
  };
  const consent = async (side: Party, party: string, at = LATER) => {
    const by = { role: "manager", party };
    const decided = decideConsent(await book.get("sample", "Y"), { sample: "Y", side, at, by });
    if (decided.ok) await applyAssay(book, { kind: "correction_consented", body: decided.value });
    return code(decided);
  };
  const accept = async (party: string, laboratory: string) => {
    const given = { sample: "Y", laboratory, at: LATER, by: { role: "manager", party } };
    const decided = decideUmpire(await book.get("sample", "Y"), given);
    if (decided.ok) await applyAssay(book, { kind: "umpire_accepted", body: decided.value });
    return code(decided);
  };
  const accepted = async (laboratory: string) =>
    isUmpireAccepted((await book.get("sample", "Y")) as Sample, laboratory, FIRMS);
  return { report, consent, accept, accepted };
}

test("Y4 Y13: after the exchange a correction takes the other firm's consent, which serves once", async () => {
  const { report, consent } = await world();
  await report("supplier");
  assert.equal(await consent("supplier", "refiner"), "exchange_not_complete");
  await report("processor");
  const again = () => report("supplier", { corrects: "a dilution" });
  assert.equal(await again(), "exchange_over");
  assert.equal(await consent("processor", "recycler"), "done");
  assert.equal(await again(), "exchange_over", "the consent was for the other side");
  assert.equal(await consent("supplier", "refiner"), "done");
  assert.equal(await consent("supplier", "refiner"), "already_consented");
  assert.equal(await again(), "done");
  assert.equal(await again(), "exchange_over", "it served once");
});

test("Y4: while the umpire is awaited a side puts its own report right; once it has reported, with consent alone", async () => {
  const { report, consent } = await world();
  for (const side of ["supplier", "processor"] as const) assert.equal(await report(side), "done");
  const again = (called?: boolean) =>
    report(
      "processor",
      { corrects: "a dilution" },
      { joint: [], ...(called ? { umpire_called: called } : {}) },
    );
  assert.equal(await again(), "exchange_over", "nobody called the umpire");
  assert.equal(await again(true), "done");
  assert.equal(await report("umpire"), "done");
  assert.equal(await again(true), "exchange_over", "the umpire's results are seen");
  assert.equal(await report("umpire", { corrects: "a dilution" }), "done");
  assert.equal(await consent("processor", "recycler"), "done");
  assert.equal(await again(), "done");
});

test("Y12: nobody's laboratory is the other firm", async () => {
  const { report } = await world();
  assert.equal(await report("supplier", { laboratory: FIRMS.processor }), "laboratory_not_independent");
  assert.equal(await report("processor", { laboratory: FIRMS.supplier }), "laboratory_not_independent");
  assert.equal(await report("supplier", { laboratory: FIRMS.supplier }), "done", "its own house");
  assert.equal(await report("processor"), "done");
  for (const firm of Object.values(FIRMS))
    assert.equal(await report("umpire", { laboratory: firm }), "laboratory_not_independent");
});

test("Y12: three laboratories, unless the terms name a joint one or one party's assay as final", async () => {
  const one = { laboratory: "lab" };
  const { report } = await world();
  assert.equal(await report("supplier", one), "done");
  assert.equal(await report("processor", one), "laboratory_not_independent");
  assert.equal(await report("processor", one, { joint: ["another"] }), "laboratory_not_independent");
  assert.equal(await report("processor"), "done");
  assert.equal(await report("umpire", one), "laboratory_not_independent");
  assert.equal(await report("umpire", { laboratory: "lab-processor" }), "laboratory_not_independent");
  const joint = await world();
  await joint.report("supplier", one);
  assert.equal(await joint.report("processor", one, { joint: ["lab"] }), "done");
  const final = await world();
  await final.report("supplier", one);
  assert.equal(await final.report("processor", one, { joint: [], final: "processor" }), "done");
});

test("Y2: a zero without doubt is no reading; with its doubt, or below a limit, it is one", async () => {
  const found = async (Nd: { best: number; sd: number } | { below: number }) =>
    (await world()).report("supplier", { mg_per_kg: { Nd } });
  assert.equal(await found({ best: 0, sd: 0 }), "limit_missing");
  assert.equal(await found({ best: -0, sd: 0 }), "limit_missing");
  assert.equal(await found({ best: 0, sd: 2 }), "done");
  assert.equal(await found({ below: 2 }), "done");
  assert.equal(await found({ best: 12, sd: 0 }), "done");
});

test("Y17: nothing is reported before its sample was drawn", async () => {
  const { report } = await world();
  assert.equal(await report("supplier", { at: "2026-01-01T23:59:59Z" }), "time_before_input");
  assert.equal(await report("supplier", { at: "2026-01-02T01:00:00+01:00" }), "done", "the same instant");
});

test("Y18: no correction, consent or umpire's report is of a time before what it rests on", async () => {
  const { report, consent } = await world();
  await report("supplier", { at: "2026-01-03T00:00:00Z" });
  const corrects = "dilution";
  assert.equal(await report("supplier", { corrects, at: "2026-01-02T23:59:59Z" }), "time_before_input");
  assert.equal(await report("supplier", { corrects, at: "2026-01-03T00:00:00Z" }), "done");
  await report("processor", { at: LATER });
  const before = "2026-01-03T12:00:00Z";
  assert.equal(await consent("supplier", "refiner", before), "time_before_input", "not yet exchanged");
  assert.equal(await report("umpire", { at: before }), "time_before_input");
  assert.equal(await consent("supplier", "refiner"), "done");
  assert.equal(await report("umpire", { at: LATER }), "done");
});

test("Y26: an umpire is accepted by both firms, each for itself, another until it has reported", async () => {
  const { report, accept, accepted } = await world();
  assert.equal(await accept("recycler", "lab-umpire"), "done");
  assert.equal(await accept("recycler", "lab-umpire"), "already_consented");
  assert.equal(await accepted("lab-umpire"), false, "one firm alone");
  assert.equal(await accept("stranger", "lab-umpire"), "done", "who may is asked of every command alike");
  assert.equal(await accepted("lab-umpire"), false, "a stranger is not the other firm");
  assert.equal(await accept("refiner", "lab-umpire"), "done");
  assert.equal(await accepted("lab-umpire"), true);
  assert.equal(await accept("refiner", "lab-other"), "done");
  assert.equal(await accepted("lab-umpire"), false, "one of them named another since");
  for (const side of ["supplier", "processor"] as const) await report(side);
  const alone = { joint: [], umpire_accepted: false };
  assert.equal(await report("umpire", {}, alone), "laboratory_not_named");
  assert.equal(await report("umpire", {}, { ...alone, named: { umpire: ["lab-umpire"] } }), "done");
  assert.equal(await accept("refiner", "lab-umpire"), "already_reported");
  assert.equal(await report("umpire", { corrects: "a dilution" }, alone), "done", "its own correction");
});

test("Y26: a laboratory both knew before the sample may be called where neither firm said another, one registered since may not", () => {
  const sample = { written_at: "2026-03-02T10:00:00.000Z" } as Sample;
  assert.equal(wasKnown(sample, "2026-03-01T10:00:00.000Z"), true);
  assert.equal(wasKnown(sample, "2026-03-02T10:00:00.001Z"), false);
  const said = { ...sample, umpire_accepted: {} } as Sample;
  assert.equal(wasKnown(said, "2026-03-01T10:00:00.000Z"), false, "one of them named another");
  assert.equal(wasKnown({} as Sample, "2026-03-03T10:00:00.000Z"), true, "of before it was kept");
});
