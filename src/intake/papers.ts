import type { Book } from "../ledger/index.ts";
import { assert } from "../quantity/index.ts";
import type { IntakeRecords } from "./apply.ts";
import type { IntakeEntry } from "./consignment.ts";
import { type DocumentsErased, ERASABLE, type Erasable, endsKeys, laterOf } from "./erasure.ts";

/** Documents of a consignment that retention may delete, by kind, and what its days count from. Those that were erased are in no list. */
export interface Papers extends Readonly<Record<Erasable, readonly string[]>> {
  readonly consignment: string;
  readonly owner: string;
  /** Keys under which its serial numbers are compared. */
  readonly serial_keys: readonly string[];
  /** When its lots were opened, and when that was written where it is later: what is dated back is kept no shorter. */
  readonly booked_at?: string;
  /** When the newest certificate that is complete was issued, or written. */
  readonly certified_at?: string;
}

/** That a document was erased: the entry that says so is the one that last changed this record. */
export interface ErasedDocument {
  readonly digest: string;
  readonly consignment: string;
  readonly at: string;
}

type Stated = Exclude<IntakeEntry, { kind: "consignment_received" | "serial_key_made" }>;

/** Keeps which documents entries of a consignment name; entries of before particulars stood apart leave no paper to erase. */
export async function keepPapers(
  book: Book<IntakeRecords>,
  owner: string,
  { kind, body }: Stated,
  written: string,
): Promise<void> {
  const id = body.consignment;
  const before = await book.get("consignment_papers", id);
  if (kind === "consignment_booked") {
    if (before) book.put("consignment_papers", id, { ...before, booked_at: laterOf(body.at, written) });
    return;
  }
  if (kind === "documents_erased") return erase(book, before, body);
  if (!("rules" in body) || body.rules === undefined) return;
  const papers = before ?? noPapers(id, owner);
  const also = (of: Erasable, ...digests: Digests) => withAlso(papers, of, digests);
  const said = "said_in" in body ? body.said_in : undefined;
  switch (kind) {
    case "manifest_read":
      return book.put("consignment_papers", id, also("manifests", body.digest, said));
    case "media_sanitized": {
      const particulars = "particulars" in body ? body.particulars : undefined;
      const tags = body.records.flatMap(({ serial_tag: tag }) => (tag ? [tag] : []));
      return putKeyed(book, also("sanitization", particulars, said), tags);
    }
    case "line_corrected":
      return putKeyed(
        book,
        also("manifests", body.particulars, said),
        body.learned === undefined ? [] : [body.learned],
      );
    case "sanitization_certified": {
      const next = also("certificates", body.json_digest, body.pdf_digest);
      const certified = body.complete ? { certified_at: laterOf(body.at, written) } : {};
      return book.put("consignment_papers", id, { ...next, ...certified });
    }
    default: {
      const particulars = "particulars" in body ? body.particulars : undefined;
      return book.put("consignment_papers", id, also("manifests", particulars, said));
    }
  }
}

/** What was proposed of a consignment goes with its manifests. */
export async function keepProposal(
  book: Book<IntakeRecords>,
  { consignment: id, particulars, said_in }: ProposedOf,
): Promise<void> {
  const consignment = await book.get("consignment", id);
  assert(consignment, `consignment ${id} was received`);
  const papers = (await book.get("consignment_papers", id)) ?? noPapers(id, consignment.owner);
  book.put("consignment_papers", id, withAlso(papers, "manifests", [particulars, said_in]));
}

/** What a proposal names that stands apart from its entry. */
export interface ProposedOf {
  readonly consignment: string;
  readonly particulars: string;
  readonly said_in?: string;
}

type Digests = readonly (string | undefined)[];

const noPapers = (consignment: string, owner: string): Papers => ({
  ...{ consignment, owner, manifests: [], sanitization: [], certificates: [], serial_keys: [] },
});

const withAlso = (papers: Papers, of: Erasable, digests: Digests): Papers => ({
  ...papers,
  [of]: [...new Set([...papers[of], ...digests.filter((digest) => digest !== undefined)])],
});

/** With the years whose keys the tags are under; a year is counted once for each consignment. */
async function putKeyed(book: Book<IntakeRecords>, papers: Papers, tags: readonly string[]): Promise<void> {
  const serial_keys = [...new Set([...papers.serial_keys, ...tags.map(keyOfTag)])];
  book.put("consignment_papers", papers.consignment, { ...papers, serial_keys });
  const fresh = serial_keys.filter((key) => !papers.serial_keys.includes(key));
  await countKeys(book, fresh, "consignments");
}

async function erase(
  book: Book<IntakeRecords>,
  papers: Papers | undefined,
  { consignment, kinds, digests, keys, at }: DocumentsErased,
): Promise<void> {
  for (const digest of digests) book.put("erased_document", digest, { digest, consignment, at });
  if (!papers) return;
  const gone = Object.fromEntries(
    ERASABLE.map((kind) => [kind, kinds.includes(kind) ? [] : papers[kind]]),
  ) as Pick<Papers, Erasable>;
  const unkeyed = endsKeys(papers, kinds);
  book.put("consignment_papers", consignment, {
    ...papers,
    ...gone,
    ...(unkeyed ? { serial_keys: [] } : {}),
  });
  if (unkeyed) await countKeys(book, papers.serial_keys, "erased");
  for (const key of keys) {
    const known = await book.get("serial_key", key);
    if (known) book.put("serial_key", key, { ...known, erased_at: at });
  }
}

async function countKeys(
  book: Book<IntakeRecords>,
  keys: readonly string[],
  what: "consignments" | "erased",
): Promise<void> {
  for (const key of keys) {
    const known = await book.get("serial_key", key);
    if (known) book.put("serial_key", key, { ...known, [what]: known[what] + 1 });
  }
}

/** A tag is the name of its key and the keyed digest of a serial number (N53). */
export const tagOf = (key: string, digest: string): string => `${key}:${digest}`;
const keyOfTag = (tag: string): string => tag.slice(0, tag.indexOf(":"));
