import assert from "node:assert/strict";
import { test } from "node:test";
import { theUseCase, worldBefore } from "../../../test/story/world.ts";
import { certifiedNdPr } from "../../../test/support/virgin.ts";

const BUYER = "sample-buyer-a";

test("refine F40: what is planned is neither offered nor promised to an order, and is again once that is cancelled", async () => {
  const world = await worldBefore("refine plan");
  await certifiedNdPr(world);
  await world.do("orders register-buyer", { buyer: BUYER, segment: "commercial", trial_limit: "5 kg" });
  await world.do("orders qualify", { buyer: BUYER, to: "trial", why: "agreed", evidence: "QA-1" });
  await world.do("orders place", {
    ...{ order: "O-1", buyer: BUYER, seller: "sample-recycler", oxide: "NdPr-magnet" },
    ...{ specification: "4N", mass: "2 kg", due: "2099-12-31" },
  });
  const offered = async () =>
    (await world.ask<{ items: { lot: string }[] }>("orders on-offer", { order: "O-1" })).items.length;
  const promise = () => world.code("orders allocate", { order: "O-1", lot: "L-NDPR", mass: "2 kg" });
  assert.equal(await offered(), 1);
  const plan = theUseCase("refine plan").example as object;
  const campaign = "K-9";
  await world.do("refine plan", { ...plan, campaign, lot: "L-NDPR", targets: { Nd: 0.99, Pr: 0.99 } });
  assert.equal(await offered(), 0);
  assert.equal(await promise(), "already_planned");
  await world.do("refine cancel", { campaign, why: "sold as it is" });
  assert.equal(await offered(), 1);
  assert.equal(await promise(), "done");
});
