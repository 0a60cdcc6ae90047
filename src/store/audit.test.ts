import assert from "node:assert/strict";
import { test } from "node:test";
import type pg from "pg";
import {
  apply,
  batchOf,
  ids,
  manifest,
  opened,
  playChain,
  stepped,
  type TestRecords,
} from "../../test/contract/books.ts";
import { freshPool } from "../../test/support/database.ts";
import { ownSeal } from "../../test/support/sealing.ts";
import type { NewEntry } from "../app/core/ports.ts";
import { sealEntry } from "../ledger/index.ts";
import { auditBooks } from "./audit.ts";
import { type EntryRow, entryOf, rowOf } from "./entry-row.ts";
import { postgresKeys } from "./keys.ts";
import { postgresLedger } from "./postgres-ledger.ts";
import { rebuildViews } from "./rebuild.ts";

async function books(steps = 0) {
  const pool = await freshPool();
  const store = postgresLedger({ pool, apply, ids });
  if (steps > 0) await playChain(store, steps);
  return { pool, store, write: (key: string, ...entries: NewEntry[]) => store.append(batchOf(key, entries)) };
}

/** What an intruder with the database's own rights can do. */
async function unguarded(pool: pg.Pool, statement: string, values: readonly unknown[] = []): Promise<void> {
  await pool.query("alter table didym.entry disable trigger user");
  await pool.query(statement, [...values]);
  await pool.query("alter table didym.entry enable trigger user");
}

const failed = async (pool: pg.Pool) => {
  const audit = await auditBooks({ pool, apply });
  assert.equal(
    audit.clean,
    audit.checks.every((check) => check.result === "passed"),
  );
  return {
    first: audit.first_bad && `${audit.first_bad.seq} ${audit.first_bad.fault}`,
    checks: audit.checks.filter((check) => check.result === "failed").map((check) => check.name),
    at: audit.faults[0]?.at,
  };
};

const clean = { first: undefined, checks: [], at: undefined };

test("P40: books that were kept are clean, and every check looked at something", async () => {
  const { pool, store, write } = await books(20);
  await write("feed", {
    kind: "feed_measured",
    body: { feed: "M-0", elements_mg: { Nd: { best: 900, sd: 3 } } },
  });
  const made = await postgresKeys(pool, ownSeal()).make("sample-refiner");
  assert.ok(made.ok);
  await write("pass", certified("M-0"), passport("P-1", 900, "M-0"), {
    kind: "signing_key_born",
    body: { party: "sample-refiner", key: made.value, from: "2026-01-01T00:00:00.000Z" },
  });
  const { document, entry } = manifest("a.csv", new Uint8Array([1, 2]));
  await store.append(batchOf("doc", [opened("L-D"), entry], { documents: [document] }));
  const head = await store.head();
  const audit = await auditBooks({ pool, apply, heads: head ? [head] : [] });
  assert.deepEqual(audit.faults, []);
  assert.equal(audit.clean, true);
  assert.equal(audit.entries, 48);
  assert.equal(audit.closures_checked, 20);
  assert.equal(audit.documents_checked, 1);
  assert.deepEqual(audit.balance, { mass_mg: 0, elements_mg: { Nd: 0 } });
  assert.deepEqual(audit.head, { seq: 48, hash: (await store.head())?.hash });
  assert.ok(
    // Signed passports are looked at in test/tamperings, on books that hold some.
    audit.checks.every((check) => check.checked > 0 || check.name === "passports"),
    JSON.stringify(audit.checks),
  );
});

test("P40: empty books are clean", async () => {
  const { pool } = await books();
  assert.deepEqual(await failed(pool), clean);
});

