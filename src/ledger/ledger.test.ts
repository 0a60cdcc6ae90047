import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import {
  bookWith,
  decideOn,
  KG,
  lotsOf,
  out,
  perform,
  stepOf,
  takingsOf,
} from "../../test/support/ledger.ts";
import { exactly, inHalves, type Measured, measured } from "../quantity/index.ts";

import {
  applyLedger,
  decideReversal,
  decideTitle,
  draw,
  entryFault,
  GENESIS,
  headerFault,
  headerOf,
  type LedgerEntry,
  type LedgerRecords,
  type MemoryBook,
  type StepCommand,
  sealEntry,
  totalOf,
} from "./index.ts";

const whole = (book: MemoryBook<LedgerRecords>) => totalOf(book.all("lot"), book.all("place"));

function assertZero(book: MemoryBook<LedgerRecords>) {
  const { mass_mg, elements_mg } = whole(book);
  assert.equal(mass_mg, 0);
  for (const [element, mg] of Object.entries(elements_mg)) assert.equal(mg, 0, element);
}

test("L1 L2 L3: any change to an entry breaks its seal, its hash or its link", () => {
  const actor = { role: "weigher", party: "recycler", verified: false };
  const first = sealEntry({
    seq: 1,
    time: "2026-01-01T00:00:00.000Z",
    kind: "a",
    prev: GENESIS,
    actor,
    key: "k1",
    body: { x: 1 },
    nonce: "n1",
  });
  const second = sealEntry({
    seq: 2,
    time: "2026-01-01T00:00:01.000Z",
    kind: "b",
    prev: first.hash,
    actor,
    key: "k2",
    body: { x: 2 },
    nonce: "n2",
  });
  assert.equal(entryFault(first, undefined), undefined);
  assert.equal(entryFault(second, first), undefined);
  assert.equal(headerFault(headerOf(second), headerOf(first)), undefined);
  assert.deepEqual(Object.keys(headerOf(first)).sort(), ["hash", "kind", "prev", "sealed", "seq", "time"]);
  assert.equal(entryFault({ ...second, body: { x: 3 } }, first), "seal_wrong");
  assert.equal(entryFault({ ...second, actor: { ...actor, role: "chemist" } }, first), "seal_wrong");
  assert.equal(entryFault({ ...second, nonce: "n3" }, first), "seal_wrong");
  assert.equal(entryFault({ ...second, kind: "c" }, first), "hash_wrong");
  assert.equal(entryFault({ ...second, seq: 3 }, first), "sequence_broken");
  assert.equal(entryFault({ ...second, prev: GENESIS }, first), "link_broken");
  assert.equal(entryFault({ ...second, time: "2025-12-31T00:00:00.000Z" }, first), "time_runs_backwards");
});

test("L4: a draw and what it leaves add up to the lot exactly", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 1e12 }),
      fc.integer({ min: 0, max: 1e6 }),
      fc.integer({ min: 0, max: 1e11 }),
      (mass_mg, ppm, nd_mg) => {
        const taken_mg = Math.floor((mass_mg / 1e6) * ppm);
        const lot = {
          mass_mg: measured(mass_mg, 10, "s"),
          elements_mg: { Nd: measured(nd_mg, 7, "f") },
          feeds_mg: { F: { Nd: nd_mg } },
        };
        const { taken, left } = draw(lot, taken_mg);
        assert.equal(taken.mass_mg.best + left.mass_mg.best, mass_mg);
        assert.equal((taken.elements_mg["Nd"]?.best ?? 0) + (left.elements_mg["Nd"]?.best ?? 0), nd_mg);
        assert.equal((taken.feeds_mg["F"]?.["Nd"] ?? 0) + (left.feeds_mg["F"]?.["Nd"] ?? 0), nd_mg);
      },
    ),
  );
});

