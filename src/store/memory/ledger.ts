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
} from "../../app/core/ports.ts";
import type { Records } from "../../app/core/records.ts";
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

/** What is kept, all of it. */
interface Kept<R> {
  readonly log: Entry[];
  readonly answers: Map<string, Answered>;
  readonly documents: Map<string, StoredDocument>;
  readonly book: MemoryBook<R>;
  /** The entry that last changed a record. */
  readonly versions: Map<string, number>;
}

type Written = Map<string, { readonly seq: number; readonly record: object }>;

export interface MemoryStore<R = Records> extends LedgerStore<R> {
  readonly log: readonly Entry[];
  /** Books of their own that go on from here; records and entries are never changed, only replaced. */
  copy(ids: Ids): MemoryStore<R>;
}

/** The books in a process's memory: for quick tests and for folding a log offline. Keeps nothing. */
export const memoryStore = <R = Records>(apply: ApplyEntry<R>, ids: Ids): MemoryStore<R> =>
  storeOn(
    {
      ...{ log: [], answers: new Map(), documents: new Map() },
      ...{ book: new MemoryBook<R>(), versions: new Map() },
    },
    apply,
    ids,
  );

function copyOf<R>({ log, answers, documents, book, versions }: Kept<R>): Kept<R> {
  const records = new MemoryBook<R>();
  for (const [name, record] of book.records) records.records.set(name, record);
  return {
    ...{ log: [...log], answers: new Map(answers), documents: new Map(documents) },
    ...{ book: records, versions: new Map(versions) },
  };
}

function storeOn<R>(kept: Kept<R>, apply: ApplyEntry<R>, ids: Ids): MemoryStore<R> {
  const { log, answers, documents, book, versions } = kept;
  return {
    log,
    copy: (others) => storeOn(copyOf(kept), apply, others),
    answerTo: async (key) => answers.get(key),
    load: async (collection, id) => {
      const record = await book.get(collection, id);
      return record && { seq: versions.get(`${collection}/${id}`) ?? 0, record };
    },
    moment: async () => ({ seq: log.length, rebuilt: 0 }),
    head: async () => {
      const last = log.at(-1);
      return last && headerOf(last);
    },
    entries: async ({ after, limit, kind }) =>
      log.filter((e) => e.seq > after && (kind === undefined || e.kind === kind)).slice(0, limit),
    document: async (digest) => documents.get(digest),
    append: (batch) => append(kept, { apply, ids }, batch),
    list: async (query) => list(kept, query),
    lineage: async (query) => lineage((id) => book.records.get(`lot/${id}`) as Lot | undefined, query),
  };
}

async function append<R>(
  kept: Kept<R>,
  by: { readonly apply: ApplyEntry<R>; readonly ids: Ids },
  batch: Batch,
): ReturnType<LedgerStore["append"]> {
  const { log, answers, documents, book, versions } = kept;
  if (answers.has(batch.key)) return refuse("key_already_answered", "key", "answered meanwhile");
  for (const [name, seq] of batch.reads) {
    if ((versions.get(name) ?? 0) !== seq)
      return refuse("someone_wrote_first", name, `${name} changed meanwhile`);
  }
  const first = log.length + 1;
  const written: Written = new Map();
  const staged = await fold(kept, by, { batch, written });
  // Nothing above changed the books: a batch that cannot be folded, or that another overtook while it was, writes nothing.
  if (log.length !== first - 1)
    return refuse("someone_wrote_first", "log", "another batch was appended meanwhile");
  for (const [name, { seq, record }] of written) {
    book.records.set(name, record);
    versions.set(name, seq);
  }
  log.push(...staged);
  for (const document of batch.documents) documents.set(document.digest, document);
  answers.set(batch.key, { request: batch.request, answer: batch.answer, seq: log.length });
  return done({ first, last: log.length });
}

/** Seals the entries of a batch and folds each into what is `written`; the books stay as they are. */
async function fold<R>(
  { log, book }: Kept<R>,
  { apply, ids }: { readonly apply: ApplyEntry<R>; readonly ids: Ids },
  { batch, written }: { readonly batch: Batch; readonly written: Written },
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
  }
  return staged;
}

function list<K extends CollectionOf<R>, R>(
  { book, versions }: Kept<R>,
  { collection, after, limit, since = 0, where, flag }: ListQuery<K, R>,
): Page<Listed<R[K]>> {
  const prefix = `${collection}/`;
  const names = [...book.records.keys()]
    .filter((name) => name.startsWith(prefix) && (after === undefined || name > prefix + after))
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
