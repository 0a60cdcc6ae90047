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

describe("lots that did not arrive", () => {
  const weighed = (lot: string, kg: number) => ({ lot, mass: `${kg} kg`, sd: "1 kg" });
  const from = { from: "plainfield", to: "noblesville", carrier: "sample-carrier" };
  const [one, part] = [weighed("L-MAGNETS", 650), weighed("L-PART", 600)];

  async function twoOnATruck() {
    const world = await worldBefore("ship send");
    await world.do("prepare step", {
      ...{ step: "S-P", kind: "split", site: "plainfield", inputs: [{ lot: "L-MAGNETS", mass: "600 kg" }] },
      outputs: [{ lot: "L-PART", kind: "magnets", mass: "600 kg", sd: "10 g" }],
    });
    await world.do("ship send", { shipment: "B-1", ...from, lots: [one, part] });
    return world;
  }

  it("H8: one of two goes on, and the other is the sender's to find, to send anew or to write off", async () => {
    const world = await twoOnATruck();
    const receive = (change: object) =>
      world.code("ship receive", { shipment: "B-1", lots: [one], ...change });
    assert.equal(await receive({}), "lot_missing");
    assert.equal(await receive({ not_arrived: ["L-PART", "L-MAGNETS"] }), "lot_named_twice");
    assert.equal(await receive({ not_arrived: ["L-PART", "L-IRON"] }), "lot_not_in_shipment");
    const answer = await world.do("ship receive", {
      shipment: "B-1",
      lots: [one],
      not_arrived: ["L-PART"],
    });
    assert.deepEqual(answer["findings"], ["L-PART did not arrive"]);
    const where = async (lot: string) => {
      const { place, state } = await world.record("lot", lot);
      return [place, state];
    };
    assert.deepEqual(await where("L-MAGNETS"), ["noblesville", "on_hand"]);
    assert.deepEqual(await where("L-PART"), ["plainfield", "on_hand"]);
    const weight = { shipment: "B-1", side: "receiver", ...part, why: "it is here after all" };
    assert.equal(await world.code("ship correct-weight", weight), "not_received");
    const portions = ["supplier", "processor", "umpire"].map((side) => ({ side, seal: side, mass: "100 g" }));
    await world.do("assay sample", { lot: "L-MAGNETS", portions });
    const counts = [{ lot: "L-PART", missing: true }];
    await world.do("ledger stocktake", { site: "plainfield", counts, why: "lost on the road" });
    assert.equal((await world.record("lot", "L-PART")).mass_mg.best, 0);
  });

  it("H8: a truck of which nothing arrived is received too, and what was on it may be sent anew", async () => {
    const world = await twoOnATruck();
    const lost = { shipment: "B-1", lots: [], not_arrived: ["L-PART", "L-MAGNETS"] };
    await world.do("ship receive", lost);
    await world.do("ship send", { shipment: "B-2", ...from, lots: [part] });
    await world.do("ship receive", { shipment: "B-2", lots: [part] });
    assert.equal((await world.record("lot", "L-PART")).place, "noblesville");
  });
});
