import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { type World, worldBefore } from "../../../test/story/world.ts";
import { accountOf, NOBODY, PROCESSOR, STRANGER, SUPPLIER } from "../../../test/support/settling.ts";

const A = "A-2026-01";
const back = (lot: string, change: object = {}) => ({ agreement: A, lot, ...change });
const owed = async (world: World) => (await accountOf(world))["Nd2O3"]?.balance_kg;
const takenOf = async (world: World, lot: string) =>
  (await world.ports.store.load("taking", lot))?.record.returned ?? {};

/** The first word, and the second. */
const taken = async (world: World, lot: string) => {
  await world.do("settle take-back-return", back(lot, { why: "another drum was meant" }), PROCESSOR);
  return world.do("settle take-back-return", back(lot), SUPPLIER);
};

describe("a wrong return is taken back", () => {
  it("S46: by both parties, each by name, and the debt is as it was", async () => {
    const world = await worldBefore("settle return-oxide");
    const before = await owed(world);
    const code = (more: object, actor = SUPPLIER) =>
      world.code("settle take-back-return", back("L-OXIDE", more), actor);
    assert.equal(await code({ why: "w" }), "nothing_to_correct");
    await world.do("settle return-oxide", back("L-OXIDE"));
    assert.notEqual(await owed(world), before);
    assert.equal(await code({}), "reason_missing");
    for (const who of [NOBODY, STRANGER]) assert.equal(await code({ why: "w" }, who), "party_differs");
    assert.equal(await code({ why: "w", at: "2026-03-01T00:00:00Z" }), "time_before_input");
    assert.equal(await code({ why: "another drum was meant" }), "done");
    assert.notEqual(await owed(world), before, "one word moves nothing");
    assert.equal(await code({ why: "again" }), "already_proposed");
    assert.equal(await code({}, STRANGER), "party_differs");
    assert.equal(await code({}, PROCESSOR), "done");
    assert.equal(await owed(world), before);
    assert.equal((await accountOf(world))["Nd2O3"]?.returned_kg, "0");
    assert.deepEqual(await takenOf(world, "L-OXIDE"), {});
    assert.equal(await code({ why: "w" }), "nothing_to_correct");
    assert.equal(await world.code("settle return-oxide", back("L-OXIDE")), "done", "it may go back anew");
  });

  it("S46: the matter is followed where the lot only was divided", async () => {
    const world = await worldBefore("settle return-oxide");
    const before = await owed(world);
    await world.do("settle return-oxide", back("L-OXIDE"));
    const output = (lot: string) => ({ lot, kind: "oxide", mass: "150 kg", scale: "noblesville-floor" });
    const at = { site: "noblesville" };
    await world.do("prepare step", {
      ...{ kind: "split", ...at, inputs: [{ lot: "L-OXIDE" }], outputs: [output("H1"), output("H2")] },
    });
    await world.do("prepare step", {
      ...{ step: "S-W", kind: "dissolve", ...at, inputs: [{ lot: "H2" }] },
      additions: [{ name: "acid", mass: "1500 kg", scale: "noblesville-floor" }],
      outputs: [{ lot: "W", kind: "solution", mass: "1650 kg", scale: "noblesville-floor" }],
    });
    const said = await taken(world, "L-OXIDE");
    assert.deepEqual(said["taken_back"], [{ lot: "H1", mass_mg: 150_000_000 }]);
    assert.notEqual(await owed(world), before, "what was reworked stays returned");
    assert.deepEqual(await takenOf(world, "W"), { [A]: 1_650_000_000 });
    assert.equal(
      await world.code("settle take-back-return", back("L-OXIDE", { why: "w" }), PROCESSOR),
      "lot_not_held",
    );
    await world.do("prepare reverse", { step: "S-W", why: "it was not to be dissolved" });
    assert.deepEqual((await taken(world, "L-OXIDE"))["taken_back"], [{ lot: "H2", mass_mg: 150_000_000 }]);
    assert.equal(await owed(world), before);
  });

  it("S46: a title that passed by the return goes back with it", async () => {
    const world = await worldBefore("settle return-oxide");
    const own = { lot: "L-OXIDE", to: "sample-refiner", why: "beyond the guarantee" };
    await world.do("settle pass-title", own);
    await world.do("settle return-oxide", back("L-OXIDE"), PROCESSOR);
    assert.equal((await world.record("lot", "L-OXIDE")).owner, "sample-recycler");
    assert.equal((await taken(world, "L-OXIDE"))["title_passed"], true);
    assert.equal((await world.record("lot", "L-OXIDE")).owner, "sample-refiner");
  });

  it("S46, ledger L37: returned and counted down, the count names what is returned and not there", async () => {
    const world = await worldBefore("settle return-oxide");
    const before = await owed(world);
    const count = (mass: string) =>
      world.do("ledger stocktake", {
        ...{
          site: "noblesville",
          why: "count",
          counts: [{ lot: "L-OXIDE", mass, scale: "noblesville-floor" }],
        },
      });
    await world.do("settle return-oxide", back("L-OXIDE"));
    assert.deepEqual((await count("280 kg"))["withdrawn"], [
      {
        ...{ lot: "L-OXIDE", passports: [], promises: [] },
        returns: [{ agreement: A, mass_mg: 20_000_000 }],
      },
    ]);
    await taken(world, "L-OXIDE");
    assert.equal(await owed(world), before);
    assert.deepEqual(await takenOf(world, "L-OXIDE"), {});
  });
});

