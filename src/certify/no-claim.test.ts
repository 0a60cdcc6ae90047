import assert from "node:assert/strict";
import { test } from "node:test";
import type { Product } from "../chemistry/index.ts";
import type { ElementContents } from "../ledger/index.ts";
import { measured } from "../quantity/index.ts";
import { decideIssue, withoutClaim } from "./index.ts";

const NDPR: Product = { product: "NdPr", name: "NdPr oxide", form: "oxide", elements: ["Nd", "Pr"] };
const shares_mg = { "F-1": { Nd: 300, Pr: 30 }, "F-2": { Nd: 100, Pr: 30 } };
const feedsOf = (sd: number) => {
  const feed = (pr_sd: number) => ({
    measured: { Nd: { best: 1000, sd: 10 }, Pr: { best: 90, sd: pr_sd } },
    claimed: {},
  });
  return new Map([
    ["F-1", feed(sd)],
    ["F-2", feed(1)],
  ]);
};
const holding = (nd_sd: number, pr_sd: number): ElementContents => ({
  Nd: measured(400, nd_sd, "a"),
  Pr: measured(60, pr_sd, "b"),
});

const issue = (held: ElementContents, feeds = feedsOf(1)) => {
  const lot = { id: "L", elements_mg: held };
  const no_claim = withoutClaim({ lot, elements: NDPR.elements, shares_mg, feeds });
  const decided = decideIssue({
    ...{ before: undefined, current: undefined, product: NDPR, shares_mg, feeds, no_claim },
    ...{ claimed_mg: {}, mother: undefined },
    body: { passport: "P", lot: "L", mass_mg: 1000, oxide: "NdPr" },
  });
  const said = decided.ok ? decided.value.feeds_mg : `${decided.refusal.code}: ${decided.refusal.message}`;
  return { said, none: no_claim.map(({ element, feed }) => [element, feed]) };
};

test("C45: up to a third of its content an element is claimed, beyond it of no feed", () => {
  assert.deepEqual(issue(holding(4, 20)), { said: shares_mg, none: [] });
  const { said, none } = issue(holding(4, 20.1));
  assert.deepEqual(said, { "F-1": { Nd: 300 }, "F-2": { Nd: 100 } });
  assert.deepEqual(none, [["Pr", undefined]]);
});

test("C45: what was measured in a feed with such a doubt is not claimed on that feed", () => {
  const { said, none } = issue(holding(4, 5), feedsOf(31));
  assert.deepEqual(said, { "F-1": { Nd: 300 }, "F-2": { Nd: 100, Pr: 30 } });
  assert.deepEqual(none, [["Pr", "F-1"]]);
});

test("C45: where no element can be claimed the refusal says why", () => {
  assert.match(String(issue(holding(200, 30)).said), /^nothing_to_claim: Nd: L holds 400 ± 200 mg.*; Pr: /);
});