test("L10 to L19: the first condition that fails is the refusal", async () => {
  const book = await bookWith([
    { id: "L-1", mass_mg: 10 * KG, elements: { Nd: 2 * KG } },
    { id: "L-2", mass_mg: 5 * KG, elements: { Nd: KG } },
  ]);
  const refusals: [string, Partial<StepCommand>, string][] = [
    ["L10", { inputs: [] }, "step_empty"],
    ["L10", {}, "step_empty"],
    ["L11", { inputs: [{ lot: "L-9" }], outputs: [out("L-10", KG)] }, "lot_unknown"],
    ["L11", { inputs: [{ lot: "L-1" }, { lot: "L-1" }], outputs: [out("L-10", KG)] }, "lot_named_twice"],
    ["L11", { site: "elsewhere", outputs: [out("L-10", KG)] }, "lot_not_here"],
    ["L12", { inputs: [{ lot: "L-1", mass_mg: 0 }], outputs: [out("L-10", KG)] }, "mass_not_positive"],
    [
      "L12",
      { inputs: [{ lot: "L-1", mass_mg: 10 * KG + 1 }], outputs: [out("L-10", KG)] },
      "mass_exceeds_lot",
    ],
    ["L13", { outputs: [out("L-2", 10 * KG)] }, "lot_name_taken"],
    ["L13", { outputs: [out("L-10", -1)] }, "mass_not_positive"],
    [
      "L15",
      { outputs: [out("L-10", 10 * KG, { by: "transfer", fractions: { Nd: { best: 1.2, sd: 0 } } })] },
      "fraction_out_of_range",
    ],
    [
      "L15",
      {
        outputs: [
          out("L-10", 10 * KG, { by: "assay", mg_per_kg: { Xx: { best: 1, sd: 0 } }, laboratory: "lab" }),
        ],
      },
      "element_unknown",
    ],
    [
      "L15",
      {
        outputs: [
          out("L-10", 10 * KG, {
            by: "assay",
            mg_per_kg: { Nd: { best: Number.NaN, sd: 0 } },
            laboratory: "lab",
          }),
        ],
      },
      "reading_unreadable",
    ],
    [
      "L15",
      { outputs: [out("L-10", 5 * KG, { by: "rest" }), out("L-11", 5 * KG, { by: "rest" })] },
      "rest_named_twice",
    ],
    [
      "L16",
      { outputs: [out("L-10", KG, { by: "transfer", fractions: { Nd: { best: 1, sd: 0 } } })] },
      "content_exceeds_mass",
    ],
    ["L17", { outputs: [out("L-10", 6 * KG), out("L-11", 3 * KG)] }, "mass_does_not_close"],
    ["L17", { outputs: [out("L-10", 6 * KG), out("L-11", 5 * KG)] }, "mass_does_not_close"],
    [
      "L18",
      {
        outputs: [
          out("L-10", 10 * KG, {
            by: "assay",
            mg_per_kg: { Nd: { best: 300_000, sd: 100 } },
            laboratory: "lab",
          }),
        ],
      },
      "element_does_not_close",
    ],
  ];
  for (const [rule, given, code] of refusals) {
    const decided = decideOn(book, stepOf(given));
    assert.equal(decided.ok ? "done" : decided.refusal.code, code, rule);
  }
});

test("L19, R5: an open step is booked only with a reason, and its residual is in `unaccounted`", async () => {
  const book = await bookWith([{ id: "L-1", mass_mg: 10 * KG, elements: { Nd: 2 * KG } }]);
  const decided = await perform(
    book,
    stepOf({ outputs: [out("L-10", 9 * KG)], accept_open: "spilled, floor sweep to follow" }),
  );
  assert.ok(decided.ok && !decided.value.closure.closes);
  const place = await book.get("place", "recycler|unaccounted");
  assert.equal(place?.mass_mg, KG);
  assert.equal(place?.elements_mg["Nd"], 200_000);
  assertZero(book);
});

test("L6: a reading below detection is half its limit, doubtful, and marked", async () => {
  const book = await bookWith([{ id: "L-1", mass_mg: 10 * KG, elements: { Tb: 500 } }]);
  const decided = decideOn(
    book,
    stepOf({
      outputs: [out("L-10", 10 * KG, { by: "assay", mg_per_kg: { Tb: { below: 100 } }, laboratory: "lab" })],
    }),
  );
  assert.ok(decided.ok);
  const tb = decided.value.outputs[0]?.elements_mg["Tb"] as Measured & { below?: boolean };
  assert.equal(tb.best, 500);
  assert.ok(tb.below === true && Math.abs(Object.values(tb.moves)[0]! - 1000 / (2 * Math.sqrt(3))) < 1e-6);
});

test("L22, R6: a reversed step leaves what was before it; a used output cannot be reversed", async () => {
  const book = await bookWith([{ id: "L-1", mass_mg: 10 * KG, elements: { Nd: 2_000_001 } }]);
  const before = lotsOf(book).get("L-1");
  await perform(
    book,
    stepOf({ inputs: [{ lot: "L-1", mass_mg: 3_333_333 }], outputs: [out("L-2", 3_333_333)] }),
  );
  const step = await book.get("step", "S-1");
  const decided = decideReversal(
    step,
    { lots: lotsOf(book), takings: takingsOf(book) },
    {
      step: "S-1",
      at: "2026-01-03T00:00:00Z",
      why: "wrong lot",
    },
  );
  assert.ok(decided.ok);
  await applyLedger(book, { kind: "step_reversed", body: decided.value });
  const after = lotsOf(book).get("L-1");
  assert.equal(after?.mass_mg.best, before?.mass_mg.best);
  assert.equal(after?.elements_mg["Nd"]?.best, 2_000_001);
  assert.equal(lotsOf(book).get("L-2")?.state, "reversed");
  assertZero(book);
  const again = decideReversal(
    await book.get("step", "S-1"),
    { lots: lotsOf(book), takings: takingsOf(book) },
    decided.value,
  );
  assert.equal(again.ok ? "done" : again.refusal.code, "step_already_reversed");
});

