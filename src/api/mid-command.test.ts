import assert from "node:assert/strict";
import { test } from "node:test";
import { theUseCase, worldBefore } from "../../test/story/world.ts";
import type { Ports } from "../app/core/ports.ts";
import { useCases } from "../app/use-cases.ts";
import { createApi } from "./index.ts";

const LOTS = "intake open-lots";
const PERSON = { party: "sample-recycler", role: "intake lead" };

interface Said {
  readonly status: number;
  readonly code?: string;
  readonly answer: Record<string, unknown>;
}

function asking(ports: Ports) {
  const api = createApi({ ports, useCases, samplePeople: true });
  return async (path: string, body: object, { bearer = "", key = path } = {}): Promise<Said> => {
    const told = await api.request(`/api/${path}`, {
      method: "POST",
      headers: {
        ...{ "content-type": "application/json", "idempotency-key": key },
        ...(bearer === "" ? {} : { authorization: `Bearer ${bearer}` }),
      },
      body: JSON.stringify(body),
    });
    const answer = (await told.json()) as { code?: string };
    return { status: told.status, answer, ...(answer.code === undefined ? {} : { code: answer.code }) };
  };
}

/** Two servers on the same books, before lots are opened; the first holds what it decided until it is let go on. */
async function twoServers() {
  const { ports, do: owner } = await worldBefore(LOTS);
  for (const [person, of] of [
    ["lead", PERSON],
    ["administrator", { ...PERSON, role: "administrator" }],
  ] as const)
    await owner("trust register-person", { person, ...of, sample: true });
  const decided = Promise.withResolvers<void>();
  const go = Promise.withResolvers<void>();
  let held = 0;
  const append: typeof ports.store.append = async (batch) => {
    if (held++ === 0) {
      decided.resolve();
      await go.promise;
    }
    return ports.store.append(batch);
  };
  const [first, second] = [asking({ ...ports, store: { ...ports.store, append } }), asking(ports)];
  const signIn = async (person: string) => String((await second("auth/sample", { person })).answer["token"]);
  const administrator = await signIn("administrator");
  const made = await second("trust/token", { person: "lead" }, { bearer: administrator });
  assert.equal(made.status, 200, JSON.stringify(made));
  return {
    ...{ ports, first, second, administrator, decided: decided.promise, go: go.resolve },
    shown: { session: await signIn("lead"), token: String(made.answer["token"]) },
    token: String(made.answer["id"]),
    tries: () => held,
  };
}

for (const [what, by, end] of [
  ["a person who signed in", "session", (_: string) => ["trust/end-person", { person: "lead" }]],
  ["a person with a token", "token", (_: string) => ["trust/end-person", { person: "lead" }]],
  ["a token", "token", (token: string) => ["trust/end-token", { token }]],
] as const)
  test(`Z7 Z19: ${what} is ended by another server between what was decided and its writing: refused, and nothing of it written`, async () => {
    const world = await twoServers();
    const { ports, first, second, administrator } = world;
    const before = ports.store.log.length;
    const asked = first("intake/open-lots", theUseCase(LOTS).example as object, { bearer: world.shown[by] });
    await world.decided;
    const [path, input] = end(world.token) as [string, object];
    assert.equal((await second(path, input, { bearer: administrator })).status, 201);
    world.go();
    const said = await asked;
    assert.deepEqual([said.status, said.code], [401, "not_signed_in"], JSON.stringify(said));
    assert.equal(world.tries(), 1, "it was decided again, and refused before it was written");
    assert.equal(ports.store.log.length, before + 1, "the end alone");
  });

test("Z19: who is ended right after the writing has done all of it", async () => {
  const { ports, first, second, administrator, go, shown } = await twoServers();
  go();
  const before = ports.store.log.length;
  const said = await first("intake/open-lots", theUseCase(LOTS).example as object, { bearer: shown.session });
  assert.equal(said.status, 201, JSON.stringify(said));
  const written = ports.store.log.slice(before);
  assert.ok(written.length > 1, "one command, several entries");
  assert.deepEqual(new Set(written.map(({ actor }) => actor.person)), new Set(["lead"]));
  assert.equal((await second("trust/end-person", { person: "lead" }, { bearer: administrator })).status, 201);
  const again = await first("intake/open-lots", theUseCase(LOTS).example as object, {
    ...{ bearer: shown.session, key: "again" },
  });
  assert.equal(again.code, "not_signed_in", JSON.stringify(again));
});
