import assert from "node:assert/strict";
import { test } from "node:test";
import {
  BOOKINGS_KEPT,
  type Campaign,
  decideGround,
  decideRun,
  EDTA_COPPER,
  feedOf,
  rebooked,
  trainOf,
  type UnitBookings,
  WET_KINDS,
} from "./index.ts";

const code = (r: { ok: true } | { ok: false; refusal: { code: string } }) => (r.ok ? "done" : r.refusal.code);
const mg = (best: number) => ({ best, moves: {} });

test("F1: the stronger complex leaves first, neighbours differ by 10 to the difference of log K", () => {
  const train = trainOf(EDTA_COPPER, ["Pr", "Nd", "Dy"]);
  assert.ok(train.ok);
  assert.deepEqual(
    train.value.map((s) => s.name),
    ["Cu", "Dy", "Nd", "Pr", "Na"],
  );
  const affinity = (name: string) => train.value.find((s) => s.name === name)?.affinity ?? Number.NaN;
  // log K of the EDTA series: Dy 18.46, Nd 16.77, Pr 16.56.
  assert.ok(Math.abs(affinity("Pr") / affinity("Nd") - 10 ** 0.21) < 1e-9);
  assert.ok(Math.abs(affinity("Nd") / affinity("Dy") - 10 ** 1.69) < 1e-6);
  assert.equal(code(trainOf(EDTA_COPPER, ["Nd", "Y"])), "element_without_constant");
  assert.equal(code(trainOf({ ...EDTA_COPPER, series: "none" }, ["Nd", "Pr"])), "series_unknown");
  assert.equal(code(trainOf(EDTA_COPPER, ["Nd"])), "too_few_products");
});

test("F1: nothing in the room names an element of the feed: another family of ions separates likewise", () => {
  const train = trainOf(EDTA_COPPER, ["La", "Ce", "Lu", "Yb"]);
  assert.ok(train.ok);
  assert.deepEqual(
    train.value.slice(1, -1).map((s) => s.name),
    ["Lu", "Yb", "Ce", "La"],
  );
});

test("F2: mole fractions come from the lot; a feed with iron in it is refused", () => {
  const clean = feedOf(EDTA_COPPER, { Nd: mg(144_242), Pr: mg(140_908), Fe: mg(100) });
  assert.ok(clean.ok);
  assert.ok(Math.abs((clean.value.mole_fractions["Nd"] ?? 0) - 0.5) < 1e-5);
  assert.ok(Math.abs(clean.value.moles - 2) < 1e-5);
  assert.equal(code(feedOf(EDTA_COPPER, { Nd: mg(144_242), Fe: mg(55_845) })), "feed_not_clean");
  assert.equal(code(feedOf(EDTA_COPPER, { Fe: mg(55_845) })), "feed_empty");
});

test("F3 F10: a campaign stands on columns where its lot is", () => {
  const opened = { at: "2026-01-01T00:00:00Z", mass_mg: mg(1), elements_mg: {} };
  const lot = { id: "L", state: "on_hand" as const, place: "n", opened };
  const unit = { id: "c", site: "n", kind: "column", diameter_mm: 400, bed_length_mm: 1000 };
  const ask = (given: Partial<Parameters<typeof decideGround>[0]>) =>
    code(
      decideGround({
        ...{ before: undefined, campaign: "K", lot, planned: [], taken: [], columns: [{ id: "c", unit }] },
        ...{ starts_at: "2026-01-02T00:00:00Z", ...given },
      }),
    );
  assert.equal(ask({}), "done");
  assert.equal(ask({ lot: undefined }), "lot_unknown");
  assert.equal(ask({ lot: { ...lot, state: "consumed" as const } }), "lot_not_on_hand");
  assert.equal(ask({ starts_at: "2025-12-31T00:00:00Z" }), "lot_not_yet_there");
  assert.equal(ask({ planned: ["K-0"] }), "already_planned");
  assert.equal(ask({ taken: ["O-1"] }), "already_promised");
  assert.equal(ask({ columns: [{ id: "c", unit: undefined }] }), "column_unknown");
  assert.equal(ask({ columns: [{ id: "c", unit: { ...unit, kind: "scale" } }] }), "column_unknown");
  assert.equal(ask({ columns: [{ id: "c", unit: { ...unit, site: "m" } }] }), "column_elsewhere");
  assert.equal(
    ask({
      columns: [
        { id: "c", unit },
        { id: "c", unit },
      ],
    }),
    "column_named_twice",
  );
});

