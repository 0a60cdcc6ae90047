import assert from "node:assert/strict";
import { test } from "node:test";
import { createApi } from "../../src/api/index.ts";
import { FOLDING } from "../../src/app/apply.ts";
import type { NewEntry } from "../../src/app/core/ports.ts";
import { useCases } from "../../src/app/use-cases.ts";
import { rebuildViews } from "../../src/store/rebuild.ts";
import { type Books, doneWith, dumpOf, foundIn, OWNER, PARTY, PLANTED, receiveBare } from "./world.ts";

const rule = (kind: string, days = 365) => ({ party: OWNER, kind, days, why: "our contracts" });
const LATER = "2027-06-01T12:00:00.000Z";

async function ruled(beforeOpened?: (books: Books) => Promise<void>): Promise<Books> {
  const books = await doneWith("C-1", beforeOpened);
  for (const kind of ["manifests", "sanitization", "certificates"])
    await books.do("trust retain", rule(kind));
  books.day.now = LATER;
  return books;
}

const faultsOf = async (books: Books) => {
  const { faults, documents_erased_by_rule: erased } = await books.audit();
  return { faults: faults.map(({ fault }) => fault), erased };
};

const byHand = (books: Books, entry: NewEntry) =>
  books.ports.store.append({
    ...{
      key: `insider ${entry.kind}`,
      request: "r",
      time: books.day.now,
      reads: new Map(),
      answer: null,
      documents: [],
    },
    actor: { role: "administrator", party: OWNER, verified: false },
    entries: [entry],
  });

/** An erasure of its manifests beside every rule, and their bytes are taken away. */
async function erasedByHand(books: Books, consignment: string, since: string): Promise<void> {
  const papers = (await books.ports.store.load("consignment_papers", consignment))?.record;
  const digests = papers?.manifests ?? [];
  assert.ok(digests.length > 0);
  const body = {
    ...{ consignment, party: OWNER, kinds: ["manifests"], days: { manifests: 1 } },
    ...{ since, digests, keys: [], at: books.day.now },
  };
  await byHand(books, { kind: "documents_erased", body });
  await books.ports.documents?.erase(OWNER);
}

test("N52: what names a customer, a user or one device stands in no entry, answer or record, and is joined where it is read", async () => {
  const books = await doneWith();
  const dump = await dumpOf(books.pool, ["entry", "request", "record", "entry_reader"]);
  assert.deepEqual(foundIn(dump), []);
  assert.deepEqual(foundIn(await dumpOf(books.pool)), [...PLANTED], "documents hold it all");
  const lines = await books.do("intake lines", { consignment: "C-1" });
  const findings = await books.do("intake findings", { consignment: "C-1" });
  const media = await books.do("intake sanitizations", { consignment: "C-1" });
  const certificate = await books.do("intake certificate", { consignment: "C-1" });
  const read = foundIn(JSON.stringify([lines, findings, media]));
  assert.deepEqual(read, [...PLANTED], "who may read it reads it");
  assert.deepEqual(foundIn(JSON.stringify(certificate)).slice(0, 2), [PLANTED[0], PLANTED[1]]);
  assert.deepEqual(await faultsOf(books), { faults: [], erased: 0 });
});

test("N53: a serial number is told again by its keyed digest, whatever its spelling, here and in another consignment", async () => {
  const books = await doneWith();
  await books.do("intake receive", { consignment: "C-2", owner: OWNER, from_zip: "60601" });
  await books.do("intake read-manifest", {
    consignment: "C-2",
    text: "Description,Qty\nSeagate ST2000DM008,3\n",
  });
  const { items } = await books.do<{ items: Record<string, unknown>[] }>("intake sanitizations", {
    consignment: "C-1",
  });
  const {
    id: _,
    consignment: _c,
    serial_tag: tag,
    ...record
  } = items[0] as Record<string, unknown> & {
    media: object;
  };
  assert.match(String(tag), /^2026:[0-9a-f]{64}$/);
  const again = { ...record, row: 1, media: { ...record.media, serial: "zqserial-0001" } };
  assert.equal(
    await books.code("intake sanitize", { consignment: "C-2", records: [again] }),
    "no_record_accepted",
  );
  const other = { ...again, media: { ...record.media, serial: "ANOTHER" } };
  assert.equal(await books.code("intake sanitize", { consignment: "C-2", records: [other] }), "done");
});

