import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { PassThrough, Readable, Writable } from "node:stream";
import { test } from "node:test";
import { gunzipSync, gzipSync } from "node:zlib";
import type pg from "pg";
import { apply, batchOf, ids, manifest, opened, outcome, playChain } from "../../test/contract/books.ts";
import { freshPool } from "../../test/support/database.ts";
import { ownSeal } from "../../test/support/sealing.ts";
import { encrypterTo, newIdentity } from "./age.ts";
import { auditBooks } from "./audit.ts";
import { backup } from "./backup.ts";
import { backupSigner } from "./backup-seal.ts";
import { postgresKeys } from "./keys.ts";
import { postgresLedger } from "./postgres-ledger.ts";
import { restore } from "./restore.ts";
import { viewsDigest } from "./views.ts";

const seal = ownSeal();

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
  const restored = await restore({ pool: other, apply, seal }, streamOf(file));
  assert.deepEqual(restored, {
    ok: true,
    value: { entries: 29, requests: 14, documents: 2, keys: 0, signed_by: null },
  });
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
  assert.ok((await restore({ pool: other, apply, seal }, streamOf(empty))).ok);
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
  const restored = await restore({ pool: other, apply, seal }, streamOf(Buffer.concat(chunks)));
  assert.deepEqual(restored.ok && restored.value.entries, 29);
  assert.equal((await auditBooks({ pool: other, apply })).clean, true);
});

const keyOf = async (pool: pg.Pool, party = "sample-refiner"): Promise<string> => {
  const made = await postgresKeys(pool, seal).make(party);
  assert.ok(made.ok);
  return made.value;
};
const heldIn = async (pool: pg.Pool, sealed = seal) =>
  (await postgresKeys(pool, sealed).held("sample-refiner")).map(({ key }) => key);

async function encryptedFor(recipient: string) {
  const encrypt = encrypterTo([recipient]);
  assert.ok(encrypt.ok);
  return { encrypt: encrypt.value };
}

test("P51: signing keys are in a backup only when they are asked for, and sign where it is restored", async () => {
  const { pool } = await full();
  const key = await keyOf(pool);
  const without = await bytesOf(pool);
  assert.ok(!gunzipSync(without).includes("private_key"));
  const [bare, whole, own] = [await freshPool(), await freshPool(), ownSeal()];
  await restore({ pool: bare, apply, seal }, streamOf(without));
  assert.deepEqual(await heldIn(bare), []);
  const file = await bytesOf(pool, { keys: seal });
  const restored = await restore({ pool: whole, apply, seal: own }, streamOf(file));
  assert.equal(restored.ok && restored.value.keys, 1);
  assert.deepEqual(await heldIn(whole), [key]);
  assert.ok((await postgresKeys(whole, own).sign(key, new Uint8Array(3))).ok);
  assert.equal(
    outcome((await postgresKeys(whole, seal).sign(key, new Uint8Array(3))) as never),
    "keys_locked",
  );
});

test("P51: a key that cannot be opened ends the backup, and the file is none", async () => {
  const { pool } = await full();
  await keyOf(pool);
  await assert.rejects(bytesOf(pool, { keys: ownSeal() }), /cannot be opened/);
});

test("P51: keys of a backup made before keys had entries are taken as in use", async () => {
  const { pool } = await full();
  const key = await keyOf(pool);
  const text = gunzipSync(await bytesOf(pool, { keys: seal })).toString("utf8");
  const lines = text.trimEnd().split("\n").slice(0, -1);
  const old = lines.map((line) => line.replace('"adopted":false,', ""));
  const sha256 = createHash("sha256")
    .update(`${old.join("\n")}\n`)
    .digest("hex");
  const end = { end: { entries: 29, requests: 14, documents: 2, keys: 1, sha256 } };
  const other = await freshPool();
  const file = gzipSync(`${[...old, JSON.stringify(end)].join("\n")}\n`);
  assert.ok((await restore({ pool: other, apply, seal }, streamOf(file))).ok);
  assert.deepEqual(await postgresKeys(other, seal).held("sample-refiner"), [{ key, adopted: true }]);
});

test("P51: a key that is there already is not replaced", async () => {
  const { pool } = await full();
  await keyOf(pool);
  const file = await bytesOf(pool, { keys: seal });
  const other = await freshPool();
  await pool.query("select 1");
  const { rows } = await pool.query("select key, party, sealed, adopted from didym.secret");
  await other.query("insert into didym.secret (key, party, sealed, adopted) values ($1, $2, $3, $4)", [
    ...Object.values(rows[0] as object),
  ]);
  const restored = await restore({ pool: other, apply, seal }, streamOf(file));
  assert.equal(outcome(restored as never), "database_not_empty");
  assert.equal(await countOf(other), 1);
});

