import assert from "node:assert/strict";
import { test } from "node:test";
import { type InstrumentRecords, MemoryBook } from "../ledger/index.ts";
import { measured } from "../quantity/index.ts";
import {
  applyShip,
  decideReceipt,
  decideSending,
  decideWeightCorrection,
  type ShipmentSent,
  type ShipRecords,
  weightsInForce,
} from "./index.ts";

const KG = 1_000_000;
const sent: ShipmentSent = {
  shipment: "B",
  from: "a",
  to: "b",
  shipper: "s",
  consignee: "c",
  carrier: "k",
  at: "2026-01-01T00:00:00Z",
  mode: "road",
  description: "magnets",
  lots: [
    { lot: "L1", mass_mg: measured(100 * KG, 5000, "scale:a"), pieces: 1, seals: ["X1"] },
    { lot: "L2", mass_mg: measured(50 * KG, 5000, "scale:a"), pieces: 1, seals: ["X2"] },
  ],
};
const weighed = (lot: string, kg: number, seals: string[]) => ({
  lot,
  mass_mg: measured(Math.round(kg * KG), 5000, "scale:b"),
  seals_intact: true,
  seals,
});
const code = (r: { ok: true } | { ok: false; refusal: { code: string } }) => (r.ok ? "done" : r.refusal.code);

async function onTheWay() {
  const book = new MemoryBook<ShipRecords & InstrumentRecords>();
  await applyShip(book, { kind: "shipment_sent", body: sent });
  return { book, shipment: () => book.get("shipment", "B") };
}

test("H1: a bill of lading goes somewhere else and uses no seal twice", () => {
  assert.equal(code(decideSending(undefined, sent)), "done");
  assert.equal(code(decideSending(undefined, { ...sent, to: "a" })), "same_place");
  const [first] = sent.lots;
  assert.ok(first);
  assert.equal(
    code(decideSending(undefined, { ...sent, lots: [first, { ...first, lot: "L3" }] })),
    "seal_used_twice",
  );
  assert.equal(
    code(decideSending(undefined, { ...sent, lots: [first, { ...first, seals: ["X3"] }] })),
    "lot_named_twice",
    "one lot has one weight on its bill",
  );
});

test("H7: nothing arrives before it was sent, nor is it weighed better before it was weighed", async () => {
  const { book, shipment } = await onTheWay();
  const lots = [weighed("L1", 100, ["X1"]), weighed("L2", 50, ["X2"])];
  const receipt = async (at: string) => decideReceipt(await shipment(), { shipment: "B", at, lots });
  assert.equal(code(await receipt("2025-12-31T23:59:59Z")), "time_before_input");
  assert.equal(code(await receipt("2026-01-01T01:00:00+01:00")), "done", "the same instant");
  const received = await receipt("2026-01-03T00:00:00Z");
  assert.ok(received.ok);
  await applyShip(book, { kind: "shipment_received", body: received.value });
  const better = async (side: "sender" | "receiver", at: string) => {
    const given = { shipment: "B", at, why: "not tared", side, lot: "L1", mass_mg: measured(KG, 1, "s") };
    return code(decideWeightCorrection(await shipment(), given));
  };
  assert.equal(await better("receiver", "2026-01-02T00:00:00Z"), "time_before_input");
  assert.equal(await better("sender", "2026-01-02T00:00:00Z"), "done");
  assert.equal(await better("sender", "2025-12-31T00:00:00Z"), "time_before_input");
});

test("H3 H4: two scales differ within their doubt, or it is a finding; seals are compared", async () => {
  const { shipment } = await onTheWay();
  const receive = async (one: number, seals: string[]) =>
    decideReceipt(await shipment(), {
      shipment: "B",
      at: sent.at,
      lots: [weighed("L1", one, seals), weighed("L2", 50, ["X2"])],
    });
  const close = await receive(99.99, ["X1"]);
  assert.ok(close.ok);
  assert.deepEqual(close.value.findings, []);
  assert.equal(close.value.differences[0]?.difference_mg, -10_000);
  // Two independent scales of 5 g: 7.07 g together; 50 g is seven of them.
  const far = await receive(99.95, ["X9"]);
  assert.ok(far.ok);
  assert.ok(Math.abs((far.value.differences[0]?.sigmas ?? 0) - 50_000 / Math.hypot(5000, 5000)) < 1e-9);
  assert.equal(far.value.findings.length, 3);
  assert.equal(
    code(decideReceipt(await shipment(), { shipment: "B", at: sent.at, lots: [weighed("L1", 100, [])] })),
    "lot_missing",
  );
  assert.equal(
    code(decideReceipt(await shipment(), { shipment: "B", at: sent.at, lots: [weighed("L9", 100, [])] })),
    "lot_not_in_shipment",
  );
});

test("H5: received once; a correction replaces what counts and keeps what was said", async () => {
  const { book, shipment } = await onTheWay();
  const given = {
    shipment: "B",
    at: sent.at,
    lots: [weighed("L1", 99.95, ["X1"]), weighed("L2", 50, ["X2"])],
  };
  const received = decideReceipt(await shipment(), given);
  assert.ok(received.ok);
  await applyShip(book, { kind: "shipment_received", body: received.value });
  assert.equal(code(decideReceipt(await shipment(), given)), "already_received");
  const corrected = decideWeightCorrection(await shipment(), {
    shipment: "B",
    at: sent.at,
    why: "drum not tared",
    side: "receiver",
    lot: "L1",
    mass_mg: measured(100 * KG, 5000, "scale:b"),
  });
  assert.ok(corrected.ok);
  assert.equal(corrected.value.differences[0]?.within, true);
  await applyShip(book, { kind: "shipment_weight_corrected", body: corrected.value });
  const now = await shipment();
  assert.ok(now);
  assert.equal(weightsInForce(now).received[0]?.mass_mg.best, 100 * KG);
  assert.equal(now.received?.lots[0]?.mass_mg.best, 99_950_000);
});
