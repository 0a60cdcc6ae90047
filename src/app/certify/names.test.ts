import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { type World, worldBefore } from "../../../test/story/world.ts";
import { ndprOf, shipAndSettle, virginAs } from "../../../test/support/virgin.ts";

const split = (step: string, lot: string, mass: string) => ({
  ...{ step, kind: "split", site: "plainfield", inputs: [{ lot: "L-MAGNETS", mass }] },
  outputs: [{ lot, kind: "magnets", mass, scale: "plainfield-floor" }],
});

interface Said {
  readonly provenance: { readonly origin: string };
  readonly recycled_share: string;
}

/** As nobody refused it once: the step stands on the books once more, by this name. */
async function renamed(world: World, step: string, name: string): Promise<void> {
  const body = world.ports.store.log.find((entry) => entry.body["step"] === step)?.body;
  assert.ok(body);
  const outputs = (body["outputs"] as readonly object[]).map((output) => ({ ...output, lot: "L-TINY-2" }));
  const entries = [{ kind: "step_recorded", body: { ...body, step: name, outputs } }];
  const kept = await world.ports.store.append({
    ...{ key: "before", request: "", actor: { role: "operator", party: "sample-recycler", verified: false } },
    ...{ entries, reads: new Map(), documents: [] },
  } as never);
  assert.ok(kept.ok);
}

describe("names of what made a lot", () => {
  it("prepare R30, intake N40: neither a step nor a consignment takes the name of the other", async () => {
    const world = await worldBefore("ship send");
    await virginAs(world, "C-V");
    assert.equal(await world.code("prepare step", split("C-V", "L-TINY", "10 kg")), "step_name_taken");
    await assert.rejects(virginAs(world, "S-3"), /consignment_name_taken/);
    await world.do("prepare step", split("C-V-1", "L-TINY", "10 kg"));
  });

  it("intake N41: a consignment opens its lots beside one that has the name, and that stays what it was", async () => {
    const world = await worldBefore("ship send");
    await world.do("prepare step", split("S-X", "C-V-M", "100 kg"));
    const before = await world.record("lot", "C-V-M");
    assert.deepEqual(await virginAs(world, "C-V"), ["C-V-M-2"]);
    assert.deepEqual(await world.record("lot", "C-V-M"), before);
    assert.equal((await world.record("lot", "C-V-M-2")).made_by, "C-V");
  });

  it("intake N41: however long its own name, a consignment opens lots that can be named", async () => {
    const world = await worldBefore("ship send");
    const long = `C-${"9".repeat(62)}`;
    const [lot] = (await virginAs(world, long)) as string[];
    assert.equal(lot, `${long.slice(0, 62)}-M`);
    const one = { lot: "L-V", kind: "magnets", mass: "1250 kg", scale: "plainfield-floor" };
    const step = { kind: "demagnetise", site: "plainfield", inputs: [{ lot }], outputs: [one] };
    assert.equal(await world.code("prepare step", step), "done");
  });

  it("C65: in books of before, a step of the name of a consignment of virgin metal makes it no waste", async () => {
    const world = await worldBefore("ship send");
    await virginAs(world, "C-V");
    await world.do("prepare step", split("S-X", "L-TINY", "10 kg"));
    await renamed(world, "S-X", "C-V");
    await world.do("prepare step", {
      ...{ step: "S-DV", kind: "demagnetise", site: "plainfield", inputs: [{ lot: "C-V-M" }] },
      outputs: [{ lot: "L-V", kind: "magnets", mass: "1250 kg", scale: "plainfield-floor" }],
    });
    await shipAndSettle(world, "L-V", 1250);
    await ndprOf(world, "L-V");
    const { credential } = await world.do("certify issue", { lot: "L-NDPR", issuer: "sample-refiner" });
    const { provenance, recycled_share } = (credential as { credentialSubject: Said }).credentialSubject;
    assert.deepEqual([provenance.origin, recycled_share], ["virgin", "0.0000"]);
  });
});
