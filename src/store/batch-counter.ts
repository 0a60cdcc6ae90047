/** A crash loses this much, and a read is this much behind. */
const EVERY_MS = 5000;
/** Kinds of one batch: who asks for ever new things fills neither memory nor table. */
const KINDS_MAX = 1000;
/** Days that counts are kept. */
export const KEEP_DAYS = 400;
/** What came when a batch was full. */
export const MORE = "(more)";

/** How often something of a kind came on one day. */
export type Counted<Kind> = Kind & { readonly day: string; readonly count: number; readonly last_at: string };

export interface BatchCounter<Kind> {
  note(one: Kind): void;
  /** Writes what was counted; what cannot be written is kept for the next time. */
  flush(): Promise<void>;
  /** Writes the rest and counts no more. */
  stop(): Promise<void>;
}

export interface CounterOptions {
  readonly now?: () => Date;
  readonly onLost?: (why: Error) => void;
}

export interface Counting<Kind> {
  /** What tells kinds of one day apart. */
  readonly nameOf: (kind: Kind) => string;
  /** What one counts as when the batch is full. */
  readonly more: (kind: Kind) => Kind;
  readonly write: (batch: readonly Counted<Kind>[]) => Promise<void>;
}

/** Counts in memory and adds to a table in batches. Who answers a request never waits for it. */
export function batchCounter<Kind extends object>(
  { nameOf, more, write }: Counting<Kind>,
  { now = () => new Date(), onLost }: CounterOptions = {},
): BatchCounter<Kind> {
  let counted = new Map<string, Counted<Kind>>();
  let timer: NodeJS.Timeout | undefined;
  let writing: Promise<void> = Promise.resolve();
  let stopped = false;

  const named = (one: Counted<Kind>): string => `${one.day}\n${nameOf(one)}`;
  const add = (one: Counted<Kind>): void => {
    const before = counted.get(named(one));
    counted.set(named(one), before ? sumOf(before, one) : one);
  };
  const writeBatch = async (): Promise<void> => {
    const batch = [...counted.values()];
    if (batch.length === 0) return;
    counted = new Map();
    try {
      await write(batch);
    } catch (cause) {
      for (const one of batch) add(one);
      onLost?.(cause as Error);
    }
  };
  const flush = (): Promise<void> => {
    writing = writing.then(writeBatch);
    return writing;
  };
  return {
    note(kind) {
      if (stopped) return;
      const at = now().toISOString();
      const countedOnce = { day: at.slice(0, 10), count: 1, last_at: at };
      const one = { ...kind, ...countedOnce };
      const isFull = counted.size >= KINDS_MAX && !counted.has(named(one));
      add(isFull ? { ...more(kind), ...countedOnce } : one);
      timer ??= setInterval(() => void flush(), EVERY_MS).unref();
    },
    flush,
    async stop() {
      stopped = true;
      clearInterval(timer);
      await flush();
    },
  };
}

const sumOf = <Kind>(before: Counted<Kind>, one: Counted<Kind>): Counted<Kind> => ({
  ...before,
  count: before.count + one.count,
  last_at: before.last_at > one.last_at ? before.last_at : one.last_at,
});

/** A column for each name, as `unnest` takes them. */
export const columnsOf = <T extends object>(batch: readonly T[], names: readonly (keyof T)[]) =>
  names.map((name) => batch.map((one) => one[name]));
