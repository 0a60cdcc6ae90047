import assert from "node:assert/strict";
import { test } from "node:test";
import { memoryPorts } from "../../test/support/memory-ports.ts";
import { ROLES } from "../trust/index.ts";
import { Driver, StoryClock } from "./driver.ts";
import { PEOPLE, registerPeople } from "./people.ts";
import { PARTIES } from "./places.ts";

test("Z9: somebody of the sample people has each role, and each kind of party that trades has somebody", () => {
  const held = new Set(PEOPLE.map(({ role }) => role));
  assert.deepEqual(
    Object.keys(ROLES).filter((role) => !held.has(role)),
    [],
  );
  const parties = new Set(PEOPLE.map(({ party }) => party));
  assert.deepEqual(
    PARTIES.filter(({ party }) => !parties.has(party)),
    [],
  );
});

/** Sample books of a release that had no people. */
async function booksBefore() {
  const ports = memoryPorts();
  const driver = new Driver(ports, new StoryClock(new Date().toISOString()), "before");
  const auditor = { party: "sample-auditor", name: "Sample Auditor", kind: "auditor" };
  for (const party of [...PARTIES, auditor])
    await driver.do("programme register-party", "auditor@x", { ...party, sample: true });
  return { ports, driver };
}

test("Z9: sample books of a release that had no people get theirs, once", async () => {
  const { ports } = await booksBefore();
  const entries = ports.store.log.length;
  for (let start = 0; start < 2; start++) await registerPeople(ports, assert.fail);
  assert.equal(ports.store.log.length, entries + PEOPLE.length);
  assert.equal(new Set(PEOPLE.map(({ person }) => person)).size, PEOPLE.length);
});

test("Z9: whom these books refuse is told, and nothing is kept from starting by it", async () => {
  const { ports, driver } = await booksBefore();
  const taken = { person: "auditor", party: "sample-recycler", role: "weigher" };
  await driver.do("trust register-person", "administrator@sample-recycler", taken);
  const said: string[] = [];
  await registerPeople(ports, (line) => said.push(line));
  assert.deepEqual(said, [
    "1 sample people are not there; auditor: auditor is registered, with sample-recycler",
  ]);
  const append = async () => ({
    ok: false as const,
    refusal: { code: "clock_far_from_books" as const, at: "clock", message: "the clock is far off" },
  });
  const resting = await booksBefore();
  const far = { ...resting.ports, store: { ...resting.ports.store, append } };
  await registerPeople(far, (line) => said.push(line));
  assert.equal(
    said[1],
    `${PEOPLE.length} sample people are not there; recycler-intake-lead: the clock is far off`,
  );
});
