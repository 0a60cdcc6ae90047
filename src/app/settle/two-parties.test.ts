import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { theUseCase, type World, worldBefore } from "../../../test/story/world.ts";
import {
  accountOf,
  agreed,
  assayed,
  by,
  NOBODY,
  PROCESSOR,
  STRANGER,
  SUPPLIER,
  settling,
  statementOf,
  terms,
} from "../../../test/support/settling.ts";

const ID = "A-2026-01";
const propose = (world: World, who = SUPPLIER, change: object = {}, why?: string) =>
  world.code("settle agree", { agreement: terms(change), ...(why ? { why } : {}) }, who);
const accept = (world: World, version: number, who = PROCESSOR, change: object = {}) =>
  world.code("settle accept", { agreement: ID, version, ...change }, who);
const toll = (amount_per_kg: string) => ({ toll: { amount_per_kg, basis: "returned_oxide" } });

describe("terms take two parties", () => {
  it("S35: one of the two proposes; a stranger, nobody and a party without a role do not", async () => {
    const world = await worldBefore("settle agree");
    assert.equal(await propose(world, STRANGER), "party_differs");
    assert.equal(await propose(world, NOBODY), "party_differs");
    assert.equal(await propose(world, by("unstated@sample-recycler")), "party_differs");
    const said = await world.do("settle agree", { agreement: terms() }, SUPPLIER);
    assert.equal(said["state"], "proposed");
    assert.equal(said["accepted_by"], "sample-refiner");
    assert.equal((await world.record("agreement", ID)).state, "proposed");
    assert.equal(await propose(world), "reason_missing");
    assert.equal(await propose(world, PROCESSOR, toll("29"), "a counter offer"), "done");
  });

  it("S35: the very terms of the last version are no new one; for days it was not accepted for they are", async () => {
    const world = await worldBefore("settle agree");
    await propose(world);
    for (const who of [SUPPLIER, PROCESSOR])
      assert.equal(await propose(world, who, {}, "again"), "nothing_changed");
    assert.equal(await accept(world, 1, PROCESSOR, { from: "2026-03-31" }), "done");
    assert.equal(await propose(world, SUPPLIER, {}, "from the first day on"), "done");
    assert.equal(await accept(world, 2), "done");
    assert.equal(await propose(world, PROCESSOR, {}, "once more"), "nothing_changed");
    assert.equal((await world.record("agreement", ID)).versions, 2);
  });

  it("S35: who may is said last: first what is wrong with the terms", async () => {
    const world = await worldBefore("settle agree");
    assert.equal(await propose(world, STRANGER, { floor_price: "110" }), "clause_unknown");
    const alone = { supplier: "sample-refiner", processor: "sample-refiner" };
    assert.equal(await propose(world, PROCESSOR, { parties: alone }), "one_party_alone");
    const unknown = { supplier: "nobody", processor: "sample-refiner" };
    assert.equal(await propose(world, STRANGER, { parties: unknown }), "party_unknown");
    const laboratory = { ...(terms() as { assay_rule: object }).assay_rule, joint_laboratory: "no-lab" };
    assert.equal(await propose(world, SUPPLIER, { assay_rule: laboratory }), "party_unknown");
    const [first, ...others] = (terms() as { elements: object[] }).elements;
    const asks = (specification: string) => ({ elements: [{ ...first, specification }, ...others] });
    assert.equal(await propose(world, SUPPLIER, asks("11N")), "specification_unknown");
    assert.equal(await propose(world, SUPPLIER, asks("4N")), "done");
  });

  it("S35: a number belongs to the two parties that agreed under it first, not to who proposed first", async () => {
    const world = await worldBefore("settle agree");
    const parties = { supplier: "sample-buyer-a", processor: "sample-refiner" };
    assert.equal(await propose(world, STRANGER, { parties }), "done", "nobody has agreed under it");
    assert.equal(await propose(world), "done", "the stranger's word keeps nobody from it");
    assert.equal(await accept(world, 2), "done");
    assert.equal(await accept(world, 1), "agreement_of_others", "it fell with the acceptance");
    assert.equal(await propose(world, STRANGER, { parties }, "mine"), "agreement_of_others");
    const turned = { supplier: "sample-refiner", processor: "sample-recycler" };
    assert.equal(await propose(world, SUPPLIER, { parties: turned }, "the other way"), "agreement_of_others");
    const { agreement, version } = await world.record("agreement", ID);
    assert.deepEqual([agreement.parties.supplier, version], ["sample-recycler", 2]);
  });

  it("S36: the other party puts it in force; its proposer, a stranger and nobody do not", async () => {
    const world = await worldBefore("settle agree");
    assert.equal(await accept(world, 1), "agreement_unknown");
    await propose(world);
    assert.equal(await accept(world, 2), "version_unknown");
    for (const who of [SUPPLIER, STRANGER, NOBODY, by("unstated@sample-refiner")])
      assert.equal(await accept(world, 1, who), "party_differs", who.party);
    assert.equal(await accept(world, 1, PROCESSOR, { from: "2025-12-31" }), "agreement_not_in_force");
    assert.equal(await accept(world, 1), "done");
    assert.equal(await accept(world, 1), "already_accepted");
    const { state, version } = await world.record("agreement", ID);
    assert.deepEqual([state, version], ["accepted", 1]);
  });

  it("S36: of terms offered by the processor the supplier is asked", async () => {
    const world = await worldBefore("settle agree");
    await propose(world, PROCESSOR);
    assert.equal(await accept(world, 1, PROCESSOR), "party_differs");
    assert.equal(await accept(world, 1, SUPPLIER), "done");
  });

  it("S36: who offers anew takes the old offer back; the other's offer stands beside it", async () => {
    const world = await worldBefore("settle agree");
    await propose(world, SUPPLIER, toll("3"));
    await propose(world, SUPPLIER, toll("30"), "a digit was missing");
    await propose(world, PROCESSOR, toll("31"), "a counter offer");
    assert.equal(await accept(world, 1), "proposal_replaced");
    assert.equal(await accept(world, 2), "done");
    assert.equal(await accept(world, 3, SUPPLIER), "done");
    const { version, agreement } = await world.record("agreement", ID);
    assert.deepEqual([version, agreement.toll.amount_per_kg], [3, "31"]);
  });

  it("S34 S37: nothing is settled under terms that one party alone wants, or outside their days", async () => {
    const world = await assayed(225_400);
    const settle = () => world.code("settle lot", settling(), PROCESSOR);
    assert.equal(await settle(), "agreement_unknown");
    await propose(world);
    assert.equal(await settle(), "agreement_not_in_force");
    await agreed(world, { effective: { from: "2020-01-01", to: "2021-12-31" } }, "the old days");
    assert.equal(await settle(), "agreement_not_in_force");
    await agreed(world, { effective: { from: "2026-03-31", to: null } }, "too late for this lot");
    assert.equal(await settle(), "agreement_not_in_force");
    await propose(world, SUPPLIER, {}, "now");
    assert.equal(await accept(world, 4, PROCESSOR, { from: "2026-03-31" }), "done");
    assert.equal(await settle(), "agreement_not_in_force");
    await agreed(world, {}, "for this lot too");
    assert.equal(await settle(), "done");
  });

  it("S37: a stranger cannot re-price, and what both agree later does not touch a settled lot", async () => {
    const world = await assayed(225_400);
    await agreed(world);
    const first = statementOf(await world.do("settle lot", settling(), PROCESSOR));
    assert.equal(first.agreement_version, 1);
    for (const who of [STRANGER, NOBODY])
      assert.equal(await propose(world, who, toll("1000"), "dearer"), "party_differs");
    await propose(world, SUPPLIER, toll("1000"), "one alone");
    assert.equal(await world.code("settle lot", settling({ why: "again" })), "nothing_changed");
    await accept(world, 2);
    assert.equal(await world.code("settle lot", settling({ why: "again" })), "nothing_changed");
    await world.do("ship correct-weight", {
      ...{ shipment: "B-1", side: "receiver", lot: "L-MAGNETS", why: "the scale was off" },
      ...{ mass: "1251 kg", scale: "noblesville-floor" },
    });
    const asked = { lot: "L-MAGNETS", agreement: ID, weights: "corrected" };
    await world.do("settle move-lot", { ...asked, why: "weighed again" }, PROCESSOR);
    const second = statementOf(await world.do("settle move-lot", asked, SUPPLIER));
    assert.equal(second.agreement_version, 1);
    assert.ok(Math.abs(Number(second.amount_due) - Number(first.amount_due)) < 20);
  });

  it("S37 S38: who may settle is one of the two; lots of others are not settled under their terms", async () => {
    const world = await assayed(225_400);
    await agreed(world);
    assert.equal(await world.code("settle lot", settling(), STRANGER), "party_differs");
    const others = { supplier: "sample-buyer-a", processor: "sample-refiner" };
    const agreement = terms({ id: "A-9", parties: others });
    await world.do("settle agree", { agreement }, STRANGER);
    await world.do("settle accept", { agreement: "A-9", version: 1 }, PROCESSOR);
    assert.equal(await world.code("settle lot", settling({ agreement: "A-9" })), "agreement_of_others");
    assert.equal(await world.code("settle lot", settling(), NOBODY), "done");
    assert.equal(
      await world.code("settle lot", settling({ agreement: "A-9", why: "cheaper" })),
      "statement_of_another_lot",
    );
  });

  it("S38: where the terms name one laboratory for both, no other's results are settled on", async () => {
    const world = await assayed(225_400);
    const { assay_rule } = terms() as { assay_rule: object };
    await agreed(world, { assay_rule: { ...assay_rule, joint_laboratory: "sample-lab-a" } });
    assert.equal(await world.code("settle lot", settling()), "laboratory_differs");
  });

  it("S38 Y12: beside ordinary terms the joint laboratory reports for both, and the lot settles under the terms that name it", async () => {
    const world = await worldBefore("assay report");
    const { assay_rule } = terms() as { assay_rule: object };
    await agreed(world);
    const report = theUseCase("assay report").example as object;
    const laboratory = by("chemist@sample-lab-a");
    const second = { ...report, side: "processor" };
    await world.do("assay report", report, laboratory);
    assert.equal(await world.code("assay report", second, laboratory), "laboratory_not_independent");
    await agreed(world, { id: "A-JOINT", assay_rule: { ...assay_rule, joint_laboratory: "sample-lab-a" } });
    await world.do("assay report", second, laboratory);
    assert.equal(await world.code("settle lot", settling()), "laboratory_not_independent");
    assert.equal(await world.code("settle lot", settling({ agreement: "A-JOINT" })), "done");
  });
});

