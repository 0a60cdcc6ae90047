import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { World } from "../../../test/story/world.ts";
import {
  accountOf,
  agreed,
  assayed,
  by,
  dissolved,
  PROCESSOR,
  SUPPLIER,
  settling,
  statementOf,
  terms,
  umpired,
} from "../../../test/support/settling.ts";
import { checkHistory, nextStatement, type Unrestated } from "../../settle/index.ts";

/** Far enough from the other side's 224,600 mg/kg for the umpire. */
const DISPUTED = 236_000;

async function provisional(): Promise<World> {
  const world = await assayed(DISPUTED);
  await agreed(world);
  const statement = statementOf(await world.do("settle lot", settling()));
  assert.equal(statement.status, "provisional");
  return world;
}

const contentOf = async (world: World, lot: string, element: string): Promise<number> =>
  (await world.record("lot", lot)).elements_mg[element]?.best ?? 0;

const owedOf = async (world: World): Promise<Record<string, string>> =>
  Object.fromEntries(Object.entries(await accountOf(world)).map(([oxide, b]) => [oxide, b.balance_kg]));

const dueBy = (answer: Record<string, unknown>): Record<string, string> =>
  Object.fromEntries(
    statementOf(answer).elements.map(({ oxide = "", returnable_oxide_kg = "" }) => [
      oxide,
      returnable_oxide_kg,
    ]),
  );

