import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { worldBefore } from "../../../test/story/world.ts";

const leave = (lot: string, mass: string, more: object = {}) => ({
  ...{ from: "plainfield", to: "noblesville", carrier: "sample-carrier" },
  lots: [{ lot, mass, scale: "plainfield-floor" }],
  ...more,
});
const arrive = (mass: string, lot = "L-MAGNETS") => ({
  shipment: "B-1",
  lots: [{ lot, mass, scale: "noblesville-floor", seals: ["P-1001"] }],
});

describe("shipments on the books", () => {
  it("H2 (law 7): nothing leaves while a device of its consignment has no accepted destruction record", async () => {
    const before = await worldBefore("intake sanitize");
    assert.equal(await before.code("ship send", leave("C-1-D", "394 kg")), "data_not_destroyed");
    await before.example("intake sanitize");
    assert.equal(
      await before.code("ship send", leave("C-1-D", "394 kg")),
      "data_not_destroyed",
      "645 are left",
    );
    const after = await worldBefore("intake issue-certificate");
    await after.do("ship send", leave("C-1-D", "394 kg"));
  });

  it("H2 (law 7): what was made of a held lot is held too, and so is every lot when a line turns out to bear data", async () => {
    const world = await worldBefore("intake sanitize");
    await world.do("prepare step", {
      ...{ kind: "split", site: "plainfield", inputs: [{ lot: "C-1-D", mass: "1 kg" }] },
      outputs: [{ lot: "PART", kind: "devices", mass: "1 kg", sd: "1 g" }],
    });
    assert.equal(await world.code("ship send", leave("PART", "1 kg")), "data_not_destroyed");
    const clean = await worldBefore("intake issue-certificate");
    await clean.do("intake correct-line", {
      consignment: "C-1",
      row: 3,
      data_bearing: "yes",
      why: "a stick between",
    });
    assert.equal(await clean.code("ship send", leave("C-1-O", "287 kg")), "data_not_destroyed");
  });

  it("H1: a seal is used once, and a weight names a scale of the place it was read at", async () => {
    const world = await worldBefore("ship send");
    const lot = { lot: "L-MAGNETS", mass: "1250 kg", scale: "plainfield-floor", seals: ["A", "A"] };
    assert.equal(await world.code("ship send", leave("", "", { lots: [lot] })), "seal_used_twice");
    const far = { ...lot, seals: [], scale: "noblesville-floor" };
    assert.equal(await world.code("ship send", leave("", "", { lots: [far] })), "scale_unknown");
    const stated = { ...lot, seals: [], scale: "kitchen", sd: "1 g" };
    assert.equal(
      await world.code("ship send", leave("", "", { lots: [stated] })),
      "scale_unknown",
      "a stated doubt makes no scale of a word",
    );
  });

  it("H2: what is on the road is nobody's to use, and arrives as what was sent", async () => {
    const world = await worldBefore("ship receive");
    assert.equal(await world.code("ship send", leave("L-MAGNETS", "1250 kg")), "lot_not_on_hand");
    const use = { kind: "dissolve", site: "noblesville", inputs: [{ lot: "L-MAGNETS" }] };
    assert.equal(
      await world.code("prepare step", { ...use, outputs: [{ kind: "solution", mass: "1 kg", sd: "1 g" }] }),
      "lot_not_on_hand",
    );
    assert.equal(await world.code("ship receive", arrive("1 kg", "C-1-O")), "lot_not_in_shipment");
    await world.do("ship receive", arrive("1249.6 kg"));
    const { place } = await world.ask("ledger lot", { lot: "L-MAGNETS" });
    assert.equal(place, "noblesville");
  });

  it("H3: a difference beyond three standard uncertainties is a finding for both firms, never smoothed", async () => {
    const near = await (await worldBefore("ship receive")).do("ship receive", arrive("1249.6 kg"));
    assert.deepEqual(near["findings"], []);
    const far = await (await worldBefore("ship receive")).do("ship receive", arrive("1249.5 kg"));
    assert.equal((far["findings"] as unknown[]).length, 1, JSON.stringify(far));
  });

  it("H5: it is received once; a better weight is a correction, and the first stays readable", async () => {
    const world = await worldBefore("ship correct-weight");
    assert.equal(await world.code("ship receive", arrive("1250 kg")), "already_received");
    await world.example("ship correct-weight");
    const shipment = await world.ask<{
      received: { lots: { mass_mg: { best: number } }[] };
      corrections: { mass_mg: { best: number } }[];
    }>("ship show", { shipment: "B-1" });
    assert.equal(shipment.received.lots[0]?.mass_mg.best, 1_249_600_000);
    assert.equal(shipment.corrections[0]?.mass_mg.best, 1_250_100_000);
  });
});
