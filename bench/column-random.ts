import { readSimulation, simulate } from "../src/column/index.ts";
import { randomTrain, trainDice } from "../src/column/random-trains.ts";

const COUNT = 10_000;
const SECONDS_MAX = 5400;
const TOLD_EVERY = 500;
const SLOW_S = 5;
/** Trains named in the report, so that they can be looked into. */
const SLOWEST = 3;
const LISTED = 12;

/** Random trains, each by its own seed, so that `npm run bench -- column-random 2500` starts at number 2,500. */
export function benchColumnRandom(from: number): { what: string; figure: string }[] {
  const started = performance.now();
  const seconds: number[] = [];
  const refused = new Map<string, number[]>();
  const slowest: { n: number; took: number }[] = [];
  let [open, outside, slow, n] = [0, 0, 0, from];
  for (; n < COUNT && performance.now() - started < SECONDS_MAX * 1000; n++) {
    const read = readSimulation(randomTrain(trainDice(n), { error_l1_max: 0.05 }));
    if (!read.ok) throw new Error(`${n}: ${read.refusal.at}`);
    // Of the processor, so that other work on the machine does not count.
    const begun = process.cpuUsage();
    const result = simulate(read.value);
    const { user, system } = process.cpuUsage(begun);
    const took = (user + system) / 1e6;
    if (n % TOLD_EVERY === 0) console.log(`train ${n}`);
    seconds.push(took);
    slowest.push({ n, took });
    slowest.sort((a, b) => b.took - a.took).splice(SLOWEST);
    if (took > SLOW_S) slow++;
    if (!result.ok) {
      refused.set(result.refusal.code, [...(refused.get(result.refusal.code) ?? []), n]);
      continue;
    }
    const { balance, bounds } = result.value;
    open = Math.max(open, ...Object.values(balance).map(({ relative_error }) => Math.abs(relative_error)));
    outside = Math.max(outside, -bounds.min_over_normality, bounds.max_over_normality - 1);
  }
  seconds.sort((a, b) => a - b);
  const at = (part: number): string => (seconds[Math.floor(part * (seconds.length - 1))] ?? 0).toFixed(3);
  return [
    {
      what: `random trains ${from} to ${n} of ${COUNT}, 5 % error asked: processor time of one`,
      figure: `median ${at(0.5)} s, 99 % under ${at(0.99)} s, slowest ${at(1)} s; ${slow} over ${SLOW_S} s`,
    },
    {
      what: "the slowest, by number",
      figure: slowest.map(({ n: which, took }) => `${which}: ${took.toFixed(1)} s`).join(", "),
    },
    {
      what: "refused, with reason",
      figure:
        [...refused]
          .map(([code, list]) => `${code} ${list.length} (${list.slice(0, LISTED).join(" ")})`)
          .join(", ") || "none",
    },
    {
      what: "worst balance, worst excursion over the normality",
      figure: `${open.toExponential(1)}, ${outside.toExponential(1)}`,
    },
  ];
}
