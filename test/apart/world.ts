import assert from "node:assert/strict";
import { createApi } from "../../src/api/index.ts";
import { perform } from "../../src/app/core/perform.ts";
import type { Ports } from "../../src/app/core/ports.ts";
import type { AnyCommand } from "../../src/app/core/use-case.ts";
import { findUseCase, useCases } from "../../src/app/use-cases.ts";
import { Driver, StoryClock } from "../../src/sample/driver.ts";
import { registerPeople } from "../../src/sample/people.ts";
import { tellStory } from "../../src/sample/story.ts";
import { memorySessions } from "../../src/store/sessions.ts";
import { memoryPorts } from "../support/memory-ports.ts";
import { ofRivalCustomer } from "./rival-customer.ts";

/** A firm, a buyer and a laboratory that have nothing to do with the sample programme's. */
export const RIVALS = [
  { person: "rival-accountant", party: "rival-recycler", role: "accountant", kind: "recycler" },
  { person: "rival-buyer-one", party: "rival-buyer", role: "buyer", kind: "buyer" },
  { person: "rival-customer-one", party: "rival-customer", role: "customer", kind: "customer" },
] as const;

export interface Said {
  readonly status: number;
  readonly text: string;
}

/** The sample programme, with its people and strangers, told to nobody who did not sign in. */
export async function apartWorld() {
  const clock = new StoryClock("2026-01-05T14:00:00.000Z");
  const ports: Ports = { ...memoryPorts(() => clock.now()), sessions: memorySessions() };
  const driver = new Driver(ports, clock, "sample");
  await tellStory(driver, () => {});
  await driver.finish("done");
  await registerPeople(ports, assert.fail);
  let key = 0;
  const owner = async (name: string, input: object) => {
    const [room = "", verb = ""] = name.split(" ");
    const actor = { role: "unstated", party: "unstated", verified: false };
    const request = { key: `o-${key++}`, actor, owner: true as const };
    const done = await perform(ports, findUseCase(room, verb) as AnyCommand, { request, input });
    assert.ok(done.ok, JSON.stringify(done));
  };
  for (const { party, kind, person, role } of RIVALS) {
    await owner("programme register-party", { party, name: party, kind, sample: true });
    await owner("trust register-person", { person, party, role, sample: true });
  }
  for (const [name, input] of ofRivalCustomer(clock.now().toISOString())) await owner(name, input);
  const api = createApi({ ports, useCases, samplePeople: true });
  const be = async (person: string) => {
    const answer = await api.request("/api/auth/sample", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ person }),
    });
    assert.equal(answer.status, 200, person);
    const { token } = (await answer.json()) as { token: string };
    return { authorization: `Bearer ${token}` };
  };
  const get = async (path: string, headers: Record<string, string>): Promise<Said> => {
    const answer = await api.request(path, { headers });
    return { status: answer.status, text: await answer.text() };
  };
  const post = async (path: string, body: object, headers: Record<string, string>): Promise<Said> => {
    const answer = await api.request(path, {
      method: "POST",
      headers: { "content-type": "application/json", "idempotency-key": `k-${key++}`, ...headers },
      body: JSON.stringify(body),
    });
    return { status: answer.status, text: await answer.text() };
  };
  return { ports, owner, be, get, post };
}

export type ApartWorld = Awaited<ReturnType<typeof apartWorld>>;
