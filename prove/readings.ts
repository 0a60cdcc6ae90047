import assert from "node:assert/strict";
import { Worker } from "node:worker_threads";
import * as ledgerNow from "../src/ledger/index.ts";
import { Coverage } from "../test/plants/coverage.ts";
import { begun } from "../test/plants/life.ts";
import type { Ask, Counted, Proof } from "./proof.ts";
import { asBefore } from "./readings/as-before.ts";
import { ledgerBefore } from "./readings/code-before.ts";
import { type Doubts, doubtsOf } from "./readings/doubts.ts";
import { ancestry, type Books, balance, booksOf, textOf, turnByTurn } from "./readings/timed.ts";

const DOINGS = 250;
const TURNS = 11;
/** How often each is asked in a turn: a turn takes some tens of milliseconds. */
const TIMES = { ancestry: 12, balance: 2 };
/** What readings may cost, in times of what the books and the code of before cost; asserted of a whole run alone, the clock is no law. */
const COST_MOST = 1.1;
/** How far lumping may move a standard uncertainty, of itself: what is lumped is taken as common to what was made together. */
const ERROR_MOST = { under: 0.05, over: 0.1 };

/** Plant n is the same whatever the count: the seed is the number of the first. */
export const readings: Proof = {
  name: "readings",
  proves: "L43 L45: thousands of causes stay affordable, and what lumping errs by is bounded",
  count: 8,
  share: 1,
  run,
};

/** The same plant where nothing is lumped: a life of its own, in a thread that has other code for lumping. */
const unlumped = (seed: number): Promise<Doubts> =>
  new Promise((resolve, reject) => {
    const worker = new Worker(new URL("./readings/unlumped.ts", import.meta.url), {
      workerData: { seed, doings: DOINGS },
    });
    worker.once("message", resolve);
    worker.once("error", reject);
  });

interface Told {
  readonly cost: Record<keyof typeof TIMES | "text", [number, number]>;
  /** Of what a doubt would be where nothing is lumped: how much less it is told, and how much more, at most. */
  readonly errors: { under: number; over: number; stock: number };
  readonly causes: { most: number; unlumped: number; books: number };
  values: number;
}

const asked = { ancestry, balance } as const;

async function run({ count, seed, progress }: Ask): Promise<Counted> {
  const told: Told = {
    cost: { ancestry: [0, 0], balance: [0, 0], text: [0, 0] },
    errors: { under: 0, over: 0, stock: 0 },
    causes: { most: 0, unlumped: 0, books: 0 },
    values: 0,
  };
  const before = await ledgerBefore();
  if (!before && count >= readings.count) throw new Error("the history of this clone has no code of before");
  for (let n = seed; n < seed + count; n++) {
    await compareCost(n, told, before ?? ledgerNow);
    await compareDoubts(n, told);
    progress(n - seed + 1);
  }
  const { cost, errors } = told;
  const times = ([now, before]: readonly [number, number]) => now / before;
  for (const side of ["under", "over"] as const)
    assert.ok(errors[side] <= ERROR_MOST[side], `lumping tells a doubt ${side} by ${errors[side]} of it`);
  if (count >= readings.count)
    for (const question of ["ancestry", "balance"] as const)
      assert.ok(
        times(cost[question]) <= COST_MOST,
        `${question} costs ${times(cost[question]).toFixed(3)} times what it did`,
      );
  return figuresOf(told);
}

async function compareCost(seed: number, { cost, causes }: Told, before: typeof ledgerNow): Promise<void> {
  const { log } = await begun(seed, new Coverage(), DOINGS);
  const books: [Books, Books] = [await booksOf(log, ledgerNow), await booksOf(await asBefore(log), before)];
  for (const question of ["ancestry", "balance"] as const) {
    const took = await turnByTurn(asked[question], { books, turns: TURNS, times: TIMES[question] });
    cost[question][0] += took[0];
    cost[question][1] += took[1];
  }
  cost.text[0] += textOf(books[0]);
  cost.text[1] += textOf(books[1]);
  const names = new Set(JSON.stringify(log).match(/"(?:reading|bias|small):[^"]+":/g));
  causes.books = Math.max(causes.books, names.size);
}

async function compareDoubts(seed: number, told: Told): Promise<void> {
  const [lumped, apart] = await Promise.all([doubtsOf(seed, DOINGS), unlumped(seed)]);
  for (const [name, { sd, causes }] of Object.entries(lumped)) {
    const whole = apart[name];
    if (!whole) throw new Error(`plant ${seed}: ${name} is there only where small causes are lumped`);
    if (whole.sd === 0) continue;
    const error = sd / whole.sd - 1;
    const { errors } = told;
    errors.under = Math.max(errors.under, -error);
    errors.over = Math.max(errors.over, error);
    if (name.startsWith("all ")) errors.stock = Math.max(errors.stock, Math.abs(error));
    else {
      told.causes.most = Math.max(told.causes.most, causes);
      told.causes.unlumped = Math.max(told.causes.unlumped, whole.causes);
    }
    told.values++;
  }
}

function figuresOf({ cost, errors, causes, values }: Told): Counted {
  const times = ([now, before]: readonly [number, number]) => (now / before).toFixed(3);
  const percent = (of: number) => `${(100 * of).toFixed(3)} %`;
  return {
    "causes in the books of one plant, at most": causes.books,
    "causes of one value, at most": `${causes.most}, unlumped ${causes.unlumped}`,
    "ancestry, in times of what it cost before": times(cost.ancestry),
    "balance, in times of what it cost before": times(cost.balance),
    "text of the books, in times of what it was": times(cost.text),
    "largest error of lumping": `a doubt ${percent(errors.over)} more, ${percent(errors.under)} less; of all stock together ${percent(errors.stock)} (${values} values)`,
  };
}