test("P115 Z106 N54 N55: erased by rule, nothing planted is left in any table, the audit counts it, and folding anew gives the same", async () => {
  const books = await ruled();
  const due = await books.do<{ items: { due: { now: boolean }[] }[] }>("trust due-for-erasure", {
    party: OWNER,
  });
  assert.deepEqual(
    due.items[0]?.due.map(({ now }) => now),
    [true, true, true],
  );
  const named = await books.do<{ manifests: { digest: string }[]; certificates: { json_digest: string }[] }>(
    "intake show",
    { consignment: "C-1" },
  );
  const before = await books.do<{ items: object[] }>("intake lines", { consignment: "C-1" });
  const erased = await books.do<{ erased: { documents: number }[]; documents_gone: number }>(
    "trust erase-due",
    {
      party: OWNER,
    },
  );
  assert.equal(erased.documents_gone, erased.erased[0]?.documents);
  assert.deepEqual(foundIn(await dumpOf(books.pool)), []);
  assert.deepEqual(await faultsOf(books), { faults: [], erased: erased.documents_gone });
  const rebuilt = await rebuildViews({ pool: books.pool, ...FOLDING });
  assert.equal(rebuilt.same, true);
  const after = await books.do<{ items: Record<string, unknown>[] }>("intake lines", { consignment: "C-1" });
  assert.equal(after.items.length, before.items.length);
  assert.partialDeepStrictEqual(after.items[0], { text: "", class: "hdd", withheld: { why: "erased" } });
  const api = createApi({ signIn: "offered", ports: books.ports, useCases });
  for (const digest of [named.manifests[0]?.digest, named.certificates[0]?.json_digest]) {
    const told = await api.request(`/api/documents/${digest}`);
    assert.deepEqual([told.status, ((await told.json()) as { code: string }).code], [410, "document_erased"]);
  }
  assert.equal(await books.code("intake certificate", { consignment: "C-1" }), "particulars_gone");
  const once = await books.do<{ erased: object[]; documents_gone: number }>("trust erase-due", {
    party: OWNER,
  });
  assert.deepEqual([once.erased, once.documents_gone], [[], 0]);
});

test("N53: a year's key goes with the last that used it, once the year is over, and not before", async () => {
  const books = await ruled();
  books.day.now = "2027-06-01T12:00:00.000Z";
  const { rows } = await books.pool.query("select 1 from didym.document where name = 'serial-key-2026.json'");
  assert.equal(rows.length, 1);
  await books.do("trust erase-due", { party: OWNER });
  const left = await books.pool.query("select 1 from didym.document where name like 'serial-key-%'");
  assert.equal(left.rows.length, 0);
});

test("Z105 Z106: nothing goes without a rule, before its day, or under a hold, which another entry lifts", async () => {
  const books = await doneWith();
  const erase = () => books.code("trust erase-documents", { consignment: "C-1" });
  books.day.now = LATER;
  assert.equal(await erase(), "nothing_due");
  await books.do("trust retain", rule("manifests", 500));
  assert.equal(await erase(), "nothing_due");
  await books.do("trust retain", rule("manifests", 400));
  const { hold } = await books.do<{ hold: string }>("trust hold", {
    ...{ party: OWNER, consignment: "C-1", why: "a claim" },
  });
  assert.equal(await erase(), "erasure_held");
  assert.equal(
    await books.code("trust lift-hold", { party: OWNER, hold: "H-NONE", why: "w" }),
    "hold_unknown",
  );
  await books.do("trust lift-hold", { party: OWNER, hold, why: "settled" });
  const everything = await books.do<{ hold: string }>("trust hold", { party: OWNER, why: "an inquiry" });
  assert.equal(await erase(), "erasure_held");
  await books.do("trust lift-hold", { party: OWNER, hold: everything.hold, why: "over" });
  assert.equal(await erase(), "done");
  assert.equal(await erase(), "nothing_due");
});

