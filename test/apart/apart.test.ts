import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { createApi } from "../../src/api/index.ts";
import { everyRecord } from "../../src/app/core/pages.ts";
import type { LedgerStore } from "../../src/app/core/ports.ts";
import { readerOf } from "../../src/app/core/seen.ts";
import { useCases } from "../../src/app/use-cases.ts";
import type { MemoryStore } from "../../src/store/memory/ledger.ts";
import { memoryPorts } from "../support/memory-ports.ts";
import { everyQuestion } from "./questions.ts";
import { secretsFor } from "./secrets.ts";
import { tellingValues } from "./told.ts";
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

describe("firms apart", () => {
  for (const { person, ...who } of READERS) {
    it(`Z11 Z12: ${person} reads nothing of what is another's, however it is asked`, async () => {
      const reader = readerOf(who);
      const disclosed = await disclosedTo(store.readBy(reader));
      const secrets = await secretsFor(reader, { store, open: [...vocabulary, ...disclosed] });
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

  it("Z20: a material balance counts the entries that moved what is the owner's; at their own sites each link counts what is told there", async () => {
    interface Told {
      readonly entries: number;
      readonly links: readonly { readonly from: string; readonly to: string; readonly entries: number }[];
    }
    const ask = async (person: string, query = "") => {
      const { text } = await world.get(`/api/ledger/material-balance${query}`, await world.be(person));
      return JSON.parse(text) as Told;
    };
    const refiner = "refiner-accountant";
    const [seen, own] = [await ask(refiner), await ask(refiner, "?owner=sample-refiner")];
    const everything = await ask("auditor");
    const sum = ({ links }: Told) => links.reduce((of, { entries }) => of + entries, 0);
    assert.equal(seen.entries, own.entries, "theirs alone");
    assert.ok(seen.entries < everything.entries, "and nothing of how much others do");
    assert.ok(sum(seen) > sum(own), "what stands at their sites is told beside, with its entries");
    const rival = await ask("rival-accountant");
    assert.deepEqual([rival.entries, rival.links], [0, []]);
  });
});
