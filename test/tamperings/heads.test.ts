import assert from "node:assert/strict";
import { createReadStream, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import type pg from "pg";
import { FOLDING } from "../../src/app/apply.ts";
import { ROOMS } from "../../src/app/rooms.ts";
import { runCli } from "../../src/cli/index.ts";
import { GENESIS } from "../../src/ledger/index.ts";
import { portsOn } from "../../src/main/ports.ts";
import { upkeepOn } from "../../src/main/upkeep.ts";
import { restore } from "../../src/store/restore.ts";
import { freshPool } from "../support/database.ts";
import { ownKeyFile, ownSeal } from "../support/sealing.ts";
import { cutClean } from "./rewrite.ts";

const dir = mkdtempSync(join(tmpdir(), "didym-heads-"));
after(() => rmSync(dir, { recursive: true }));
const file = (name: string, text: string): string => {
  writeFileSync(join(dir, name), text);
  return join(dir, name);
};

const KEY_FILE = ownKeyFile();
const BACKUP = join(import.meta.dirname, "../archive/0.1.0/walk.backup.gz");
const other = "0".repeat(63).concat("1");

async function didym(pool: pg.Pool, ...argv: readonly string[]) {
  let out = "";
  const exit = await runCli(argv, {
    rooms: ROOMS,
    upkeep: upkeepOn((_dataDir, work) =>
      work({
        pool,
        readers: pool,
        reading: {},
        config: {},
        owner: {},
        sealing: KEY_FILE,
        close: async () => {},
      }),
    ),
    terminal: {
      stdin: (async function* () {})(),
      stdout: (text) => {
        out += text;
      },
      stderr: () => {},
    },
    bare: portsOn(pool),
    withBooks: (_dataDir, work) => work(portsOn(pool)),
  });
  return { exit, out, answer: JSON.parse(out) };
}

async function books(): Promise<pg.Pool> {
  const pool = await freshPool(4);
  const restored = await restore({ pool, ...FOLDING, seal: ownSeal() }, createReadStream(BACKUP));
  assert.ok(restored.ok);
  return pool;
}

const entries = async (pool: pg.Pool): Promise<number> =>
  Number((await pool.query<{ n: string }>("select count(*) as n from didym.entry")).rows[0]?.n);

test("P76: `ledger head` answers one line, which `ledger audit --heads` takes; what was cut off after it is found, exit 2", async () => {
  const pool = await freshPool(4);
  assert.deepEqual((await didym(pool, "ledger", "head")).answer, { seq: 0, hash: GENESIS, time: null });
  for (const party of ["one", "two", "three"])
    await didym(pool, "programme", "register-party", "--party", party, "--name", party, "--kind", "carrier");
  const { exit, out, answer } = await didym(pool, "ledger", "head");
  assert.equal(exit, 0);
  assert.equal(out.trimEnd().split("\n").length, 1);
  const noted = file("noted", `${out}\n{"seq": 0, "hash": "${GENESIS}", "note": "before the first"}\n`);
  const held = await didym(pool, "ledger", "audit", "--heads", noted);
  assert.deepEqual([held.exit, held.answer.faults], [0, []]);
  assert.deepEqual(
    held.answer.checks.at(-1),
    { name: "heads", result: "passed", checked: 2, faults: 0 },
    "both were looked at",
  );
  await cutClean(pool, answer.seq - 1);
  assert.equal((await didym(pool, "ledger", "audit")).exit, 0, "nothing inside can tell");
  const found = await didym(pool, "ledger", "audit", "--heads", noted);
  assert.deepEqual(
    [found.exit, found.answer.faults.map((fault: { fault: string }) => fault.fault)],
    [2, ["noted_head_differs"]],
  );
  assert.ok(found.answer.checks.length > 10, "the whole report is there");
});

test("P70: answers of before they stood in the entries are counted as not provable", async () => {
  const pool = await books();
  const { answer } = await didym(pool, "ledger", "audit");
  const answers = answer.checks.find((check: { name: string }) => check.name === "answers");
  const { rows } = await pool.query("select count(*) from didym.request");
  assert.equal(answers.not_provable, Number(rows[0].count));
});

for (const [what, text, code, at] of [
  ["no JSON", `{"seq": 1, "hash": "${other}"}\nhello`, "json_malformed", "line 2"],
  ["a hash that is none", '\n{"seq": 1, "hash": "abc"}', "input_malformed", "line 2.hash"],
  ["no hash", '{"seq": 1}', "input_malformed", "line 1.hash"],
  ["a number below nothing", `{"seq": -1, "hash": "${other}"}`, "input_malformed", "line 1.seq"],
  ["a number twice", `{"seq": 1, "seq": 2, "hash": "${other}"}`, "json_ambiguous", "line 1.seq"],
  ["a field too many", `{"seq": 1, "hash": "${other}", "hsah": 1}`, "field_unknown", "line 1.hsah"],
  [
    "a name of every object",
    `{"seq": 1, "hash": "${other}", "constructor": 1}`,
    "field_unknown",
    "line 1.constructor",
  ],
  ["a list", "[1]", "input_malformed", "line 1"],
  ["nothing", "\n", "heads_missing", undefined],
] as const)
  test(`P76: a file of heads is refused at its place: ${what}`, async () => {
    const path = file("bad", text);
    const { exit, answer } = await didym({} as pg.Pool, "ledger", "audit", "--heads", path);
    assert.deepEqual([exit, answer.refused.code, answer.refused.at], [2, code, at ?? path]);
  });

test("P76: a backup that does not hold a head that was noted is refused, and nothing is restored", async () => {
  const pool = await books();
  const { answer: head } = await didym(pool, "ledger", "head");
  const { seq, hash } = head;
  for (const [word, code, at] of [
    [`${seq}:${other}`, "head_not_held", `entry ${seq}`],
    [`${seq + 1}:${hash}`, "head_not_held", `entry ${seq + 1}`],
    [JSON.stringify({ seq: 1, hash }), "head_not_held", "entry 1"],
    [file("two", `${JSON.stringify(head)}\n{"seq": 2, "hash": "${other}"}\n`), "head_not_held", "entry 2"],
    [`${seq}:abc`, "file_missing", `${seq}:abc`],
    ["{", "json_malformed", "line 1"],
  ] as const) {
    const empty = await freshPool(4);
    const { exit, answer } = await didym(empty, "restore", BACKUP, "--head", word);
    assert.deepEqual([exit, answer.refused.code, answer.refused.at], [2, code, at], word);
    assert.equal(await entries(empty), 0);
  }
  for (const word of [
    `${seq}:${hash}`,
    JSON.stringify(head),
    file("line", JSON.stringify(head)),
    file("pretty", JSON.stringify(head, null, 2)),
  ]) {
    const empty = await freshPool(4);
    assert.equal((await didym(empty, "restore", BACKUP, "--head", word)).exit, 0, word);
    assert.equal(await entries(empty), seq);
  }
});