test("P114: what a crash left is a finding until it is taken away; no row goes that no entry names", async () => {
  const books = await ruled();
  await books.do("trust erase-documents", { consignment: "C-1" });
  const kept = await faultsOf(books);
  assert.ok(kept.faults.length > 3 && kept.faults.every((fault) => fault === "erased_document_kept"));
  const others = "select count(*)::int as n from didym.document";
  const { rows: before } = await books.pool.query<{ n: number }>(others);
  const { documents_gone } = await books.do<{ documents_gone: number }>("trust erase-due", { party: OWNER });
  const { rows: after } = await books.pool.query<{ n: number }>(others);
  assert.equal((after[0]?.n ?? 0) + documents_gone, before[0]?.n);
  assert.deepEqual((await faultsOf(books)).faults, []);
});

test("P115: an insider who deletes a document, or writes an erasure beside the chain, is found", async () => {
  const books = await ruled();
  await books.pool.query("delete from didym.document where name = 'C-1-sanitization.pdf'");
  assert.deepEqual(await faultsOf(books), { faults: ["document_missing"], erased: 0 });
  await books.pool.query(
    `insert into didym.entry select seq + 1, time, 'documents_erased', actor, key,
       jsonb_build_object('consignment', 'C-1', 'kinds', array['certificates'], 'digests',
         (select array_agg(digest) from (select body::jsonb->>'pdf_digest' as digest from didym.entry where kind = 'sanitization_certified') x))::text,
       nonce, sealed, hash, hash from didym.entry order by seq desc limit 1`,
  );
  const { faults } = await faultsOf(books);
  assert.ok(
    faults.includes("not_as_sealed") || faults.some((fault) => /seal|hash|link/.test(fault)),
    faults.join(),
  );
});

test("P115: an entry that erases without a rule, early or under a hold is a finding, however it was written", async () => {
  for (const [fault, prepare] of [
    [
      "erased_without_rule",
      async (books: Books) => books.do("trust retain", { party: OWNER, kind: "manifests", why: "kept" }),
    ],
    ["erased_early", async (books: Books) => books.do("trust retain", rule("manifests", 3650))],
    [
      "erased_under_hold",
      async (books: Books) => books.do("trust hold", { party: OWNER, why: "an inquiry" }),
    ],
  ] as const) {
    const books = await ruled();
    await prepare(books);
    await erasedByHand(books, "C-1", "2026-03-03T12:00:00.000Z");
    const { faults } = await faultsOf(books);
    assert.deepEqual(faults, [fault]);
  }
});

test("N54 Z106 P115: days count from when it was written that a consignment is done with, however far back it is dated, in the audit too", async () => {
  const DATED = "2026-01-01T12:00:00.000Z";
  const WRITTEN = "2026-03-03T12:00:00.000Z";
  const books = await doneWith();
  await books.do("trust retain", rule("manifests", 30));
  await receiveBare(books, "C-9", DATED);
  await books.do("intake open-lots", { consignment: "C-9", at: DATED });
  const told = await books.do<{ items: { consignment: string; done_with_since: string }[] }>(
    "trust due-for-erasure",
    { party: OWNER },
  );
  assert.equal(told.items.find(({ consignment }) => consignment === "C-9")?.done_with_since, WRITTEN);
  books.day.now = "2026-04-02T11:59:59.999Z";
  assert.equal(await books.code("trust erase-documents", { consignment: "C-9" }), "nothing_due");
  await erasedByHand(books, "C-9", DATED);
  assert.deepEqual((await faultsOf(books)).faults, ["erased_early"]);
  const later = await doneWith();
  await later.do("trust retain", rule("manifests", 30));
  later.day.now = "2026-04-02T12:00:00.000Z";
  assert.equal(await later.code("trust erase-documents", { consignment: "C-1" }), "done");
});

