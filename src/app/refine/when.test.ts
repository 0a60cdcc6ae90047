import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { type World, worldBefore } from "../../../test/story/world.ts";
import type { Campaign } from "../../refine/index.ts";
import { recordRun } from "./index.ts";

const COLUMNS = ["noblesville-c1", "noblesville-c2", "noblesville-c3"];
/** Another campaign for what the story plans; nearly nothing is asked, so that it is worked out soon. */
const planned = (campaign: string, at: string, lot = "L-SOLUTION") => ({
  ...{ campaign, at, lot, columns: COLUMNS, recycle: false },
  targets: { Dy: 0.6, Nd: 0.6, Pr: 0.6 },
});
const show = (world: World, campaign = "K-1") => world.ask<Campaign>("refine show", { campaign });
const after = (at: string, hours: number) => new Date(Date.parse(at) + hours * 3_600_000).toISOString();
const why = "the columns are repacked";

/** K-1 begins next January; half of its lot is free. */
async function januaryPlanned(): Promise<World> {
  const world = await worldBefore("refine plan");
  const { mass_mg } = await world.record("lot", "L-SOLUTION");
  const half = Math.floor(mass_mg.best / 2000);
  const part = (lot: string, grams: number) => ({ lot, kind: "solution", mass: `${grams} g`, sd: "100 g" });
  await world.do("prepare step", {
    ...{ step: "S-HALF", kind: "split", site: "noblesville", inputs: [{ lot: "L-SOLUTION" }] },
    outputs: [part("L-HALF-1", half), part("L-HALF-2", mass_mg.best / 1000 - half)],
  });
  await world.do("refine plan", planned("K-1", "2099-01-12T06:00:00Z", "L-HALF-1"));
  return world;
}

