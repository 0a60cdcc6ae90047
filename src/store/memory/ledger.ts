import type {
  Answered,
  ApplyEntry,
  Batch,
  Ids,
  LedgerStore,
  LineageNode,
  Listed,
  ListQuery,
  Page,
  StoredDocument,
  WhoReads,
} from "../../app/core/ports.ts";
import type { Records } from "../../app/core/records.ts";
import { sealedEntry, seenBy } from "../../app/core/seen.ts";
import {
  type Book,
  type CollectionOf,
  type Entry,
  GENESIS,
  headerOf,
  type Lot,
  MemoryBook,
  sealEntry,
} from "../../ledger/index.ts";
import { canonicalJson, done, refuse } from "../../quantity/index.ts";
import { entriesForRequest } from "../for-request.ts";
import { documentsNamedBy, erasedBy } from "../named-documents.ts";

/** What is kept, all of it. */
interface Kept<R> {
  readonly log: Entry[];
  readonly answers: Map<string, Answered>;
  readonly documents: Map<string, StoredDocument>;
  readonly book: MemoryBook<R>;
  /** The entry that last changed a record. */
  readonly versions: Map<string, number>;
  /** Who reads a record, by its name, and an entry, by its number. */
  readonly readers: Map<string | number, readonly string[]>;
}

interface Folding<R> {
  readonly apply: ApplyEntry<R>;
  readonly whoReads?: WhoReads<R> | undefined;
  readonly ids: Ids;
}

type Written = Map<string, { readonly seq: number; readonly record: object }>;

export interface MemoryStore<R = Records> extends LedgerStore<R> {
  readonly log: readonly Entry[];
  /** Every record, by its name. */
  records(): ReadonlyMap<string, object>;
  /** Takes away the documents that entries say are erased; answers how many of the party went. */
  erase(party: string): Promise<number>;
  /** Books of their own that go on from here; records and entries are never changed, only replaced. */
  copy(ids: Ids): MemoryStore<R>;
}

/** The books in a process's memory: for quick tests and for folding a log offline. Keeps nothing. */
export const memoryStore = <R = Records>(
  apply: ApplyEntry<R>,
  ids: Ids,
  whoReads?: WhoReads<R>,
): MemoryStore<R> =>
  storeOn(
    {
      ...{ log: [], answers: new Map(), documents: new Map() },
      ...{ book: new MemoryBook<R>(), versions: new Map(), readers: new Map() },
    },
    { apply, ids, whoReads },
  );

function copyOf<R>({ log, answers, documents, book, versions, readers }: Kept<R>): Kept<R> {
  const records = new MemoryBook<R>();
  for (const [name, record] of book.records) records.records.set(name, record);
  return {
    ...{ log: [...log], answers: new Map(answers), documents: new Map(documents) },
    ...{ book: records, versions: new Map(versions), readers: new Map(readers) },
  };
}

function storeOn<R>(kept: Kept<R>, folding: Folding<R>): MemoryStore<R> {
  const { log, answers } = kept;
  const store: MemoryStore<R> = {
    log,
    records: () => kept.book.records,
    copy: (ids) => storeOn(copyOf(kept), { ...folding, ids }),
    erase: async (party) => {
      const gone = new Set(erasedBy(log).filter((digest) => kept.documents.delete(digest)));
      return erasedBy(log.filter(({ body }) => body["party"] === party)).filter((one) => gone.has(one))
        .length;
    },
    answerTo: async (key) => answers.get(key),
    append: (batch) => append(kept, folding, batch),
    readBy: seenBy(
      () => store,
      (reader) =>
        booksOf(kept, (name) => kept.readers.get(name)?.some((one) => reader.includes(one)) === true),
    ),
    ...booksOf(kept),
  };
  return store;
}

/** Whether somebody may see a record, by its name, or an entry, by its number. */
type Sees = (name: string | number) => boolean;

function booksOf<R>(kept: Kept<R>, only?: Sees): Omit<LedgerStore<R>, "append" | "answerTo" | "readBy"> {
  const { log, documents, book, versions } = kept;
  const sees: Sees = only ?? (() => true);
  return {
    load: async (collection, id) => {
      const name = `${collection}/${id}`;
      const record = sees(name) ? await book.get(collection, id) : undefined;
      return record && { seq: versions.get(name) ?? 0, record };
    },
    moment: async () => ({ seq: log.length, rebuilt: 0 }),
    head: async () => {
      const last = log.at(-1);
      return last && headerOf(last);
    },
    entries: async ({ after, limit, kind }) =>
      log
        .filter((e) => e.seq > after && (kind === undefined || e.kind === kind))
        .slice(0, limit)
        .map((entry) => (sees(entry.seq) ? entry : sealedEntry(headerOf(entry)))),
    document: async (digest) => {
      const named =
        !only ||
        log.some((entry) => sees(entry.seq) && documentsNamedBy(entry).some((one) => one.digest === digest));
      return named ? documents.get(digest) : undefined;
    },
    list: async (query) => list(kept, sees, query),
    lineage: async (query) =>
      lineage(
        (id) => (sees(`lot/${id}`) ? (book.records.get(`lot/${id}`) as Lot | undefined) : undefined),
        query,
      ),
  };
}

