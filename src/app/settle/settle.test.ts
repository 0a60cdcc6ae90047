import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { theUseCase, type World, worldBefore } from "../../../test/story/world.ts";
import { agreed, assayed, PROCESSOR, SUPPLIER, umpired } from "../../../test/support/settling.ts";

const settle = theUseCase("settle lot").example as object;
const account = (world: World) =>
  world.ask<{ balances: { oxide: string; owed_kg?: string }[]; postings: { kind: string }[] }>(
    "settle account",
    {
      agreement: "A-2026-01",
    },
  );
const statements = async (world: World) => (await world.record("statement", "L-MAGNETS")).issued;

/** The lot is settled; then the receiver's weight is found to have been another. */
async function weighedAgain(mass = "1251 kg"): Promise<World> {
  const world = await worldBefore("settle statements");
  await world.do("ship correct-weight", {
    ...{ shipment: "B-1", side: "receiver", lot: "L-MAGNETS", why: "the scale was found to be off" },
    ...{ mass, scale: "noblesville-floor" },
  });
  return world;
}

/** The receiver's new weight becomes money: the one firm proposes it, the other asks for the same. */
async function settledAnew(world: World): Promise<Record<string, unknown>> {
  const asked = { lot: "L-MAGNETS", agreement: "A-2026-01", weights: "corrected" };
  await world.do("settle move-lot", { ...asked, why: "weighed again" }, PROCESSOR);
  return world.do("settle move-lot", asked, SUPPLIER);
}

describe("settlements on the books", () => {
  it("S25: a statement is replaced by one that says why and names the one before; the first stays", async () => {
    const world = await weighedAgain();
    assert.equal(await world.code("settle lot", settle), "reason_missing");
    await settledAnew(world);
    const [first, second, ...more] = await statements(world);
    assert.ok(first && second && more.length === 0);
    assert.equal(JSON.stringify(second.statement).includes(first.statement.digest), true);
    assert.notEqual(first.statement.digest, second.statement.digest);
  });

  it("S25: one that changes nothing is refused", async () => {
    const world = await worldBefore("settle statements");
    assert.equal(await world.code("settle lot", { ...settle, why: "again" }), "nothing_changed");
  });

  it("S25: of two who replace it at the same moment one is told that another was first", async () => {
    const world = await assayed(236_000);
    await agreed(world);
    await world.do("settle lot", settle);
    await umpired(world, 235_000);
    const both = await world.atOnce(["a", "b"].map((why) => ["settle lot", { ...settle, why }]));
    assert.deepEqual([...both].sort(), ["done", "nothing_changed"]);
  });

  it("S29: a correction posts the difference as an adjustment, and the balances move by it", async () => {
    const world = await weighedAgain();
    const before = await account(world);
    await settledAnew(world);
    const after = await account(world);
    assert.equal(after.balances.length, before.balances.length);
    const posted = after.postings.slice(before.postings.length);
    assert.ok(posted.length > 0 && posted.every(({ kind }) => kind === "adjust"), JSON.stringify(posted));
    assert.notDeepEqual(after.balances, before.balances);
  });

  it("S40: what was settled is a feed; drawn on, its money is settled anew and the difference is named", async () => {
    const world = await weighedAgain("1249 kg");
    const feed = await world.record("feed", "L-MAGNETS");
    assert.deepEqual(Object.keys(feed.measured_mg).sort(), ["Dy", "Nd", "Pr", "Tb"]);
    await world.do("prepare step", {
      ...{ kind: "split", site: "noblesville", inputs: [{ lot: "L-MAGNETS", mass: "1 kg" }] },
      outputs: [{ kind: "magnets", mass: "1 kg", sd: "10 g" }],
    });
    const lot = await world.record("lot", "L-MAGNETS");
    const { unrestated } = await settledAnew(world);
    const named = unrestated as { element: string; code: string; difference_mg: number }[];
    assert.deepEqual(named.map(({ element, code }) => `${element} ${code}`).sort(), [
      ...["Dy drawn_on", "Nd drawn_on", "Pr drawn_on", "Tb drawn_on"],
    ]);
    assert.ok(named.every(({ difference_mg }) => difference_mg < 0));
    assert.deepEqual(await world.record("lot", "L-MAGNETS"), lot);
    // Claims end at what is agreed now; what was measured stays known (S59).
    const lowered = await world.record("feed", "L-MAGNETS");
    assert.deepEqual(lowered.declared_mg, feed.measured_mg);
    assert.ok((lowered.measured_mg["Nd"]?.best ?? 0) < (feed.measured_mg["Nd"]?.best ?? 0));
    const said = await world.ask<{ unrestated?: Record<string, unknown> }>("settle account", {
      agreement: "A-2026-01",
    });
    assert.deepEqual(said.unrestated?.["L-MAGNETS"], unrestated);
  });

  it("S28: an oxide is returned once, while it is on hand, against a debt of that oxide", async () => {
    const world = await worldBefore("settle return-oxide");
    const back = (lot: string) => ({ agreement: "A-2026-01", lot });
    assert.equal(await world.code("settle return-oxide", back("L-FURNACE")), "lot_not_on_hand");
    assert.equal(await world.code("settle return-oxide", back("L-PR")), "product_differs");
    await world.do("settle return-oxide", back("L-OXIDE"));
    assert.equal(await world.code("settle return-oxide", back("L-OXIDE")), "already_returned");
  });
});
