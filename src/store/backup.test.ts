import assert from "node:assert/strict";
import { PassThrough, Readable, Writable } from "node:stream";
import { test } from "node:test";
import { gunzipSync, gzipSync } from "node:zlib";
import type pg from "pg";
import { apply, batchOf, ids, manifest, opened, outcome, playChain } from "../../test/contract/books.ts";
import { freshPool } from "../../test/support/database.ts";
import { auditBooks } from "./audit.ts";
import { backup } from "./backup.ts";
import { postgresKeys } from "./keys.ts";
import { postgresLedger } from "./postgres-ledger.ts";
import { restore } from "./restore.ts";
import { viewsDigest } from "./views.ts";

async function full() {
  const pool = await freshPool();
  const store = postgresLedger({ pool, apply, ids });
  await playChain(store, 12);
  const bytes = new Uint8Array(300_000).map((_, i) => (i * 7919) % 251);
  const manifests = [manifest("a.bin", bytes), manifest("é.txt", new Uint8Array())];
  const documents = manifests.map(({ document }) => document);
  const naming = manifests.map(({ entry }) => entry);
  await store.append(batchOf("documents", [opened("L-D"), ...naming], { documents }));
  return { pool, store, documents };
}

async function bytesOf(pool: pg.Pool, options = {}): Promise<Buffer> {
  const out = new PassThrough();
  const chunks: Buffer[] = [];
  out.on("data", (chunk) => chunks.push(chunk));
  await backup(pool, out, options);
  return Buffer.concat(chunks);
}

/** In pieces, as a disk or a network gives them. */
const streamOf = (bytes: Buffer) =>
  Readable.from(
    Array.from({ length: Math.ceil(bytes.length / 1000) }, (_, i) =>
      bytes.subarray(i * 1000, i * 1000 + 1000),
    ),
  );

async function countOf(pool: pg.Pool): Promise<number> {
  const tables = ["entry", "record", "request", "document", "secret"].map(
    (t) => `(select count(*) from didym.${t})`,
  );
  const { rows } = await pool.query<{ n: string }>(`select ${tables.join(" + ")} as n`);
  return Number(rows[0]?.n);
}

test("P50: a backup restored elsewhere is the same books, clean, and appends go on", async () => {
  const { pool, store, documents } = await full();
  const file = await bytesOf(pool);
  const other = await freshPool();
  const restored = await restore({ pool: other, apply }, streamOf(file));
  assert.deepEqual(restored, { ok: true, value: { entries: 29, requests: 14, documents: 2, keys: 0 } });
  assert.deepEqual(await viewsDigest(other), await viewsDigest(pool));
  const copy = postgresLedger({ pool: other, apply, ids });
  assert.deepEqual(await copy.entries({ after: 0, limit: 99 }), await store.entries({ after: 0, limit: 99 }));
  assert.deepEqual(await copy.answerTo("step 3"), await store.answerTo("step 3"));
  for (const { digest, bytes, name } of documents) {
    const found = await copy.document(digest);
    assert.deepEqual([found?.name, Buffer.compare(found?.bytes ?? Buffer.of(1), bytes)], [name, 0]);
  }
  assert.equal(outcome(await copy.append(batchOf("step 3", [opened("L-X")]))), "key_already_answered");
  assert.deepEqual(await copy.append(batchOf("next", [opened("L-X")])), {
    ok: true,
    value: { first: 30, last: 30 },
  });
  assert.deepEqual((await auditBooks({ pool: other, apply })).faults, []);
});

test("P50: the same books give the same file, and empty books can be kept too", async () => {
  const { pool } = await full();
  assert.equal(Buffer.compare(await bytesOf(pool), await bytesOf(pool)), 0);
  const empty = await bytesOf(await freshPool());
  const other = await freshPool();
  assert.ok((await restore({ pool: other, apply }, streamOf(empty))).ok);
  const first = await postgresLedger({ pool: other, apply, ids }).append(batchOf("k", [opened("L-1")]));
  assert.deepEqual(first, { ok: true, value: { first: 1, last: 1 } });
});

test("P50: what is written while a backup is made is all in it or not at all", async () => {
  const { pool, store } = await full();
  const chunks: Buffer[] = [];
  let writes = Promise.resolve();
  const slow = new Writable({
    write(chunk, _encoding, next) {
      chunks.push(chunk);
      const key = `meanwhile ${chunks.length}`;
      writes = writes.then(async () => {
        await store.append(batchOf(key, [opened(`W-${chunks.length}`)]));
        next();
      });
    },
  });
  await backup(pool, slow);
  await writes;
  const other = await freshPool();
  const restored = await restore({ pool: other, apply }, streamOf(Buffer.concat(chunks)));
  assert.deepEqual(restored.ok && restored.value.entries, 29);
  assert.equal((await auditBooks({ pool: other, apply })).clean, true);
});

test("P51: signing keys are in a backup only when they are asked for", async () => {
  const { pool } = await full();
  const issuer = await postgresKeys(pool).issuerOf("sample-refiner");
  const without = await bytesOf(pool);
  assert.ok(!gunzipSync(without).includes("private_key"));
  const [bare, whole] = [await freshPool(), await freshPool()];
  await restore({ pool: bare, apply }, streamOf(without));
  assert.notEqual(await postgresKeys(bare).issuerOf("sample-refiner"), issuer);
  const restored = await restore({ pool: whole, apply }, streamOf(await bytesOf(pool, { keys: true })));
  assert.equal(restored.ok && restored.value.keys, 1);
  assert.equal(await postgresKeys(whole).issuerOf("sample-refiner"), issuer);
});

