import { tellSeeds } from "../test/histories/spread.ts";
import type { Ask, Counted, Proof } from "./proof.ts";

/** Each seed is a life of its own: what happens in it, in which order, and with which luck. */
export const histories: Proof = {
  name: "histories",
  proves:
    "L20 to L38, S34 to S45, O4 to O14, C8 to C19, F7 to F13: whatever happens over the whole loop, an auditor with arithmetic of its own finds nothing wrong, and nothing is stuck",
  count: 2000,
  share: 40,
  run,
};

/** What lives are told for: a share in which one of these was never met proves little. */
const MET = [
  ...["ship receive", "assay report", "settle lot", "settle return-oxide", "settle pass-title"],
  ...["prepare step", "prepare reverse", "refine plan", "refine record-run", "ledger stocktake"],
  ...["certify release", "certify issue", "certify revoke", "orders allocate", "orders ship"],
].map((verb) => `${verb} done`);

async function run({ count, seed, progress }: Ask): Promise<Counted> {
  const all = { asks: 0, commands: 0, refused: 0, entries: 0, passports: 0 };
  const met = new Map<string, number>();
  const reds: string[] = [];
  let told = 0;
  await tellSeeds({ first: seed, count }, (come) => {
    progress(++told);
    if (come.red !== undefined) reds.push(`seed ${come.seed} (--seed ${come.seed} --count 1): ${come.red}`);
    for (const what of Object.keys(all) as (keyof typeof all)[]) all[what] += come.counted?.[what] ?? 0;
    for (const [outcome, times] of come.met ?? []) met.set(outcome, (met.get(outcome) ?? 0) + times);
  });
  if (reds.length > 0) throw new Error(`${reds.length} of ${count} lives are red\n${reds.sort().join("\n")}`);
  const missed = MET.filter((outcome) => !met.has(outcome));
  if (count >= histories.share && missed.length > 0) throw new Error(`never met: ${missed.join(", ")}`);
  const { passports, ...others } = all;
  return { lives: count, ...others, "passports verified": passports, "outcomes met": met.size };
}
