import assert from "node:assert/strict";
import { test } from "node:test";
import { theUseCase, type World, worldBefore } from "../../../test/story/world.ts";
import { keyNamed, type Verification } from "../../certify/index.ts";
import { seeingAll } from "../core/seen.ts";
import type { AnyCalculation, AnyQuery } from "../core/use-case.ts";

const PARTY = { party: "sample-refiner" };
const BOUND = { ...PARTY, signs_with: "P-256", why: "a validated module signs for it from now on" };

interface Listed {
  readonly issuers: readonly { readonly id: string; readonly state: string }[];
}
const listed = (world: World) => world.ask<Listed>("certify issuers", PARTY);

async function openChecks(world: World, passport: string): Promise<readonly string[]> {
  const { compute } = theUseCase("certify verify") as AnyCalculation;
  const answer = await compute(world.ports, {
    credential: JSON.parse(JSON.stringify(await world.ask("certify credential", { passport }))),
    bundle: JSON.parse(JSON.stringify(await world.ask("certify bundle", { passport }))),
    issuers: await listed(world),
  });
  assert.ok(answer.ok, JSON.stringify(answer));
  const { accepted, checks } = answer.value as Verification;
  const open = checks.filter(({ result }) => result !== "passed").map(({ name }) => name);
  assert.equal(accepted, open.length === 0);
  return open;
}

async function bundled(world: World): Promise<string> {
  const { answer } = theUseCase("certify bundle") as AnyQuery;
  const answered = await answer(seeingAll(world.ports), { passport: "P-1" });
  return answered.ok ? "done" : answered.refusal.code;
}

const kindOf = (key: string | undefined) => keyNamed(key ?? "")?.algorithm;

test("Z55: a party that is bound to P-256 has such a key born with its first passport, which is accepted with its bundle", async () => {
  const world = await worldBefore("certify issue");
  await world.do("programme change-party", BOUND);
  await world.do("certify issue", { lot: "L-OXIDE", issuer: "sample-refiner", passport: "P-1" });
  const { issuers } = await listed(world);
  assert.deepEqual([issuers.length, kindOf(issuers[0]?.id)], [1, "P-256"]);
  assert.deepEqual(await openChecks(world, "P-1"), []);
  const { proof } = await world.ask<{ proof: { cryptosuite: string } }>("certify credential", {
    passport: "P-1",
  });
  assert.equal(proof.cryptosuite, "ecdsa-jcs-2019");
});

test("Z55: bound later it signs nothing until it has such a key; what the old one signed stands, with a bundle of the new", async () => {
  const world = await worldBefore("certify passports");
  const before = await listed(world);
  await world.do("programme change-party", BOUND);
  assert.equal(await bundled(world), "key_not_as_bound");
  const { key } = (await world.do("certify rotate-key", { ...PARTY, why: "bound" })) as { key: string };
  assert.deepEqual([kindOf(before.issuers[0]?.id), kindOf(key)], ["Ed25519", "P-256"]);
  assert.deepEqual(
    (await listed(world)).issuers.map(({ state }) => state),
    ["retired", "in_force"],
  );
  assert.equal(await bundled(world), "done");
  assert.deepEqual(await openChecks(world, "P-1"), []);
});