test("P41: the first entry that was tampered with is named", async () => {
  const tampers: [string, string][] = [
    ["update didym.entry set body = replace(body, '\"S-3\"', '\"S-9\"') where seq = 7", "7 seal_wrong"],
    ["update didym.entry set body = replace(body, '{\"', '{ \"') where seq = 7", "7 not_as_sealed"],
    ["update didym.entry set body = '{' where seq = 7", "7 unreadable"],
    ["update didym.entry set actor = replace(actor, 'weigher', 'thief') where seq = 7", "7 seal_wrong"],
    ["update didym.entry set nonce = repeat('0', 32) where seq = 7", "7 seal_wrong"],
    ["update didym.entry set key = 'other' where seq = 7", "7 seal_wrong"],
    ["update didym.entry set kind = 'noted' where seq = 7", "7 hash_wrong"],
    ["update didym.entry set time = '2026-01-02T00:03:00.001Z' where seq = 7", "7 hash_wrong"],
    ["update didym.entry set time = '2027-01-02T00:03:00.001Z' where seq = 7", "7 hash_wrong"],
    ["update didym.entry set hash = repeat('a', 64) where seq = 7", "7 hash_wrong"],
    ["update didym.entry set prev = repeat('a', 64) where seq = 7", "7 link_broken"],
    ["delete from didym.entry where seq = 7", "8 sequence_broken"],
    ["delete from didym.entry where seq = 1", "2 sequence_broken"],
  ];
  for (const [statement, first] of tampers) {
    const { pool } = await books(6);
    await unguarded(pool, statement);
    const found = await failed(pool);
    assert.equal(found.first, first, statement);
    assert.ok(found.checks.includes("chain"), statement);
    assert.equal(found.at, `entry ${first.split(" ")[0]}`);
  }
});

test("P41: entries missing at the end are noticed by the head, the head's own forgery by the entries", async () => {
  for (const statement of [
    "delete from didym.entry where seq = 14",
    "update didym.head set hash = repeat('a', 64)",
    "update didym.head set seq = 15",
    "delete from didym.head",
  ]) {
    const { pool } = await books(6);
    await unguarded(pool, statement);
    const { checks } = await failed(pool);
    assert.ok(checks.includes("chain"), `${statement}: ${checks}`);
  }
});

/** Rewrites an entry's content and seals the chain anew from there: the hashes hold, the arithmetic does not. */
async function forge(pool: pg.Pool, seq: number, change: (body: never) => void): Promise<void> {
  const { rows } = await pool.query<EntryRow>("select * from didym.entry order by seq");
  let prev = rows[0]?.prev ?? "";
  for (const row of rows) {
    const entry = entryOf(row);
    if (entry.seq === seq) change(entry.body as never);
    const sealed = sealEntry({ ...entry, prev });
    prev = sealed.hash;
    const forged = rowOf(sealed);
    await unguarded(
      pool,
      "update didym.entry set body = $2, sealed = $3, prev = $4, hash = $5 where seq = $1",
      [forged.seq, forged.body, forged.sealed, forged.prev, forged.hash],
    );
  }
  await pool.query("update didym.head set hash = $1", [prev]);
  await rebuildViews({ pool, apply });
}

interface ForgedStep {
  inputs: { mass_mg: { best: number }; elements_mg: Record<string, { best: number }> }[];
  outputs: { mass_mg: { best: number }; elements_mg: Record<string, { best: number }> }[];
  closure: {
    mass: { out_mg: number; residual_mg: number; closes: boolean };
    elements: Record<string, { out_mg: number; in_mg: number; residual_mg: number }>;
  };
}

test("P42: a forger who seals the whole chain anew is still found by the arithmetic", async () => {
  const forgeries: [string, string, (body: ForgedStep) => void][] = [
    ["an output weighs more, the closure is left", "closure_misstated", ({ outputs }) => more(outputs, 5000)],
    [
      "an output weighs more, and the closure is told so",
      "step_does_not_close",
      ({ outputs, closure }) => {
        more(outputs, 50_000);
        closure.mass.out_mg += 50_000;
        closure.mass.residual_mg -= 50_000;
      },
    ],
    [
      "a closure states another residual",
      "closure_misstated",
      ({ closure }) => (closure.mass.residual_mg = 1),
    ],
    ["a closure says it is open", "closure_misstated", ({ closure }) => (closure.mass.closes = false)],
    [
      "neodymium appears in an input",
      "draw_misstated",
      ({ inputs, outputs, closure }) => {
        for (const { elements_mg } of [
          inputs[0] as never as ForgedStep["inputs"][0],
          outputs[0] as never as ForgedStep["inputs"][0],
        ])
          (elements_mg["Nd"] as { best: number }).best += 900;
        const balance = closure.elements["Nd"] as { in_mg: number; out_mg: number };
        balance.in_mg += 900;
        balance.out_mg += 900;
      },
    ],
  ];
  for (const [what, fault, change] of forgeries) {
    const { pool } = await books(6);
    await forge(pool, 7, change as (body: never) => void);
    const { first } = await failed(pool);
    assert.equal(first, `7 ${fault}`, what);
  }
});

