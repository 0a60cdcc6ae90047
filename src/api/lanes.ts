/** Calculations worked on at a time; a machine of two processors has no more to give. */
const CALCULATIONS = 2;
/** One lane more, which calculations leave free: what goes on the books does not wait for what may take minutes. */
const LANES = CALCULATIONS + 1;

/** Each waits with its body in memory. */
const WAITING_MAX = 200;
const WAITING_OF_ONE = 100;

export interface Asker {
  readonly command: boolean;
  readonly caller: string;
  /** Whether its body takes many times its own memory to read: of such, one command and one calculation are under way at most. */
  readonly large?: boolean;
}

/** How many of each kind wait for a lane, and have one. */
export type LanesNow = Readonly<
  Record<"command" | "calculation", { readonly waiting: number; readonly running: number }>
>;

export interface Lanes {
  /** Resolves when it is one's turn, with what ends it; nothing where too many wait already. */
  enter(asker: Asker): Promise<() => void> | undefined;
  now(): LanesNow;
}

/**
 * Turns at long work: commands before calculations, and among them who has the fewest under way, then who was served longest ago,
 * then who came first.
 */
export function lanes(): Lanes {
  const waiting: (Asker & { readonly go: () => void })[] = [];
  const running: Asker[] = [];
  const served = new Map<string, number>();
  let turn = 0;

  const isFree = ({ command, large }: Asker) =>
    running.length < LANES &&
    (command || running.filter((one) => !one.command).length < CALCULATIONS) &&
    !(large && running.some((one) => one.large && one.command === command));
  const underWay = (caller: string) => running.filter((one) => one.caller === caller).length;
  const before = (a: Asker, b: Asker) =>
    Number(b.command) - Number(a.command) ||
    underWay(a.caller) - underWay(b.caller) ||
    (served.get(a.caller) ?? 0) - (served.get(b.caller) ?? 0);
  const letIn = () => {
    for (;;) {
      const next = waiting.filter(isFree).toSorted(before)[0];
      if (!next) break;
      waiting.splice(waiting.indexOf(next), 1);
      running.push(next);
      served.set(next.caller, ++turn);
      next.go();
    }
    // Who neither waits nor runs is forgotten.
    const here = new Set([...waiting, ...running].map(({ caller }) => caller));
    for (const caller of served.keys()) if (!here.has(caller)) served.delete(caller);
  };

  return {
    enter(asker) {
      const mine = waiting.filter(({ caller }) => caller === asker.caller).length;
      if (waiting.length >= WAITING_MAX || mine >= WAITING_OF_ONE) return undefined;
      return new Promise((resolve) => {
        const one = { ...asker, go: () => resolve(() => leave(one)) };
        waiting.push(one);
        letIn();
      });
    },
    now: () => ({ command: countOf(true), calculation: countOf(false) }),
  };
  function countOf(command: boolean) {
    const ofKind = (all: readonly Asker[]) => all.filter((one) => one.command === command).length;
    return { waiting: ofKind(waiting), running: ofKind(running) };
  }
  function leave(one: Asker): void {
    running.splice(running.indexOf(one), 1);
    letIn();
  }
}
