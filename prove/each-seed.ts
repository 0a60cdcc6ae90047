import type { Ask } from "./proof.ts";

/**
 * Tells every seed asked for, and adds up what each counted. A red one does not keep the others from being told: it is found at
 * once, and in the end all of them are thrown, each by the seed that meets it again.
 */
export async function eachSeed<K extends string>(
  { count, seed, progress, found }: Ask,
  tell: (seed: number) => Promise<Readonly<Record<K, number>>>,
): Promise<Partial<Record<K, number>>> {
  const all: Partial<Record<K, number>> = {};
  const red: Error[] = [];
  for (let luck = seed; luck < seed + count; luck++) {
    try {
      const told = await tell(luck);
      for (const what of Object.keys(told) as K[]) all[what] = (all[what] ?? 0) + told[what];
    } catch (cause) {
      const why = `seed ${luck} (--seed ${luck} --count 1): ${(cause as Error).message}`;
      red.push(new Error(why, { cause }));
      found?.(why);
    }
    progress(luck - seed + 1);
  }
  if (red.length === 0) return all;
  const each = red.map(({ message }) => message).join("\n");
  throw new AggregateError(red, `${red.length} of ${count} are red:\n${each}`);
}