describe("a return under the wrong agreement", () => {
  /** L-OXIDE is returned under one agreement, divided and sold, and its feed belongs under the other. */
  async function wrong() {
    const world = await worldBefore("settle take-back-return");
    const from = (await world.record("statement", "L-MAGNETS")).agreement;
    const to = from === A ? "A-2026-02" : A;
    await world.do("prepare step", {
      ...{ step: "S-P", kind: "split", site: "noblesville", inputs: [{ lot: "L-OXIDE", mass: "100 kg" }] },
      outputs: [{ lot: "L-100", kind: "oxide", mass: "100 kg", scale: "noblesville-floor" }],
    });
    await world.do("settle pass-title", { lot: "L-OXIDE", to: "sample-buyer-a", why: "sold" }, SUPPLIER);
    const carry = { agreement: from, lot: "L-OXIDE", to };
    return { world, from, to, carry, why: "its feed came under the other" };
  }

  it("S61: both carry it to the right one, of what it was divided into and sold as too", async () => {
    const { world, from, to, carry, why } = await wrong();
    const code = (more: object, who = PROCESSOR) =>
      world.code("settle take-back-return", { ...carry, why, ...more }, who);
    assert.equal(await code({ to: from }), "nothing_changed");
    assert.equal(await code({}), "account_unknown");
    const move = { lot: "L-MAGNETS", agreement: to };
    // The story's supplier has proposed the same.
    const moved = await world.do("settle move-lot", { ...move, why }, PROCESSOR);
    assert.equal(moved["state"], "accepted");
    const returned = (await accountOf(world, from))["Nd2O3"]?.returned_kg;
    assert.equal(await code({}), "done");
    assert.equal(await code({}), "already_proposed");
    assert.equal(await code({ to: undefined }, SUPPLIER), "done", "back for good is a proposal of its own");
    assert.equal(await code({}), "done");
    assert.equal(await code({}, SUPPLIER), "done");
    assert.equal((await accountOf(world, from))["Nd2O3"]?.returned_kg, "0");
    assert.equal((await accountOf(world, to))["Nd2O3"]?.returned_kg, returned);
    for (const lot of ["L-OXIDE", "L-100"]) {
      const under = await takenOf(world, lot);
      assert.deepEqual(Object.keys(under), [to], lot);
    }
    assert.equal((await world.record("lot", "L-OXIDE")).owner, "sample-buyer-a", "no title passes");
    assert.equal(
      await world.code("settle return-oxide", { agreement: to, lot: "L-100" }),
      "already_returned",
    );
  });
});
