import assert from "node:assert/strict";
import { test } from "node:test";
import { memoryPorts } from "../../test/support/memory-ports.ts";
import type { Ports } from "../app/core/ports.ts";
import { useCases } from "../app/use-cases.ts";
import { Driver, StoryClock } from "../sample/driver.ts";
import { registerPeople } from "../sample/people.ts";
import { PARTIES } from "../sample/places.ts";
import { memorySessions } from "../store/sessions.ts";
import type { Ended } from "./ended.ts";
import { createApi } from "./index.ts";

test("Z52: who is turned away is told by route, code and the id of who signed in; what was stated or sent is not", async () => {
  const ports: Ports = { ...memoryPorts(), sessions: memorySessions() };
  const driver = new Driver(ports, new StoryClock(new Date().toISOString()), "test");
  for (const party of PARTIES)
    await driver.do("programme register-party", "auditor@x", { ...party, sample: true });
  const auditor = { party: "sample-auditor", name: "Sample Auditor", kind: "auditor", sample: true };
  await driver.do("programme register-party", "auditor@x", auditor);
  await registerPeople(ports, assert.fail);
  const ended: Ended[] = [];
  const onEnded = (one: Ended) => void ended.push(one);
  const api = createApi({ ports, useCases, samplePeople: true, onEnded });
  const post = (path: string, body: object, headers: Record<string, string> = {}) =>
    api.request(`/api/${path}`, {
      method: "POST",
      headers: { "content-type": "application/json", "idempotency-key": `k-${ended.length}`, ...headers },
      body: JSON.stringify(body),
    });
  const signedIn = await post("auth/sample", { person: "refiner-accountant" });
  const { token } = (await signedIn.json()) as { token: string };
  const mine = { authorization: `Bearer ${token}` };
  ended.length = 0;
  await post("trust/evidence", {}, mine);
  await post("trust/evidence", {}, { "didym-actor": "auditor@planted-party" });
  await post("trust/end-person", { person: "planted-person" }, { authorization: "Bearer planted-bearer" });
  await api.request("/api/trust/refusals?after=planted", { headers: mine });
  assert.deepEqual(
    ended.map(({ route, status, code, by, party }) => [route, status, code, by, party]),
    [
      ["/api/trust/evidence", 403, "not_allowed", "refiner-accountant", "sample-refiner"],
      ["/api/trust/evidence", 401, "not_signed_in", undefined, undefined],
      ["/api/trust/end-person", 401, "not_signed_in", undefined, undefined],
      ["/api/trust/refusals", 403, "not_allowed", "refiner-accountant", "sample-refiner"],
    ],
  );
  const told = ended.map(({ actor: _, ...rest }) => rest);
  assert.doesNotMatch(JSON.stringify(told), /planted/);
});
