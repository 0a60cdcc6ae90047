import assert from "node:assert/strict";
import { test } from "node:test";
import { readNoted } from "../../src/app/core/noted-read.ts";
import { type CompartmentRead, OWNER, type ReadsKept } from "../../src/app/core/reads-kept.ts";
import { carryOut } from "../../src/app/jobs/carry-out.ts";
import { findUseCase, useCases } from "../../src/app/use-cases.ts";
import { memoryReads } from "../../src/store/memory/reads.ts";
import { apartWorld, type Said } from "./world.ts";

const world = await apartWorld();
const { owner, be, get, post } = world;
const INSIDE = "recycler-commercial-manager";
const PLANTED = /O-SHUT|PO-PLANTED-77|K-7|clause 9/;

const order = {
  ...{ order: "O-SHUT", buyer: "sample-buyer-a", seller: "sample-recycler", oxide: "Nd2O3", mass: "1 kg" },
  ...{ specification: "4N", due: "2027-03-01", reference: "PO-PLANTED-77", compartment: "K-7" },
};
const status = "screened (sample)";
const until = "2027-01-01T00:00:00Z";

for (const compartment of ["K-7", "K-8"])
  await owner("trust open-compartment", { compartment, party: "sample-recycler", why: "clause 9" });
for (const person of [INSIDE, "recycler-administrator", "buyer-a"])
  await owner("trust admit", { compartment: "K-7", person, status, until });
await owner("trust admit", { compartment: "K-8", person: INSIDE, status, until });
assert.equal((await post("/api/orders/place", order, await be("buyer-a"))).status, 201);

const kept = (): ReadsKept => world.ports.reads as ReadsKept;

/** The rows that came while something was done. */
async function rowsOf(work: () => Promise<unknown>): Promise<readonly CompartmentRead[]> {
  const all = async () =>
    (await kept().ofCompartments({ limit: 10_000, compartments: ["K-7", "K-8"] })).items;
  const before = (await all()).length;
  await work();
  return (await all()).slice(before);
}

const asked = async (person: string, path: string): Promise<Said> => get(`/api/${path}`, await be(person));

/** Done with other ports, and then with those of before. */
async function withReads<T>(reads: ReadsKept | undefined, work: () => Promise<T>): Promise<T> {
  const ports = world.ports as { reads?: ReadsKept | undefined };
  const before = ports.reads;
  ports.reads = reads;
  try {
    return await work();
  } finally {
    ports.reads = before;
  }
}

test("Z102: a list, one record, an entry and a count that tell of a compartment each have a row with time, person and query", async () => {
  const from = world.ports.clock.now().toISOString();
  for (const path of [
    "orders/list?limit=100",
    "orders/show?order=O-SHUT",
    "ledger/entries?order=newest&limit=1",
    "overview/find?text=O-SHUT",
    // Told once more, it is noted once more, whatever was remembered.
    "orders/list?limit=100",
  ]) {
    const rows = await rowsOf(async () => {
      const { text } = await asked(INSIDE, path);
      assert.match(text, /O-SHUT/, path);
    });
    const [row] = rows;
    const query = path.split("?")[0];
    assert.deepEqual(
      rows.map(({ at: _, ...rest }) => rest),
      [{ by: INSIDE, party: "sample-recycler", query, compartments: ["K-7"] }],
    );
    assert.ok(row && row.at >= from && row.at <= world.ports.clock.now().toISOString(), path);
  }
});

test("Z102: what tells nothing of a compartment has no row, whoever asks", async () => {
  const rows = await rowsOf(async () => {
    for (const path of ["programme/parties?limit=50", "orders/show?order=O-NONE", "trust/me"])
      await asked(INSIDE, path);
    for (const person of ["recycler-accountant", "recycler-planner", "refiner-administrator", "auditor"])
      for (const path of ["orders/list?limit=100", "orders/show?order=O-SHUT", "trust/compartments"]) {
        const { text } = await asked(person, path);
        assert.doesNotMatch(text.replaceAll("no order O-SHUT", ""), PLANTED, `${person} ${path}`);
      }
  });
  assert.deepEqual(rows, []);
});

test("Z102: each compartment that is told of is named, an administrator outside stands in a row too", async () => {
  const both = await rowsOf(() => asked(INSIDE, "trust/compartments"));
  assert.deepEqual(
    both.map(({ compartments }) => compartments),
    [["K-7", "K-8"]],
  );
  const outside = await rowsOf(() => asked("recycler-administrator-2", "trust/compartments"));
  assert.deepEqual(
    outside.map(({ by, compartments }) => [by, compartments]),
    [["recycler-administrator-2", ["K-7", "K-8"]]],
  );
  const none = await rowsOf(() => asked("recycler-administrator-2", "orders/list?limit=100"));
  assert.deepEqual(none, []);
});

test("Z102: the machine's owner and who is let in to everything stand in rows too", async () => {
  const show = findUseCase("orders", "show") as {
    answer: (ports: unknown, input: object) => Promise<unknown>;
  };
  for (const asker of ["owner", undefined] as const) {
    const rows = await rowsOf(() =>
      readNoted(world.ports, { asker, query: "orders/show" }, (seen) =>
        show.answer(seen, { order: "O-SHUT" }),
      ),
    );
    assert.deepEqual(
      rows.map(({ by, party, compartments }) => [by, party, compartments]),
      [[asker === "owner" ? OWNER : null, null, ["K-7"]]],
    );
  }
});