test("F4 F6 F7: a run's yields come from its own balance, and a campaign is run once", () => {
  const part = (lot: string, nd: number) => ({
    lot,
    mass_mg: mg(1000),
    elements_mg: { Nd: mg(nd) },
    feeds_mg: {},
  });
  const made = (lot: string, nd: number) => ({
    ...part(lot, nd),
    kind: "fraction",
    owner: "o",
    place: "n",
    data_from: [],
    notes: {},
  });
  const zero = { in_mg: 0, added_mg: 0, out_mg: 0, lost_mg: 0, residual_mg: 0, sd_mg: 0, closes: true };
  const step = {
    step: "S",
    kind: "chromatograph",
    site: "n",
    at: "2026-01-01T00:00:00Z",
    inputs: [part("L", 1000)],
    additions: [],
    outputs: [made("F", 970), made("R", 30)],
    losses: [],
    closure: { mass: zero, elements: {}, closes: true },
  };
  const campaign = {
    campaign: "K",
    lot: "L",
    state: "planned",
    feed: { moles: 1, mole_fractions: { Nd: 1 } },
  } as unknown as Campaign;
  const run = decideRun(campaign, step, { campaign: "K", products: { F: "Nd" } });
  assert.ok(run.ok);
  assert.equal(run.value.yields["Nd"]?.yield_fraction, 0.97);
  assert.equal(
    code(decideRun({ ...campaign, run: run.value }, step, { campaign: "K", products: {} })),
    "campaign_already_run",
  );
  assert.equal(
    code(decideRun({ ...campaign, lot: "other" }, step, { campaign: "K", products: {} })),
    "lot_differs",
  );
  const other = decideRun({ ...campaign, lot: "other" }, step, { campaign: "K", products: {} });
  assert.match(other.ok ? "" : other.refusal.message, /refine cancel.*refine plan/, "the way on is named");
  assert.equal(code(decideRun(undefined, step, { campaign: "K", products: {} })), "campaign_unknown");
  const named = (products: Record<string, string>) =>
    code(decideRun(campaign, step, { campaign: "K", products }));
  assert.equal(named({ NOPE: "Nd" }), "lot_unknown");
  assert.equal(named({ F: "Prr" }), "element_unknown");
});

test("F8: every wet step says where its figures come from", () => {
  for (const kind of WET_KINDS) {
    assert.ok(kind.source.length > 10 && ["A", "B", "C"].includes(kind.evidence), kind.kind);
    for (const basis of Object.values(kind.contents)) {
      if (basis.by !== "transfer") continue;
      for (const { best, sd } of Object.values(basis.fractions)) assert.ok(best >= 0 && best <= 1 && sd >= 0);
    }
  }
});

test("F11: a column forgets campaigns that are over, the oldest first, and none that is not", () => {
  const day = (n: number) => new Date(Date.UTC(2026, 0, 1 + n)).toISOString();
  let booked: UnitBookings | undefined;
  const book = (n: number, now: string) => {
    const booking = { campaign: `K-${n}`, from: day(n), to: day(n + 1) };
    booked = rebooked(booked, { unit: "c", campaign: booking.campaign, booking, now });
  };
  for (let n = 0; n < BOOKINGS_KEPT + 50; n++) book(n, day(0));
  assert.equal(booked?.bookings.length, BOOKINGS_KEPT + 50, "all lie ahead");
  book(BOOKINGS_KEPT + 50, day(BOOKINGS_KEPT + 40));
  assert.equal(booked?.bookings.length, BOOKINGS_KEPT + 11);
  assert.equal(booked?.bookings[0]?.campaign, "K-40");
});