const more = (outputs: ForgedStep["outputs"], mg: number) => {
  const first = outputs[0];
  if (first) first.mass_mg.best += mg;
};

test("P42: a step booked open with its reason is clean; one that only says it closes is not", async () => {
  const { pool, store, write } = await books();
  await write("open", opened("L-1", 100_000));
  const step = await stepped(store, "S-1", { from: [{ lot: "L-1" }], into: { "L-2": 100_000 } });
  const body = JSON.parse(JSON.stringify(step.body));
  body.outputs[0].mass_mg.best = 90_000;
  Object.assign(body.closure.mass, { out_mg: 90_000, residual_mg: 10_000 });
  const lying = await books();
  await lying.write("open", opened("L-1", 100_000));
  await lying.write("step", { kind: "step_recorded", body });
  assert.equal((await failed(lying.pool)).first, "2 step_does_not_close");
  Object.assign(body, { accept_open: "the scale was out of order" });
  Object.assign(body.closure.mass, { closes: false });
  await write("step", { kind: "step_recorded", body });
  assert.deepEqual(await failed(pool), clean);
});

const passport = (id: string, neodymium_mg: number, lot = "L-1"): NewEntry => ({
  kind: "passport_issued",
  body: { passport: id, lot, mass_mg: 1, oxide: "Nd2O3", feeds_mg: { [lot]: { Nd: neodymium_mg } } },
});

const certified = (lot: string): NewEntry => ({
  kind: "certificate_released",
  body: { lot, certificate: { sample: `Q-${lot}`, net_mass_mg: 1 }, findings: [] },
});

test("P43: claims on a feed beyond what was measured name the entry that went over", async () => {
  const measured = {
    kind: "feed_measured",
    body: { feed: "L-1", elements_mg: { Nd: { best: 200, sd: 1 } } },
  };
  const { pool, write } = await books();
  await write("open", opened("L-1"), measured, certified("L-1"), passport("P-1", 150));
  await write("more", passport("P-2", 50));
  assert.deepEqual(await failed(pool), clean);
  await write("revoke", { kind: "passport_revoked", body: { passport: "P-1", reason: "lost" } });
  await write("again", passport("P-3", 150));
  assert.deepEqual(await failed(pool), clean);
  await write("over", passport("P-4", 1));
  assert.deepEqual(await failed(pool), { first: "8 over_claimed", checks: ["claims"], at: "entry 8" });
});

test("P43: a claim on what was never measured, one passport twice, and less than nothing are named", async () => {
  for (const [entries, first] of [
    [[passport("P-1", 1)], "3 over_claimed"],
    [[passport("P-1", 0), passport("P-1", 0)], "4 passport_issued_twice"],
    [[passport("P-1", -5)], "3 claim_not_whole"],
  ] as const) {
    const { pool, write } = await books();
    await write("open", opened("L-1"));
    await write("claims", certified("L-1"), ...entries);
    assert.equal((await failed(pool)).first, first);
  }
});

test("P44: restatements, deliveries and reversals keep the auditor's own stocks in step", async () => {
  const { pool, store, write } = await books();
  await write("open", opened("L-1", 100_003, 30_001));
  const before = (await store.load("lot", "L-1"))?.record as { mass_mg: object; elements_mg: object };
  const after = { mass_mg: { best: 99_001, moves: {} }, elements_mg: { Nd: { best: 28_777, moves: {} } } };
  const restated = { lot: "L-1", at: "", why: "weighed_again", evidence: "", after };
  const { mass_mg, elements_mg } = before;
  await write("restate", { kind: "lot_restated", body: { ...restated, before: { mass_mg, elements_mg } } });
  for (const mass_mg of [333, 1, 7777])
    await write(`deliver ${mass_mg}`, {
      kind: "lot_delivered",
      body: { lot: "L-1", mass_mg, at: "", to: "b", shipment: "" },
    });
  const step = { from: [{ lot: "L-1", mass_mg: 12_345 }], into: { "L-2": 12_000 }, lost_mg: 345 };
  await write("step", await stepped(store, "S-1", step));
  await write("reverse", { kind: "step_reversed", body: { step: "S-1", at: "", why: "mistake" } });
  await write("again", await stepped(store, "S-2", { from: [{ lot: "L-1" }], into: { "L-3": 90_890 } }));
  assert.deepEqual(await failed(pool), clean);
  await write("twice", { kind: "lot_restated", body: { ...restated, before: { mass_mg, elements_mg } } });
  assert.equal((await failed(pool)).first, "9 restated_from_other");
});

