import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";
import { everyRecord } from "../../src/app/core/pages.ts";
import { theUseCase } from "../story/world.ts";
import { apartWorld } from "./world.ts";

const world = await apartWorld();
const { ports, be, get, post } = world;

/** A refusal as it was said, with the names that were asked for left out. */
const saidOf = (text: string, ...names: readonly string[]) => {
  const { code, at, detail } = JSON.parse(text) as Record<string, string>;
  return { code, at, detail: names.reduce((said, name) => said.replaceAll(name, "…"), detail ?? "") };
};

test("Z13: what is another firm's is refused as what is not there", async () => {
  const planner = await be("refiner-planner");
  const [order] = await everyRecord(ports.store, "order");
  assert.ok(order && order.seller === "sample-recycler");
  const lot = "OX-2601-Nd";
  const ask = (id: string) => post("/api/orders/allocate", { order: id, lot, mass: "1 kg" }, planner);
  const [theirs, nobodys] = [await ask(order.order), await ask("O-NOBODYS")];
  assert.deepEqual(saidOf(theirs.text, order.order), saidOf(nobodys.text, "O-NOBODYS"));
  assert.equal(theirs.status, nobodys.status);
});

test("Z12 Z13: a firm does not qualify a buyer that it does not deal with, nor comes to read of it by trying", async () => {
  const manager = await be("refiner-commercial-manager");
  const before = JSON.stringify((await ports.store.load("buyer", "sample-buyer-a"))?.record);
  for (const to of ["unqualified", "trial", "qualified"]) {
    const ask = (buyer: string) =>
      post("/api/orders/qualify", { buyer, to, why: "test", evidence: "E-1" }, manager);
    const [theirs, nobodys] = [await ask("sample-buyer-a"), await ask("nobodys-buyer")];
    assert.deepEqual(saidOf(theirs.text, "sample-buyer-a"), saidOf(nobodys.text, "nobodys-buyer"));
    assert.equal(theirs.status, nobodys.status);
  }
  assert.equal(JSON.stringify((await ports.store.load("buyer", "sample-buyer-a"))?.record), before);
  assert.doesNotMatch((await get("/api/orders/buyers", manager)).text, /sample-buyer-a/);
});

test("Z13: whether a buyer or a customer is on the books is told to none who do not deal with it", async () => {
  const buyer = await be("buyer-b");
  const manager = await be("refiner-commercial-manager");
  const said = async (path: string, body: (party: string) => object, who: typeof buyer) => {
    const [theirs, nobodys] = [
      await post(path, body("sample-customer-a"), who),
      await post(path, body("nobodys"), who),
    ];
    assert.equal(theirs.status, nobodys.status, theirs.text);
    assert.deepEqual(saidOf(theirs.text, "sample-customer-a"), saidOf(nobodys.text, "nobodys"));
  };
  const incident = {
    ...{ kind: "complaint", party: "sample-recycler", about: "test", owner: "administrator" },
    due: "2099-12-31",
  };
  await said("/api/trust/open-incident", (party) => ({ ...incident, party }), buyer);
  await said("/api/trust/open-incident", (concerns) => ({ ...incident, concerns }), buyer);
  const registering = { segment: "commercial", trial_limit: "1 kg" };
  await said("/api/orders/register-buyer", (party) => ({ ...registering, buyer: party }), manager);
});

test("Z13 Z106: who may not erase what a firm keeps is told of no consignment of it", async () => {
  const administrator = await be("recycler-administrator");
  const rule = { party: "sample-recycler", kind: "manifests", days: 30, why: "test" };
  assert.equal((await post("/api/trust/retain", rule, administrator)).status, 201);
  const due = await get("/api/trust/due-for-erasure?party=sample-recycler", administrator);
  assert.match(due.text, /"now":true/, "there is something to tell of");
  const { status, text } = await post(
    "/api/trust/erase-due",
    { party: "sample-recycler" },
    await be("refiner-administrator"),
  );
  assert.equal(saidOf(text).code, "not_allowed", text);
  assert.equal(status, 403);
  assert.doesNotMatch(text, /C-\d/);
});

