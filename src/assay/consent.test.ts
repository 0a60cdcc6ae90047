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
    const ground: ReportGround = { umpire_by: "both", ...(terms ?? { joint: [] }) };
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
  const consentFor = async (side: Party, what: readonly string[]) => {
    const by = { role: "manager", party: side === "supplier" ? "refiner" : "recycler" };
    const given = { sample: "Y", side, at: LATER, by, for: what };
    const decided = decideConsent(await book.get("sample", "Y"), given);
    assert.ok(decided.ok);
    await applyAssay(book, { kind: "correction_consented", body: decided.value });
  };
  return { report, consent, consentFor, accept, accepted };
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
  assert.equal(await accepted("lab-umpire"), true, "a word of both stands until both say another (Y40)");
  assert.equal(await accept("recycler", "lab-other"), "done");
  assert.deepEqual([await accepted("lab-umpire"), await accepted("lab-other")], [false, true]);
  for (const side of ["supplier", "processor"] as const) await report(side);
  const alone = { joint: [], umpire_by: undefined };
  assert.equal(await report("umpire", {}, alone), "laboratory_not_named");
  assert.equal(await report("umpire", {}, { ...alone, named: { umpire: ["lab-umpire"] } }), "done");
  assert.equal(await accept("refiner", "lab-umpire"), "already_reported");
  assert.equal(await report("umpire", { corrects: "a dilution" }, alone), "done", "its own correction");
});

test("Y26: a laboratory both knew before the sample may be called, one registered since may not", () => {
  const sample = { written_at: "2026-03-02T10:00:00.000Z" } as Sample;
  assert.equal(wasKnown(sample, "2026-03-01T10:00:00.000Z", FIRMS), true);
  assert.equal(wasKnown(sample, "2026-03-02T10:00:00.001Z", FIRMS), false);
  assert.equal(wasKnown({} as Sample, "2026-03-03T10:00:00.000Z", FIRMS), true, "of before it was kept");
});

test("Y40: one firm's word for an umpire keeps nobody away that both knew; the word of both does", () => {
  const known = "2026-03-01T10:00:00.000Z";
  const word = (party: string, laboratory: string) => ({
    ...{ sample: "Y", laboratory, at: LATER },
    by: { role: "manager", party },
  });
  const said = (...umpire_words: ReturnType<typeof word>[]) =>
    ({ written_at: "2026-03-02T10:00:00.000Z", umpire_words }) as unknown as Sample;
  const alone = said(word("refiner", "lab-friend"));
  assert.deepEqual(
    [wasKnown(alone, known, FIRMS), isUmpireAccepted(alone, "lab-friend", FIRMS)],
    [true, false],
  );
  const both = said(word("refiner", "lab-a"), word("recycler", "lab-a"), word("refiner", "lab-friend"));
  assert.equal(wasKnown(both, known, FIRMS), false, "they called one");
  assert.deepEqual(
    ["lab-a", "lab-friend"].map((name) => isUmpireAccepted(both, name, FIRMS)),
    [true, false],
  );
  const yard = { supplier: "recycler" };
  assert.equal(isUmpireAccepted(both, "lab-a", yard), true, "whichever other firm said so");
});

test("Y41: no side uses up the laboratory that is to be the umpire, unless the terms leave another", async () => {
  const { report } = await world();
  const u = { laboratory: "lab-u" };
  const named = (...umpire: string[]): ReportGround => ({ joint: [], named: { umpire } });
  assert.equal(await report("supplier", u, named("lab-u")), "laboratory_not_independent");
  assert.equal(
    await report("supplier", u, { joint: [], umpire_of_both: "lab-u" }),
    "laboratory_not_independent",
  );
  assert.equal(
    await report("supplier", u, { ...named("lab-u"), final: "supplier" }),
    "done",
    "it decides alone",
  );
  const two = await world();
  assert.equal(await two.report("supplier", u, named("lab-u", "lab-v")), "done");
  assert.equal(
    await two.report("processor", { laboratory: "lab-v" }, named("lab-u", "lab-v")),
    "laboratory_not_independent",
    "the last of them",
  );
});

test("Y43: a consent to some figures is not to those of another laboratory", async () => {
  const { report, consentFor } = await world();
  await report("supplier");
  await report("processor");
  await consentFor("supplier", ["Nd"]);
  const other = { corrects: "dilution", laboratory: "lab-friend", mg_per_kg: { Nd: { best: 1, sd: 1 } } };
  assert.equal(await report("supplier", other), "exchange_over");
  assert.equal(await report("supplier", { ...other, laboratory: "lab-supplier" }), "done");
});