async function append<R>(kept: Kept<R>, by: Folding<R>, batch: Batch): ReturnType<LedgerStore["append"]> {
  const { log, answers, documents, book, versions, readers } = kept;
  if (answers.has(batch.key)) return refuse("key_already_answered", "key", "answered meanwhile");
  for (const [name, seq] of batch.reads) {
    if ((versions.get(name) ?? 0) !== seq)
      return refuse("someone_wrote_first", name, `${name} changed meanwhile`);
  }
  const first = log.length + 1;
  const written: Written = new Map();
  const seen: Kept<R>["readers"] = new Map();
  const staged = await fold(kept, by, { batch, written, seen });
  // Nothing above changed the books: a batch that cannot be folded, or that another overtook while it was, writes nothing.
  if (log.length !== first - 1)
    return refuse("someone_wrote_first", "log", "another batch was appended meanwhile");
  for (const [name, { seq, record }] of written) {
    book.records.set(name, record);
    versions.set(name, seq);
  }
  for (const [name, those] of seen) readers.set(name, those);
  log.push(...staged);
  for (const document of batch.documents) documents.set(document.digest, document);
  answers.set(batch.key, {
    request: batch.request,
    answer: batch.answer,
    seq: log.length,
    party: batch.actor.party,
  });
  return done({ first, last: log.length });
}

/** Seals the entries of a batch and folds each into what is `written`; the books stay as they are. */
async function fold<R>(
  { log, book, readers }: Kept<R>,
  { apply, whoReads, ids }: Folding<R>,
  { batch, written, seen }: { batch: Batch; written: Written; seen: Kept<R>["readers"] },
): Promise<Entry[]> {
  const staged: Entry[] = [];
  for (const { kind, body } of entriesForRequest(batch)) {
    const before = staged.at(-1) ?? log.at(-1);
    const entry = sealEntry({
      seq: (before?.seq ?? 0) + 1,
      time: before && before.time > batch.time ? before.time : batch.time,
      kind,
      prev: before?.hash ?? GENESIS,
      actor: batch.actor,
      key: batch.key,
      body: JSON.parse(canonicalJson(body)),
      nonce: ids.nonce(),
    });
    const staging: Book<R> = {
      get: async <K extends CollectionOf<R>>(collection: K, id: string) =>
        (written.get(`${collection}/${id}`)?.record as R[K] | undefined) ?? book.get(collection, id),
      put: (collection, id, record) => {
        written.set(`${collection}/${id}`, { seq: entry.seq, record: JSON.parse(JSON.stringify(record)) });
      },
    };
    await apply(staging, entry);
    staged.push(entry);
    if (!whoReads) continue;
    const changed = [...written].flatMap(([name, { seq }]) => (seq === entry.seq ? [name] : []));
    const read = await whoReads({
      ...{ book: staging, entry, changed },
      before: async (name) => seen.get(name) ?? readers.get(name) ?? [],
    });
    seen.set(entry.seq, read.entry);
    for (const [digest, those] of read.papers)
      for (const naming of [...log, ...staged].filter((e) =>
        documentsNamedBy(e).some((d) => d.digest === digest),
      )) {
        const before = seen.get(naming.seq) ?? readers.get(naming.seq) ?? [];
        seen.set(naming.seq, [...new Set([...before, ...those])].sort());
      }
    for (const [name, those] of read.records) {
      const [collection, id] = [name.slice(0, name.indexOf("/")), name.slice(name.indexOf("/") + 1)];
      const before = seen.get(name) ?? readers.get(name);
      seen.set(name, those);
      if (before?.join() === those.join() || written.get(name)?.seq === entry.seq) continue;
      // Whoever remembers what they may read learns of it as of a change.
      const record = await staging.get(collection as CollectionOf<R>, id);
      if (record) written.set(name, { seq: entry.seq, record: record as object });
    }
  }
  return staged;
}

function list<K extends CollectionOf<R>, R>(
  { book, versions }: Kept<R>,
  sees: Sees,
  { collection, after, limit, since = 0, where, flag }: ListQuery<K, R>,
): Page<Listed<R[K]>> {
  const prefix = `${collection}/`;
  const names = [...book.records.keys()]
    .filter((name) => name.startsWith(prefix) && (after === undefined || name > prefix + after) && sees(name))
    .sort()
    .filter((name) => {
      const record = book.records.get(name) as Record<string, unknown>;
      if ((versions.get(name) ?? 0) <= since) return false;
      const flagged = flag === undefined || within(record, flag.path) === flag.is;
      return flagged && Object.entries(where ?? {}).every(([field, text]) => record[field] === text);
    });
  const items = names.slice(0, limit).map((name) => ({
    id: name.slice(prefix.length),
    seq: versions.get(name) ?? 0,
    record: book.records.get(name) as R[K],
  }));
  const last = names[limit - 1];
  return { items, ...(names.length > limit && last ? { next: last.slice(prefix.length) } : {}) };
}

const within = (record: unknown, path: readonly string[]): unknown =>
  path.reduce((at, name) => (at as Record<string, unknown> | undefined)?.[name], record);

function lineage(
  lotOf: (id: string) => Lot | undefined,
  { lot, direction, limit }: Parameters<LedgerStore["lineage"]>[0],
): Awaited<ReturnType<LedgerStore["lineage"]>> {
  const nodes: LineageNode[] = [];
  const seen = new Set<string>([lot]);
  let level = [lot];
  for (let depth = 0; level.length > 0; depth++) {
    const next: string[] = [];
    for (const id of level) {
      const record = lotOf(id);
      if (!record) continue;
      if (nodes.length === limit) return { nodes, truncated: true };
      nodes.push({ lot: id, depth, record });
      const beside = direction === "up" ? record.parents.map((p) => p.lot) : record.children;
      for (const other of beside) if (!seen.has(other)) next.push(other);
      for (const other of beside) seen.add(other);
    }
    level = next.sort();
  }
  return { nodes, truncated: false };
}
