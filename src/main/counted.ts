import type { Ended } from "../api/ended.ts";
import { TURNED_AWAY } from "../app/core/refusals-kept.ts";
import type { ReadCounter } from "../store/reads.ts";
import type { RefusalCounter } from "../store/refusals.ts";

/** What a server counts of the requests that end. */
export interface Counters {
  readonly refusals: RefusalCounter;
  readonly reads: ReadCounter;
}

/** Counts who was turned away (Z52), and who was told what of the books (Z100). */
export function countEnded({ refusals, reads }: Counters, { code, route, by, party, told }: Ended): void {
  if (code !== undefined && TURNED_AWAY.has(code))
    refusals.note({
      ...{ code, route },
      ...(by === undefined ? {} : { by }),
      ...(party === undefined ? {} : { party }),
    });
  if (told !== undefined && by !== undefined && party !== undefined) reads.note({ query: told, by, party });
}
