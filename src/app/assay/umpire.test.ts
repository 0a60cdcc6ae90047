import assert from "node:assert/strict";
import { test } from "node:test";
import { theUseCase, type World, worldBefore } from "../../../test/story/world.ts";
import {
  agreed,
  assayed,
  by,
  PROCESSOR,
  SUPPLIER,
  settling,
  statementOf,
  terms,
} from "../../../test/support/settling.ts";

const report = theUseCase("assay report").example as { mg_per_kg: object };
const draw = theUseCase("assay sample").example as { portions: readonly { side: string }[] };
const says = (laboratory: string, side = "umpire") => ({ ...report, side, laboratory });
const consents = (laboratory: string) => ({ sample: "Y-1", side: "umpire", laboratory });
const final = async (world: World) =>
  statementOf(await world.do("settle lot", settling({ why: "the umpire" }))).status;

/** A sample whose sides lie far apart; these laboratories stood in the register before. */
async function disputed(laboratories: readonly string[], change: object = {}): Promise<World> {
  const world = await worldBefore("assay sample");
  for (const party of laboratories)
    await world.do("programme register-party", { party, name: party, kind: "laboratory" });
  await agreed(world, change);
  await world.do("assay sample", draw);
  await world.do("assay report", report, by("chemist@sample-lab-a"));
  return world;
}
const low = { mg_per_kg: { ...report.mg_per_kg, Nd: { best: 200_000, sd: 900 } } };

test("Y40: one firm that names an umpire of its own, and another once that is accepted, keeps no lot from becoming final", async () => {
  const world = await disputed(["lab-k", "lab-f"]);
  await world.do("assay report", { ...says("sample-lab-b", "processor"), ...low }, by("c@sample-lab-b"));
  await world.do("settle lot", settling(), PROCESSOR);
  await world.do("assay consent", consents("lab-f"), PROCESSOR);
  await world.do("assay consent", consents("lab-f"), SUPPLIER);
  await world.do("assay consent", consents("lab-k"), PROCESSOR);
  assert.equal(await world.code("assay report", says("lab-k"), by("c@lab-k")), "laboratory_not_named");
  await world.do("assay report", says("lab-f"), by("c@lab-f"));
  assert.equal(await final(world), "final");
  const other = await disputed(["lab-k", "lab-f"]);
  await other.do("assay report", { ...says("sample-lab-b", "processor"), ...low }, by("c@sample-lab-b"));
  await other.do("settle lot", settling(), PROCESSOR);
  await other.do("assay consent", consents("lab-f"), PROCESSOR);
  await other.do("assay report", says("lab-k"), by("c@lab-k"));
  assert.equal(await final(other), "final");
});

test("Y40: nor does one that seals the umpire's portion for somebody, or has the other accept who cannot be one", async () => {
  const world = await worldBefore("assay sample");
  await world.do("programme register-party", { party: "lab-u", name: "U", kind: "laboratory" });
  await agreed(world);
  const portions = draw.portions.map((one) =>
    one.side === "umpire" ? { ...one, laboratory: "sample-carrier" } : one,
  );
  await world.do("assay sample", { ...draw, portions }, PROCESSOR);
  await world.do("assay report", report, by("chemist@sample-lab-a"));
  await world.do("assay report", { ...says("sample-lab-b", "processor"), ...low }, by("c@sample-lab-b"));
  await world.do("settle lot", settling(), PROCESSOR);
  for (const who of ["sample-lab-a", "sample-lab-b"])
    assert.equal(await world.code("assay consent", consents(who), SUPPLIER), "laboratory_not_independent");
  for (const firm of [PROCESSOR, SUPPLIER]) await world.do("assay consent", consents("lab-u"), firm);
  await world.do("assay report", says("lab-u"), by("c@lab-u"));
  assert.equal(await final(world), "final");
});

test("Y41: a side does not take the umpire of the terms for itself, neither first nor while it is awaited", async () => {
  const { assay_rule } = terms() as { assay_rule: object };
  const world = await disputed(["lab-u"], {
    assay_rule: { ...assay_rule, laboratories: { umpire: ["lab-u"] } },
  });
  const mine = { ...says("lab-u", "processor"), ...low };
  assert.equal(await world.code("assay report", mine, PROCESSOR), "laboratory_not_independent");
  await world.do("assay report", { ...mine, laboratory: "sample-lab-b" }, by("c@sample-lab-b"));
  await world.do("settle lot", settling(), SUPPLIER);
  const better = { ...mine, corrects: "a better laboratory" };
  assert.equal(await world.code("assay report", better, PROCESSOR), "laboratory_not_independent");
  await world.do("assay report", says("lab-u"), by("c@lab-u"));
  assert.equal(await final(world), "final");
});

test("Y42: a party that became a laboratory after the sample was known to nobody as one before", async () => {
  const world = await assayed(200_000);
  await agreed(world);
  await world.do("settle lot", settling());
  const change = { party: "sample-carrier", kind: "laboratory", why: "new business" };
  await world.do("programme change-party", change, by("manager@sample-carrier"));
  const asked = says("sample-carrier");
  assert.equal(await world.code("assay report", asked, by("c@sample-carrier")), "laboratory_not_named");
});
