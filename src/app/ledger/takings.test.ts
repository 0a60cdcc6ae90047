import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { worldBefore } from "../../../test/story/world.ts";
import { applyEntry } from "../apply.ts";
import type { ApplyEntry } from "../core/ports.ts";
import type { Records } from "../core/records.ts";

/** The story's books, with its oxide made of what came from devices of C-1. */
const ofDevices: ApplyEntry<Records> = async (book, entry) => {
  await applyEntry(book, entry);
  const oxide = await book.get("lot", "L-OXIDE");
  if (oxide?.data_from.length === 0) book.put("lot", "L-OXIDE", { ...oxide, data_from: ["C-1"] });
};

const weighed = (lot: string, kind: string, mass: string) => ({
  lot,
  kind,
  mass,
  scale: "noblesville-floor",
});

describe("takings on the books", () => {
  it("ledger L36: what a passport describes or an order waits for is not changed by a step", async () => {
    const world = await worldBefore("orders ship");
    const dissolve = {
      ...{ kind: "dissolve", site: "noblesville", inputs: [{ lot: "L-OXIDE" }] },
      outputs: [weighed("L-BACK", "solution", "300 kg")],
    };
    assert.equal(await world.code("prepare step", dissolve), "already_promised");
    await world.do("prepare step", {
      ...{ kind: "split", site: "noblesville", inputs: [{ lot: "L-OXIDE" }] },
      outputs: [
        { ...weighed("DRUM-1", "oxide", "100 kg"), notes: { oxide: "Nd2O3" } },
        { ...weighed("DRUM-2", "oxide", "200 kg"), notes: { oxide: "Nd2O3" } },
      ],
    });
    const drum = await world.record("taking", "DRUM-1");
    assert.deepEqual(drum.claimed, { "P-1": 100_000_000 });
    assert.deepEqual(drum.promised, { "O-1": 2_000_000 });
    const shown = await world.ask("ledger lot", { lot: "DRUM-1" });
    assert.deepEqual(shown["taken"], {
      ...{ claimed: { "P-1": 100_000_000 }, promised: { "O-1": 2_000_000 }, delivered: {} },
      returned: drum.returned,
    });
    assert.deepEqual(shown["free_mg"], {
      ...{ claimed: 0, promised: 98_000_000 },
      returned: 100_000_000 - Object.values(drum.returned).reduce((a, b) => a + b, 0),
    });
  });

  it("ledger L37: a count that finds less is booked; the passport is revoked and what no longer fits given back", async () => {
    const world = await worldBefore("orders ship");
    const counted = await world.do("ledger stocktake", {
      ...{ site: "noblesville", why: "a drum stood open", counts: [{ lot: "L-OXIDE", missing: true }] },
    });
    assert.deepEqual(counted["withdrawn"], [
      {
        ...{ lot: "L-OXIDE", passports: ["P-1"], promises: [{ order: "O-1", mass_mg: 2_000_000 }] },
        returns: [{ agreement: "A-2026-01", mass_mg: 300_000_000 }],
      },
    ]);
    assert.match((await world.record("passport", "P-1")).revoked?.why ?? "", /L-OXIDE was measured anew/);
    assert.equal((await world.record("order", "O-1")).state, "open");
    assert.deepEqual((await world.record("taking", "L-OXIDE")).promised ?? {}, {});
  });

  it("ledger L23 (law 7): no oxide goes to a buyer while a device it may descend from still holds data", async () => {
    const world = await worldBefore("orders ship", ofDevices);
    const ship = { order: "O-1", lot: "L-OXIDE", passport: "P-1", carrier: "sample-carrier" };
    const lot = await world.record("lot", "L-OXIDE");
    const [consignment] = lot.data_from;
    assert.ok(consignment, "it descends from devices that bore data");
    await world.do("intake correct-line", {
      consignment,
      row: 3,
      data_bearing: "yes",
      why: "a stick between",
    });
    assert.equal(await world.code("orders ship", ship), "data_not_destroyed");
  });
});