test("Z13: a name that another took is refused without a word of who did", async () => {
  const buyer = await be("buyer-a");
  const orders = await everyRecord(ports.store, "order");
  const others = orders.find((one) => one.buyer === "sample-buyer-b");
  assert.ok(others);
  const { status, text } = await post(
    "/api/orders/place",
    {
      ...{ order: others.order, buyer: "sample-buyer-a", seller: "sample-recycler", oxide: "Nd2O3" },
      ...{ mass: "1 kg", specification: "4N", due: "2027-03-01" },
    },
    buyer,
  );
  assert.ok(status >= 400 && status < 500, text);
  assert.match(text, /another firm's to know/);
  assert.doesNotMatch(text, /sample-buyer-b/);
});

test("Z13: what one firm was answered is not answered to another with its key", async () => {
  const site = {
    site: "third",
    party: "sample-recycler",
    name: "Third",
    zip: "46204",
    capabilities: ["store"],
  };
  const key = { "idempotency-key": "guessed" };
  const first = await post("/api/programme/register-site", site, {
    ...(await be("recycler-planner")),
    ...key,
  });
  assert.equal(first.status, 201, first.text);
  const again = await post("/api/programme/register-site", site, {
    ...(await be("recycler-planner")),
    ...key,
  });
  assert.equal(again.status, 200, "who asked is answered again");
  const other = await post("/api/programme/register-site", site, {
    ...(await be("refiner-planner")),
    ...key,
  });
  assert.equal(saidOf(other.text).code, "key_reused");
});

test("Z12: documents and long work are of those they concern", async () => {
  const [manifest] = await everyRecord(ports.store, "manifest");
  assert.ok(manifest);
  const path = `/api/documents/${manifest.digest}`;
  const status = async (person: string) => (await get(path, await be(person))).status;
  assert.equal(await status("recycler-intake-lead"), 200);
  assert.equal(await status("refiner-accountant"), 404);
  assert.equal(await status("buyer-a"), 404);
  assert.equal((await get(path, {})).status, 401);
  const design = {
    use_case: "column/design",
    input: {
      ...{ feed: { mole_fractions: { Nd: 0.8, Pr: 0.2 } }, affinities: { Nd: 1, Pr: 2.04 } },
      specifications: { Nd: { purity_min: 0.99 }, Pr: { purity_min: 0.99 } },
    },
  };
  const started = await post("/api/jobs/start", design, await be("refiner-process-engineer"));
  const { job } = JSON.parse(started.text) as { job: string };
  const seen = async (person: string) => (await get(`/api/jobs/${job}`, await be(person))).status;
  assert.equal(await seen("refiner-planner"), 200);
  assert.equal(await seen("recycler-planner"), 404);
  assert.doesNotMatch((await get("/api/jobs", await be("recycler-planner"))).text, new RegExp(job));
});

test("Z14: a laboratory reads what waits to be measured, and of results its own alone", async () => {
  const list = async (person: string) => {
    const { text } = await get("/api/assay/list?limit=100", await be(person));
    return (JSON.parse(text) as { items: { reports: Record<string, { laboratory: string }> }[] }).items;
  };
  const laboratories = (items: Awaited<ReturnType<typeof list>>) =>
    new Set(items.flatMap(({ reports }) => Object.values(reports).map(({ laboratory }) => laboratory)));
  assert.deepEqual(laboratories(await list("laboratory-a-chemist")), new Set(["sample-lab-a"]));
  assert.ok(laboratories(await list("refiner-accountant")).size > 1, "the firms read both");
});

test("Z12 N53: the key by which serial numbers are compared is handed to nobody, of whichever firm", async () => {
  await world.owner("intake sanitize", {
    consignment: "C-2606",
    records: [
      {
        ...{ row: 4, revision: "2", devices: 1, method: "destroy", technique: "shredded", tool: "shredder" },
        media: { type: "hard disk", manufacturer: "Seagate", model: "ST2000DM008", serial: "SAMPLE0042" },
        ...{ verification: { method: "count", result: "passed" }, sanitized_by: "operator" },
        ...{ validated_by: "approver", place: "plainfield", destination: "metal recycling" },
      },
    ],
  });
  const [made] = await ports.store.entries({ after: 0, limit: 10, kind: "serial_key_made" });
  const digest = String((made?.body as { digest?: string } | undefined)?.digest);
  assert.ok(await ports.store.document(digest), "it is kept");
  for (const person of ["recycler-driver", "recycler-data-technician", "auditor", "refiner-chemist"])
    assert.equal((await get(`/api/documents/${digest}`, await be(person))).status, 404, person);
  // What only has its name is a list like any other.
  const received = theUseCase("intake receive").example as object;
  await world.owner("intake receive", { ...received, consignment: "C-KEY" });
  const text = "Description,Qty\nremote control,4\n";
  const list = { consignment: "C-KEY", name: "serial-key-2026.json", text };
  await world.owner("intake read-manifest", list);
  const named = createHash("sha256").update(text).digest("hex");
  assert.equal((await get(`/api/documents/${named}`, await be("recycler-intake-lead"))).status, 200);
});
