import { done, type Refusal, type Result, refuse } from "../quantity/index.ts";
import type { Consignment } from "./consignment.ts";
import type { Papers } from "./papers.ts";

/** What of a consignment retention may delete: the lists as they came, what was said of each medium, what was certified. */
export const ERASABLE = ["manifests", "sanitization", "certificates"] as const;
export type Erasable = (typeof ERASABLE)[number];

/** A key by which the serial numbers of a year are compared, born in the batch of the first; its document goes with the last that used it. */
export interface SerialKeyMade {
  readonly key: string;
  readonly digest: string;
  readonly at: string;
}

export interface SerialKey extends SerialKeyMade {
  /** Consignments with a serial number under this key, and how many of them were erased. */
  readonly consignments: number;
  readonly erased: number;
  readonly erased_at?: string;
}

/** Documents that retention deletes: which, of whose, and by which rules. What they say is gone, their digests stay. */
export interface DocumentsErased {
  readonly consignment: string;
  readonly party: string;
  readonly kinds: readonly Erasable[];
  /** Days that each kind had been kept for, as its rule says. */
  readonly days: Readonly<Partial<Record<Erasable, number>>>;
  /** Since when the days count. */
  readonly since: string;
  readonly digests: readonly string[];
  /** Keys of serial numbers that nothing else uses any more. */
  readonly keys: readonly string[];
  readonly at: string;
}

/** What a party's rules of retention say, as this room needs it. */
export interface Kept {
  readonly days: Readonly<Partial<Record<Erasable, number>>>;
  /** Holds in force: of one consignment, or of all of the party. */
  readonly holds: readonly { readonly hold: string; readonly consignment?: string }[];
}

const DAY_MS = 86_400_000;

/** The later of two instants, of which one may be unknown; as it is written. */
export const laterOf = (one: string, other: string | undefined): string =>
  other === undefined || Date.parse(one) >= Date.parse(other) ? one : other;

/** The instant so many days after another. */
export const daysAfter = (since: string, days: number): string =>
  new Date(Date.parse(since) + days * DAY_MS).toISOString();

/**
 * Since when a consignment is done with (N54): its lots are opened, no row waits, and of its data-bearing devices none is open and a
 * complete certificate says so. Undefined while it is not.
 */
export function doneWithSince(consignment: Consignment, papers: Papers): string | undefined {
  const { booked_at, certified_at } = papers;
  const { open_devices, unresolved_rows, data_devices, sanitized_devices } = consignment;
  if (booked_at === undefined || open_devices > 0 || unresolved_rows > 0) return undefined;
  if (data_devices === 0 && sanitized_devices === 0) return booked_at;
  return certified_at === undefined ? undefined : laterOf(certified_at, booked_at);
}

export interface Due {
  readonly kind: Erasable;
  readonly days: number;
  readonly due_at: string;
  readonly documents: number;
}

/** What of a consignment its rules delete, each with its day; what was erased already is not told again. */
export function dueOf(papers: Papers, since: string, kept: Kept): readonly Due[] {
  return ERASABLE.flatMap((kind) => {
    const days = kept.days[kind];
    const documents = papers[kind].length;
    if (days === undefined || documents === 0) return [];
    return [{ kind, days, due_at: daysAfter(since, days), documents }];
  });
}

export const holdsOn = (kept: Kept, consignment: string): readonly string[] =>
  kept.holds
    .filter((hold) => hold.consignment === undefined || hold.consignment === consignment)
    .map(({ hold }) => hold);

/** What is erased of a consignment now. Refusals: not_done_with, held, nothing_due. */
export function decideErasing(
  given: { readonly consignment: Consignment; readonly papers: Papers; readonly kept: Kept },
  keys: readonly SerialKey[],
  at: string,
): Result<DocumentsErased, Refusal<"not_done_with" | "erasure_held" | "nothing_due">> {
  const { consignment, papers, kept } = given;
  const id = consignment.consignment;
  const since = doneWithSince(consignment, papers);
  if (since === undefined)
    return refuse(
      "not_done_with",
      "consignment",
      `${id} is not done with: its lots are opened, its rows settled and its devices certified first`,
    );
  const holds = holdsOn(kept, id);
  if (holds.length > 0)
    return refuse("erasure_held", "consignment", `${holds.join(", ")} holds what ${id} left behind`);
  const due = dueOf(papers, since, kept).filter(({ due_at }) => due_at <= at);
  if (due.length === 0)
    return refuse("nothing_due", "consignment", `no rule deletes anything of ${id} today`);
  const kinds = due.map(({ kind }) => kind);
  const forgotten = endsKeys(papers, kinds) ? keys.filter((key) => isSpent(key, at)) : [];
  return done({
    ...{ consignment: id, party: consignment.owner, kinds, since, at },
    days: Object.fromEntries(due.map(({ kind, days }) => [kind, days])),
    digests: [...kinds.flatMap((kind) => papers[kind]), ...forgotten.map(({ digest }) => digest)],
    keys: forgotten.map(({ key }) => key),
  });
}

/** Whether nothing that was compared under its keys is left of a consignment: what is known of its media, or of its lines where there is no more. */
export const endsKeys = (papers: Papers, kinds: readonly Erasable[]): boolean =>
  kinds.includes(papers.sanitization.length > 0 ? "sanitization" : "manifests");

/** Its year is over, and the consignment that is erased now is the last that used it. */
const isSpent = ({ key, consignments, erased }: SerialKey, at: string): boolean =>
  key < at.slice(0, 4) && erased + 1 === consignments;
