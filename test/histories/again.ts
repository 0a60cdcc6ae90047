import type { LedgerStore } from "../../src/app/core/ports.ts";
import type { Entry } from "../../src/ledger/index.ts";
import { StoryClock } from "../../src/sample/driver.ts";
import { type Books, portsOn } from "./books.ts";
import { must } from "./red.ts";
import { type Call, Teller } from "./teller.ts";

/** A store elsewhere, as a teller asks of it: the log is not at hand, and nobody looks at it while it is told. */
const unread = (store: LedgerStore) => ({ ...store, log: [] as readonly Entry[] });

/** Tells commands again on another store, by the same keys at the same times: each comes to the same. */
export async function tellAgain(calls: readonly Call[], store: LedgerStore): Promise<void> {
  const clock = new StoryClock(calls[0]?.at ?? "2026-01-01T00:00:00.000Z");
  const again = new Teller(portsOn(unread(store), clock), clock, "again");
  for (const { verb, input, actor, key, at, code } of calls) {
    clock.advance((Date.parse(at) - clock.now().getTime()) / 3_600_000);
    const outcome = await again.ask(verb, input, actor, key);
    must(
      outcome.code === code,
      "a command comes to the same on any store",
      () => `${verb}: ${outcome.code}, ${code}`,
    );
  }
}

/** Doubts are doubles, whose last digits follow the order in which a store names causes; so do the hashes of what holds them. */
const DIGITS = 9;

const told = ({ kind, key, actor, time, body }: Entry): string =>
  JSON.stringify(plain({ kind, key, actor, time, body }));

function plain(value: unknown): unknown {
  if (typeof value === "number") return Number.isInteger(value) ? value : value.toPrecision(DIGITS);
  if (typeof value === "string") return /^[0-9a-f]{64}$/.test(value) ? "a hash" : value;
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== "object" || value === null) return value;
  const named = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(named.map(([name, inside]) => [name, plain(inside)]));
}

/** Both logs say the same, entry by entry. */
export async function checkSameLog(books: Books, store: LedgerStore): Promise<void> {
  const [here, there] = [books.ports.store.log, await store.entries({ after: 0, limit: 100_000 })];
  must(
    here.length === there.length,
    "the log is the same on any store",
    () => `${here.length}, ${there.length}`,
  );
  for (const [i, entry] of here.entries()) {
    const [mine, other] = [told(entry), told(there[i] as Entry)];
    must(mine === other, "the log is the same on any store", () => `entry ${entry.seq}: ${mine}\n${other}`);
  }
}
