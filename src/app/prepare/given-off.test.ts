import assert from "node:assert/strict";
import { test } from "node:test";
import { worldBefore } from "../../../test/story/world.ts";
import { SUPPLIER } from "../../../test/support/settling.ts";

test("L60: what waits for its data dries away by a tenth, in however many steps", async () => {
  const world = await worldBefore("intake sanitize");
  const capabilities = ["intake", "dismantle", "demagnetise", "store", "dry"];
  await world.do("programme change-site", { site: "plainfield", capabilities, why: "oven" }, SUPPLIER);
  const dried = (from: string, lot: string, kg: number, lost: number) =>
    world.code("prepare step", {
      ...{ step: `S-${lot}`, kind: "dry", site: "plainfield", inputs: [{ lot: from }] },
      outputs: [{ lot, kind: "devices", mass: `${kg} kg`, sd: "10 g" }],
      losses: [{ place: "water", mass: `${lost} kg`, sd: "10 g" }],
    });
  assert.equal(await dried("C-1-D", "L-1", 370, 24), "done");
  assert.equal(await dried("L-1", "L-2", 350, 20), "data_not_destroyed");
  assert.equal(await dried("L-1", "L-2", 356, 14), "done");
  assert.equal(await dried("L-2", "L-3", 350, 6), "data_not_destroyed");
});