describe("a settled lot is moved by both", () => {
  const move = (world: World, agreement: string, who = SUPPLIER, why: string | undefined = "the right one") =>
    world.code("settle move-lot", { lot: "L-MAGNETS", agreement, ...(why ? { why } : {}) }, who);

  async function settledWrongly(): Promise<World> {
    const world = await assayed(225_400);
    assert.equal(await move(world, ID), "statement_missing");
    await agreed(world);
    await world.do("settle lot", settling(), PROCESSOR);
    await agreed(world, { id: "A-2", currency: "EUR", ...toll("40") });
    return world;
  }

  it("S39: proposed by one and asked for by the other; its postings are taken back, its money is due no more", async () => {
    const world = await settledWrongly();
    const before = await accountOf(world);
    assert.equal(await move(world, "A-2", STRANGER), "party_differs");
    assert.equal(await move(world, "A-2", NOBODY), "party_differs");
    assert.equal(await move(world, "A-2", SUPPLIER, ""), "reason_missing");
    assert.equal(await move(world, "A-2"), "done");
    assert.deepEqual(await accountOf(world), before, "one alone moves nothing");
    assert.equal(await move(world, "A-2"), "already_proposed");
    assert.equal(await move(world, "A-2", NOBODY), "party_differs");
    const moved = await world.do("settle move-lot", { lot: "L-MAGNETS", agreement: "A-2" }, PROCESSOR);
    assert.equal(moved["state"], "accepted");
    assert.equal(statementOf(moved).agreement.id, "A-2");
    const [left, came] = [await accountOf(world), await accountOf(world, "A-2")];
    for (const [oxide, { balance_kg }] of Object.entries(before)) {
      assert.equal(left[oxide]?.balance_kg, "0", oxide);
      assert.equal(came[oxide]?.balance_kg, balance_kg, oxide);
    }
    const { agreement, issued, move: open } = await world.record("statement", "L-MAGNETS");
    assert.deepEqual([agreement, issued.length, open], ["A-2", 2, undefined]);
    const reversed = issued[1]?.reversed;
    assert.equal(reversed?.amount_due, issued[0]?.statement.amount_due);
    assert.equal(reversed?.currency, "USD");
    assert.equal(issued[1]?.statement.supersedes?.statement, issued[0]?.statement.digest);
  });

  it("S39: corrected after a move, and moved back, the accounts say what the last statement says", async () => {
    const world = await settledWrongly();
    const before = await accountOf(world);
    await move(world, "A-2");
    await move(world, "A-2", PROCESSOR);
    assert.equal(await move(world, "A-2"), "nothing_changed");
    await world.do("ship correct-weight", {
      ...{ shipment: "B-1", side: "receiver", lot: "L-MAGNETS", why: "the scale was off" },
      ...{ mass: "1251 kg", scale: "noblesville-floor" },
    });
    assert.equal(
      await world.code("settle lot", settling({ why: "weighed again" })),
      "statement_of_another_lot",
    );
    const asked = { lot: "L-MAGNETS", agreement: "A-2", weights: "corrected" };
    await world.do("settle move-lot", { ...asked, why: "weighed again" }, PROCESSOR);
    const again = await world.do("settle move-lot", asked, SUPPLIER);
    const oxideOf = (answer: Record<string, unknown>) =>
      Object.fromEntries(statementOf(answer).elements.map((e) => [e.oxide, e.returnable_oxide_kg]));
    const balances = async (agreement: string) =>
      Object.fromEntries(
        Object.entries(await accountOf(world, agreement)).map(([oxide, b]) => [oxide, b.balance_kg]),
      );
    assert.deepEqual(await balances("A-2"), oxideOf(again));
    await move(world, ID, PROCESSOR);
    const back = await world.do("settle move-lot", { lot: "L-MAGNETS", agreement: ID }, SUPPLIER);
    assert.deepEqual(await balances(ID), oxideOf(back));
    assert.ok(Object.values(await balances("A-2")).every((kg) => kg === "0"));
    assert.notDeepEqual(await accountOf(world), before);
  });

  it("S39: to terms of the same two that hold on its day of receipt; by both to a later version too", async () => {
    const world = await settledWrongly();
    await agreed(world, { id: "A-3", effective: { from: "2027-01-01", to: null } });
    assert.equal(await move(world, "A-3"), "agreement_not_in_force");
    const agreement = terms({
      id: "A-9",
      parties: { supplier: "sample-buyer-a", processor: "sample-refiner" },
    });
    await world.do("settle agree", { agreement }, STRANGER);
    await world.do("settle accept", { agreement: "A-9", version: 1 }, PROCESSOR);
    assert.equal(await move(world, "A-9"), "agreement_of_others");
    assert.equal(await move(world, ID), "nothing_changed");
    await agreed(world, toll("31"), "from the first day on");
    assert.equal(await move(world, ID), "done");
    const moved = await world.do("settle move-lot", { lot: "L-MAGNETS", agreement: ID }, PROCESSOR);
    assert.equal(statementOf(moved).agreement_version, 2);
  });
});