/** A random history of honest and dishonest asks over a handful of lots. */
const asks = fc.array(
  fc.record({
    from: fc.nat(30),
    share: fc.double({ min: 0.01, max: 1, noNaN: true }),
    split: fc.double({ min: 0, max: 1, noNaN: true }),
    lost: fc.double({ min: 0, max: 0.2, noNaN: true }),
    how: fc.constantFrom("share", "transfer", "assay") as fc.Arbitrary<"share" | "transfer" | "assay">,
    cheat_mg: fc.constantFrom(0, 0, 0, 5, -5, 100_000),
    reverse: fc.boolean(),
  }),
  { maxLength: 25 },
);

const dust = (mass_mg: number) => ({
  ...{ place: "dust", mass_mg, doubt_mg: inHalves(0), scale: "B" },
  content: { by: "share" as const },
});

test("L20 L21 L24: whatever is asked, nothing appears, nothing vanishes, no feed is over-claimed", async () => {
  await fc.assert(
    fc.asyncProperty(asks, async (history) => {
      const entries: LedgerEntry[] = [];
      const book = await bookWith([
        { id: "L-0", mass_mg: 50 * KG, sd_mg: 1000, elements: { Nd: 11 * KG, Dy: 300_000 } },
      ]);
      const add = async (entry: LedgerEntry) => {
        entries.push(entry);
        await applyLedger(book, entry);
      };
      const settled = { Nd: { best: 11 * KG, sd: 1 }, Dy: { best: 300_000, sd: 1 } };
      await add({ kind: "feed_measured", body: { feed: "L-0", elements_mg: settled } });
      for (const [i, ask] of history.entries()) {
        const held = book.all("lot").filter((l) => l.mass_mg.best > 100);
        const lot = held[ask.from % held.length];
        if (!lot) continue;
        const taken = Math.max(1, Math.floor(lot.mass_mg.best * ask.share));
        const lost = Math.floor(taken * ask.lost);
        const one = Math.floor((taken - lost) * ask.split);
        const fraction = taken === 0 ? 0 : one / taken;
        const content =
          ask.how === "share"
            ? ({ by: "share" } as const)
            : ask.how === "transfer"
              ? ({ by: "transfer", fractions: { "*": { best: fraction, sd: 0.01 } } } as const)
              : ({
                  by: "assay",
                  laboratory: "lab",
                  mg_per_kg: Object.fromEntries(
                    Object.entries(lot.elements_mg).map(([e, m]) => [
                      e,
                      { best: Math.min(1e6, (1e6 * m.best) / lot.mass_mg.best), sd: 3000 },
                    ]),
                  ),
                } as const);
        const decided = await (async () => {
          const command = stepOf({
            step: `S-${i}`,
            inputs: [{ lot: lot.id, mass_mg: taken }],
            outputs: [
              out(`A-${i}`, one + ask.cheat_mg, content),
              out(`B-${i}`, taken - lost - one, { by: "rest" }),
            ],
            losses: [dust(lost)],
          });
          return decideOn(book, command);
        })();
        if (!decided.ok) continue;
        await add({ kind: "step_recorded", body: decided.value });
        if (ask.reverse)
          await add({
            kind: "step_reversed",
            body: { step: `S-${i}`, at: "2026-01-09T00:00:00Z", why: "test" },
          });
      }
      assertZero(book);
      const shares: Record<string, number> = {};
      for (const lot of book.all("lot")) {
        assert.ok(lot.mass_mg.best >= 0);
        for (const [e, mg] of Object.entries(lot.feeds_mg["L-0"] ?? {})) {
          assert.ok(mg >= 0);
          shares[e] = (shares[e] ?? 0) + mg;
        }
      }
      assert.ok((shares["Nd"] ?? 0) <= 11 * KG && (shares["Dy"] ?? 0) <= 300_000);
      const again = await bookWith([
        { id: "L-0", mass_mg: 50 * KG, sd_mg: 1000, elements: { Nd: 11 * KG, Dy: 300_000 } },
      ]);
      for (const entry of entries) await applyLedger(again, entry);
      assert.deepEqual([...again.records].sort(), [...book.records].sort());
    }),
    { numRuns: 150 },
  );
});

test("L20: title passes and the books still add up to zero, for each owner", async () => {
  const book = await bookWith([{ id: "L-1", mass_mg: 10 * KG, elements: { Nd: 2 * KG } }]);
  const decided = decideTitle(lotsOf(book).get("L-1"), {
    lot: "L-1",
    to: "refiner",
    at: "2026-01-03T00:00:00Z",
    why: "excess",
  });
  assert.ok(decided.ok);
  await applyLedger(book, { kind: "title_passed", body: decided.value });
  assert.equal(lotsOf(book).get("L-1")?.owner, "refiner");
  for (const owner of ["recycler", "refiner"]) {
    const lots = book.all("lot").filter((l) => l.owner === owner);
    const places = book.all("place").filter((p) => p.owner === owner);
    assert.equal(totalOf(lots, places).mass_mg, 0, owner);
  }
});

test("L20: an exact value carries no doubt", () => {
  assert.deepEqual(exactly(5), { best: 5, moves: {} });
});