test("P51: a key that is there already is not replaced", async () => {
  const { pool } = await full();
  await postgresKeys(pool).issuerOf("sample-refiner");
  const other = await freshPool();
  const own = await postgresKeys(other).issuerOf("sample-refiner");
  const restored = await restore({ pool: other, apply }, streamOf(await bytesOf(pool, { keys: true })));
  assert.equal(outcome(restored as never), "database_not_empty");
  assert.equal(await countOf(other), 1);
  assert.equal(await postgresKeys(other).issuerOf("sample-refiner"), own);
});

test("P52: a backup is restored into empty books only", async () => {
  const { pool } = await full();
  const before = await countOf(pool);
  const restored = await restore({ pool, apply }, streamOf(await bytesOf(pool)));
  assert.equal(outcome(restored as never), "database_not_empty");
  assert.equal(await countOf(pool), before);
});

test("P52: a file that was cut off anywhere is refused, and nothing is written", async () => {
  const { pool } = await full();
  const file = await bytesOf(pool);
  const text = gunzipSync(file);
  const lines = text.toString("utf8").trimEnd().split("\n");
  const other = await freshPool();
  const cuts = [0, 1, 9, 20, 0.1, 0.5, 0.9, 0.999].map((at) =>
    file.subarray(0, at < 1 ? Math.floor(at * file.length) : at),
  );
  const shortened = [1, 2, 5, 20, lines.length - 1].map((n) => gzipSync(`${lines.slice(0, n).join("\n")}\n`));
  const withoutEnd = gzipSync(text.subarray(0, text.length - 10));
  for (const [i, cut] of [...cuts, ...shortened, withoutEnd].entries()) {
    const restored = await restore({ pool: other, apply }, streamOf(cut));
    assert.equal(outcome(restored as never), "backup_damaged", `cut ${i}`);
    assert.equal(await countOf(other), 0, `cut ${i}`);
  }
  assert.ok((await restore({ pool: other, apply }, streamOf(file))).ok);
});

test("P52: a file that was changed anywhere is refused, and nothing is written", async () => {
  const { pool } = await full();
  const text = gunzipSync(await bytesOf(pool, { keys: true })).toString("utf8");
  const lines = text.trimEnd().split("\n");
  const at = (kind: string) => lines.findIndex((line) => line.startsWith(`{"${kind}":`));
  const edit = (kind: string, from: string | RegExp, to: string) =>
    lines.map((line, i) => (i === at(kind) ? line.replace(from, to) : line));
  const swapped = [...lines];
  [swapped[2], swapped[3]] = [swapped[3] ?? "", swapped[2] ?? ""];
  const changes: Record<string, string[]> = {
    "another format": edit("format", "/1", "/2"),
    "an entry's body": edit("entry", "L-0", "L-9"),
    "an entry's type": edit("entry", /"time":"[^"]*"/, '"time":5'),
    "an entry that is null": edit("entry", /\{.*\}/, '{"entry":null}'),
    "an answer": edit("request", "documents", "something"),
    "an answer that is not JSON": edit("request", /"answer":"\{/, '"answer":"{{'),
    "an answer's entry": edit("request", /"seq":"\d+"/, '"seq":"x"'),
    "a document's name": edit("document", "a.bin", "b.bin"),
    "a document's bytes": edit("document", /"bytes":"..../, '"bytes":"AAAA'),
    "the totals": edit("end", /"requests":\d+/, '"requests":1'),
    "entries in another order": swapped,
    "a line twice": [...lines.slice(0, 3), ...lines.slice(2)],
    "a line left out": lines.filter((_, i) => i !== 4),
    "an answer left out": lines.filter((_, i) => i !== at("request")),
    "a line nobody wrote": [...lines.slice(0, -1), '{"surprise":1}', ...lines.slice(-1)],
    "a line that is not JSON": [...lines.slice(0, -1), "{", ...lines.slice(-1)],
    "more after the end": [...lines, '{"surprise":1}'],
    "an end that is null": [...lines.slice(0, -1), '{"end":null}'],
    "nothing at all": [],
  };
  const other = await freshPool();
  for (const [what, changed] of Object.entries(changes)) {
    assert.notDeepEqual(changed, lines, what);
    const restored = await restore({ pool: other, apply }, streamOf(gzipSync(`${changed.join("\n")}\n`)));
    assert.equal(outcome(restored as never), "backup_damaged", what);
    assert.equal(await countOf(other), 0, what);
  }
  const notGzip = await restore({ pool: other, apply }, streamOf(Buffer.from("hello, this is not a backup")));
  assert.equal(outcome(notGzip as never), "backup_damaged");
});

test("P53: a disk that fails is thrown, on the way out and on the way in", async () => {
  const { pool } = await full();
  const full_disk = new Writable({
    write(_chunk, _encoding, next) {
      next(new Error("no space left"));
    },
  });
  await assert.rejects(backup(pool, full_disk), /no space left/);
  const file = await bytesOf(pool);
  const other = await freshPool();
  const broken = Readable.from(
    (async function* () {
      yield file.subarray(0, 500);
      throw new Error("read error");
    })(),
  );
  await assert.rejects(restore({ pool: other, apply }, broken), /read error/);
  assert.equal(await countOf(other), 0);
  assert.ok((await restore({ pool: other, apply }, streamOf(file))).ok);
});

test("P53: entries of a kind this version does not know are thrown, and nothing is written", async () => {
  const { pool } = await full();
  const other = await freshPool();
  const older = async () => {
    throw new Error("of a kind this version does not know");
  };
  await assert.rejects(
    restore({ pool: other, apply: older }, streamOf(await bytesOf(pool))),
    /does not know/,
  );
  assert.equal(await countOf(other), 0);
});
