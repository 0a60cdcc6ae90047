import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { actorOfExample, theUseCase, worldBefore } from "../../../test/story/world.ts";
import { umpireAccepted } from "../../../test/support/settling.ts";

const chemist = actorOfExample("assay report");
const other = { role: "chemist", party: "sample-lab-b", verified: false };
const example = theUseCase("assay report").example as object;
const second = { ...example, side: "processor", laboratory: "sample-lab-b" };
const release = { sample: "Y-1", side: "supplier" };

describe("assays on the books", () => {
  it("Y1: a sample is drawn of a lot that is on hand, not of one on the road", async () => {
    const world = await worldBefore("ship receive");
    assert.equal(await world.code("assay sample", theUseCase("assay sample").example), "lot_not_held");
  });

  it("Y3: neither side's result is seen before both are in: not in the sample, not in the log", async () => {
    const world = await worldBefore("assay report");
    const seen = async () =>
      JSON.stringify([
        await world.ask("assay show", { sample: "Y-1" }),
        await world.ask("assay list", {}),
        await world.ask("ledger entries", { order: "newest" }),
      ]);
    assert.equal(await world.code("assay report", { ...example, side: "umpire" }), "exchange_not_complete");
    await world.do("assay report", example, chemist);
    assert.ok(!(await seen()).includes("224600"), "one side is in");
    assert.equal(await world.code("assay report", { ...example, side: "umpire" }), "exchange_not_complete");
    await world.do("assay report", second, other);
    assert.ok((await seen()).includes("224600"), "both are in");
    const umpire = { ...example, side: "umpire" };
    assert.equal(await world.code("assay report", umpire, other), "laboratory_not_independent");
    await world.do("programme register-party", { party: "lab-u", name: "Umpire", kind: "laboratory" });
    const third = { role: "chemist", party: "lab-u", verified: false };
    await umpireAccepted(world);
    await world.do("assay report", { ...umpire, laboratory: "lab-u" }, third);
  });

  it("Y2: a value and its limit are not one result, and a zero is none", async () => {
    const world = await worldBefore("assay report");
    const found = (Nd: object) => world.code("assay report", { ...example, mg_per_kg: { Nd } }, chemist);
    assert.equal(await found({ best: 812, sd: 9, below: 500 }), "field_unknown");
    assert.equal(await found({ below: 500, sd: 9 }), "field_unknown");
    assert.equal(await found({ best: 0, sd: 0 }), "limit_missing");
    assert.equal(await found({ below: 500 }), "done");
  });

  it("Y2, Y4: a side reports once; a correction says why, and waits for a release of its own", async () => {
    const world = await worldBefore("assay release");
    assert.equal(await world.code("assay report", example), "already_reported");
    const manager = actorOfExample("assay release");
    await world.do("assay release", release, manager);
    assert.equal(await world.code("assay release", release, manager), "already_released");
    await world.do("assay report", { ...example, corrects: "a dilution was booked twice" }, chemist);
    await world.do("assay release", release, manager);
  });

  it("Y7: results are released by another than reported them, and by somebody", async () => {
    const world = await worldBefore("assay release");
    const nobody = { role: "unstated", party: "unstated", verified: false };
    assert.equal(await world.code("assay release", release, nobody), "actor_unstated");
    assert.equal(await world.code("assay release", release, chemist), "released_by_reporter");
    assert.equal(await world.code("assay release", { ...release, side: "processor" }), "not_reported");
    assert.equal(await world.code("assay release", release, actorOfExample("assay release")), "done");
  });

  it("Y8: a settlement says of each side whether its results were released", async () => {
    const world = await worldBefore("settle lot");
    await world.example("settle lot");
    const issued = world.ports.store.log.find((entry) => entry.kind === "statement_issued");
    assert.deepEqual(issued?.body["assays_released"], { supplier: true, processor: false });
  });

  it("settle S16: a lot is not settled before both sides have reported", async () => {
    const world = await worldBefore("assay release");
    await world.example("settle agree");
    assert.equal(await world.code("settle lot", theUseCase("settle lot").example), "assays_missing");
  });

  it("Y9: a result is of a reference that is registered, of an element it states, by a laboratory that is", async () => {
    const world = await worldBefore("assay measure-reference");
    const measured = theUseCase("assay measure-reference").example as { mg_per_kg: object };
    const codes: string[] = [];
    for (const change of [{ reference: "RM-9" }, { laboratory: "nobody" }, { mg_per_kg: { Tb: 1 } }, {}])
      codes.push(await world.code("assay measure-reference", { ...measured, ...change }));
    assert.deepEqual(codes, ["reference_unknown", "party_unknown", "element_not_in_reference", "done"]);
  });

  it("Y90: what waits is listed a page at a time, and the next page is published", async () => {
    const world = await worldBefore("assay report");
    const { items, next } = await world.ask("assay waiting", { limit: 1 });
    assert.deepEqual([(items as object[]).length, next], [1, "Y-1"]);
  });
});
