import { type Entry, type Flow, flowsOf, MaterialBalance, Standing } from "../../ledger/index.ts";
import { everyRecord } from "../core/pages.ts";
import type { LedgerStore } from "../core/ports.ts";
import { wholeOf } from "../core/seen.ts";
import { everyEntry } from "./walk.ts";

/** An entry by what the chain knows it by. */
export type Position = Pick<Entry, "seq" | "time" | "hash">;

/** Books that are led through the log, and tell of each entry what it moved. */
class Walk {
  readonly books: Standing;
  last: Position | undefined;

  constructor(books: Standing, last: Position | undefined) {
    this.books = books;
    this.last = last;
  }

  get seq(): number {
    return this.last?.seq ?? 0;
  }

  async take(entry: Entry): Promise<readonly Flow[]> {
    const flows = await flowsOf(entry, this.books);
    await this.books.take(entry);
    this.last = { seq: entry.seq, time: entry.time, hash: entry.hash };
    return flows;
  }

  copy(): Walk {
    return new Walk(this.books.copy(), this.last);
  }
}

/** A title that passes changes nothing on the floor: it counts only where the books of one owner are looked at. */
export const counts = (flow: Flow, owner: string | undefined): boolean =>
  owner === undefined ? !/title_(from|to):/.test(`${flow.from} ${flow.to}`) : flow.owner === owner;

/** What moved in a stretch of the log, added up for all and for each owner. */
class Sums {
  private readonly byOwner = new Map<string | undefined, MaterialBalance>();

  add(flows: readonly Flow[]): void {
    for (const owner of new Set([undefined, ...flows.map((flow) => flow.owner)])) {
      const mine = flows.filter((flow) => counts(flow, owner));
      if (mine.length > 0) this.of(owner).addEntry(mine);
    }
  }

  merge(other: Sums): void {
    for (const [owner, balance] of other.byOwner) this.of(owner).merge(balance);
  }

  copy(): Sums {
    const copy = new Sums();
    copy.merge(this);
    return copy;
  }

  of(owner: string | undefined): MaterialBalance {
    const balance = this.byOwner.get(owner) ?? new MaterialBalance();
    this.byOwner.set(owner, balance);
    return balance;
  }
}

/** A stretch of the log: the books as it begins, and what moved in it. */
interface Stretch {
  readonly opening: Walk;
  readonly sums: Sums;
  /** The last entry that is in the sums. */
  end: number;
}

/** The log is remembered in so many stretches at most; their lengths double as it grows. */
const STRETCHES = { entries: 1024, most: 32 };

/**
 * The past of the books, folded from the log by their own rules and remembered at some of its entries, so that a look at any
 * moment folds one stretch and not the whole log. It remembers under the hash of the entry: a log that is not a continuation of
 * the one it knows is folded anew. Memory grows with what is on hand, not with the length of the log.
 */
export class Past {
  private readonly store: LedgerStore;
  private stretches: Stretch[] = [];
  private live: Walk;
  private length: number;
  private readonly most: number;
  private following: Promise<unknown> = Promise.resolve();

  constructor(store: LedgerStore, { entries, most } = STRETCHES) {
    this.store = store;
    this.length = entries;
    this.most = most;
    this.live = this.beginning();
  }

  /** The last entry that was folded. */
  get last(): Position | undefined {
    return this.live.last;
  }

  /** Folds what was written since. */
  follow(): Promise<void> {
    return this.inTurn(() => this.catchUp());
  }

  /** The books right after an entry that was folded; of the caller alone. */
  async after(seq: number): Promise<Walk> {
    const walk = await this.inTurn(() => this.nearest(seq));
    for await (const entry of everyEntry(this.store, { after: walk.seq, to: seq })) await walk.take(entry);
    return walk;
  }

  /**
   * What moved after one entry and up to another: whole stretches as their sums, and stretches cut by either end, or for which
   * `opens` holds, entry by entry.
   */
  async *moved(given: {
    readonly after: number;
    readonly to: number;
    readonly opens?: (sums: Sums) => boolean;
  }): AsyncGenerator<{ readonly sums: Sums } | { readonly entry: Entry; readonly flows: readonly Flow[] }> {
    const { after, to, opens = () => false } = given;
    for (const { stretch, end } of this.stretches.map((stretch) => ({ stretch, end: stretch.end }))) {
      const { opening, sums } = stretch;
      if (end <= after || opening.seq >= to) continue;
      // Another caller may have lengthened it since.
      const isWhole = opening.seq >= after && end <= to && stretch.end === end;
      // The last one grows: what is given away of it stays as it was.
      if (isWhole && !opens(sums)) yield { sums: stretch === this.stretches.at(-1) ? sums.copy() : sums };
      else yield* movedEntries(this.store, opening.copy(), { after, to: Math.min(end, to) });
    }
  }

