import assert from "node:assert/strict";
import { test } from "node:test";
import { LINE_CLASSES } from "./classes.ts";
import { type Evidence, NAMELESS } from "./evidence.ts";
import { type Lesson, type SecondOpinion, secondOpinion, teachOpinion } from "./second-opinion.ts";

const K = LINE_CLASSES.length;
const [hdd, tablet] = [LINE_CLASSES.indexOf("hdd"), LINE_CLASSES.indexOf("tablet")];
const settings = { passes: 30, rate: 0.1, l2: 1e-3 };

/** A small generator with the period of its modulus: the lessons below need order, not good dice. */
function counting(): () => number {
  let at = 1;
  return () => {
    at = (at * 48_271) % 2_147_483_647;
    return at / 2_147_483_647;
  };
}

/** A first opinion of `sure` for one class, the rest shared alike; no neighbours. */
function evidence(of: number, sure: number, ...facts: string[]): Evidence {
  const logs = Float64Array.from({ length: K }, (_, k) => Math.log(k === of ? sure : (1 - sure) / (K - 1)));
  return { graded: [logs, new Float64Array(K).fill(-Math.log(K))], facts: ["always", ...facts] };
}
const taught = (lessons: Lesson[]): SecondOpinion => teachOpinion(lessons, counting(), settings);
const lesson = (label: number, of: number, ...facts: string[]): Lesson => ({
  evidence: evidence(of, 0.6, ...facts),
  label,
  weight: 1,
});
const usual = [hdd, tablet].flatMap((k) => Array.from({ length: 20 }, () => lesson(k, k)));

test("I25: a first opinion that was right where it was taught is followed", () => {
  const p = secondOpinion(taught(usual), evidence(tablet, 0.6));
  assert.equal(p.indexOf(Math.max(...p)), tablet);
  assert.ok(Math.abs(p.reduce((a, b) => a + b, 0) - 1) < 1e-12);
});

test("I25: a fact overrules a first opinion that was wrong whenever the fact held", () => {
  const wrong = Array.from({ length: 20 }, () => lesson(tablet, hdd, "size"));
  const opinion = taught([...usual, ...wrong]);
  const [plain, told] = [evidence(hdd, 0.6), evidence(hdd, 0.6, "size")].map((e) =>
    secondOpinion(opinion, e),
  );
  assert.ok(plain![hdd]! > plain![tablet]!, `without the fact: ${plain![hdd]}, ${plain![tablet]}`);
  assert.ok(told![tablet]! > told![hdd]!, `with the fact: ${told![hdd]}, ${told![tablet]}`);
});

test("I25: what names a class counts for it where nothing was learned", () => {
  const opinion = taught(usual);
  const p = secondOpinion(opinion, evidence(hdd, 0.2, "says tablet"));
  assert.ok(p[tablet]! > p[hdd]!, `${p[tablet]} ${p[hdd]}`);
});

test("I25: a line without a model number is less sure by its own temperature", () => {
  const opinion = { ...taught(usual), nameless_temperature: 2 };
  const [named, nameless] = [evidence(hdd, 0.6), evidence(hdd, 0.6, NAMELESS)].map((e) =>
    secondOpinion(opinion, e),
  );
  assert.ok(nameless![hdd]! < named![hdd]!);
  const odds = (p: Float64Array): number => Math.log(p[hdd]! / p[tablet]!);
  assert.ok(Math.abs(odds(nameless!) - odds(named!) / 2) < 1e-9);
});

test("I25: the same lessons teach the same weights", () => {
  assert.deepEqual(taught(usual), taught(usual));
});
