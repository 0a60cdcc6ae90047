import assert from "node:assert/strict";
import { test } from "node:test";
import { theUseCase, worldBefore } from "../../../test/story/world.ts";

const dismantle = theUseCase("prepare step").example as {
  readonly inputs: readonly { lot: string }[];
  readonly outputs: readonly { lot: string }[];
};

/** The magnets taken out are assayed, and found to hold so many times the neodymium that the manifest let expect of all of it. */
async function assayedAt(times: number) {
  const world = await worldBefore("prepare step");
  const whole = await world.record("lot", "C-1-D");
  const best = ((whole.elements_mg["Nd"]?.best ?? 0) * times) / 7.3;
  const content = { by: "assay", laboratory: "sample-lab-a", mg_per_kg: { Nd: { best, sd: best / 200 } } };
  const [magnets, steel] = dismantle.outputs;
  const input = {
    ...dismantle,
    outputs: [
      { ...magnets, content },
      { ...steel, content: { by: "rest" } },
    ],
  };
  return { world, input };
}

test("L82: magnets that hold more than the manifest let expect, within its doubt, leave nothing in the rest, and the step is booked", async () => {
  const { world, input } = await assayedAt(1.05);
  const { closure } = (await world.do("prepare step", input)) as {
    closure: { elements: Record<string, { residual_mg: number; closes: boolean }> };
  };
  assert.ok(closure.elements["Nd"]?.closes && closure.elements["Nd"].residual_mg < 0);
  const steel = await world.record("lot", "C-1-STEEL");
  assert.equal(steel.elements_mg["Nd"]?.best, 0);
  assert.ok(Object.values(steel.elements_mg["Nd"]?.moves ?? {}).some((move) => move !== 0));
});

test("L82: metal beyond three times the doubt is from nowhere, as before", async () => {
  const { world, input } = await assayedAt(2.5);
  assert.equal(await world.code("prepare step", input), "content_negative");
});
