import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import fc from "fast-check";
import {
  checkHistory,
  foldMetalAccount,
  isUnaltered,
  type Posting,
  postingsOf,
  type Statement,
  settleLot,
  supersede,
} from "./index.ts";
import { add, equal, fractionOf, negate } from "./second-computation.ts";

type Json = any;
const sample = (): Json => JSON.parse(readFileSync("examples/settle/statement.json", "utf8"));

function statementOf(bend: (input: Json) => unknown = () => {}): Statement {
  const input = sample();
  bend(input);
  const result = settleLot(input);
  assert.ok(result.ok, JSON.stringify(result));
  return result.value;
}
const awaitingUmpire = () => statementOf((x) => delete x.assays.Pr.umpire);

function replaced(previous: Statement, next: Statement, reason = "the umpire reported") {
  const result = supersede(previous, next, reason);
  assert.ok(result.ok, JSON.stringify(result));
  return result.value;
}
const code = (result: { ok: boolean; refusal?: { code: string } }) =>
  result.ok ? "done" : result.refusal?.code;

test("S25: a provisional statement does not replace a final one", () => {
  const refused = supersede(statementOf(), awaitingUmpire(), "an assay was corrected");
  assert.equal(refused.ok ? "done" : refused.refusal.code, "final_stands");
});

test("S25 S26: a provisional statement is replaced by the final one, with what is due either way", () => {
  const [provisional, final] = [awaitingUmpire(), statementOf()];
  const { statement, difference } = replaced(provisional, final);
  assert.deepEqual(statement.supersedes, { statement: provisional.digest, reason: "the umpire reported" });
  assert.equal(statement.revision, 2);
  assert.ok(isUnaltered(statement) && statement.digest !== final.digest);
  // Before: Pr at the lower assay, 5.80 %, and 90 % of the charges asked. After: 5.83 % and all of them.
  const change = (line: string) => difference.changes.find((one) => one.line === line);
  assert.deepEqual(
    [change("Pr.final_assay")?.before, change("Pr.final_assay")?.after, change("Pr.final_assay")?.change],
    ["5.8", "5.83", "0.03"],
  );
  assert.deepEqual([change("Pr.umpire")?.before, change("Pr.umpire")?.after], [null, "5.86"]);
  assert.equal(change("provisional_charges")?.after, null);
  assert.equal(change("Nd.final_assay"), undefined);
  const [before, after] = [difference.amount_due_before, difference.amount_due_after].map(fractionOf);
  assert.ok(before && after && equal(add(after, negate(before)), fractionOf(difference.amount_change)));
  assert.deepEqual(difference.due[0], {
    from: "supplier",
    to: "processor",
    amount: difference.amount_change,
    for: "difference between the statements",
  });
  assert.deepEqual(difference.due[1], {
    from: "supplier",
    to: "umpire",
    amount: "350",
    for: "umpire's cost",
  });
  assert.deepEqual(
    difference.oxide.map((o) => o.oxide),
    ["Pr6O11"],
  );
});

test("S26: an assay corrected downwards is paid back", () => {
  const { difference } = replaced(
    statementOf(),
    statementOf((x) => (x.assays.Nd.supplier = "21.80")),
    "a typing error",
  );
  assert.equal(difference.due[0]?.from, "processor");
  assert.equal(`-${difference.due[0]?.amount}`, difference.amount_change);
  assert.ok(difference.oxide[0]?.change_kg.startsWith("-"));
});

test("S26: a correction there and back leaves nothing due", () => {
  const moisture = fc.integer({ min: 0, max: 500 }).map((n) => (n / 100).toFixed(2));
  fc.assert(
    fc.property(moisture, moisture, (a, b) => {
      fc.pre(a !== b);
      const [one, two] = [a, b].map((m) => statementOf((x) => (x.weights.moisture_pct = m)));
      assert.ok(one && two);
      const [there, back] = [replaced(one, two).difference, replaced(two, one).difference];
      assert.ok(equal(fractionOf(there.amount_change), negate(fractionOf(back.amount_change))));
      for (const [i, { change_kg }] of there.oxide.entries()) {
        assert.ok(equal(fractionOf(change_kg), negate(fractionOf(back.oxide[i]?.change_kg ?? ""))));
      }
    }),
    { numRuns: 40 },
  );
});