test("P44: a delivery takes the share a draw would, to the milligram and the even one of two", async () => {
  const { pool, store, write } = await books();
  for (const [lot, mass_mg, neodymium_mg, taken_mg] of [
    ["L-1", 1000, 25, 100],
    ["L-2", 1000, 35, 100],
    ["L-3", 1003, 333, 100],
    ["L-4", 9_000_000_000_001, 3_000_000_000_007, 1_234_567_890_123],
  ] as const) {
    await write(`open ${lot}`, opened(lot, mass_mg, neodymium_mg));
    await write(`deliver ${lot}`, {
      kind: "lot_delivered",
      body: { lot, mass_mg: taken_mg, at: "", to: "b", shipment: "" },
    });
    const before = (await store.load("lot", lot))?.record as { mass_mg: object; elements_mg: object };
    const same = { mass_mg: before.mass_mg, elements_mg: before.elements_mg };
    const why = { lot, at: "", why: "weighed_again", evidence: "" };
    await write(`restate ${lot}`, { kind: "lot_restated", body: { ...why, before: same, after: same } });
  }
  assert.deepEqual(await failed(pool), clean);
});

test("P45: views, answers and documents that were changed are named", async () => {
  const cases: [string, string, string][] = [
    [
      "update didym.record set body = body || '{\"owner\": \"x\"}' where id = 'L-3'",
      "views",
      "record lot/L-3",
    ],
    ["delete from didym.record where id = 'L-3'", "views", "record lot/L-3"],
    ["insert into didym.record values ('a', 'GHOST', 1, '{}')", "views", "record a/GHOST"],
    ["delete from didym.request where key = 'step 3'", "answers", "entry 8"],
    ["update didym.request set seq = 1 where key = 'step 3'", "answers", "entry 8"],
    [
      "update didym.document set bytes = 'x'",
      "documents",
      `document ${"4bf5122f344554c53bde2ebb8cd2b7e3d1600ad631c385a5d7cce23c7785459a"}`,
    ],
  ];
  for (const [statement, check, at] of cases) {
    const { pool, store } = await books(6);
    const { document, entry } = manifest("a.csv", new Uint8Array([1]));
    await store.append(batchOf("doc", [opened("L-D"), entry], { documents: [document] }));
    await pool.query(statement);
    const found = await failed(pool);
    assert.equal(found.at, at, statement);
    assert.ok(found.checks.includes(check as never), statement);
  }
});

test("P46: an audit changes nothing, and others write on meanwhile", async () => {
  const { pool, store } = await books(4);
  let during: Promise<unknown> | undefined;
  const audit = await auditBooks<TestRecords>({
    pool,
    apply: async (book, entry) => {
      during ??= store.append(batchOf("meanwhile", [opened("L-NEW")]));
      await during;
      await apply(book, entry);
    },
  });
  assert.deepEqual([audit.clean, audit.entries, audit.head?.seq], [true, 10, 10]);
  assert.equal((await store.head())?.seq, 11);
  assert.deepEqual(await failed(pool), clean);
});

test("P46: entries that no version folds are a finding, and the audit goes on", async () => {
  const { pool } = await books(4);
  const audit = await auditBooks({
    pool,
    apply: async () => {
      throw new Error("of a kind this version does not know");
    },
  });
  assert.deepEqual(
    audit.faults.map((fault) => fault.fault),
    ["entries_do_not_fold"],
  );
  assert.equal(audit.checks.find((check) => check.name === "documents")?.result, "passed");
});
