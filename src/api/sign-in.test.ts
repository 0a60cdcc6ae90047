import assert from "node:assert/strict";
import { test } from "node:test";
import { memoryPorts } from "../../test/support/memory-ports.ts";
import type { Claim } from "../app/core/job-queue.ts";
import { perform } from "../app/core/perform.ts";
import type { Ports } from "../app/core/ports.ts";
import type { AnyCommand } from "../app/core/use-case.ts";
import { carryOut } from "../app/jobs/carry-out.ts";
import { findUseCase, useCases } from "../app/use-cases.ts";
import type { Actor } from "../ledger/index.ts";
import { Driver, StoryClock } from "../sample/driver.ts";
import { PEOPLE, registerPeople } from "../sample/people.ts";
import { PARTIES } from "../sample/places.ts";
import { memorySessions } from "../store/sessions.ts";
import { dutyRows } from "../trust/index.ts";
import { createApi } from "./index.ts";

interface Said {
  readonly status: number;
  readonly body: Record<string, unknown> & { code?: string; detail?: string };
  readonly cookie: string | null;
}

/** The sample's parties and people on books in memory, served as on one's own machine. */
async function served(samplePeople = true, signInRequired = false) {
  const ports: Ports = { ...memoryPorts(), sessions: memorySessions() };
  const clock = new StoryClock(new Date().toISOString());
  const driver = new Driver(ports, clock, "test");
  for (const party of PARTIES)
    await driver.do("programme register-party", "auditor@x", { ...party, sample: true });
  await driver.do("programme register-party", "auditor@x", {
    ...{ party: "sample-auditor", name: "Sample Auditor", kind: "auditor", sample: true },
  });
  await registerPeople(ports, assert.fail);
  const api = createApi({ ports, useCases, samplePeople, signIn: signInRequired ? "required" : "offered" });
  let key = 0;
  const ask = async (path: string, body?: object, headers: Record<string, string> = {}): Promise<Said> => {
    const answer = await api.request(`/api/${path}`, {
      method: body === undefined ? "GET" : "POST",
      headers: { "content-type": "application/json", "idempotency-key": `k-${key++}`, ...headers },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const cookie = answer.headers.get("set-cookie");
    return { status: answer.status, body: (await answer.json()) as Said["body"], cookie };
  };
  const be = async (person: string) => {
    const { status, body } = await ask("auth/sample", { person });
    assert.equal(status, 200, JSON.stringify(body));
    return { authorization: `Bearer ${body["token"]}` };
  };
  const owner = async (name: string, input: object) => {
    const [room = "", verb = ""] = name.split(" ");
    const request = {
      key: `o-${key++}`,
      actor: { role: "unstated", party: "unstated", verified: false },
      owner: true as const,
    };
    const done = await perform(ports, findUseCase(room, verb) as AnyCommand, { request, input });
    assert.ok(done.ok, JSON.stringify(done));
  };
  return { ports, api, ask, be, owner };
}

const SITE = {
  site: "north",
  party: "sample-recycler",
  name: "North",
  zip: "46204",
  capabilities: ["intake"],
};

test("Z3 Z4: who signed in is verified on the books, by id; by role and party others are refused", async () => {
  const { ports, ask, be } = await served();
  const planner = await be("recycler-planner");
  assert.equal((await ask("programme/register-site", SITE, planner)).status, 201);
  const head = await ports.store.head();
  const [entry] = await ports.store.entries({ after: (head?.seq ?? 0) - 1, limit: 1 });
  assert.deepEqual(entry?.actor, {
    ...{ role: "planner", party: "sample-recycler", verified: true, person: "recycler-planner" },
  });
  const wrongRole = await ask(
    "programme/register-site",
    { ...SITE, site: "s2", name: "S2" },
    await be("recycler-weigher"),
  );
  assert.deepEqual([wrongRole.status, wrongRole.body.code], [403, "not_allowed"]);
  assert.match(wrongRole.body.detail ?? "", /programme register-site is for administrator, planner/);
  const otherFirm = await ask(
    "programme/register-site",
    { ...SITE, site: "s2", name: "S2" },
    await be("refiner-planner"),
  );
  assert.deepEqual([otherFirm.status, otherFirm.body.code], [403, "not_allowed"]);
  // The shape comes first, what is not there is said by the command, and nobody speaks as another.
  assert.equal((await ask("programme/register-site", { site: 5 }, planner)).body.code, "input_malformed");
  const unknown = await ask(
    "programme/change-site",
    { site: "nowhere", status: "closed", why: "x" },
    planner,
  );
  assert.deepEqual([unknown.status, unknown.body.code], [404, "site_unknown"]);
  const asOther = await ask("programme/register-site", SITE, {
    ...planner,
    "didym-actor": "planner@sample-refiner",
  });
  assert.deepEqual([asOther.status, asOther.body.code], [403, "not_allowed"]);
  assert.equal((await ports.store.head())?.seq, head?.seq, "nothing of it was written");
});

test("Z3: who states who they are stays unverified, and who signed in is told who they are", async () => {
  const { ports, ask, be } = await served();
  assert.equal(
    (await ask("programme/register-site", SITE, { "didym-actor": "planner@sample-recycler" })).status,
    201,
  );
  const head = await ports.store.head();
  const [entry] = await ports.store.entries({ after: (head?.seq ?? 0) - 1, limit: 1 });
  assert.equal(entry?.actor.verified, false);
  assert.deepEqual((await ask("trust/me")).body, { signed_in: false, owner: false });
  const { until: _until, ...me } = (await ask("trust/me", undefined, await be("buyer-a"))).body;
  assert.deepEqual(me, {
    signed_in: true,
    party: "sample-buyer-a",
    kind: "buyer",
    role: "buyer",
    person: "buyer-a",
  });
});

test("Z5 Z7 Z8: a token speaks for its role until it is ended; its text is told once and kept nowhere", async () => {
  const { ports, ask, be, owner } = await served();
  const admin = await be("recycler-administrator");
  const made = await ask(
    "trust/token",
    { party: "sample-recycler", role: "planner", scope: ["programme"] },
    admin,
  );
  assert.equal(made.status, 200, JSON.stringify(made.body));
  const bearer = String(made.body["token"]);
  const kept = JSON.stringify(await ports.store.entries({ after: 0, limit: 1000 }));
  assert.ok(!kept.includes(bearer) && !kept.includes(bearer.slice(6)), "not on the books");
  const scanner = { authorization: `Bearer ${bearer}` };
  assert.equal((await ask("programme/register-site", SITE, scanner)).status, 201);
  const head = await ports.store.head();
  const [entry] = await ports.store.entries({ after: (head?.seq ?? 0) - 1, limit: 1 });
  assert.deepEqual(entry?.actor, {
    ...{ role: "planner", party: "sample-recycler", verified: true, token: made.body["id"] },
  });
  // Z6: by its scope, in reading and for jobs too.
  for (const [path, body] of [
    ["refine/move", findUseCase("refine", "move")?.example as object],
    ["ledger/entries", undefined],
    ["jobs/start", { use_case: "programme/register-site", input: SITE }],
  ] as const)
    assert.deepEqual((await ask(path, body, scanner)).body.code, "not_allowed", path);
  const listed = (await ask("trust/tokens")).body["items"] as object[];
  assert.ok(!JSON.stringify(listed).includes("digest"));
  await owner("trust end-token", { token: made.body["id"] });
  const later = await ask("programme/register-site", { ...SITE, site: "s3", name: "S3" }, scanner);
  assert.deepEqual([later.status, later.body.code], [401, "not_signed_in"], "at once, in what it decides");
});

test("Z8: people and tokens are made by who is known, of their own party", async () => {
  const { ask, be } = await served();
  const person = { party: "sample-refiner", role: "chemist" };
  for (const headers of [{}, { "didym-actor": "administrator@sample-refiner" }])
    for (const [path, body] of [
      ["trust/register-person", person],
      ["trust/end-person", { person: "refiner-chemist" }],
      ["trust/token", person],
      ["trust/end-token", { token: "T-1" }],
    ] as const) {
      const said = await ask(path, body, headers);
      assert.deepEqual([said.status, said.body.code], [401, "not_signed_in"], path);
    }
  const recycler = await be("recycler-administrator");
  for (const path of ["trust/register-person", "trust/token"])
    assert.equal((await ask(path, person, recycler)).body.code, "not_allowed", path);
  const refiner = await be("refiner-administrator");
  assert.equal((await ask("trust/register-person", person, refiner)).status, 201);
  assert.equal((await ask("trust/token", person, await be("refiner-chemist"))).body.code, "not_allowed");
});

test("Z7: who left, and who signed out, speak for nobody", async () => {
  const { ask, be } = await served();
  const [leaver, admin] = [await be("recycler-planner"), await be("recycler-administrator")];
  assert.equal((await ask("trust/me", undefined, leaver)).status, 200);
  assert.equal((await ask("trust/end-person", { person: "recycler-planner" }, admin)).status, 201);
  const said = await ask("programme/register-site", SITE, leaver);
  assert.deepEqual([said.status, said.body.code], [401, "not_signed_in"], "at once, in what is decided");
  assert.equal((await ask("auth/sample", { person: "recycler-planner" })).body.code, "person_unknown");
  const out = await ask("auth/sign-out", {}, admin);
  assert.equal(out.status, 200);
  assert.equal((await ask("trust/me", undefined, admin)).status, 401);
  for (const authorization of ["Bearer didym_nobody", "Bearer", "Basic YTpi", ""])
    assert.equal((await ask("trust/me", undefined, { authorization })).status, 401, authorization);
});

test("Z9 A60: sample people where they may be, one cookie that no script reads; nobody else, nowhere else", async () => {
  const { ask, owner } = await served();
  const { cookie, body } = await ask("auth/sample", { person: "refiner-accountant" });
  assert.match(cookie ?? "", /^didym_session=didym_[0-9a-f]{64};.*HttpOnly.*SameSite=Strict/i);
  const shown = (cookie ?? "").split(";")[0] ?? "";
  assert.equal((await ask("trust/me", undefined, { cookie: shown })).body["person"], "refiner-accountant");
  assert.equal(body["role"], "accountant");
  assert.deepEqual((await ask("auth/sample")).body, {
    offered: true,
    people: PEOPLE.map(({ person, party, role }) => ({ person, party, role })).sort((a, b) =>
      a.person < b.person ? -1 : 1,
    ),
  });
  await ask("auth/sign-out", {}, { cookie: shown });
  const after = await ask("trust/me", undefined, { cookie: shown });
  assert.equal(after.status, 401);
  assert.match(after.cookie ?? "", /^didym_session=;/, "taken from the browser, which can sign in again");
  await owner("trust register-person", { person: "U-REAL", party: "sample-refiner", role: "approver" });
  for (const [person, code] of [
    ["U-REAL", "person_not_sample"],
    ["constructor", "person_unknown"],
  ] as const)
    assert.equal((await ask("auth/sample", { person })).body.code, code);
  const off = await served(false);
  const said = await off.ask("auth/sample", { person: "refiner-accountant" });
  assert.deepEqual([said.status, said.body.code], [403, "sample_people_off"]);
});

test("Z2: each cell of the table over HTTP: who may not by role is refused before anything else is looked at", async () => {
  const { ask, owner } = await served();
  const bearers = new Map<string, Record<string, string>>();
  await owner("programme register-party", {
    ...{ party: "sample-buyer-c", name: "Buyer C", kind: "buyer", sample: true },
  });
  const roles = [...new Set(dutyRows().map((row) => row.role))];
  for (const role of roles)
    for (const party of ["sample-recycler", "sample-buyer-c"]) {
      const person = `${party}-${role.replaceAll(" ", "-")}-x`;
      await owner("trust register-person", { person, party, role, sample: true });
      const { body } = await ask("auth/sample", { person });
      bearers.set(`${role}@${party}`, { authorization: `Bearer ${body["token"]}` });
    }
  const examples = new Map(useCases.map((u) => [`${u.room} ${u.verb}`, u.example as object]));
  for (const { command, role, own, buyer, reads } of dutyRows()) {
    if (reads) continue;
    const path = command.replace(" ", "/");
    for (const [party, may] of [
      ["sample-recycler", own],
      ["sample-buyer-c", buyer],
    ] as const) {
      const { body } = await ask(path, examples.get(command) ?? {}, bearers.get(`${role}@${party}`));
      const byRole =
        body.code === "not_allowed" &&
        /^[a-z]+ [a-z-]+ is for .* of a (firm|buyer), not for/.test(body.detail ?? "");
      assert.equal(byRole, !may, `${command} ${role}@${party}: ${body.code} ${body.detail}`);
    }
  }
});

test("Z10: where sign-in is required, the books are told to nobody who did not sign in, on any path", async () => {
  const { api, ask, be } = await served(true, true);
  for (const useCase of useCases) {
    const path = `${useCase.room}/${useCase.verb}`;
    const example = Object.entries(useCase.example as object).map(
      ([k, v]) => [k, String(v)] as [string, string],
    );
    if (useCase.type === "calculation" && useCase.long) continue;
    const said =
      useCase.type === "query"
        ? await ask(`${path}?${new URLSearchParams(example)}`)
        : await ask(path, useCase.example as object, { "didym-actor": "administrator@sample-refiner" });
    if (useCase.type === "calculation") assert.notEqual(said.status, 401, path);
    else assert.deepEqual([said.status, said.body.code], [401, "not_signed_in"], path);
  }
  for (const path of ["documents/00", "events", "jobs", "jobs/J-1"])
    assert.equal((await ask(path)).status, 401, path);
  for (const path of ["health", "health/live", "health/ready", "openapi.json", "auth/sample"])
    assert.equal((await api.request(`/api/${path}`)).status, 200, path);
  const auditor = await be("auditor");
  assert.equal((await ask("ledger/entries", undefined, auditor)).status, 200);
  assert.equal((await ask("documents/00", undefined, auditor)).status, 404);
});

test("Z5 Z7: a token is kept as this browser's, where it is somebody's", async () => {
  const { ask, be } = await served();
  const asked = { party: "sample-refiner", role: "chemist" };
  const made = await ask("trust/token", asked, await be("refiner-administrator"));
  const kept = await ask("auth/token", { token: made.body["token"] });
  assert.deepEqual([kept.status, kept.body["role"]], [200, "chemist"]);
  const shown = (kept.cookie ?? "").split(";")[0] ?? "";
  assert.equal((await ask("trust/me", undefined, { cookie: shown })).body["token"], made.body["id"]);
  const nobody = await ask("auth/token", { token: "didym_0" });
  assert.deepEqual([nobody.status, nobody.body.code, nobody.cookie], [401, "not_signed_in", null]);
});

test("Z16: the views are folded anew for administrators of a recycler or refiner alone, as a job too, and for the machine's owner", async () => {
  const { ports, ask, be } = await served();
  const rebuild = async (headers: Record<string, string> = {}) => {
    const { status, body } = await ask("ledger/rebuild", {}, headers);
    return [status, body.code];
  };
  assert.deepEqual(await rebuild(), [401, "not_signed_in"]);
  const stated = { "didym-actor": "administrator@sample-recycler" };
  assert.deepEqual(await rebuild(stated), [401, "not_signed_in"]);
  for (const person of ["recycler-planner", "laboratory-a-chemist", "buyer-a", "auditor"])
    assert.deepEqual(await rebuild(await be(person)), [403, "not_allowed"], person);
  const may = [422, "no_rebuild"];
  assert.deepEqual(await rebuild(await be("refiner-administrator")), may, "these books are kept in memory");
  const asJob = async (actor: Actor) => {
    const claim = { key: "j", use_case: "ledger/rebuild", input: {}, actor };
    const said = await carryOut(ports, claim as unknown as Claim);
    return said.state === "refused" && said.refusal.code;
  };
  const party = "sample-recycler";
  assert.equal(await asJob({ role: "planner", party, verified: true }), "not_allowed");
  assert.equal(await asJob({ role: "administrator", party, verified: false }), "not_signed_in");
  assert.equal(await asJob({ role: "administrator", party, verified: true }), "no_rebuild");
  assert.equal(
    await asJob({ role: "unstated", party: "unstated", verified: false, owner: true }),
    "no_rebuild",
  );
});
