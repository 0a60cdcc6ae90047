import assert from "node:assert/strict";
import { test } from "node:test";
import { theUseCase, worldBefore } from "../../test/story/world.ts";
import { useCases } from "../app/use-cases.ts";
import { registerPeople } from "../sample/people.ts";
import { memorySessions } from "../store/sessions.ts";
import { createApi } from "./index.ts";

interface Said {
  readonly status: number;
  readonly body: Record<string, unknown> & { code?: string };
}

/** The story before a command, served with sample people. */
async function served(before: string) {
  const world = await worldBefore(before);
  const ports = { ...world.ports, sessions: memorySessions() };
  await registerPeople(ports, () => {});
  const api = createApi({ signIn: "offered", ports, useCases, samplePeople: true });
  let key = 0;
  const ask = async (path: string, body?: object, headers: Record<string, string> = {}): Promise<Said> => {
    const answer = await api.request(`/api/${path}`, {
      method: body === undefined ? "GET" : "POST",
      headers: { "content-type": "application/json", "idempotency-key": `k-${key++}`, ...headers },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return { status: answer.status, body: (await answer.json()) as Said["body"] };
  };
  const be = async (person: string) => {
    const { status, body } = await ask("auth/sample", { person });
    assert.equal(status, 200, JSON.stringify(body));
    return { authorization: `Bearer ${body["token"]}` };
  };
  const code = async (path: string, body: object, who: Record<string, string>) => {
    const said = await ask(path, body, who);
    return said.status === 201 ? "done" : `${said.status} ${said.body.code}`;
  };
  return { world, ask, be, code };
}

const example = (verb: string) => theUseCase(verb).example as Record<string, unknown>;

test("Z61 Y100: over HTTP results are released by another who signed in, not by who reported, nor by who only says who they are", async () => {
  const { world, be, code } = await served("assay report");
  for (const person of ["laboratory-a-chemist-2", "laboratory-a-approver"])
    await world.do("trust register-person", {
      ...{ person, party: "sample-lab-a", sample: true },
      role: person.endsWith("2") ? "chemist" : "approver",
    });
  const [one, two] = [await be("laboratory-a-chemist"), await be("laboratory-a-chemist-2")];
  assert.equal(await code("assay/report", example("assay report"), one), "done");
  const release = { sample: "Y-1", side: "supplier" };
  assert.equal(await code("assay/release", release, one), "403 second_person_same");
  const stated = { "didym-actor": "approver@sample-lab-a" };
  assert.equal(await code("assay/release", release, stated), "403 second_person_unverified", "Z62");
  assert.equal(await code("assay/release", release, two), "done");
});

test("Z61 C80: over HTTP a certificate of analysis and its passport are by two approvers", async () => {
  const { be, code } = await served("certify release");
  const [one, two] = [await be("refiner-approver"), await be("refiner-approver-2")];
  assert.equal(await code("certify/release", example("certify release"), one), "done");
  assert.equal(await code("certify/issue", example("certify issue"), one), "403 second_person_same");
  const stated = { "didym-actor": "quality manager@sample-refiner" };
  assert.equal(await code("certify/issue", example("certify issue"), stated), "403 second_person_unverified");
  assert.equal(await code("certify/issue", example("certify issue"), two), "done");
});

test("Z63 Z64 Z65: over HTTP what takes two waits for a second who signed in and holds the same duty, and names both on the books", async () => {
  const { world, ask, be, code } = await served("certify revoke");
  const [one, two] = [await be("refiner-approver"), await be("refiner-approver-2")];
  const [admin, other] = [await be("refiner-administrator"), await be("recycler-approver")];
  const rules = {
    party: "sample-refiner",
    four_eyes: "required",
    stated_identities: "do_not_count",
    why: "w",
  };
  assert.equal(await code("trust/rules", rules, one), "403 not_allowed");
  assert.equal(await code("trust/rules", rules, admin), "done");
  assert.equal(await code("certify/revoke", example("certify revoke"), one), "403 second_person_needed");
  const stated = { "didym-actor": "approver@sample-refiner" };
  assert.equal(await code("certify/revoke", example("certify revoke"), stated), "403 second_person_needed");
  const asked = { approval: "V-9", command: "certify/revoke", input: example("certify revoke") };
  for (const [who, said] of [
    [stated, "401 not_signed_in"],
    [{}, "401 not_signed_in"],
    [admin, "403 not_allowed"],
    [other, "403 not_allowed"],
    [one, "done"],
  ] as const)
    assert.equal(await code("trust/propose", asked, who), said);
  const youMay = async (who: Record<string, string>) =>
    ((await ask("trust/approvals?state=waits", undefined, who)).body["items"] as { you_may: unknown }[]).map(
      (item) => item.you_may,
    );
  assert.deepEqual(await youMay(one), ["take_back"]);
  assert.deepEqual(await youMay(two), ["approve"]);
  for (const who of [admin, {}]) assert.deepEqual(await youMay(who), [null]);
  assert.deepEqual(await youMay(other), [], "what waits at one firm is not there for another");
  for (const [who, said] of [
    [one, "403 second_person_same"],
    [stated, "401 not_signed_in"],
    [admin, "403 not_allowed"],
    [other, "404 approval_unknown"],
    [two, "done"],
    [two, "409 already_decided"],
  ] as const)
    assert.equal(await code("trust/approve", { approval: "V-9" }, who), said);
  assert.ok((await world.record("passport", "P-1")).revoked);
  const { by, second } = await world.record("approval", "V-9");
  assert.deepEqual(
    [by.person, by.verified, second?.person],
    ["refiner-approver", true, "refiner-approver-2"],
  );
  const [given, revoked] = world.ports.store.log.slice(-2);
  assert.deepEqual([given?.kind, revoked?.kind], ["approval_given", "passport_revoked"]);
  assert.equal(revoked?.actor.person, "refiner-approver-2");
  assert.deepEqual(await youMay(two), []);
});

test("Z63 Z66: two administrators register a person, and either declines what should not be", async () => {
  const { be, code } = await served("certify revoke");
  const [one, two] = [await be("refiner-administrator"), await be("refiner-administrator-2")];
  const rules = { party: "sample-refiner", four_eyes: "required", why: "w" };
  assert.equal(await code("trust/rules", rules, one), "done");
  const person = { person: "U-1", party: "sample-refiner", role: "approver" };
  assert.equal(await code("trust/register-person", person, one), "403 second_person_needed");
  const made = { party: "sample-refiner", role: "approver" };
  assert.equal(await code("trust/token", made, one), "403 second_person_needed");
  const propose = (approval: string, command: string, input: object) =>
    code("trust/propose", { approval, command, input }, one);
  assert.equal(await propose("V-1", "trust/register-person", person), "done");
  assert.equal(await code("trust/approve", { approval: "V-1" }, two), "done");
  assert.equal(
    await code("trust/rules", { ...rules, four_eyes: "offered" }, two),
    "403 second_person_needed",
  );
  assert.equal(await propose("V-2", "trust/rules", { ...rules, four_eyes: "offered" }), "done");
  assert.equal(await code("trust/decline", { approval: "V-2", why: "no" }, two), "done");
  assert.equal(await code("trust/approve", { approval: "V-2" }, two), "409 already_decided");
});

test("Z63: nobody alone makes a second person by an invitation or a directory, nor ends one by an erasure", async () => {
  const { ask, be, code } = await served("certify revoke");
  const [one, two] = [await be("refiner-administrator"), await be("refiner-administrator-2")];
  const party = "sample-refiner";
  assert.equal(await code("trust/rules", { party, four_eyes: "required", why: "w" }, one), "done");
  const said = async (path: string, body: object) => {
    const { status, body: answer } = await ask(path, body, one);
    return status < 300 ? "done" : `${status} ${answer.code}`;
  };
  const needed = "403 second_person_needed";
  assert.equal(await said("trust/invite", { party, role: "administrator" }), needed);
  assert.equal(await said("trust/invite", { party, role: "weigher" }), needed);
  const directory = { ...example("trust name-directory"), party };
  assert.equal(await said("trust/name-directory", directory), needed);
  const person = { person: "U-9", party, role: "approver" };
  const input = { approval: "V-1", command: "trust/register-person", input: person };
  assert.equal(await code("trust/propose", input, one), "done");
  assert.equal(await code("trust/approve", { approval: "V-1" }, two), "done");
  assert.equal(await said("trust/invite", { person: "U-9" }), "done", "whom two registered");
  assert.equal(await said("trust/erase-person", { person: "U-9" }), needed);
});

test("Z70 N50: over HTTP who sanitizes holds a clearance for the centre that has not lapsed", async () => {
  const { world, be, code } = await served("intake sanitize");
  const wiping = example("intake sanitize");
  const lapse = (person: string, kind: string, until: string) =>
    world.do("trust clear-person", {
      ...{ person, site: "plainfield", kind, until, evidence: "e", from: "2026-03-01T00:00:00Z" },
    });
  await world.do("trust register-person", {
    ...{ person: "recycler-operator-2", party: "sample-recycler", role: "operator", sample: true },
  });
  assert.equal(
    await code("intake/sanitize", wiping, await be("recycler-operator-2")),
    "403 clearance_missing",
  );
  await lapse("recycler-data-technician", "training", "2026-03-02T00:00:00Z");
  assert.equal(
    await code("intake/sanitize", wiping, await be("recycler-data-technician")),
    "403 clearance_lapsed",
  );
  assert.equal(await code("intake/sanitize", wiping, await be("recycler-operator")), "done");
});
