import assert from "node:assert/strict";
import { test } from "node:test";
import { bookWith, decideOn, KG, out, perform, stepOf } from "../../test/support/ledger.ts";
import { inHalves, type Measured, spread } from "../quantity/index.ts";

const near = (a: number, b: number, relative: number) =>
  assert.ok(Math.abs(a - b) <= relative * Math.abs(b), `${a} is ${b}`);

test("L17: the bias of one scale cancels, what each reading errs does not; two scales do not cancel", async () => {
  const book = await bookWith([{ id: "L-1", mass_mg: 1000 * KG, sd_mg: KG, elements: { Nd: 200 * KG } }]);
  const halved = (scale: string, gone_mg: number) => {
    const part = { scale, doubt_mg: inHalves(KG) };
    return decideOn(
      book,
      stepOf({
        outputs: [
          { ...out("L-10", 500 * KG), ...part },
          { ...out("L-11", 500 * KG - gone_mg), ...part },
        ],
      }),
    );
  };
  const sdOn = (scale: string) => {
    const decided = halved(scale, KG);
    assert.ok(decided.ok);
    const { mass, elements } = decided.value.closure;
    // A fifth of the lot is Nd: its balance is as doubtful as the mass, in proportion.
    near(elements["Nd"]?.sd_mg ?? 0, mass.sd_mg / 5, 1e-3);
    near(Math.hypot(mass.sd_random_mg ?? 0, mass.sd_shared_mg ?? 0), mass.sd_mg, 1e-12);
    return mass.sd_mg;
  };
  // Three readings, each of a doubt of 0.7 kg by itself and 0.7 kg by its scale: the parts share theirs twice.
  near(sdOn("A"), KG * Math.sqrt(3 / 2 + 1 / 2), 1e-12);
  near(sdOn("B"), KG * Math.sqrt(3 / 2 + 1 / 2 + 2), 1e-12);
  const far = halved("A", 5 * KG);
  assert.equal(far.ok ? "done" : far.refusal.code, "mass_does_not_close");
  assert.equal(halved("B", 5 * KG).ok, true);
});

test("L41: a lot that is merely weighed anew keeps what both weighings say, and closes", async () => {
  const book = await bookWith([
    { id: "L-1", mass_mg: 616_667_899, sd_mg: 5_000, elements: { Nd: 200 * KG } },
  ]);
  const anew = (mass_mg: number, scale: string) =>
    decideOn(book, stepOf({ outputs: [{ ...out("L-10", mass_mg), scale, doubt_mg: inHalves(5_000) }] }));
  for (const scale of ["A", "B"]) {
    const decided = anew(616_660_000, scale);
    assert.ok(decided.ok, scale);
    const [output] = decided.value.outputs;
    assert.equal(output?.mass_mg.best, Math.round((616_667_899 + 616_660_000) / 2), "alike, so half way");
    assert.equal(output?.read_mg?.best, 616_660_000, "what was read stays readable");
    near(spread(output.mass_mg), scale === "A" ? (5_000 * Math.sqrt(3)) / 2 : 5_000 / Math.SQRT2, 1e-9);
    assert.ok(decided.value.closure.closes);
  }
  const gone = anew(616_640_000, "A");
  assert.equal(gone.ok ? "done" : gone.refusal.code, "mass_does_not_close");
});

test("L15: a content by share is as doubtful as its mass lets it be, and owes nothing to the mass of the whole twice", async () => {
  const book = await bookWith([{ id: "L-1", mass_mg: 100 * KG, sd_mg: KG, elements: { Nd: 30 * KG } }]);
  // Assayed as a part of its mass: the doubt of the whole goes out again with the whole.
  const assay = { by: "assay" as const, laboratory: "lab", mg_per_kg: { Nd: { best: 300_000, sd: 0 } } };
  await perform(
    book,
    stepOf({ outputs: [{ ...out("L-2", 100 * KG, assay), doubt_mg: inHalves(0.5 * KG) }] }),
  );
  const decided = decideOn(
    book,
    stepOf({
      step: "S-2",
      inputs: [{ lot: "L-2" }],
      outputs: [
        { ...out("L-3", 40 * KG), doubt_mg: inHalves(0.1 * KG), scale: "C" },
        { ...out("L-4", 60 * KG), doubt_mg: inHalves(0.1 * KG), scale: "C" },
      ],
    }),
  );
  assert.ok(decided.ok);
  near(spread(decided.value.outputs[0]?.elements_mg["Nd"] as Measured), 0.3 * 0.1 * KG, 1e-9);
});