test("S25: corrections that cannot be are refused", () => {
  const [old, next] = [awaitingUmpire(), statementOf()];
  const other = statementOf((x) => (x.lot = "SAMPLE-ML-0002"));
  const euro = statementOf((x) => (x.agreement.currency = "EUR"));
  assert.equal(code(supersede({ ...old, amount_due: "1" }, next, "x")), "statement_altered");
  assert.equal(code(supersede(old, { ...next, amount_due: "1" }, "x")), "statement_altered");
  assert.equal(code(supersede(old, other, "x")), "statement_of_another_lot");
  assert.equal(code(supersede(old, euro, "x")), "statement_of_another_lot");
  assert.equal(code(supersede(old, next, " ")), "reason_missing");
  assert.equal(code(supersede(next, statementOf(), "x")), "nothing_changed");
  assert.equal(code(supersede(undefined as Json, next, "x")), "statement_altered");
});

test("S27: a history is one chain without forks or gaps", () => {
  const first = awaitingUmpire();
  const second = replaced(first, statementOf()).statement;
  const third = replaced(
    second,
    statementOf((x) => (x.weights.moisture_pct = "0.7")),
    "dried again",
  ).statement;
  const fork = replaced(
    first,
    statementOf((x) => (x.weights.moisture_pct = "0.8")),
  ).statement;
  const history = checkHistory([first, second, third]);
  assert.ok(history.ok && history.value.digest === third.digest);
  const childOfFork = replaced(
    fork,
    statementOf((x) => (x.weights.moisture_pct = "0.9")),
  ).statement;
  assert.equal(childOfFork.revision, third.revision);
  const broken = [
    [],
    [second],
    [first, third],
    [first, second, fork],
    [first, second, childOfFork],
    [first, first],
  ];
  for (const statements of broken) assert.equal(code(checkHistory(statements)), "chain_broken");
  assert.equal(code(checkHistory([{ ...first, notes: ["x"] }])), "statement_altered");
});

const posted = (statement: Statement, previous?: Statement): Posting[] => {
  const result = postingsOf(statement, "2026-03-20", previous);
  assert.ok(result.ok, JSON.stringify(result));
  return result.value;
};
const balancesOf = (postings: readonly unknown[]) => {
  const result = foldMetalAccount(postings);
  assert.ok(result.ok, JSON.stringify(result));
  return Object.fromEntries(result.value.balances.map((balance) => [balance.oxide, balance]));
};

test("S28 S29: a final statement is credited, its correction adjusts, and the account ends at the corrected statement", () => {
  const first = statementOf();
  const second = replaced(
    first,
    statementOf((x) => (x.assays.Nd.supplier = "21.80")),
    "a typing error",
  ).statement;
  const balances = balancesOf([...posted(first), ...posted(second, first)]);
  for (const { oxide, returnable_oxide_kg } of second.elements) {
    if (oxide === undefined || returnable_oxide_kg === "0") continue;
    assert.equal(balances[oxide]?.balance_kg, returnable_oxide_kg);
  }
  assert.equal(balances["Nd2O3"]?.standing, "owed");
});

test("S29: what may not be posted is refused", () => {
  const final = statementOf();
  assert.equal(code(postingsOf(awaitingUmpire(), "2026-03-20")), "statement_not_final");
  assert.equal(code(postingsOf({ ...final, lot: "other" }, "2026-03-20")), "statement_altered");
  assert.equal(
    code(
      postingsOf(
        statementOf((x) => delete x.lot),
        "2026-03-20",
      ),
    ),
    "field_missing",
  );
  const other = statementOf((x) => (x.lot = "SAMPLE-ML-0002"));
  assert.equal(code(postingsOf(final, "2026-03-20", other)), "statement_of_another_lot");
  assert.equal(
    code(
      postingsOf(
        statementOf((x) => (x.weights.moisture_pct = "0.7")),
        "2026-03-20",
        final,
      ),
    ),
    "reason_missing",
  );
  assert.equal(code(foldMetalAccount([...posted(final), ...posted(final)])), "statement_already_posted");
});

