import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import pg from "pg";
import { FOLDING } from "../../src/app/apply.ts";
import { auditBooks } from "../../src/store/audit.ts";
import { copyOf, makeBook } from "./book.ts";
import {
  ANSWERS,
  BACKUPS,
  DOCUMENTS,
  ENTRIES,
  GUARDS,
  HISTORIES,
  KEYS,
  TAILS,
  type Tampering,
  VIEWS,
} from "./tamperings.ts";

const book = await makeBook();

const NOTED = "noted_head_differs";
/** Copies of the books that are looked at side by side. */
const AT_ONCE = { concurrency: 3 };

/** Does it to books of its own, and looks at them once: what only a noted head tells has a code of its own. */
async function found({ how, alone, head, noted, ...tampering }: Tampering): Promise<void> {
  const kept = await copyOf(book);
  try {
    const changed = await tampering.do(kept, book);
    const pool = changed instanceof pg.Pool ? changed : kept;
    const heads = [noted === "early" ? book.early : book.late];
    const { clean, faults } = await auditBooks({ pool, ...FOLDING, heads });
    const codes = faults.map(({ fault }) => fault);
    const said = `${how}: ${JSON.stringify(faults, null, 1)}`;
    const inside = codes.filter((code) => code !== NOTED);
    if (alone === null) assert.deepEqual(inside, [], said);
    else assert.ok(inside.includes(alone), said);
    assert.equal(codes.includes(NOTED), head === NOTED, said);
    assert.equal(clean, alone === null && head !== NOTED, said);
  } finally {
    await kept.end();
  }
}

const titleOf = ({ how, alone, head }: Tampering): string => {
  const withHead = head === undefined ? "" : `, with a noted head ${head ?? "nothing"}`;
  return `${how}: ${alone ?? "nothing alone"}${withHead}`;
};

async function each(t: TestContext, tamperings: readonly Tampering[]): Promise<void> {
  await Promise.all(tamperings.map((one) => t.test(titleOf(one), () => found(one))));
}

test("P40: the books that are tampered with are clean before, and nothing in them is not provable", async () => {
  const pool = await copyOf(book);
  const { clean, faults, not_provable, checks } = await auditBooks({
    ...{ pool, ...FOLDING, heads: [book.early, book.late] },
  });
  await pool.end();
  assert.deepEqual([clean, faults, not_provable], [true, [], 0]);
  assert.ok(
    checks.every(({ checked }) => checked > 0),
    JSON.stringify(checks),
  );
});

test("P41: entries that were changed, swapped or deleted are found", AT_ONCE, (t) => each(t, ENTRIES));
test("P45: records that were changed are found", AT_ONCE, (t) => each(t, VIEWS));
test("P70: answers, and what was asked, are held against the entry", AT_ONCE, (t) => each(t, ANSWERS));
test("P71: documents are held against the entries that name them", AT_ONCE, (t) => each(t, DOCUMENTS));
test("P72: a history that was sealed anew is found by the passports that were signed on it", AT_ONCE, (t) =>
  each(t, HISTORIES),
);
test("P73: keys are held against what was signed with them", AT_ONCE, (t) => each(t, KEYS));
test("P74: triggers and rights that guard entries are looked at", AT_ONCE, (t) => each(t, GUARDS));
test("P75: a tail that was cut is found by what it left, or by a head that was noted", AT_ONCE, (t) =>
  each(t, TAILS),
);
test("P50: a backup that was sealed anew is found when it is restored", AT_ONCE, (t) => each(t, BACKUPS));

test("P75: there are thirty and more; alone two kinds are not found, with one head none but a cut after it", () => {
  const all = [ENTRIES, VIEWS, DOCUMENTS, ANSWERS, KEYS, GUARDS, TAILS, HISTORIES, BACKUPS].flat();
  assert.ok(all.length >= 30);
  const missed = (by: (one: Tampering) => boolean) => all.filter(by).map(({ how }) => how);
  assert.deepEqual(
    missed(({ alone }) => alone === null),
    [
      "the tail cut clean",
      "the tail cut clean after the head that was noted",
      "the whole history sealed anew before the first passport was signed",
    ],
  );
  assert.deepEqual(
    missed(({ alone, head }) => alone === null && head !== NOTED),
    ["the tail cut clean after the head that was noted"],
  );
});
