import assert from "node:assert/strict";
import { test } from "node:test";
import { everyRecord } from "../../src/app/core/pages.ts";
import { readerOf } from "../../src/app/core/seen.ts";
import type { Consignment } from "../../src/intake/index.ts";
import type { MemoryStore } from "../../src/store/memory/ledger.ts";
import { everyQuestion } from "./questions.ts";
import { CONSIGNMENT, PLANTED } from "./rival-customer.ts";
import { apartWorld } from "./world.ts";

const world = await apartWorld();
const store = world.ports.store as unknown as MemoryStore;
const questions = await everyQuestion(world.ports);
const all = await everyRecord(world.ports.store, "consignment");
const MINE = all.filter(({ customer }) => customer === "sample-customer-a");
const OTHERS = all.filter(({ customer }) => customer !== "sample-customer-a");

/** Everything that somebody is told, whatever they ask. */
async function toldTo(person: string): Promise<ReadonlyMap<string, string>> {
  const shown = await world.be(person);
  const told = new Map<string, string>();
  for (const path of questions) told.set(path, (await world.get(path, shown)).text);
  return told;
}

const itemsOf = async <T>(person: string, path: string): Promise<readonly T[]> => {
  const { status, text } = await world.get(path, await world.be(person));
  assert.equal(status, 200, text);
  return (JSON.parse(text) as { items: T[] }).items;
};

test("N59: a customer reads its own consignments whole: lines, rows, records, certificate and the documents they name", async () => {
  const mine = await itemsOf<Consignment>("customer-a", "/api/intake/list");
  assert.deepEqual(
    mine.map(({ consignment }) => consignment),
    ["C-2601", "C-2606"],
  );
  const [first] = mine;
  const shown = await world.be("customer-a");
  for (const verb of ["lines", "findings", "sanitizations"]) {
    const items = await itemsOf("customer-a", `/api/intake/${verb}?consignment=C-2601`);
    assert.ok(items.length > 0, verb);
  }
  const certificate = await world.get("/api/intake/certificate?consignment=C-2601", shown);
  assert.equal(certificate.status, 200);
  const papers = [
    ...(first?.manifests ?? []).map(({ digest }) => digest),
    ...(first?.certificates ?? []).flatMap(({ json_digest, pdf_digest }) => [json_digest, pdf_digest]),
  ];
  assert.equal(papers.length, 3);
  const other = await world.be("rival-customer-one");
  for (const digest of papers) {
    assert.equal((await world.get(`/api/documents/${digest}`, shown)).status, 200);
    assert.equal((await world.get(`/api/documents/${digest}`, other)).status, 404);
  }
});

test("N59 Z12 G13: what another customer handed over is told in no answer, and neither is that customer", async () => {
  const rivals = await toldTo("rival-customer-one");
  const planted = [...rivals].filter(([, text]) => text.includes(PLANTED));
  assert.ok(planted.length > 5, `it reads its own: ${planted.length}`);
  for (const [path, text] of await toldTo("customer-a")) {
    assert.ok(!text.includes(PLANTED), path);
    if (!path.includes(CONSIGNMENT)) assert.ok(!text.includes(CONSIGNMENT), path);
    assert.ok(!text.includes("rival-customer"), path);
    for (const { consignment, from_name = "" } of OTHERS) {
      assert.ok(!text.includes(from_name), `${path}: ${from_name}`);
      if (!path.includes(consignment)) assert.ok(!text.includes(consignment), `${path}: ${consignment}`);
    }
  }
  for (const [path, text] of rivals) {
    for (const { consignment, from_name = "" } of MINE) {
      assert.ok(!text.includes(from_name), `${path}: ${from_name}`);
      if (!path.includes(consignment)) assert.ok(!text.includes(consignment), `${path}: ${consignment}`);
    }
    assert.ok(!text.includes("sample-customer-a"), path);
  }
});

/** What everyone reads, and what is a customer's own. */
const READ_BY_CUSTOMERS = [
  ...["party", "site", "unit", "product", "method", "signing_key", "party_keys", "owner_rule", "step_kind"],
  ...[
    "consignment",
    "consignment_papers",
    "line",
    "manifest",
    "manifest_row",
    "serial",
    "sanitization",
    "incident",
    "person",
  ],
];

test("N59 Z108: of the books a customer reads nothing but what is everyone's, its party's and its consignments'", async () => {
  const seen = store.readBy(readerOf({ party: "rival-customer", role: "customer", kind: "customer" }));
  const read = new Set<string>();
  for (const [name] of store.records()) {
    const slash = name.indexOf("/");
    const collection = name.slice(0, slash);
    if (await seen.load(collection as "lot", name.slice(slash + 1))) read.add(collection);
  }
  assert.deepEqual(
    [...read].filter((one) => !READ_BY_CUSTOMERS.includes(one)),
    [],
  );
  for (const one of ["consignment", "line", "manifest_row", "sanitization", "incident"])
    assert.ok(read.has(one), `it reads its own: ${one}`);
});

test("Z108: a customer complains, reads of it until it is put right, and gives no command of the loop", async () => {
  const shown = await world.be("customer-a");
  const complaint = {
    ...{
      incident: "N-COMPLAINT",
      kind: "complaint",
      party: "sample-recycler",
      about: "our cage came back open",
    },
    ...{ owner: "data technician", due: "2099-12-31" },
  };
  const opened = await world.post("/api/trust/open-incident", complaint, shown);
  assert.equal(opened.status, 201, opened.text);
  const receive = { consignment: "C-X", owner: "sample-recycler", from_zip: "60601" };
  assert.equal((await world.post("/api/intake/receive", receive, shown)).status, 403);
  await world.owner("trust close-incident", {
    ...{ incident: "N-COMPLAINT", cause: "a worn lock", correction: "a new lock" },
  });
  const told = await itemsOf<{ incident: string; state: string }>("customer-a", "/api/trust/incidents");
  assert.deepEqual(
    told.map(({ incident, state }) => [incident, state]),
    [["N-COMPLAINT", "closed"]],
  );
});

test("G14: nobody makes their own party what reads more", async () => {
  for (const party of ["rival-customer", "rival-buyer", "rival-recycler"]) {
    const person = `${party}-administrator`;
    await world.owner("trust register-person", { person, party, role: "administrator", sample: true });
    const shown = await world.be(person);
    const asked = (more: object) =>
      world.post("/api/programme/change-party", { party, ...more, why: "it is so" }, shown);
    const refused = await asked({ kind: "auditor" });
    assert.equal(refused.status, 403, refused.text);
    assert.match(refused.text, /"at":"kind"/);
    assert.equal((await asked({ name: `${party}, renamed` })).status, 201);
  }
});

test("Z109: an incident is read by whose it is, whom else it concerns and who opened it, and by no other customer", async () => {
  const incidents = async (person: string) =>
    (await itemsOf<{ incident: string }>(person, "/api/trust/incidents")).map(({ incident }) => incident);
  assert.deepEqual(await incidents("rival-customer-one"), ["N-RIVAL"]);
  assert.ok((await incidents("recycler-data-technician")).includes("N-RIVAL"));
  assert.ok(!(await incidents("customer-a")).includes("N-RIVAL"));
  assert.ok(!(await incidents("refiner-accountant")).includes("N-RIVAL"));
});