describe("money is settled whatever became of the lot", () => {
  it("S40: a provisional statement books the lower assay and the ceiling of claims; it moves no account", async () => {
    const world = await provisional();
    assert.deepEqual(await owedOf(world), {});
    const { measured_mg } = await world.record("feed", "L-MAGNETS");
    const dry_mg = (await world.record("lot", "L-MAGNETS")).mass_mg.best * (1 - 0.004);
    assert.ok(Math.abs((measured_mg["Nd"]?.best ?? 0) / dry_mg - 0.2246) < 1e-6);
    assert.equal(measured_mg["Nd"]?.best, await contentOf(world, "L-MAGNETS", "Nd"));
  });

  it("S40: what the books hold meanwhile is the lower assay, whichever the terms pay on", async () => {
    const world = await assayed(DISPUTED);
    const { assay_rule } = terms() as { assay_rule: object };
    await agreed(world, { assay_rule: { ...assay_rule, provisional_assay: "processor" } });
    await world.do("settle lot", settling());
    const lot = await world.record("lot", "L-MAGNETS");
    assert.ok(Math.abs((lot.elements_mg["Nd"]?.best ?? 0) / (lot.mass_mg.best * 0.996) - 0.2246) < 1e-6);
  });

  it("S40: the umpire reports while the lot stands: it is restated, and nothing differs", async () => {
    const world = await provisional();
    await umpired(world, 235_000);
    const answer = await world.do("settle lot", settling({ why: "the umpire reported" }));
    assert.equal(statementOf(answer).status, "final");
    assert.deepEqual(answer["unrestated"], []);
    const { measured_mg } = await world.record("feed", "L-MAGNETS");
    assert.equal(measured_mg["Nd"]?.best, await contentOf(world, "L-MAGNETS", "Nd"));
    assert.deepEqual(await owedOf(world), dueBy(answer));
  });

  for (const [what, use, code] of [
    ["dissolved", dissolved, "drawn_on"],
    [
      "split in two",
      async (world: World) => {
        const { mass_mg } = await world.record("lot", "L-MAGNETS");
        const mass = (mg: number) => ({ kind: "magnets", mass: `${mg} mg`, sd: "1 g" });
        return world.do("prepare step", {
          ...{ step: "S-D", kind: "split", site: "noblesville", inputs: [{ lot: "L-MAGNETS" }] },
          outputs: [
            { lot: "L-A", ...mass(625_000_000) },
            { lot: "L-B", ...mass(mass_mg.best - 625_000_000) },
          ],
        });
      },
      "drawn_on",
    ],
    [
      "in part lost",
      (world: World) =>
        world.do("prepare step", {
          ...{
            step: "S-D",
            kind: "split",
            site: "noblesville",
            inputs: [{ lot: "L-MAGNETS", mass: "5 kg" }],
          },
          outputs: [],
          losses: [{ place: "spilt", mass: "5 kg", sd: "1 g" }],
        }),
      "drawn_on",
    ],
  ] as const) {
    it(`S40: the umpire reports after the lot was ${what}: the statement is final, what the books keep is named`, async () => {
      const world = await provisional();
      await use(world);
      const before = await world.record("lot", "L-MAGNETS");
      await umpired(world, 235_000);
      const answer = await world.do("settle lot", settling({ why: "the umpire reported" }));
      assert.equal(statementOf(answer).status, "final");
      assert.deepEqual(await owedOf(world), dueBy(answer));
      const [named, ...more] = answer["unrestated"] as Unrestated[];
      assert.deepEqual([named?.element, named?.code, more.length], ["Nd", code, 0]);
      const dry_mg = 1_250_000_000 * (1 - 0.004);
      assert.ok(Math.abs((named?.booked_mg ?? 0) / dry_mg - 0.2246) < 0.001);
      assert.ok((named?.difference_mg ?? 0) > 0);
      assert.deepEqual(await world.record("lot", "L-MAGNETS"), before, "the books keep what they say");
      const account = await world.record("account", "A-2026-01");
      assert.deepEqual(account.unrestated?.["L-MAGNETS"], answer["unrestated"]);
    });
  }

  it("S40: never settled before it was dissolved, it can be settled all the same", async () => {
    const world = await assayed(225_400);
    await agreed(world);
    await dissolved(world);
    const answer = await world.do("settle lot", settling());
    assert.equal(statementOf(answer).status, "final");
    assert.deepEqual(await owedOf(world), dueBy(answer));
    assert.ok((answer["unrestated"] as Unrestated[]).length > 0);
  });

  it("S40: a step taken back leaves the lot whole again: a later statement restates it, and nothing differs any more", async () => {
    const world = await provisional();
    await dissolved(world);
    await umpired(world, 235_000);
    await world.do("settle lot", settling({ why: "the umpire reported" }));
    assert.equal(await world.code("settle lot", settling({ why: "again" })), "nothing_changed");
    const owed = await owedOf(world);
    await world.do("prepare reverse", { step: "S-D", why: "the wrong lot" });
    const answer = await world.do("settle lot", settling({ why: "the lot is whole again" }));
    assert.deepEqual(answer["unrestated"], []);
    assert.deepEqual(await owedOf(world), owed);
    const { measured_mg } = await world.record("feed", "L-MAGNETS");
    assert.equal(measured_mg["Nd"]?.best, await contentOf(world, "L-MAGNETS", "Nd"));
    assert.equal(await world.code("settle lot", settling({ why: "again" })), "nothing_changed");
    assert.deepEqual((await world.record("account", "A-2026-01")).unrestated, {});
  });

  it("S40: what a count found of the lot stands: a statement changes its composition, and names the difference", async () => {
    const world = await assayed(225_400);
    await agreed(world);
    const counted = { lot: "L-MAGNETS", mass: "1200 kg", scale: "noblesville-floor" };
    await world.do("ledger stocktake", { site: "noblesville", why: "a drum is gone", counts: [counted] });
    const answer = await world.do("settle lot", settling());
    assert.equal((await world.record("lot", "L-MAGNETS")).mass_mg.best, 1_200_000_000);
    const { measured_mg } = await world.record("feed", "L-MAGNETS");
    assert.equal(measured_mg["Nd"]?.best, await contentOf(world, "L-MAGNETS", "Nd"));
    assert.deepEqual(await owedOf(world), dueBy(answer));
    const named = answer["unrestated"] as Unrestated[];
    assert.deepEqual([...new Set(named.map(({ code }) => code))], ["counted_since"]);
    assert.equal(await world.code("settle lot", settling({ why: "again" })), "nothing_changed");
    const gone = { lot: "L-MAGNETS", missing: true };
    await world.do("ledger stocktake", { site: "noblesville", why: "all of it is gone", counts: [gone] });
    await world.do("settle lot", settling({ moisture_pct: "0.5", why: "dried again" }));
    assert.equal((await world.record("lot", "L-MAGNETS")).mass_mg.best, 0);
  });
});

