import assert from "node:assert/strict";
import { test } from "node:test";
import { type World, worldBefore } from "../../../test/story/world.ts";

const FLOOR = "plainfield-floor";
const TRUCK = "truck";
/** In grams: the floor scale of the story is stated to err by a hundred, in whole; the other one by fifty. */
const drum = (lot: string, g: number, scale: string) => ({
  ...{ lot, kind: "magnets", mass: `${(g / 1000).toFixed(3)} kg`, scale },
});

async function step(world: World, name: string, from: string, outputs: readonly ReturnType<typeof drum>[]) {
  const { closure } = await world.do("prepare step", {
    ...{ step: name, kind: "split", site: "plainfield", inputs: [{ lot: from }], outputs },
  });
  const { mass } = closure as { mass: { sd_mg: number; sd_random_mg: number; sd_shared_mg: number } };
  assert.ok(Math.abs(Math.hypot(mass.sd_random_mg, mass.sd_shared_mg) - mass.sd_mg) < 1e-6);
  assert.ok(mass.sd_random_mg > 0, "two readings of one scale never agree for certain");
}

test("L41: a lot weighed anew is booked: lighter, heavier, on another scale, in five drums, counted in between", async () => {
  const world = await worldBefore("ship send");
  await world.do("programme register-unit", {
    ...{ unit: TRUCK, site: "plainfield", kind: "scale", name: "Truck scale" },
    ...{ repeatability_sd: "40 g", bias_sd: "30 g" },
  });
  await step(world, "W-1", "L-MAGNETS", [drum("W-1", 1_249_890, FLOOR)]);
  await step(world, "W-2", "W-1", [drum("W-2", 1_250_060, FLOOR)]);
  await step(world, "W-3", "W-2", [drum("W-3", 1_249_900, TRUCK)]);
  const drums = [130, -90, 60, -120, 40].map((off, n) => drum(`W-4-${n}`, 249_990 + off, FLOOR));
  await step(world, "W-4", "W-3", drums);
  const { corrected } = await world.do("ledger stocktake", {
    ...{
      site: "plainfield",
      why: "count",
      counts: [drum("W-4-0", 250_050, TRUCK)].map(({ kind: _, ...found }) => found),
    },
  });
  assert.equal(corrected, 0, "it agrees");
  await step(world, "W-5", "W-4-0", [drum("W-5", 250_140, FLOOR)]);
  await step(world, "W-6", "W-5", [drum("W-6-0", 125_060, FLOOR), drum("W-6-1", 125_000, TRUCK)]);
});
