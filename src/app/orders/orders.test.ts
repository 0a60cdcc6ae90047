import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { type World, worldBefore } from "../../../test/story/world.ts";
import { sampled } from "../../../test/support/sampled.ts";
import type { Order } from "../../orders/index.ts";

const terms = { seller: "sample-recycler", oxide: "Nd2O3", specification: "4N", due: "2099-12-31" };

/** L-OXIDE, 300 kg, certified; its buyer is qualified, and has two orders that it cannot both fill. */
async function twoOrders(): Promise<World> {
  const world = await worldBefore("orders allocate");
  const buyer = "sample-buyer-a";
  await world.do("orders qualify", { buyer, to: "qualified", why: "trial passed", evidence: "QA-2" });
  for (const order of ["O-8", "O-9"])
    await world.do("orders place", { ...terms, order, buyer, mass: "200 kg" });
  return world;
}

const promise = (order: string, mass: string, lot = "L-OXIDE") => ({ order, lot, mass });

describe("orders on the books", () => {
  it("O4: the same gram is never promised twice, over all orders", async () => {
    const world = await twoOrders();
    await world.do("orders allocate", promise("O-8", "200 kg"));
    assert.equal(await world.code("orders allocate", promise("O-9", "100.000001 kg")), "already_promised");
    await world.do("orders allocate", promise("O-9", "100 kg"));
    assert.equal(await world.code("orders allocate", promise("O-1", "0.000001 kg")), "already_promised");
  });

  it("O4: nor by two who promise it at the same moment, or while it is delivered", async () => {
    const world = await twoOrders();
    const both = await world.atOnce(["O-8", "O-9"].map((o) => ["orders allocate", promise(o, "200 kg")]));
    assert.deepEqual([...both].sort(), ["already_promised", "done"]);
    const order = both[0] === "done" ? "O-8" : "O-9";
    const other = order === "O-8" ? "O-9" : "O-8";
    const shipped = { order, lot: "L-OXIDE", passport: "P-1", carrier: "sample-carrier" };
    const [left] = await world.atOnce([
      ["orders ship", shipped],
      ["orders allocate", promise(other, "101 kg")],
    ]);
    assert.equal(left, "done");
    const lot = await world.ask<{ mass_mg: { best: number } }>("ledger lot", { lot: "L-OXIDE" });
    assert.equal(lot.mass_mg.best, 100_000_000);
    assert.equal(await world.code("orders allocate", promise(other, "101 kg")), "already_promised");
  });

  it("O5: a lot without a released certificate is unproven, whatever it was made from", async () => {
    const world = await twoOrders();
    const output = { lot: "L-PART", kind: "oxide", mass: "1 kg", scale: "noblesville-floor" };
    await world.do("prepare step", {
      ...{ kind: "split", site: "noblesville", inputs: [{ lot: "L-OXIDE", mass: "1 kg" }] },
      outputs: [{ ...output, notes: { oxide: "Nd2O3" } }],
    });
    assert.equal(
      await world.code("orders allocate", promise("O-8", "1 kg", "L-PART")),
      "specification_not_met",
    );
  });

  it("O5: nor is one promised that is another's, is no oxide, or has a certificate that proves too little", async () => {
    const world = await twoOrders();
    assert.equal(await world.code("orders allocate", promise("O-8", "1 kg", "L-OXIDE-2")), "owner_differs");
    assert.equal(await world.code("orders allocate", promise("O-8", "1 kg", "L-PR")), "product_differs");
    const results = [{ analyte: "Pr6O11", mg_per_kg: "22" }];
    await sampled(world, { sample: "Q-2", lot: "L-OXIDE", results });
    await world.do("certify release", {
      ...{ lot: "L-OXIDE", sample: "Q-2", convention: "half_limit", why: "the first was of another drum" },
    });
    assert.equal(await world.code("orders allocate", promise("O-8", "1 kg")), "specification_not_met");
  });

  it("O7: goods leave with the passport of their lot only, and not with one that was revoked", async () => {
    const world = await worldBefore("orders ship");
    const ship = { order: "O-1", lot: "L-OXIDE", passport: "P-1", carrier: "sample-carrier" };
    assert.equal(await world.code("orders ship", { ...ship, passport: "P-9" }), "passport_missing");
    await world.do("certify revoke", { passport: "P-1", why: "another drum" });
    assert.equal(await world.code("orders ship", ship), "passport_missing");
    await world.do("certify issue", { lot: "L-OXIDE", issuer: "sample-refiner", passport: "P-2" });
    await world.do("orders ship", { ...ship, passport: "P-2" });
    const lot = await world.ask<{ mass_mg: { best: number } }>("ledger lot", { lot: "L-OXIDE" });
    assert.equal(lot.mass_mg.best, 298_000_000);
  });

  it("O8: what is taken back or cancelled can be promised again", async () => {
    const world = await twoOrders();
    for (const free of ["orders release", "orders cancel"]) {
      await world.do("orders allocate", promise("O-8", "200 kg"));
      assert.equal(await world.code("orders allocate", promise("O-9", "200 kg")), "already_promised");
      await world.do(free, {
        order: "O-8",
        ...(free.endsWith("release") ? { lot: "L-OXIDE" } : {}),
        why: "w",
      });
    }
    await world.do("orders allocate", promise("O-9", "200 kg"));
  });

  it("O7: what could not be promised any more does not leave: buyer, title and lot are asked again", async () => {
    const world = await worldBefore("orders ship");
    const ship = { order: "O-1", lot: "L-OXIDE", passport: "P-1", carrier: "sample-carrier" };
    const qualify = (to: string) =>
      world.do("orders qualify", { buyer: "sample-buyer-a", to, why: "audit", evidence: "QA-9" });
    await qualify("unqualified");
    assert.equal(await world.code("orders ship", ship), "buyer_not_qualified");
    assert.deepEqual(await world.ask("orders on-offer", { order: "O-1" }), { items: [] });
    await qualify("trial");
    const away = { lot: "L-OXIDE", to: "sample-refiner", why: "sold" };
    assert.equal(await world.code("settle pass-title", away), "already_promised");
    await world.do("orders release", { order: "O-1", lot: "L-OXIDE", why: "sold" });
    await world.do("settle pass-title", away);
    assert.equal(await world.code("orders allocate", promise("O-1", "1 kg")), "owner_differs");
  });

  it("O10: a promise follows its matter through a division and back; O11: what a stocktake withdraws stands on the order", async () => {
    const world = await twoOrders();
    await world.do("orders allocate", promise("O-8", "200 kg"));
    const part = (lot: string, mass: string) => ({
      ...{ lot, kind: "oxide", mass, scale: "noblesville-floor", notes: { oxide: "Nd2O3" } },
    });
    const split = { kind: "split", site: "noblesville", inputs: [{ lot: "L-OXIDE" }] };
    await world.do("prepare step", {
      ...{ ...split, step: "S-HALF", outputs: [part("L-A", "150 kg"), part("L-B", "150 kg")] },
    });
    const order = () => world.ask<Order>("orders show", { order: "O-8" });
    const there = async () => (await order()).allocations.map(({ lot, mass_mg }) => [lot, mass_mg / 1e6]);
    assert.deepEqual(await there(), [
      ["L-A", 150],
      ["L-B", 50],
    ]);
    await world.do("prepare reverse", { step: "S-HALF", why: "the drum is kept" });
    assert.deepEqual(await there(), [["L-OXIDE", 200]]);
    const dissolve = { ...split, kind: "calcine", outputs: [part("L-C", "300 kg")] };
    const changed = { ...dissolve, outputs: [{ ...part("L-C", "300 kg"), kind: "other" }] };
    assert.equal(await world.code("prepare step", changed), "already_promised");
    await world.do("ledger stocktake", {
      ...{ stocktake: "ST-9", site: "noblesville", why: "a drum leaked" },
      counts: [{ lot: "L-OXIDE", mass: "180 kg", scale: "noblesville-floor" }],
    });
    const after = await order();
    assert.equal(after.state, "open");
    assert.deepEqual(after.allocations, [{ lot: "L-OXIDE", mass_mg: 180e6 }]);
    assert.deepEqual(
      after.released.map((r) => [r.lot, r.mass_mg]),
      [["L-OXIDE", 20e6]],
    );
    assert.match(after.released[0]?.why ?? "", /measured anew/);
  });
});