describe("time", () => {
  it("S37: nothing is settled before the receipt and the results it rests on, nothing accepted before it was proposed", async () => {
    const world = await assayed(225_400);
    await world.do("settle agree", { agreement: terms() }, SUPPLIER);
    const early = { at: "2026-03-01T00:00:00Z" };
    const accept = { agreement: "A-2026-01", version: 1 };
    assert.equal(await world.code("settle accept", { ...accept, ...early }, PROCESSOR), "time_before_input");
    await world.do("settle accept", accept, PROCESSOR);
    assert.equal(await world.code("settle lot", settling(early)), "time_before_input");
  });
});

describe("what is posted is what the last statement says", () => {
  it("S25: books of before let a provisional statement follow a final one: another is refused until the umpire reported", async () => {
    const world = await assayed(225_400);
    await agreed(world);
    await world.do("settle lot", settling());
    const statements = await world.record("statement", "L-MAGNETS");
    const [issued] = statements.issued;
    assert.ok(issued);
    const fallen = { ...issued, statement: { ...issued.statement, status: "provisional" as const } };
    const next = nextStatement({ ...statements, issued: [issued, fallen] }, fallen.statement, "again");
    assert.equal(next.ok ? "done" : next.refusal.code, "final_stands");
    const final = nextStatement({ ...statements, issued: [issued, fallen] }, issued.statement, "again");
    assert.notEqual(final.ok ? "done" : final.refusal.code, "final_stands");
  });

  it("S39: moved to terms of narrower limits, a lot waits for the umpire there, and nothing stays posted", async () => {
    const world = await assayed(225_400);
    await agreed(world);
    await world.do("settle lot", settling());
    const [nd, ...others] = (terms() as { elements: object[] }).elements;
    await agreed(world, { id: "A-2", elements: [{ ...nd, splitting_limit_pct: "0.01" }, ...others] });
    const asked = { lot: "L-MAGNETS", agreement: "A-2" };
    await world.do("settle move-lot", { ...asked, why: "the right one" }, SUPPLIER);
    const moved = await world.do("settle move-lot", asked, PROCESSOR);
    assert.equal(statementOf(moved).status, "provisional");
    assert.ok(Object.values(await owedOf(world)).every((kg) => kg === "0"));
    await umpired(world, 225_000);
    const final = await world.do("settle lot", settling({ agreement: "A-2", why: "the umpire reported" }));
    const account = await accountOf(world, "A-2");
    const owed = Object.fromEntries(Object.entries(account).map(([oxide, b]) => [oxide, b.balance_kg]));
    assert.deepEqual(owed, dueBy(final));
    const history = (await world.record("statement", "L-MAGNETS")).issued.map(({ statement }) => statement);
    assert.ok(checkHistory(history).ok, "one chain over both agreements");
    assert.ok(!checkHistory([history[0], { ...history[1], moved_from: "A-3" }] as typeof history).ok);
  });

  it("S25: a final statement is not replaced by a provisional one; the next final one adjusts the account", async () => {
    const world = await assayed(225_400);
    await agreed(world);
    const first = await world.do("settle lot", settling());
    assert.equal(statementOf(first).status, "final");
    await world.do("assay consent", { sample: "Y-1", side: "processor" }, SUPPLIER);
    const report = (await world.record("sample", "Y-1")) as {
      reports: Record<string, { mg_per_kg: object }>;
    };
    const corrected = {
      ...{ sample: "Y-1", side: "processor", laboratory: "sample-lab-b", method: "ICP-OES" },
      mg_per_kg: { ...report.reports["processor"]?.mg_per_kg, Nd: { best: DISPUTED, sd: 900 } },
      ...{ moisture_pct: { best: 0.4, sd: 0.02 }, corrects: "a dilution was forgotten" },
    };
    await world.do("assay report", corrected, by("chemist@sample-lab-b"));
    assert.equal(await world.code("settle lot", settling({ why: "corrected" })), "final_stands");
    assert.deepEqual(await owedOf(world), dueBy(first));
    await umpired(world, 235_000);
    const second = await world.do("settle lot", settling({ why: "corrected, and the umpire" }));
    assert.equal(statementOf(second).status, "final");
    assert.deepEqual(await owedOf(world), dueBy(second));
    assert.notDeepEqual(dueBy(first), dueBy(second));
  });
});
