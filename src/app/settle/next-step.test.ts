import assert from "node:assert/strict";
import { test } from "node:test";
import { type KnownCommand, theUseCase, type World, worldBefore } from "../../../test/story/world.ts";
import { agreed, assayed, by, NOBODY, settling } from "../../../test/support/settling.ts";
import { perform } from "../core/perform.ts";

/** What a refusal says to whoever meets it. */
async function said(world: World, verb: string, input: object): Promise<string> {
  const request = { key: crypto.randomUUID(), actor: NOBODY };
  const done = await perform(world.ports, theUseCase(verb) as KnownCommand, { request, input });
  assert.ok(!done.ok, `${verb} was done`);
  return done.refusal.message;
}

const split = (step: string, ...masses: readonly string[]) => ({
  ...{ step, kind: "split", site: "noblesville", inputs: [{ lot: "L-MAGNETS" }] },
  outputs: masses.map((mass, nth) => ({ lot: `${step}-${nth}`, kind: "magnets", mass, sd: "1 g" })),
});

test("S81: a lot divided before it was settled says that its parts carry no claims, and how they get them", async () => {
  const world = await assayed(225_400);
  await agreed(world);
  const { mass_mg } = await world.record("lot", "L-MAGNETS");
  await world.do("prepare step", split("S-D", "1 kg", `${mass_mg.best - 1_000_000} mg`));
  const { unrestated } = (await world.do("settle lot", settling())) as { unrestated: { why: string }[] };
  assert.match(unrestated[0]?.why ?? "", /no claims: to have them, take S-D back \(prepare reverse\)/);
  await world.do("prepare reverse", { step: "S-D", why: "settled first" });
  await world.do("settle lot", settling({ why: "it stands whole" }));
  assert.ok((await world.record("feed", "L-MAGNETS")).measured_mg["Nd"]);
});

test("Y50: what is sampled is divided off before the sample is drawn of the rest, which is settled and carries claims", async () => {
  const world = await worldBefore("assay sample");
  const { mass_mg } = await world.record("lot", "L-MAGNETS");
  await world.do("prepare step", split("D", `${mass_mg.best - 450_000} mg`, "450 g"));
  await world.do("assay sample", { ...theUseCase("assay sample").example, lot: "D-0" });
  const report = theUseCase("assay report").example;
  await world.do("assay report", report, by("chemist@sample-lab-a"));
  const other = { ...report, side: "processor", laboratory: "sample-lab-b" };
  await world.do("assay report", other, by("chemist@sample-lab-b"));
  await agreed(world);
  const { unrestated } = (await world.do("settle lot", settling())) as { unrestated: { code: string }[] };
  assert.deepEqual(
    [...new Set(unrestated.map(({ code }) => code))],
    ["counted_since"],
    "it was weighed by itself",
  );
  assert.ok((await world.record("feed", "D-0")).measured_mg["Nd"]);
});

test("L80: a step that does not close says what to do, of what is missing and of what is more", async () => {
  const world = await assayed(225_400);
  assert.match(await said(world, "prepare step", split("S-D1", "1200 kg")), /accept_open/);
  assert.match(await said(world, "prepare step", split("S-D2", "1300 kg")), /additions.*ledger stocktake/);
});

test("L81: who finds more than was made reads whose figure can be put right", async () => {
  const world = await worldBefore("settle return-oxide");
  const counts = [{ lot: "L-OXIDE", mass: "600 kg", scale: "noblesville-floor" }];
  await world.do("ledger stocktake", { site: "noblesville", why: "count", counts });
  const back = { agreement: "A-2026-01", lot: "L-OXIDE" };
  assert.match(await said(world, "settle return-oxide", back), /count or assay that lot anew/);
});
