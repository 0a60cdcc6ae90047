import { lifeOf, tell } from "./life.ts";
import { Red } from "./red.ts";
import { shorten } from "./shorten.ts";

/** What a seed's life came to: what was counted, or what was red in it. */
export interface Come {
  readonly seed: number;
  readonly counted?: Readonly<Record<"asks" | "commands" | "refused" | "entries" | "passports", number>>;
  /** By "verb code", how often. */
  readonly met?: readonly (readonly [string, number])[];
  readonly red?: string;
}

/** Tells the life of a seed; a red one is told with the shortest life that was found to be red alike. */
export async function tellSeed(seed: number, shortened: boolean): Promise<Come> {
  const life = lifeOf(seed);
  try {
    const { asks, commands, refused, entries, passports, met } = await tell(life);
    return { seed, counted: { asks, commands, refused, entries, passports }, met: [...met] };
  } catch (cause) {
    if (!(cause instanceof Red)) throw cause;
    const short = shortened ? await shorten(life, cause.rule) : life;
    const asks = short.asks.map(({ move, luck }) => `${move} ${luck}`).join(", ");
    return { seed, red: `${cause.message}\n  ${short.start}, ${short.asks.length} asks: ${asks}` };
  }
}
