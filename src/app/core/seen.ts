import type { AnySample } from "../../assay/index.ts";
import type { Actor, Entry, EntryHeader } from "../../ledger/index.ts";
import { isMember, readersOfCompartment } from "../../trust/index.ts";
import type { Asker, LedgerStore, Ports, QueryPorts, Reader, SeenStore } from "./ports.ts";
import type { Records } from "./records.ts";

/** Who audits: an auditor of a party that does nothing else reads everything but what compartments hold. */
export const AUDITORS = "*auditor";

/**
 * As whom somebody reads: their party, its kind, everyone, the compartments that they are in, and an administrator what administrators
 * read. The machine's owner reads everything; an auditor of a firm's own reads what is that firm's.
 */
export function readerOf(
  asker: Pick<Asker, "party" | "role" | "kind" | "compartments"> | "owner" | undefined,
): Reader {
  if (asker === undefined || asker === "owner") return "everything";
  const { party, kind, role, compartments = [] } = asker;
  const audits = kind === "auditor" && role === "auditor";
  return [
    ...[party, audits ? AUDITORS : `*${kind === "auditor" ? "other" : kind}`, "*everyone"],
    ...(role === "administrator" ? [`${party}/administrator`] : []),
    ...compartments.map(readersOfCompartment),
  ];
}

/** The compartments that somebody may know of now. */
export async function compartmentsOf(
  { load }: Pick<LedgerStore, "load">,
  person: string | undefined,
  now: string,
): Promise<readonly string[]> {
  if (person === undefined) return [];
  const ever = (await load("person_compartments", person))?.record.compartments ?? [];
  const all = await Promise.all(ever.map((id) => load("compartment", id)));
  return all.flatMap((found) =>
    found && isMember(found.record, person, now) ? [found.record.compartment] : [],
  );
}

/** As whom something reads that is done for an actor; who only states who they are was let in to everything. */
export async function readerFor(
  store: Pick<LedgerStore, "load">,
  { verified, party, role, person }: Actor,
  now: string,
): Promise<Reader> {
  if (!verified) return "everything";
  const kind = (await store.load("party", party))?.record.kind ?? "party";
  return readerOf({ party, role, kind, compartments: await compartmentsOf(store, person, now) });
}

/** The books as who gives a command may see them; as they are where they are seen in part already. */
export const seenFor = async (
  store: LedgerStore,
  actor: Actor,
  now: string,
): Promise<Pick<LedgerStore, "load">> =>
  behind.has(store) ? store : store.readBy(await readerFor(store, actor, now));

/** What is sealed to a reader: that it is there, when, and of what kind; neither what it says nor who said it. */
export const SEALED = { sealed_to_you: true } as const;

export const sealedEntry = (header: EntryHeader): Entry => ({
  ...header,
  ...{ actor: { role: "sealed", party: "sealed", verified: false }, key: "sealed", nonce: "" },
  body: SEALED,
});

export const isSealedTo = ({ body }: Pick<Entry, "body">): boolean => Object.hasOwn(body, "sealed_to_you");

/** As the machine's owner asks: everything. */
export const seeingAll = <P extends Ports>(ports: P): Omit<P, "store"> & QueryPorts => ({
  ...ports,
  store: ports.store.readBy("everything"),
});

type Books<R> = Omit<LedgerStore<R>, "append" | "answerTo" | "readBy">;

/** The books that stand behind what a reader sees, and whose they are (`wholeOf`). */
const behind = new WeakMap<object, { readonly whole: object; readonly reader: Reader }>();

/**
 * Makes the one way to a store that a query may use. The same reader gets the same store again, so that what was worked out from it
 * can be remembered for them.
 */
export function seenBy<R>(
  whole: () => LedgerStore<R>,
  booksOf: (readers: readonly string[]) => Books<R>,
): LedgerStore<R>["readBy"] {
  const known = new Map<string, SeenStore<R>>();
  return (reader) => {
    const name = reader === "everything" ? reader : reader.join(",");
    const before = known.get(name);
    if (before) return before;
    const all = whole();
    const seen = {
      ...(reader === "everything" ? all : trimmedFor(reader, booksOf(reader))),
      append: readsOnly,
      answerTo: readsOnly,
      readBy: readsOnly,
    } as unknown as SeenStore<R>;
    behind.set(seen, { whole: all, reader });
    known.set(name, seen);
    return seen;
  };
}

/** A laboratory sees what it has to measure, and of results its own alone. */
function trimmedFor<R>(reader: readonly string[], books: Books<R>): Books<R> {
  if (!reader.includes("*laboratory")) return books;
  const trim = <T extends { readonly record: unknown }>(collection: string, found: T): T =>
    collection === "sample"
      ? { ...found, record: withResultsOf(found.record as AnySample, reader[0] ?? "") }
      : found;
  return {
    ...books,
    async load(collection, id) {
      const found = await books.load(collection, id);
      return found && trim(collection, found);
    },
    async list(query) {
      const page = await books.list(query);
      return { ...page, items: page.items.map((item) => trim(query.collection, item)) };
    },
  };
}

const withResultsOf = (sample: AnySample, laboratory: string): AnySample =>
  ({
    ...sample,
    reports: Object.fromEntries(
      Object.entries(sample.reports).filter(([, report]) => report?.laboratory === laboratory),
    ),
  }) as AnySample;

const readsOnly = (): never => {
  throw new Error("who reads the books by right neither writes them nor reads for another");
};

/** The party that these books are seen by, where they are seen in part. */
export function partySeeing(store: LedgerStore): string | undefined {
  const reader = behind.get(store)?.reader ?? "everything";
  return reader === "everything" || reader.includes(AUDITORS) ? undefined : reader[0];
}

/**
 * The whole books behind what somebody sees, and of which owner alone they may be told: for what is folded from the log from its first entry
 * on, and then looked at by owner. Nothing else may use it (tidy holds who does).
 */
export function wholeOf(store: LedgerStore): { readonly whole: LedgerStore; readonly owner?: string } {
  const found = behind.get(store) as
    | { readonly whole: LedgerStore<Records>; readonly reader: Reader }
    | undefined;
  if (!found) return { whole: store };
  return found.reader === "everything" || found.reader.includes(AUDITORS)
    ? { whole: found.whole }
    : { whole: found.whole, owner: found.reader[0] ?? "" };
}
