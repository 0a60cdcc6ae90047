import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { createApi } from "../../src/api/index.ts";
import { everyRecord } from "../../src/app/core/pages.ts";
import type { LedgerStore, Reader } from "../../src/app/core/ports.ts";
import { readerOf } from "../../src/app/core/seen.ts";
import { useCases } from "../../src/app/use-cases.ts";
import type { MemoryStore } from "../../src/store/memory/ledger.ts";
import { memoryPorts } from "../support/memory-ports.ts";
import { everyQuestion } from "./questions.ts";
import { headerValues, tellingValues } from "./told.ts";
import { apartWorld, RIVALS } from "./world.ts";

const READERS = [
  { person: "recycler-accountant", party: "sample-recycler", role: "accountant", kind: "recycler" },
  { person: "refiner-accountant", party: "sample-refiner", role: "accountant", kind: "refiner" },
  { person: "laboratory-a-chemist", party: "sample-lab-a", role: "chemist", kind: "laboratory" },
  { person: "carrier-driver", party: "sample-carrier", role: "driver", kind: "carrier" },
  { person: "buyer-a", party: "sample-buyer-a", role: "buyer", kind: "buyer" },
  { person: "customer-a", party: "sample-customer-a", role: "customer", kind: "customer" },
  ...RIVALS,
];

const world = await apartWorld();
const store = world.ports.store as unknown as MemoryStore;
const auditor = await world.be("auditor");
const questions = await everyQuestion(world.ports);

/** The words of the product itself, which it says on books where nothing happened yet. */
const vocabulary = await (async () => {
  const api = createApi({ signIn: "offered", ports: memoryPorts(), useCases });
  const words = new Set<string>();
  for (const path of questions) tellingValues(await (await api.request(path)).json(), words);
  return words;
})();

/** What passports and bundles of theirs disclose by rules of their own (certify): who holds a passport may check it. */
async function disclosedTo(seen: LedgerStore): Promise<ReadonlySet<string>> {
  const disclosed = new Set<string>();
  for (const { passport } of await everyRecord(seen, "passport"))
    for (const verb of ["passport", "bundle"]) {
      const { text } = await world.get(`/api/certify/${verb}?passport=${passport}`, auditor);
      tellingValues(JSON.parse(text), disclosed);
    }
  return disclosed;
}

/** What one reader could learn of what is not theirs: values that stand in nothing that they may see. */
async function secretsFor(reader: Reader): Promise<ReadonlySet<string>> {
  const seen = store.readBy(reader);
  const open = new Set<string>(vocabulary);
  const hidden = new Set<string>();
  for (const entry of store.log) {
    const [shown] = await seen.entries({ after: entry.seq - 1, limit: 1 });
    for (const value of headerValues(entry)) open.add(value);
    const isOpen = JSON.stringify(shown?.body) === JSON.stringify(entry.body);
    tellingValues(entry.body, isOpen ? open : hidden);
  }
  for (const [name, record] of store.records()) {
    const [collection, id] = [name.slice(0, name.indexOf("/")), name.slice(name.indexOf("/") + 1)];
    const found = await seen.load(collection as "lot", id);
    tellingValues(found ? found.record : record, found ? open : hidden);
  }
  for (const value of await disclosedTo(seen)) open.add(value);
  // Named places of a balance are the same for everyone: what stands there of others is not told.
  const isPlace = (value: string) => /^(lost:|restated$|unaccounted$)/.test(value);
  // A scale and the day of its calibration are in its record, which is everyone's.
  const isOpen = (value: string) =>
    open.has(value) || open.has(/^(.+)@\d{4}-\d\d-\d\d$/.exec(value)?.[1] ?? value);
  return new Set([...hidden].filter((value) => !isOpen(value) && !isPlace(value)));
}

describe("firms apart", () => {
  for (const { person, ...who } of READERS) {
    it(`Z11 Z12: ${person} reads nothing of what is another's, however it is asked`, async () => {
      const secrets = await secretsFor(readerOf(who));
      assert.ok(secrets.size > 100, `there is something to keep from them: ${secrets.size}`);
      const shown = await world.be(person);
      const [broken, told]: [string[], string[]] = [[], []];
      for (const path of questions) {
        const { status, text } = await world.get(path, shown);
        if (status >= 500) broken.push(`${status} ${path}`);
        const asked = decodeURIComponent(path);
        for (const value of tellingValues(JSON.parse(text)))
          if (secrets.has(value) && !asked.includes(value)) told.push(`${path}: ${value}`);
      }
      assert.deepEqual(broken, []);
      assert.deepEqual(told, []);
    });
  }

  it("Z11: who may, reads: the recycler its consignments, the refiner what came to it, a buyer its order and its passport", async () => {
    const count = async (person: string, path: string) => {
      const { status, text } = await world.get(path, await world.be(person));
      assert.equal(status, 200, text);
      return (JSON.parse(text) as { items: unknown[] }).items.length;
    };
    assert.ok((await count("recycler-intake-lead", "/api/intake/list")) > 0);
    assert.equal(await count("refiner-accountant", "/api/intake/list"), 0);
    assert.ok((await count("refiner-accountant", "/api/ledger/lots?limit=50")) > 0);
    assert.ok((await count("buyer-a", "/api/orders/list")) > 0);
    assert.equal(await count("rival-buyer-one", "/api/orders/list"), 0);
    assert.equal(await count("rival-accountant", "/api/ledger/lots"), 0);
    assert.ok((await count("auditor", "/api/intake/list")) > 0, "an auditor reads everything");
  });
});