const posting = (kind: string, oxide_kg: string, more: Json = {}): Json => ({
  at: "2026-03-21",
  element: "Nd",
  oxide: "Nd2O3",
  kind,
  oxide_kg,
  lot: "SAMPLE-ML-0001",
  statement: "sample",
  ...more,
});

test("S28: returning more than was due is shown as overdelivered", () => {
  const postings = [posting("credit_returnable", "10.1"), posting("debit_returned", "10.3")];
  const balance = balancesOf(postings)["Nd2O3"];
  assert.deepEqual(
    [balance?.balance_kg, balance?.standing, balance?.overdelivered_kg, balance?.owed_kg],
    ["-0.2", "overdelivered", "0.2", "0"],
  );
  const settled = balancesOf([...postings, posting("adjust", "0.2", { reason: "accepted as a gift" })])[
    "Nd2O3"
  ];
  assert.deepEqual([settled?.balance_kg, settled?.standing], ["0", "settled"]);
});

for (const [name, bad, expected] of [
  ["a credit of nothing", posting("credit_returnable", "0"), "value_out_of_range at postings[0].oxide_kg"],
  ["a negative return", posting("debit_returned", "-1"), "value_out_of_range at postings[0].oxide_kg"],
  ["an adjustment without reason", posting("adjust", "-1"), "reason_missing at postings[0].reason"],
  ["an unknown kind", posting("credit", "1"), "value_unknown at postings[0].kind"],
  [
    "another metal's oxide",
    posting("debit_returned", "1", { oxide: "Pr6O11" }),
    "oxide_of_another_metal at postings[0].oxide",
  ],
  [
    "a JSON number",
    posting("debit_returned", "1", { oxide_kg: 1 }),
    "field_unreadable at postings[0].oxide_kg",
  ],
  ["no lot", posting("debit_returned", "1", { lot: "" }), "field_unreadable at postings[0].lot"],
  ["nothing", null, "field_unreadable at postings[0]"],
] as [string, Json, string][]) {
  test(`S28: ${name} is ${expected}`, () => {
    const result = foldMetalAccount([bad]);
    assert.equal(result.ok ? "done" : `${result.refusal.code} at ${result.refusal.at}`, expected);
  });
}

test("S28: whatever is posted, the balance is credits less returns plus adjustments, exactly, per oxide", () => {
  const anyPosting = fc
    .record({
      oxide: fc.constantFrom(["Nd", "Nd2O3"], ["Pr", "Pr6O11"], ["Pr", "Pr2O3"]),
      kind: fc.constantFrom("credit_returnable", "debit_returned", "adjust"),
      kg: fc.integer({ min: 1, max: 10 ** 9 }),
      statement: fc.uuid(),
    })
    .map(({ oxide, kind, kg, statement }) =>
      posting(kind, (kg / 1000).toFixed(3), {
        element: oxide[0],
        oxide: oxide[1],
        statement,
        reason: "sample",
      }),
    );
  fc.assert(
    fc.property(fc.array(anyPosting, { maxLength: 60 }), (postings) => {
      const grams = new Map<string, bigint>();
      for (const { oxide, kind, oxide_kg } of postings) {
        const signed = BigInt(oxide_kg.replace(".", "")) * (kind === "debit_returned" ? -1n : 1n);
        grams.set(oxide, (grams.get(oxide) ?? 0n) + signed);
      }
      const balances = balancesOf(postings);
      assert.equal(Object.keys(balances).length, grams.size);
      for (const [oxide, g] of grams) {
        assert.ok(equal(fractionOf(balances[oxide]?.balance_kg ?? ""), { over: g, under: 1000n }));
        assert.equal(balances[oxide]?.standing, g === 0n ? "settled" : g < 0n ? "overdelivered" : "owed");
      }
    }),
  );
});