test("P55: an encrypted backup opens with its identity, and without it tells nothing and writes nothing", async () => {
  const { pool } = await full();
  await keyOf(pool);
  const [mine, other] = [await newIdentity(), await newIdentity()];
  const file = await bytesOf(pool, { keys: seal, ...(await encryptedFor(mine.recipient)) });
  assert.equal(file.subarray(0, 21).toString(), "age-encryption.org/v1");
  assert.throws(() => gunzipSync(file));
  const to = await freshPool();
  const code = async (identities: string[], bytes = file) =>
    outcome((await restore({ pool: to, apply, seal, identities }, streamOf(bytes))) as never);
  assert.equal(await code([]), "identity_missing");
  assert.equal(await code([other.identity]), "identity_differs");
  assert.equal(await code(["AGE-SECRET-KEY-1NONSENSE"]), "identity_unreadable");
  const changed = Buffer.from(file);
  changed[file.length - 100] = (changed[file.length - 100] ?? 0) ^ 1;
  assert.equal(await code([mine.identity], changed), "backup_damaged");
  assert.equal(await code([mine.identity], file.subarray(0, file.length - 500)), "backup_damaged");
  assert.equal(await countOf(to), 0);
  assert.equal(await code([other.identity, mine.identity]), "done");
  assert.deepEqual(await viewsDigest(to), await viewsDigest(pool));
  assert.ok(!encrypterTo(["age1nonsense"]).ok);
});

test("P53: a disk that fails is thrown as it is while a backup is encrypted, and while one is opened", async () => {
  const { pool } = await full();
  const { identity, recipient } = await newIdentity();
  const full_disk = new Writable({
    write(_chunk, _encoding, next) {
      next(new Error("no space left"));
    },
  });
  await assert.rejects(backup(pool, full_disk, await encryptedFor(recipient)), /no space left/);
  const file = await bytesOf(pool, await encryptedFor(recipient));
  async function* breaking() {
    yield file.subarray(0, 40_000);
    throw new Error("the disk is gone");
  }
  const books = { pool: await freshPool(), apply, seal, identities: [identity] };
  await assert.rejects(restore(books, Readable.from(breaking(), { objectMode: false })), /the disk is gone/);
  assert.equal(await countOf(books.pool), 0);
});

test("P56: a backup is sealed by the programme; one that somebody else sealed is told, and refused where the signer is named", async () => {
  const { pool } = await full();
  const signer = await backupSigner(postgresKeys(pool, seal));
  const forger = await backupSigner(postgresKeys(await freshPool(), seal));
  assert.ok(signer.ok && forger.ok);
  const { key } = signer.value;
  const file = await bytesOf(pool, { seal: signer.value.seal });
  assert.equal(Buffer.compare(file, await bytesOf(pool, { seal: signer.value.seal })), 0);
  const lines = gunzipSync(file).toString("utf8").trimEnd().split("\n");
  const other = await freshPool();
  const of = async (content: readonly string[] | Buffer, wanted?: string) => {
    const bytes = Buffer.isBuffer(content) ? content : gzipSync(`${content.join("\n")}\n`);
    const how = { pool: other, apply, seal, ...(wanted === undefined ? {} : { signer: wanted }) };
    const said = await restore(how, streamOf(bytes));
    return said.ok ? said.value.signed_by : said.refusal.code;
  };
  const resealed = await bytesOf(pool, { seal: forger.value.seal });
  assert.equal(await of(resealed, key), "backup_forged");
  assert.equal(await of(await bytesOf(pool), key), "backup_forged");
  // Content changed and summed up anew, under the old signature.
  const end = JSON.parse(lines.at(-1) ?? "");
  const changed = lines.slice(0, -1).map((line) => line.replace('"a.bin"', '"b.bin"'));
  const sha256 = createHash("sha256")
    .update(`${changed.join("\n")}\n`)
    .digest("hex");
  const patched = JSON.stringify({ end: { ...end.end, sha256 } });
  assert.equal(await of([...changed, patched]), "backup_damaged");
  assert.equal(await countOf(other), 0);
  assert.equal(await of(file, key), key);
});

test("P52: a backup is restored into empty books only", async () => {
  const { pool } = await full();
  const before = await countOf(pool);
  const restored = await restore({ pool, apply, seal }, streamOf(await bytesOf(pool)));
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
    const restored = await restore({ pool: other, apply, seal }, streamOf(cut));
    assert.equal(outcome(restored as never), "backup_damaged", `cut ${i}`);
    assert.equal(await countOf(other), 0, `cut ${i}`);
  }
  assert.ok((await restore({ pool: other, apply, seal }, streamOf(file))).ok);
});

test("P52: a file that was changed anywhere is refused, and nothing is written", async () => {
  const { pool } = await full();
  const text = gunzipSync(await bytesOf(pool, { keys: seal })).toString("utf8");
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
    const restored = await restore(
      { pool: other, apply, seal },
      streamOf(gzipSync(`${changed.join("\n")}\n`)),
    );
    assert.equal(outcome(restored as never), "backup_damaged", what);
    assert.equal(await countOf(other), 0, what);
  }
  const notGzip = await restore(
    { pool: other, apply, seal },
    streamOf(Buffer.from("hello, this is not a backup")),
  );
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
  await assert.rejects(restore({ pool: other, apply, seal }, broken), /read error/);
  assert.equal(await countOf(other), 0);
  assert.ok((await restore({ pool: other, apply, seal }, streamOf(file))).ok);
});

test("P53: entries of a kind this version does not know are thrown, and nothing is written", async () => {
  const { pool } = await full();
  const other = await freshPool();
  const older = async () => {
    throw new Error("of a kind this version does not know");
  };
  await assert.rejects(
    restore({ pool: other, apply: older, seal }, streamOf(await bytesOf(pool))),
    /does not know/,
  );
  assert.equal(await countOf(other), 0);
});
