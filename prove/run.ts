// Tries a claim on many cases: `npm run prove -- NAME [--count N] [--seed S]`; without a name, what there is to prove.
// A run of at least a proof's own count has its row in docs/benchmarks.md.
import { parseArgs } from "node:util";
import { machine, readSection, today, writeSection } from "../bench/benchmarks-page.ts";
import type { Counted, Proof } from "./proof.ts";
import { PROOFS } from "./proofs.ts";

const TOLD_EVERY_MS = 5000;
const SEED_MAX = 2 ** 31 - 1;
const HEAD = "| what | tried | when and where | counted |\n|---|---|---|---|";

class Misasked extends Error {}

interface Asked {
  readonly proof: Proof;
  readonly count: number;
  readonly seed: number;
}

function read(args: string[]): Asked | undefined {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { count: { type: "string" }, seed: { type: "string" } },
  });
  const [name, more] = positionals;
  if (name === undefined && args.length === 0) return undefined;
  const proof = PROOFS.find((one) => one.name === name);
  if (!proof || more !== undefined)
    throw new Misasked(`one of ${PROOFS.map((one) => one.name).join(", ")} is asked for`);
  const whole = (field: "count" | "seed", least: number, otherwise: number): number => {
    const text = values[field];
    if (text === undefined) return otherwise;
    if (/^\d{1,10}$/.test(text) && Number(text) >= least && Number(text) <= SEED_MAX) return Number(text);
    throw new Misasked(`--${field} is a whole number from ${least} to ${SEED_MAX}`);
  };
  return { proof, count: whole("count", 1, proof.count), seed: whole("seed", 0, 1) };
}

/** How far it is, every few seconds. */
function teller(count: number): (done: number) => void {
  const started = Date.now();
  let told = started;
  return (done) => {
    if (Date.now() - told < TOLD_EVERY_MS) return;
    told = Date.now();
    console.error(`  ${done} of ${count}, ${Math.round((told - started) / 1000)} s`);
  };
}

/** One row for each proof, count and seed: a larger run does not put a smaller one out, nor the reverse. */
function keep({ proof, count, seed }: Asked, took: string, counted: Counted): void {
  const row = [
    `\`${proof.name}\``,
    `${count} from seed ${seed}`,
    `${today()}, ${took}, ${machine()}`,
    figures(counted).join("; "),
  ];
  const key = `| ${row[0]} | ${row[1]} |`;
  const rows = readSection("prove")
    .split("\n")
    .filter((line) => line.startsWith("| ") && !line.startsWith("| what ") && !line.startsWith(key));
  const all = [...rows, `| ${row.join(" | ")} |`].sort();
  writeSection("prove", `\`npm run prove -- NAME --count N --seed S\`\n\n${HEAD}\n${all.join("\n")}`);
}

const figures = (counted: Counted): string[] =>
  Object.entries(counted).map(([what, figure]) => `${what} ${figure}`);

try {
  const asked = read(process.argv.slice(2));
  if (!asked) {
    for (const { name, proves, count } of PROOFS) console.log(`${name} (${count}): ${proves}`);
  } else {
    const { proof, count, seed } = asked;
    console.error(`proving ${proof.name}: ${count} from seed ${seed}`);
    const started = Date.now();
    const counted = await proof.run({
      ...{ count, seed, progress: teller(count) },
      found: (counterExample) => console.error(`RED ${counterExample}`),
    });
    const { user, system } = process.cpuUsage();
    const took = `${((Date.now() - started) / 1000).toFixed(0)} s, ${((user + system) / 1e6).toFixed(0)} s of the processor`;
    for (const line of figures(counted)) console.log(line);
    console.log(`${proof.name}: ${count} from seed ${seed} hold, ${took}`);
    if (count >= proof.count) keep(asked, took, counted);
  }
} catch (cause) {
  const error = cause as Error & { code?: string };
  const misasked = cause instanceof Misasked || error.code?.startsWith("ERR_PARSE_ARGS");
  // What fast-check found is told first, then what was wrong with it.
  const why = error.cause instanceof Error ? `\nbecause ${error.cause.stack ?? error.cause.message}` : "";
  console.error(misasked ? error.message : `${error.stack ?? error.message}${why}`);
  process.exitCode = misasked ? 2 : 1;
}
