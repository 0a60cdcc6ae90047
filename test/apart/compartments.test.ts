import assert from "node:assert/strict";
import { test } from "node:test";
import { booksOf } from "../../src/app/notices/belongs.ts";
import { noticesOf } from "../../src/app/notices/waits.ts";
import { apartWorld, type Said } from "./world.ts";

const world = await apartWorld();
const { owner, be, get, post } = world;

const codeOf = ({ text }: Said) => (JSON.parse(text) as { code?: string }).code ?? "done";

test("Z15 O15: what a compartment holds is known to those who are in it, and to no others of their own firm", async () => {
  await owner("trust open-compartment", { compartment: "K-7", party: "sample-recycler", why: "clause 9" });
  for (const person of ["recycler-commercial-manager", "buyer-a"]) {
    const admitted = {
      compartment: "K-7",
      person,
      status: "screened (sample)",
      until: "2027-01-01T00:00:00Z",
    };
    await owner("trust admit", admitted);
  }
  const order = {
    ...{ order: "O-SHUT", buyer: "sample-buyer-a", seller: "sample-recycler", oxide: "Nd2O3", mass: "1 kg" },
    ...{ specification: "4N", due: "2027-03-01", reference: "PO-PLANTED-77", compartment: "K-7" },
  };
  const outside = await post("/api/orders/place", order, await be("buyer-b"));
  assert.notEqual(outside.status, 201);
  const qualify = (to: string) =>
    owner("orders qualify", { buyer: order.buyer, to, why: "reviewed", evidence: "QA-2" });
  await qualify("trial");
  const buyers = async () => (await get("/api/orders/buyers", await be("recycler-accountant"))).text;
  const before = await buyers();
  const onTrial = await post("/api/orders/place", order, await be("buyer-a"));
  assert.equal(codeOf(onTrial), "buyer_not_qualified", "O15: its trial mass would tell of it");
  assert.equal(await buyers(), before);
  await qualify("qualified");
  assert.equal(codeOf(await post("/api/orders/place", order, await be("buyer-a"))), "done");
  const knows = async (person: string) => {
    const shown = await be(person);
    const paths = [
      "orders/list?limit=100",
      "orders/show?order=O-SHUT",
      "ledger/entries?order=newest&limit=20",
    ];
    const more = [
      "overview/now",
      "overview/plan",
      "overview/find?text=O-SHUT",
      "trust/compartments",
      "orders/buyers",
    ];
    const said = await Promise.all([...paths, ...more].map((path) => get(`/api/${path}`, shown)));
    const told = said.map(({ text }) => text.replaceAll("no order O-SHUT", "")).join("\n");
    return /O-SHUT|PO-PLANTED-77|K-7/.test(told);
  };
  assert.equal(await knows("recycler-commercial-manager"), true);
  assert.equal(await knows("buyer-a"), true);
  for (const person of [
    "recycler-accountant",
    "recycler-planner",
    "refiner-accountant",
    "buyer-b",
    "auditor",
  ])
    assert.equal(await knows(person), false, person);
});

test("Z15: who is outside takes its number for no order of their own, and learns nothing from trying", async () => {
  await owner("trust register-person", {
    ...{
      person: "recycler-second-manager",
      party: "sample-recycler",
      role: "commercial manager",
      sample: true,
    },
  });
  const own = {
    ...{ order: "O-SHUT", buyer: "sample-buyer-a", seller: "sample-recycler", oxide: "Nd2O3", mass: "2 kg" },
    ...{ specification: "4N", due: "2027-03-01" },
  };
  const tried = await post("/api/orders/place", own, await be("recycler-second-manager"));
  assert.equal(codeOf(tried), "order_name_taken");
  assert.match(tried.text, /another firm's to know/);
  const { compartment } = (await world.ports.store.load("order", "O-SHUT"))?.record ?? {};
  assert.equal(compartment, "K-7", "it is what it was");
});

test("Z15: nobody outside acts on it, and who is let in no more is outside at once", async () => {
  const cancel = { order: "O-SHUT", why: "test" };
  const missing = await post(
    "/api/orders/cancel",
    { ...cancel, order: "O-NOBODYS" },
    await be("recycler-planner"),
  );
  assert.equal(codeOf(missing), "not_allowed", "a planner cancels nothing");
  const second = await post("/api/orders/cancel", cancel, await be("recycler-second-manager"));
  assert.equal(codeOf(second), "order_unknown");
  await owner("trust dismiss", { compartment: "K-7", person: "recycler-commercial-manager" });
  const dismissed = await post("/api/orders/cancel", cancel, await be("recycler-commercial-manager"));
  assert.equal(codeOf(dismissed), "order_unknown");
  assert.equal(codeOf(await post("/api/orders/cancel", cancel, await be("buyer-a"))), "done");
});

test("Z91: of what a compartment holds nobody is told, and of all else only who may read it", async () => {
  const { store } = world.ports;
  const books = booksOf(store);
  const placed: string[] = [];
  for (const entry of await store.entries({ after: 0, limit: 20_000 }))
    for (const { about, party } of await noticesOf(entry, books)) {
      assert.notEqual(about?.id, "O-SHUT", party);
      if (about?.collection === "order") placed.push(about.id);
    }
  assert.ok(placed.length > 0, "other orders are told");
});
