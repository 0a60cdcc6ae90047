import assert from "node:assert/strict";
import { test } from "node:test";
import { lossRule, outputRule } from "../ledger/index.ts";
import { WET_KINDS } from "../refine/index.ts";
import { decideKind, STEP_KINDS, type StepKindDefined } from "./index.ts";

const kind = (
  contents: StepKindDefined["contents"],
  losses: StepKindDefined["losses"] = {},
): StepKindDefined => ({
  ...{
    kind: "own",
    does: "d",
    capability: "c",
    contents,
    losses,
    evidence: "C",
    source: "s",
    marks: {},
    why: "w",
  },
});
const passing = (fractions: Readonly<Record<string, number>>) => ({
  by: "transfer" as const,
  fractions: Object.fromEntries(
    Object.entries(fractions).map(([element, best]) => [element, { best, sd: 0.5 }]),
  ),
});
const refusal = (given: StepKindDefined) => {
  const decided = decideKind(given);
  return decided.ok ? "done" : `${decided.refusal.code} ${decided.refusal.at}`;
};

test("R9: over all parts no element passes over more than whole, named or by the rule for any other", () => {
  assert.equal(
    refusal(kind({ a: passing({ Nd: 0.9 }), b: passing({ Nd: 0.9 }) })),
    "fractions_exceed_one contents",
  );
  assert.equal(
    refusal(kind({ a: passing({ Nd: 0.9 }), "*": passing({ "*": 0.2 }) })),
    "fractions_exceed_one contents",
  );
  assert.equal(
    refusal(kind({ a: passing({ Nd: 0.9 }) }, { dust: passing({ Nd: 0.2 }) })),
    "fractions_exceed_one contents",
  );
  assert.equal(
    refusal(kind({ a: passing({ Nd: 0.9, "*": 0.5 }), b: passing({ Nd: 0.1, "*": 0.5 }) })),
    "done",
  );
  assert.equal(
    refusal(kind({}, { dust: passing({ Nd: 1.1 }) })),
    "fraction_out_of_range losses.dust.fractions.Nd",
  );
});

test("R4: a kind of lot or a place may be called as every object's members are", () => {
  const own = kind({ "*": { by: "rest" } });
  assert.deepEqual(outputRule(own, "constructor"), { by: "rest" });
  assert.deepEqual(lossRule(own, "hasOwnProperty"), { by: "share" });
});

test("R9: every kind that is shipped keeps to it", () => {
  for (const shipped of [...STEP_KINDS, ...WET_KINDS])
    assert.equal(refusal({ ...shipped, why: "shipped" }), "done", shipped.kind);
});
