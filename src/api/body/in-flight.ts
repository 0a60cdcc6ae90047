/** What was lent: made smaller when the body turned out to be, at last to nothing. */
export type Shrink = (bytes: number) => void;

interface Waiting {
  readonly bytes: number;
  readonly caller: string;
  readonly go: (lent: Shrink | undefined) => void;
}

/** Memory for bodies that are being read and worked on, lent out by bytes. */
export interface InFlight {
  /** Resolves when there is room, with what gives it back; resolves to nothing when there was none in time, or the asker has gone. */
  take(bytes: number, caller: string, gone?: AbortSignal): Promise<Shrink | undefined>;
  /** What is lent now, and how many wait. */
  now(): { readonly bytes: number; readonly waiting: number };
}

/**
 * Lends at most `bytes_max` at a time, half of it to one caller; who finds no room waits, in order, for `patience_ms` at most. What
 * waits has not been read: it stands in the network's own buffers.
 */
export function inFlight(bytes_max: number, patience_ms: number): InFlight {
  const held = new Map<string, number>();
  const waiting: Waiting[] = [];
  let total = 0;

  const lend = ({ bytes, caller }: Waiting): Shrink => {
    const change = (by: number) => {
      total += by;
      const mine = (held.get(caller) ?? 0) + by;
      if (mine > 0) held.set(caller, mine);
      else held.delete(caller);
    };
    let lent = bytes;
    change(lent);
    return (to) => {
      change(to - lent);
      lent = to;
      letIn();
    };
  };
  /** In order: who waits for room that anyone could have is not overtaken, who waits for their own share holds up nobody. */
  const letIn = () => {
    for (let n = 0; n < waiting.length; ) {
      const one = waiting[n] as Waiting;
      if (total + one.bytes > bytes_max) return;
      if (withinShare(one)) {
        waiting.splice(n, 1);
        one.go(lend(one));
      } else n++;
    }
  };
  const withinShare = ({ bytes, caller }: Waiting) => (held.get(caller) ?? 0) + bytes <= bytes_max / 2;

  return {
    now: () => ({ bytes: total, waiting: waiting.length }),
    take: (bytes, caller, gone) =>
      new Promise((resolve) => {
        const giveUp = () => {
          const place = waiting.indexOf(one);
          if (place !== -1) waiting.splice(place, 1);
          one.go(undefined);
          letIn();
        };
        const timer = setTimeout(giveUp, patience_ms);
        const one: Waiting = {
          bytes,
          caller,
          go(lent) {
            clearTimeout(timer);
            gone?.removeEventListener("abort", giveUp);
            resolve(lent);
          },
        };
        gone?.addEventListener("abort", giveUp);
        waiting.push(one);
        letIn();
      }),
  };
}
