import type { Reader } from "../../src/app/core/ports.ts";
import type { MemoryStore } from "../../src/store/memory/ledger.ts";
import { headerValues, tellingValues } from "./told.ts";

/** What one reader could learn of what is not theirs: values that stand in nothing that they may see, nor are open anyhow. */
export async function secretsFor(
  reader: Reader,
  { store, open: words }: { readonly store: MemoryStore; readonly open: Iterable<string> },
): Promise<ReadonlySet<string>> {
  const seen = store.readBy(reader);
  const open = new Set<string>(words);
  const hidden = new Set<string>();
  for (const entry of store.log) {
    const [shown] = await seen.entries({ after: entry.seq - 1, limit: 1 });
    for (const value of headerValues(entry)) open.add(value);
    const isOpen = JSON.stringify(shown?.body) === JSON.stringify(entry.body);
    tellingValues(entry.body, isOpen ? open : hidden);
  }
  for (const [name, record] of store.records()) {
    const [collection, id] = [name.slice(0, name.indexOf("/")), name.slice(name.indexOf("/") + 1)];
    const found = await seen.load(collection as "lot", id);
    tellingValues(found ? found.record : record, found ? open : hidden);
  }
  // Named places of a balance are the same for everyone: what stands there of others is not told.
  const isPlace = (value: string) => /^(lost:|restated$|unaccounted$)/.test(value);
  // A scale and the day of its calibration are in its record, which is everyone's.
  const isOpen = (value: string) =>
    open.has(value) || open.has(/^(.+)@\d{4}-\d\d-\d\d$/.exec(value)?.[1] ?? value);
  return new Set([...hidden].filter((value) => !isOpen(value) && !isPlace(value)));
}
