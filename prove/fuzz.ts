import { askServed } from "./fuzz/served.ts";
import { playRounds } from "./fuzz/spread.ts";
import type { Ask, Counted, Proof } from "./proof.ts";

/** Each seed is a round of fifty inputs. */
export const fuzz: Proof = {
  name: "fuzz",
  proves:
    "A8, A9, A11, A27, P8: whatever is sent to any use case, it answers as published, never with a fault; a refusal writes nothing, what is done is what was answered, and auditors find nothing in the books",
  count: 1_000_000,
  share: 1000,
  run,
};

/** A part of them over HTTP besides, on a server with a PostgreSQL of its own. */
const SERVED = 0.02;
const SERVED_LEAST = 30;

async function run({ count, seed, progress, found }: Ask): Promise<Counted> {
  const all = { inputs: 0, done: 0, written: 0, twice: 0, books: 0 };
  const met = new Map<string, number>();
  const reds: string[] = [];
  await playRounds({ first: seed, inputs: count }, (played) => {
    for (const what of Object.keys(all) as (keyof typeof all)[]) all[what] += played.counted[what];
    for (const [outcome, times] of played.met) met.set(outcome, (met.get(outcome) ?? 0) + times);
    for (const { kind, why } of played.reds) {
      const red = `seed ${played.seed} (--seed ${played.seed} --count 50): ${kind}: ${why}`;
      reds.push(red);
      found?.(red);
    }
    progress(all.inputs);
  });
  const served = await askServed(
    { seed, count: Math.max(SERVED_LEAST, Math.round(count * SERVED)) },
    () => {},
  );
  for (const { kind, why } of served.reds) reds.push(`over HTTP, seed ${seed}: ${kind}: ${why}`);
  if (process.env["FUZZ_MET"]) for (const [o, n] of [...met].sort((a, b) => b[1] - a[1])) console.error(n, o);
  if (reds.length > 0) throw new Error(`${reds.length} kinds of fault:\n${reds.join("\n")}`);
  return { ...all, "outcomes met": met.size, "over HTTP": served.inputs, "of them written": served.written };
}
