import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { theUseCase, type World, worldBefore } from "../../../test/story/world.ts";
import type { StepRecorded } from "../../ledger/index.ts";
import { type Measured, spreadInParts } from "../../quantity/index.ts";

const near = (a: number, b: number) => assert.ok(Math.abs(a - b) <= 1e-9 * Math.max(1, b), `${a} is ${b}`);
const G = 1000;

/** The story before lots leave Plainfield, with a scale there whose parts are known: 3 g by itself, 40 g and 0.0001 of the load by its bias. */
async function plainfield(bias_sd: unknown = "40 g"): Promise<World> {
  const world = await worldBefore("ship send");
  await world.do("programme register-unit", {
    ...{ unit: "truck", site: "plainfield", kind: "scale", name: "Truck scale" },
    ...{ repeatability_sd: "3 g", bias_sd, scale_sd: undefined },
  });
  return world;
}

const last = (world: World, kind: string) => {
  const body = world.ports.store.log.findLast((entry) => entry.kind === kind)?.body;
  assert.ok(body, `${kind} was written`);
  return body as Record<string, unknown>;
};

/** L-MAGNETS sent with this weight; its weight on the books. */
async function sent(world: World, weight: object): Promise<Measured> {
  const example = theUseCase("ship send").example as { lots: object[] };
  const lots = [{ lot: "L-MAGNETS", pieces: 5, seals: ["P-1001"], scale: "truck", ...weight }];
  await world.do("ship send", { ...example, lots });
  const [lot] = last(world, "shipment_sent")["lots"] as { mass_mg: Measured }[];
  return lot?.mass_mg as Measured;
}

const TICKET = { gross: "1300.0 kg", tare: "50.0 kg", ticket: "W-778", mark: "NTEP 07-112" };

describe("weights as tickets state them", () => {
  it("G12: a tare taken on the same scale takes the bias out; both readings err by themselves", async () => {
    const net = await sent(await plainfield(), { ...TICKET, tare_kind: "taken" });
    assert.equal(net.best, 1_250_000 * G);
    near(spreadInParts(net).random, 3 * G * Math.SQRT2);
    assert.equal(spreadInParts(net).shared, 0);
  });

  it("G12: a bias that grows with the load stays in the net weight, in proportion", async () => {
    const net = await sent(await plainfield({ relative: "0.0001" }), TICKET);
    near(spreadInParts(net).shared, 0.0001 * 1_250_000 * G);
  });

  it("G12: a stored tare leaves the bias, and errs itself as it was once weighed, alike wherever it is used", async () => {
    const net = await sent(await plainfield(), { ...TICKET, tare_kind: "stored" });
    assert.equal(net.best, 1_250_000 * G);
    near(spreadInParts(net).random, 3 * G);
    assert.deepEqual(net.moves["bias:truck"], 40 * G);
    near(net.moves["bias:tare/truck/50000000"] ?? 0, -Math.hypot(3, 40) * G);
  });

  it("G12: ticket, mark, gross and tare stay in the entry, of shipments, steps, counts and pallets", async () => {
    const kept = { gross_mg: 1_300_000 * G, tare_mg: 50_000 * G, tare_kind: "taken" };
    const printed = { ticket: "W-778", mark: "NTEP 07-112" };
    const world = await plainfield();
    await world.do("ledger stocktake", {
      ...{ site: "plainfield", why: "count", counts: [{ lot: "L-MAGNETS", scale: "truck", ...TICKET }] },
    });
    const [count] = last(world, "stock_taken")["counts"] as { weighing_ticket: object }[];
    assert.deepEqual(count?.weighing_ticket, { ...kept, ...printed });
    await world.do("prepare step", {
      ...{ step: "S-T", kind: "demagnetise", site: "plainfield", inputs: [{ lot: "L-MAGNETS" }] },
      outputs: [{ lot: "L-T", kind: "magnets", scale: "truck", ...TICKET }],
      losses: [{ place: "burnt adhesive and coating", mass: "9 g", sd: "1 g", ticket: "W-779" }],
    });
    const { outputs, losses } = last(world, "step_recorded") as unknown as StepRecorded;
    assert.deepEqual(outputs[0]?.weighing_ticket, { ...kept, ...printed });
    assert.deepEqual(losses[0]?.weighing_ticket, { ticket: "W-779" });
    const pallet = {
      pallet: "P-9",
      gross: "305 kg",
      tare: "18 kg",
      tare_kind: "stored",
      ...printed,
      scale: "truck",
    };
    await world.do("intake receive", {
      ...{ consignment: "C-T", owner: "sample-recycler", from_zip: "46168", site: "plainfield" },
      pallets: [pallet],
    });
    const [one] = last(world, "consignment_received")["pallets"] as Record<string, unknown>[];
    assert.deepEqual(
      [one?.["ticket"], one?.["mark"], one?.["tare_kind"]],
      ["W-778", "NTEP 07-112", "stored"],
    );
    near(spreadInParts(one?.["net_mg"] as Measured).random, 3 * G);
    const shipped = await plainfield();
    await sent(shipped, TICKET);
    const [lot] = last(shipped, "shipment_sent")["lots"] as { weighing_ticket: object }[];
    assert.deepEqual(lot?.weighing_ticket, { ...kept, ...printed });
  });

  it("G12: a net weight and its parts are one or the other, whole, and the net is something", async () => {
    const world = await plainfield();
    const code = (weight: object) =>
      world.code("ledger stocktake", {
        ...{ site: "plainfield", why: "count", counts: [{ lot: "L-MAGNETS", scale: "truck", ...weight }] },
      });
    const { gross, tare } = TICKET;
    assert.equal(await code({ mass: "1250 kg", gross, tare }), "mass_stated_twice");
    assert.equal(await code({ mass: "1250 kg", tare_kind: "stored" }), "mass_stated_twice");
    assert.equal(await code({ gross }), "input_malformed");
    assert.equal(await code({ tare }), "input_malformed");
    assert.equal(await code({}), "count_missing");
    assert.equal(await code({ gross: tare, tare: gross }), "net_not_positive");
    assert.equal(await code({ missing: true, gross, tare }), "count_contradicts");
    assert.equal(await code({ gross, tare, scale: "noblesville-floor" }), "scale_unknown");
    assert.equal(await code({ gross, tare }), "done");
    assert.equal(
      await world.code("prepare step", {
        ...{ kind: "demagnetise", site: "plainfield", inputs: [{ lot: "L-MAGNETS" }] },
        outputs: [{ kind: "magnets", scale: "truck" }],
      }),
      "input_malformed",
    );
  });

  it("G12: a stored tare may lie below what the scale reaches, a taken one may not", async () => {
    const world = await plainfield([{ from: "100 kg", to: "3000 kg", sd: "40 g" }]);
    const weight = { gross: "1300 kg", tare: "50 kg" };
    const count = (tare_kind: string) =>
      world.code("ledger stocktake", {
        ...{
          site: "plainfield",
          why: "c",
          counts: [{ lot: "L-MAGNETS", scale: "truck", ...weight, tare_kind }],
        },
      });
    assert.equal(await count("taken"), "mass_outside_scale");
    assert.equal(await count("stored"), "done");
  });
});
