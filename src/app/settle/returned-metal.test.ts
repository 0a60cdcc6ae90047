import assert from "node:assert/strict";
import { test } from "node:test";
import { theUseCase, type World, worldBefore } from "../../../test/story/world.ts";
import { accountOf, PROCESSOR, SUPPLIER } from "../../../test/support/settling.ts";

const A = "A-2026-01";
const site = "noblesville";
const back = (lot: string, more: object = {}) => ({ agreement: A, lot, ...more });
const counted = (world: World, mass: string) =>
  world.do("ledger stocktake", {
    ...{ site, why: "count", counts: [{ lot: "L-OXIDE", mass, scale: "noblesville-floor" }] },
  });
const returnedOf = async (world: World, lot: string) =>
  (await world.ports.store.load("taking", lot))?.record.returned ?? {};

test("S41: what was found beyond what was made settles no debt, and a count put right leaves what was returned", async () => {
  const world = await worldBefore("settle return-oxide");
  await world.do("settle return-oxide", back("L-OXIDE"));
  await counted(world, "600 kg");
  assert.equal(await world.code("settle return-oxide", back("L-OXIDE")), "more_than_was_made");
  assert.equal((await accountOf(world))["Nd2O3"]?.returned_kg, "300");
});

test("S41: a return is credited with its mass, and where its metal makes less of the oxide, with what it makes", async () => {
  const blended = async (water: number) => {
    const world = await worldBefore("settle return-oxide");
    const mass = (kg: number) => ({ mass: `${kg} kg`, scale: "noblesville-floor" });
    await world.do("prepare step", {
      ...{ kind: "blend", site, inputs: [{ lot: "L-OXIDE" }] },
      additions: [{ name: "water", ...mass(water) }],
      outputs: [{ lot: "WET", kind: "oxide", product: "Nd2O3", ...mass(300 + water) }],
    });
    const said = await world.do("settle return-oxide", back("WET"));
    return [said["returned_mg"], said["credited_mg"], said["credited_less"] ?? ""] as const;
  };
  assert.deepEqual(await blended(2), [302_000_000, 302_000_000, ""], "within a hundredth and the doubt");
  const [returned, credited, why] = await blended(15);
  assert.deepEqual([returned, Math.round(Number(credited) / 1e5)], [315_000_000, 2992]);
  assert.match(String(why), /^its Nd makes 299.2\d* kg of Nd2O3, of 315 kg that it weighs/);
});

test("S41: a doubt as wide as the parts excuses a hundredth, and no more; a mass a twentieth above what was brought settles nothing", async () => {
  const halved = async (kg: number) => {
    const world = await worldBefore("settle return-oxide");
    const part = (lot: string) => ({ lot, kind: "oxide", mass: `${kg} kg`, sd: "8 kg" });
    await world.do("prepare step", {
      ...{ kind: "split", site, inputs: [{ lot: "L-OXIDE" }], outputs: [part("W1"), part("W2")] },
    });
    return world;
  };
  const world = await halved(157);
  for (const lot of ["W1", "W2"]) await world.do("settle return-oxide", back(lot));
  assert.ok(Number((await accountOf(world))["Nd2O3"]?.returned_kg) < 300);
  assert.equal(await (await halved(165)).code("settle return-oxide", back("W1")), "more_than_was_made");
});

test("S46: accepted is what was proposed, to the figure; who proposed it proposes anew when that changed", async () => {
  const world = await worldBefore("settle return-oxide");
  const take = (more: object, who = PROCESSOR) =>
    world.code("settle take-back-return", back("L-OXIDE", more), who);
  await world.do("settle return-oxide", back("L-OXIDE", { mass: "100 kg" }));
  assert.equal(await take({ why: "another drum was meant" }), "done");
  assert.equal(await take({ why: "again" }), "already_proposed");
  await world.do("settle return-oxide", back("L-OXIDE", { mass: "200 kg" }));
  assert.equal(await take({}, SUPPLIER), "proposal_differs");
  assert.equal((await accountOf(world))["Nd2O3"]?.returned_kg, "300");
  const said = await world.do("settle take-back-return", back("L-OXIDE"), PROCESSOR);
  assert.deepEqual([said["state"], said["mass_mg"], said["oxide_kg"]], ["proposed", 300_000_000, "300"]);
  assert.equal(await take({}, SUPPLIER), "done");
  assert.deepEqual(await returnedOf(world, "L-OXIDE"), {});
});

test("L36: a return that was taken back does not come back with the step that had divided it", async () => {
  const world = await worldBefore("settle return-oxide");
  const part = (lot: string) => ({ lot, kind: "oxide", mass: "150 kg", sd: "1 g" });
  await world.do("settle return-oxide", back("L-OXIDE"));
  await world.do("prepare step", {
    ...{ step: "SP", kind: "split", site, inputs: [{ lot: "L-OXIDE" }], outputs: [part("H1"), part("H2")] },
  });
  await world.do("settle take-back-return", back("L-OXIDE", { why: "another drum was meant" }), SUPPLIER);
  await world.do("settle take-back-return", back("L-OXIDE"), PROCESSOR);
  await world.do("prepare reverse", { step: "SP", why: "it was not to be divided" });
  assert.deepEqual(await returnedOf(world, "L-OXIDE"), {});
  assert.equal(await world.code("settle return-oxide", back("L-OXIDE")), "done");
});

test("S40: claims end at what both firms settled on, whatever one of them counts before; the mark stays", async () => {
  const world = await worldBefore("settle lot");
  const found = (mass: string) =>
    world.do("ledger stocktake", {
      ...{ site, why: "count", counts: [{ lot: "L-MAGNETS", mass, scale: "noblesville-floor" }] },
    });
  await found("2500 kg");
  const example = theUseCase("settle lot").example as object;
  await world.do("settle lot", example, PROCESSOR);
  const feed = (await world.record("feed", "L-MAGNETS")).measured_mg;
  const lot = await world.record("lot", "L-MAGNETS");
  // 1245.0996 kg dry at 22.5 %.
  assert.equal(feed["Nd"]?.best, 280_147_410);
  assert.ok((lot.elements_mg["Nd"]?.best ?? 0) > 560_000_000, "the books keep what was counted");
  assert.deepEqual(
    ["Nd", "mass"].filter((name) => !lot.raised?.includes(name)),
    [],
  );
});