test("L15: parts that weigh more than what went in are as doubtful as the lot, and share its doubt by their masses", async () => {
  const book = await bookWith([{ id: "L-1", mass_mg: 10 * KG, sd_mg: 10_000, elements: { Nd: 2 * KG } }]);
  const doubt_mg = inHalves(5_000);
  const parts = [out("L-10", 4 * KG), out("L-11", 6 * KG + 2_000)].map((part) => ({ ...part, doubt_mg }));
  const decided = decideOn(book, stepOf({ outputs: parts }));
  assert.ok(decided.ok, decided.ok ? "" : decided.refusal.message);
  const nd = decided.value.closure.elements["Nd"];
  // What one part has too much the other has too little: nothing is left of the doubt of the scale.
  assert.equal(nd?.residual_mg, 0);
  assert.ok((nd?.sd_mg ?? 1) < 1e-6);
  const [one] = decided.value.outputs;
  const whole = 10 * KG + 2_000;
  // 5 % of the content; beside it a fraction that errs by both readings, whose common bias is of the whole too.
  const [f, g] = [(4 * KG) / whole, (6 * KG + 2_000) / whole];
  const random = ((5_000 / Math.SQRT2) * Math.hypot(g, f)) / whole;
  const shared = ((5_000 / Math.SQRT2) * (g - f)) / whole;
  near(spread(one?.elements_mg["Nd"] as Measured), 2 * KG * Math.hypot(0.05 * f, random, shared), 1e-9);
});

test("L15: what is put in errs by readings of its own, of its mass and of its assay", async () => {
  const assay = { by: "assay" as const, laboratory: "lab", mg_per_kg: { Nd: { best: 800_000, sd: 1_000 } } };
  const oxide = { name: "oxide", mass_mg: KG, doubt_mg: inHalves(100), scale: "B", content: assay };
  const book = await bookWith([{ id: "L-1", mass_mg: 10 * KG, sd_mg: 0 }]);
  const output = out("L-10", 11 * KG, { ...assay, mg_per_kg: { Nd: { best: 72_700, sd: 100 } } });
  const decided = decideOn(book, stepOf({ additions: [oxide], outputs: [output] }));
  assert.ok(decided.ok, decided.ok ? "" : decided.refusal.message);
  const { sd_mg = 0, sd_shared_mg = 0, sd_random_mg = 0 } = decided.value.closure.elements["Nd"] ?? {};
  // 1 kg of 800 +- 1 g/kg in; 11 kg of 72.7 +- 0.1 g/kg out: of the halves in quadrature the laboratory's are taken from each other.
  const half = (mg: number) => mg / Math.SQRT2;
  near(sd_shared_mg, Math.hypot(half(1_000) - half(1_100), half(100) * 0.8), 1e-9);
  near(sd_random_mg, Math.hypot(half(1_000), half(1_100), half(100) * 0.8), 1e-9);
  near(sd_mg, Math.hypot(sd_shared_mg, sd_random_mg), 1e-12);
});

test("L15: an assay of a lot that stays what it is leaves the elements it does not name as they were, by mass and with its doubt", async () => {
  const elements = { Nd: 25 * KG, Dy: 2 * KG };
  const book = await bookWith([{ id: "L-1", mass_mg: 100 * KG, sd_mg: 3_000, elements }]);
  const content = {
    ...{ by: "assay" as const, laboratory: "lab" },
    mg_per_kg: { Nd: { best: 251_000, sd: 1_000 } },
  };
  const doubt_mg = { random: 4_000, shared: 0 };
  const step = stepOf({ outputs: [{ ...out("L-10", 100 * KG - 10_000, content), doubt_mg }] });
  const decided = decideOn(book, step);
  assert.ok(decided.ok, decided.ok ? "" : decided.refusal.message);
  const { Nd, Dy } = decided.value.outputs[0]?.elements_mg ?? {};
  assert.equal(Nd?.best, Math.round((100 * KG - 10_000) * 0.251));
  assert.equal(Dy?.best, 2 * KG - 200);
  // 5 % of it moves with the family of what it came from; of the masses a fiftieth counts, and both are known.
  near(spread(Dy), Math.hypot(0.05 * (2 * KG - 200), 0.02 * 4_000, 0.02 * 3_000), 1e-6);
  const closed = decided.value.closure.elements["Dy"];
  assert.equal(closed?.residual_mg, 200);
  near(closed?.sd_mg ?? 0, Math.hypot(0.02 * 4_000, 0.02 * 3_000, 0.05 * 200), 1e-3);
  // Of another kind it may have gone another way: who says nothing of it is asked.
  const made = decideOn(book, { ...step, outputs: step.outputs.map((o) => ({ ...o, kind: "oxalate" })) });
  assert.equal(made.ok ? "done" : made.refusal.code, "element_does_not_close");
  // With more than was there, within doubt, it holds what there was and no more.
  const more = decideOn(book, stepOf({ outputs: [{ ...out("L-11", 100 * KG + 5_000, content), doubt_mg }] }));
  assert.equal(more.ok && more.value.outputs[0]?.elements_mg["Dy"]?.best, 2 * KG);
});