test("Z102: where the row cannot be written nothing is told, and where reads are kept nowhere there is no compartment", async () => {
  const broken: ReadsKept = {
    ...memoryReads(),
    noteCompartments: () => Promise.reject(new Error("the disk is full")),
  };
  const paths = ["orders/show?order=O-SHUT", "orders/list?limit=100"];
  await withReads(broken, async () => {
    for (const path of paths) {
      const { status, text } = await asked(INSIDE, path);
      assert.equal(status, 500, path);
      assert.doesNotMatch(text, PLANTED);
    }
    assert.equal((await asked(INSIDE, "programme/parties")).status, 200, "what is of none is told");
  });
  await withReads(undefined, async () => {
    for (const path of paths) {
      const { text } = await asked(INSIDE, path);
      assert.doesNotMatch(text.replaceAll("no order O-SHUT", ""), PLANTED);
    }
  });
});

test("Z102: what came of work in the queue, which a whole firm is shown, tells of no compartment", async () => {
  const actor = { role: "commercial manager", party: "sample-recycler", person: INSIDE, verified: true };
  const claim = { job: "J-1", worker: "w", attempt: 1, key: "j-1", cancel_asked: false, actor };
  const outcome = await carryOut(world.ports, { ...claim, use_case: "orders/list", input: { limit: 100 } });
  assert.equal(outcome.state, "done");
  assert.doesNotMatch(JSON.stringify(outcome), PLANTED);
});

test("Z103: rows are told to the owner and to administrators who are in it; who is outside sees neither rows nor compartment", async () => {
  await asked("buyer-a", "orders/show?order=O-SHUT");
  const rowsFor = async (person: string) => {
    const { status, text } = await asked(person, "trust/compartment-reads?limit=500");
    assert.equal(status, 200, person);
    return (JSON.parse(text) as { items: CompartmentRead[] }).items;
  };
  const told = await rowsFor("recycler-administrator");
  assert.ok(told.some(({ by, query }) => by === INSIDE && query === "orders/show"));
  // Not the reads of the buyer's people, and nothing of the compartment that they are not in.
  assert.deepEqual([...new Set(told.map(({ party }) => party))], ["sample-recycler"]);
  assert.deepEqual([...new Set(told.flatMap(({ compartments }) => compartments))], ["K-7"]);
  for (const person of ["recycler-administrator-2", "refiner-administrator", "auditor"]) {
    assert.deepEqual(await rowsFor(person), [], person);
    const other = await asked(person, "trust/compartment-reads?compartment=K-7&limit=500");
    assert.deepEqual(JSON.parse(other.text), { items: [] });
  }
  assert.equal((await asked(INSIDE, "trust/compartment-reads")).status, 403);
  const reads = findUseCase("trust", "compartment-reads") as {
    answer: (ports: unknown, input: object) => Promise<{ value: { items: CompartmentRead[] } }>;
  };
  const all = await readNoted(world.ports, { asker: "owner", query: "trust/compartment-reads" }, (seen) =>
    reads.answer(seen, { limit: 500 }),
  );
  const parties = new Set(all.value.items.map(({ party }) => party));
  assert.ok(parties.has("sample-buyer-a") && parties.has("sample-recycler"));
});

test("Z103: that rows were told of is a read of the compartment itself", async () => {
  const rows = await rowsOf(() => asked("recycler-administrator", "trust/compartment-reads?limit=500"));
  assert.deepEqual(
    rows.map(({ by, query, compartments }) => [by, query, compartments]),
    [["recycler-administrator", "trust/compartment-reads", ["K-7"]]],
  );
});

test("Z104: no pack of evidence tells of a compartment", async () => {
  for (const person of ["auditor", "recycler-administrator", "recycler-administrator-2"]) {
    const { status, text } = await post("/api/trust/evidence", {}, await be(person));
    assert.equal(status, 200, person);
    assert.doesNotMatch(text, PLANTED, person);
  }
});

test("Z104: no order waits for a second person: no command that takes two is of an order or a compartment", async () => {
  const two = useCases.filter((useCase) => useCase.type === "command" && useCase.two);
  assert.ok(two.length > 5);
  for (const { room, verb, input } of two) {
    const fields = Object.keys((input as unknown as { shape: object }).shape);
    assert.deepEqual(
      fields.filter((field) => ["order", "compartment"].includes(field)),
      [],
      `${room} ${verb}`,
    );
  }
  const proposal = {
    command: "orders/place",
    input: { ...order, order: "O-PROPOSED" },
    why: "PO-PLANTED-77",
  };
  for (const person of ["buyer-a", "recycler-administrator", INSIDE])
    assert.notEqual((await post("/api/trust/propose", proposal, await be(person))).status, 201, person);
  const entries = await world.ports.store.entries({ after: 0, limit: 20_000, kind: "approval_asked" });
  assert.doesNotMatch(JSON.stringify(entries), PLANTED);
  for (const person of ["recycler-accountant", "recycler-administrator-2", "buyer-b", "auditor"]) {
    const { text } = await asked(person, "trust/approvals?limit=100");
    assert.doesNotMatch(text, PLANTED, person);
  }
});

test("Z102: refusals of commands on it tell who is in it no more than who is outside", async () => {
  const cancel = { order: "O-SHUT", why: "test" };
  assert.equal((await post("/api/orders/cancel", cancel, await be("buyer-a"))).status, 201);
  const again = await post("/api/orders/cancel", cancel, await be(INSIDE));
  const outside = await post("/api/orders/cancel", cancel, await be("recycler-administrator-2"));
  assert.doesNotMatch(again.text.replaceAll("no order O-SHUT", ""), PLANTED, outside.text);
});