describe("plans in time", () => {
  it("F10: a plan lies ahead, says how long it takes, and its lot is planned once and not before it is there", async () => {
    const world = await januaryPlanned();
    const { at, planned_at, duration_h, cycles, design } = await show(world);
    assert.equal(at, "2099-01-12T06:00:00.000Z");
    assert.ok(planned_at < at);
    assert.ok(Math.abs(duration_h - (cycles * Number(design["cycle_s"])) / 3600) < 1e-9);
    const again = planned("K-2", "2099-06-01T00:00:00Z", "L-HALF-1");
    assert.equal(await world.code("refine plan", again), "already_planned");
    const before = planned("K-2", "2020-01-01T00:00:00Z", "L-HALF-2");
    assert.equal(await world.code("refine plan", before), "lot_not_yet_there");
    const code = await world.code("refine move", { campaign: "K-1", at: "2020-01-01T00:00:00Z", why });
    assert.equal(code, "lot_not_yet_there");
  });

  it("F12: a campaign is moved where its lot and its columns stand together", async () => {
    const world = await januaryPlanned();
    const { mass_mg } = await world.record("lot", "L-HALF-1");
    const lots = [{ lot: "L-HALF-1", mass: `${mass_mg.best} mg`, sd: "1 kg" }];
    const sent = { shipment: "B-9", from: "noblesville", to: "plainfield", carrier: "sample-carrier", lots };
    await world.do("ship send", sent);
    await world.do("ship receive", { shipment: "B-9", lots });
    const moved = { campaign: "K-1", at: "2099-03-02T06:00:00Z", why };
    assert.equal(await world.code("refine move", moved), "column_elsewhere");
    await world.do("refine cancel", { campaign: "K-1", why });
  });

  it("F10: a lot that is planned gets no passport until its campaign is cancelled", async () => {
    const world = await worldBefore("certify release");
    const plan = { campaign: "K-9", at: "2099-05-01T00:00:00Z", lot: "L-PR", columns: ["noblesville-c1"] };
    await world.do("refine plan", { ...plan, recycle: false, targets: { Nd: 0.6, Pr: 0.6 } });
    const issue = { lot: "L-PR", issuer: "sample-refiner" };
    assert.equal(await world.code("certify issue", issue), "already_planned");
    await world.do("refine cancel", { campaign: "K-9", why });
    assert.equal(await world.code("certify issue", issue), "certificate_missing");
  });

  it("F14: a step that is reversed takes the plans of what it made with it, with the reason", async () => {
    const world = await januaryPlanned();
    const answer = await world.do("prepare reverse", { step: "S-HALF", why: "wrong drums" });
    assert.deepEqual(answer["cancelled"], ["K-1"]);
    const { state, cancelled } = await show(world);
    assert.equal(state, "cancelled");
    assert.match(cancelled?.why ?? "", /wrong drums/);
    await world.do("refine plan", planned("K-2", "2099-01-12T06:00:00Z"));
  });

  it("F10 F12: what is made of a planned lot is planned in its campaign, until that is cancelled", async () => {
    const world = await januaryPlanned();
    const { mass_mg } = await world.record("lot", "L-HALF-1");
    await world.do("prepare step", {
      ...{ step: "S-BLEND", kind: "blend", site: "noblesville", inputs: [{ lot: "L-HALF-1" }] },
      outputs: [{ lot: "L-BLEND", kind: "solution", mass: `${mass_mg.best} mg`, sd: "100 g" }],
    });
    const anew = planned("K-2", "2099-06-01T00:00:00Z", "L-BLEND");
    assert.equal(await world.code("refine plan", anew), "already_planned");
    const moved = { campaign: "K-1", at: "2099-03-02T06:00:00Z", why };
    assert.equal(await world.code("refine move", moved), "lot_not_on_hand");
    await world.do("refine cancel", { campaign: "K-1", why });
    await world.do("refine plan", anew);
  });

  it("F11: no other campaign stands on its columns meanwhile; where it ends another may begin, whoever asks at once", async () => {
    const world = await januaryPlanned();
    const { at, duration_h } = await show(world);
    const ask = (from: string) => world.code("refine plan", planned("K-2", from, "L-HALF-2"));
    for (const hours of [-1, 0, duration_h / 2, duration_h - 0.01])
      assert.equal(await ask(after(at, hours)), "unit_busy", `${hours} h after it began`);
    const one = { ...planned("K-2", at, "L-HALF-2"), columns: ["noblesville-c3"] };
    assert.equal(await world.code("refine plan", one), "unit_busy", "one column is enough");
    const end = after(at, duration_h + 0.001);
    const both = await world.atOnce(["K-2", "K-3"].map((k) => ["refine plan", planned(k, end, "L-HALF-2")]));
    assert.deepEqual([...both].sort(), ["already_planned", "done"]);
  });

  it("F12: moved it is elsewhere, cancelled it is nowhere; both are on its record with the reason", async () => {
    const world = await januaryPlanned();
    const march = "2099-03-02T06:00:00.000Z";
    await world.do("refine move", { campaign: "K-1", at: march, why });
    const moved = await show(world);
    assert.deepEqual([moved.at, moved.moves[0]?.why, moved.state], [march, why, "planned"]);
    await world.do("refine plan", planned("K-2", "2099-01-12T06:00:00Z", "L-HALF-2"));
    const back = { campaign: "K-1", at: "2099-01-13T00:00:00Z", why };
    assert.equal(await world.code("refine move", back), "unit_busy");
    await world.do("refine move", { campaign: "K-1", at: after(march, 1), why });
    await world.do("refine cancel", { campaign: "K-1", why });
    assert.equal((await show(world)).cancelled?.why, why);
    for (const verb of ["refine move", "refine cancel"] as const) {
      const input = verb === "refine move" ? back : { campaign: "K-1", why };
      assert.equal(await world.code(verb, input), "campaign_cancelled");
    }
    await world.do("refine plan", planned("K-3", march, "L-HALF-1"));
    assert.equal(await world.code("refine cancel", { campaign: "K-9", why }), "campaign_unknown");
  });

  it("F7: a run is not taken back while another campaign stands where it is planned again", async () => {
    const world = await worldBefore("refine record-run");
    await world.do("refine record-run", recordRun.example);
    const now = world.ports.clock.now().toISOString();
    await world.do("refine plan", planned("K-2", now, "L-RECYCLE"));
    const back = { step: "S-K-1", why: "another scale" };
    assert.equal(await world.code("prepare reverse", back), "unit_busy");
    await world.do("refine cancel", { campaign: "K-2", why });
    await world.do("prepare reverse", back);
    assert.equal((await show(world)).state, "planned");
  });

  it("F11: a run that took longer than the next campaign leaves it is recorded once that was moved", async () => {
    const world = await januaryPlanned();
    const now = world.ports.clock.now().toISOString();
    await world.do("refine move", { campaign: "K-1", at: now, why });
    const { duration_h } = await show(world);
    await world.do("refine plan", planned("K-2", after(now, duration_h + 1), "L-HALF-2"));
    Object.assign(world.ports, { clock: { now: () => new Date(after(now, duration_h + 48)) } });
    const { mass_mg } = await world.record("lot", "L-HALF-1");
    const all = { mass: `${mass_mg.best} mg`, sd: "1 kg" };
    const run = {
      ...{ step: "S-K-1", site: "noblesville", inputs: [{ lot: "L-HALF-1" }] },
      outputs: [{ lot: "L-BACK", kind: "recycle", ...all, content: { by: "rest" } }],
    };
    const asked = { campaign: "K-1", products: {}, run };
    assert.equal(await world.code("refine record-run", asked), "unit_busy");
    await world.do("refine move", { campaign: "K-2", at: after(now, duration_h + 50), why });
    await world.do("refine record-run", asked);
  });

  it("F7 F12 F13: one that was run is not moved; a run shorter than its plan is a finding; taken back, it is planned again", async () => {
    const world = await worldBefore("refine record-run");
    const run = recordRun.example;
    const early = { ...run, run: { ...run.run, at: "2026-03-01T09:00:00Z" } };
    assert.match(await world.code("refine record-run", early), /time_before_input/);
    const answer = await world.do("refine record-run", run);
    const [finding] = (await show(world)).findings;
    assert.equal(finding?.code, "run_shorter_than_plan");
    assert.deepEqual(answer["findings"], [finding]);
    assert.equal(
      await world.code("refine move", { campaign: "K-1", at: "2099-01-01T00:00:00Z", why }),
      "campaign_already_run",
    );
    assert.equal(await world.code("refine cancel", { campaign: "K-1", why }), "campaign_already_run");
    await world.do("prepare reverse", { step: "S-K-1", why: "another scale" });
    const again = await show(world);
    assert.deepEqual([again.state, again.run, again.findings], ["planned", undefined, []]);
    await world.do("refine move", { campaign: "K-1", at: again.planned_at, why });
    const step = {
      ...run.run,
      step: "S-K-1b",
      outputs: run.run.outputs.map((o) => ({ ...o, lot: `${o.lot}b` })),
    };
    const products = Object.fromEntries(Object.entries(run.products).map(([lot, e]) => [`${lot}b`, e]));
    await world.do("refine record-run", { campaign: "K-1", products, run: step });
  });
});