test("N54 P115: a certificate that says it was issued long ago, written by whomever, lets nothing go early", async () => {
  const books = await doneWith();
  await books.do("trust retain", rule("manifests", 30));
  books.day.now = LATER;
  const { certificates } = await books.do<{ certificates: object[] }>("intake show", { consignment: "C-1" });
  const body = { ...certificates[0], at: "2026-03-02T12:00:00.000Z" };
  await byHand(books, { kind: "sanitization_certified", body });
  assert.equal((await books.ports.store.load("consignment_papers", "C-1"))?.record.certified_at, LATER);
  assert.equal(await books.code("trust erase-documents", { consignment: "C-1" }), "nothing_due");
  await erasedByHand(books, "C-1", "2026-03-02T12:00:00.000Z");
  assert.deepEqual((await faultsOf(books)).faults, ["erased_early"]);
});

test("Z106: what went is told of the party that asks, and not of another whose erasure waits for its bytes", async () => {
  const books = await ruled();
  const OTHER = "sample-other-recycler";
  await books.do("programme register-party", { ...PARTY, party: OTHER });
  await books.do("trust erase-documents", { consignment: "C-1" });
  const gone = async (party: string) =>
    (await books.do<{ documents_gone: number }>("trust erase-due", { party })).documents_gone;
  assert.equal(await gone(OTHER), 0);
  assert.deepEqual(
    foundIn(await dumpOf(books.pool)),
    [],
    "bytes that an entry calls erased go with whoever comes first",
  );
  assert.equal(await gone(OWNER), 0);
});