  /** One after the other: while an entry is being taken the live books are neither those before it nor those after it. */
  private inTurn<T>(work: () => T | Promise<T>): Promise<T> {
    const next = this.following.then(work);
    this.following = next.catch(() => {});
    return next;
  }

  /** The books at or before an entry, as near to it as they are remembered. */
  private nearest(seq: number): Walk {
    if (seq >= this.live.seq) return this.live.copy();
    const before = this.stretches.findLast(({ opening }) => opening.seq <= seq);
    return before?.opening.copy() ?? this.beginning();
  }

  private beginning(): Walk {
    const findStep = async (step: string) => (await this.store.load("step", step))?.record;
    return new Walk(new Standing(findStep), undefined);
  }

  private async catchUp(): Promise<void> {
    if (!(await this.isContinued())) this.forget();
    try {
      for await (const entry of everyEntry(this.store, { after: this.live.seq })) {
        const stretch = this.current();
        const flows = await this.live.take(entry);
        stretch.sums.add(flows);
        stretch.end = entry.seq;
      }
    } catch (cause) {
      this.forget();
      throw cause;
    }
  }

  /** What is remembered can always be folded again. */
  private forget(): void {
    this.stretches = [];
    this.live = this.beginning();
  }

  private async isContinued(): Promise<boolean> {
    const { last } = this.live;
    if (!last) return true;
    const [same] = await this.store.entries({ after: last.seq - 1, limit: 1 });
    return same?.hash === last.hash;
  }

  /** The stretch that the next entry falls into. */
  private current(): Stretch {
    const last = this.stretches.at(-1);
    if (last && last.end - last.opening.seq < this.length) return last;
    if (this.stretches.length === this.most) {
      this.length *= 2;
      this.stretches = inPairs(this.stretches);
    }
    const stretch = { opening: this.live.copy(), sums: new Sums(), end: this.live.seq };
    this.stretches.push(stretch);
    return stretch;
  }
}

async function* movedEntries(store: LedgerStore, walk: Walk, { after, to }: { after: number; to: number }) {
  for await (const entry of everyEntry(store, { after: walk.seq, to })) {
    const flows = await walk.take(entry);
    if (entry.seq > after) yield { entry, flows };
  }
}

/** Each two neighbours as one. Sums are new ones: somebody may be reading the old. */
function inPairs(stretches: readonly Stretch[]): Stretch[] {
  return stretches.flatMap((stretch, i) => {
    if (i % 2 === 1) return [];
    const next = stretches[i + 1] ?? stretch;
    const sums = new Sums();
    for (const part of new Set([stretch, next])) sums.merge(part.sums);
    return [{ opening: stretch.opening, sums, end: next.end }];
  });
}

const pasts = new WeakMap<LedgerStore, Past>();

/**
 * The past of the books up to now: one for a store, however often it is asked for. It is folded from the whole log, so who sees a part of it
 * is told of what is theirs alone: `owner` says whose, and `sites` where whoever's.
 */
export async function pastOf(
  store: LedgerStore,
  asked?: string,
): Promise<{ readonly past: Past; readonly owner: string | undefined; readonly sites: ReadonlySet<string> }> {
  const { whole: log, owner: alone } = wholeOf(store);
  const past = pasts.get(log) ?? new Past(log);
  pasts.set(log, past);
  await past.follow();
  // What another owns does not exist for who may not see it.
  const owner = alone === undefined || asked === undefined || asked === alone ? (alone ?? asked) : NOBODY;
  // Whoever's matter stands at a site of theirs is theirs to account for, as long as nobody's alone is asked for.
  const at = alone === undefined || asked !== undefined ? [] : await sitesOf(log, alone);
  return { past, owner, sites: new Set(at) };
}

const sitesOf = async (log: LedgerStore, party: string): Promise<readonly string[]> =>
  (await everyRecord(log, "site")).flatMap((site) => (site.party === party ? [site.id] : []));

/** No party is called so. */
const NOBODY = "";
