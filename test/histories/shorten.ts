import { type LifeTold, tell } from "./life.ts";
import { Red } from "./red.ts";

/** So many lives are tried to shorten one. */
const TRIES = 150;

async function redOf(life: LifeTold): Promise<Red | undefined> {
  try {
    await tell(life);
    return undefined;
  } catch (cause) {
    if (cause instanceof Red) return cause;
    throw cause;
  }
}

/** A life that is red by the same rule with as few asks as can be found in a bounded number of tries. */
export async function shorten(life: LifeTold, rule: string): Promise<LifeTold> {
  let shortest = life;
  let tries = 0;
  for (let part = Math.ceil(life.asks.length / 2); part >= 1; part = part === 1 ? 0 : Math.ceil(part / 2)) {
    for (let at = 0; at < shortest.asks.length && tries < TRIES; ) {
      const asks = shortest.asks.toSpliced(at, part);
      tries++;
      const red = await redOf({ ...shortest, asks });
      if (red?.rule === rule) shortest = { ...shortest, asks };
      else at += part;
    }
  }
  return shortest;
}