test("P114: what another call is taking away at the same moment is told once", async () => {
  const books = await ruled();
  await books.do("trust erase-documents", { consignment: "C-1" });
  const other = await books.pool.connect();
  try {
    await other.query("begin");
    await other.query("select didym.erase_documents()");
    const mine = books.ports.documents?.erase(OWNER);
    const waits = `select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;
    while ((await books.pool.query(waits)).rowCount === 0) await new Promise(setImmediate);
    await other.query("commit");
    assert.equal(await mine, 0);
  } finally {
    other.release();
  }
});

test("Z107: where a party asks for four eyes, what is due waits for a second person, and goes when one approved it", async () => {
  const books = await ruled();
  await books.do("trust rules", { party: OWNER, four_eyes: "required", why: "our certification" });
  const due = () =>
    books.do<{ waiting: { code: string }[]; documents_gone: number }>("trust erase-due", { party: OWNER });
  const first = await due();
  assert.deepEqual(
    [first.waiting.map(({ code }) => code), first.documents_gone],
    [["second_person_needed"], 0],
  );
  const proposal = {
    command: "trust/erase-documents",
    input: { consignment: "C-1" },
    why: "its day has come",
  };
  await books.do("trust propose", { approval: "V-1", ...proposal });
  await books.do("trust approve", { approval: "V-1" }, "approver");
  const second = await due();
  assert.ok(second.waiting.length === 0 && second.documents_gone > 3);
  assert.deepEqual(foundIn(await dumpOf(books.pool)), []);
  assert.deepEqual((await faultsOf(books)).faults, []);
});

test("N56: of a corrected line a tag of its wording is learned, and no word of it, and the last word counts", async () => {
  const books = await doneWith();
  const read = async (consignment: string, text: string) => {
    await books.do("intake receive", { consignment, owner: OWNER, from_zip: "60601" });
    await books.do("intake read-manifest", { consignment, text: `Description,Qty\n${text}\n` });
    const { items } = await books.do<{ items: { class: string }[] }>("intake lines", { consignment });
    return items[0]?.class;
  };
  const words = "Kestrel KX-200 of Zqperson";
  assert.equal(await read("C-3", `${words},3`), "unknown");
  const correct = { consignment: "C-3", row: 1, why: "opened" };
  await books.do("intake correct-line", { ...correct, class: "set_top_box" });
  assert.equal(await read("C-4", `${words},7`), "set_top_box");
  const { items } = await books.do<{ items: { wording: string; line: string }[] }>("identify wordings", {});
  assert.match(items[0]?.wording ?? "", /^2026:[0-9a-f]{64}$/);
  assert.doesNotMatch(await dumpOf(books.pool, ["entry", "record", "request"]), /zqperson/i);
  books.day.now = "2026-03-04T12:00:00.000Z";
  await books.do("identify correct", { line: words, class: "remote", why: "looked again" });
  assert.equal(await read("C-5", `${words},8`), "remote");
  books.day.now = "2026-03-05T12:00:00.000Z";
  await books.do("intake correct-line", { ...correct, class: "media_player" });
  assert.equal(await read("C-6", `${words},9`), "media_player");
});

test("N53: where the document of the year's key was taken away, no serial number is taken", async () => {
  const books = await doneWith();
  await books.pool.query("delete from didym.document where name = 'serial-key-2026.json'");
  const { items } = await books.do<{ items: { row: number }[] }>("intake sanitizations", {
    consignment: "C-1",
  });
  const {
    id: _,
    consignment: _c,
    serial_tag: _t,
    ...record
  } = items[0] as unknown as Record<string, unknown>;
  const again = { consignment: "C-1", records: [record] };
  assert.equal(await books.code("intake sanitize", again), "serial_key_missing");
  assert.deepEqual((await faultsOf(books)).faults, ["document_missing"]);
});

const [, , TAG, USER, NOTE, WORDS] = PLANTED;
const PROPOSAL = {
  command: "intake/correct-line",
  input: { consignment: "C-1", row: 2, text: `Seagate ST2000DM008 ${TAG}`, why: "read anew", note: NOTE },
  ...{ why: `asked by ${USER}`, _from: WORDS },
};

test("N61 Z64: what is proposed of a line stands apart from its entry, is approved from there, and goes with the consignment's papers", async () => {
  const books = await ruled(async (early) => {
    for (const approval of ["V-1", "V-2"]) await early.do("trust propose", { approval, ...PROPOSAL });
    await early.do("trust approve", { approval: "V-1" }, "approver");
  });
  const inBooks = foundIn(await dumpOf(books.pool, ["entry", "request", "record", "entry_reader"]));
  assert.deepEqual(inBooks, []);
  const asked = await books.do("trust approvals", {});
  assert.deepEqual(foundIn(JSON.stringify(asked)), [TAG, USER, NOTE], "who may read it reads it");
  const lines = await books.do("intake lines", { consignment: "C-1" });
  assert.match(JSON.stringify(lines), new RegExp(`Seagate ST2000DM008 ${TAG}`), "it was carried out");
  await books.do("trust erase-due", { party: OWNER });
  assert.deepEqual(foundIn(await dumpOf(books.pool)), [], "nothing planted is left in any table");
  assert.deepEqual((await faultsOf(books)).faults, []);
  const { items } = await books.do<{ items: { withheld?: { why: string } }[] }>("trust approvals", {});
  assert.deepEqual(
    items.map(({ withheld }) => withheld?.why),
    ["erased", "erased"],
  );
  await rebuildViews({ pool: books.pool, ...FOLDING });
  assert.deepEqual((await faultsOf(books)).faults, []);
});

test("N61: what is gone is approved no more, and may still be declined", async () => {
  await doneWith("C-1", async (books) => {
    await books.do("trust propose", { approval: "V-1", ...PROPOSAL });
    const { particulars } = (await books.ports.store.load("approval", "V-1"))?.record ?? {};
    const { rowCount } = await books.pool.query("delete from didym.document where digest = $1", [
      particulars,
    ]);
    assert.equal(rowCount, 1);
    const code = await books.code("trust approve", { approval: "V-1" }, "approver");
    assert.equal(code, "particulars_gone");
    assert.equal(await books.code("trust decline", { approval: "V-1", why: "gone" }), "done");
  });
});
