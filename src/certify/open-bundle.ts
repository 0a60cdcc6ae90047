import { type EntryHeader, headerFault } from "../ledger/index.ts";
import { ALWAYS_DISCLOSED, FIRST_DISCLOSED } from "./bundle.ts";
import { type BundleEndRead, readEnd } from "./bundle-end.ts";
import { failed, type Outcome, passed } from "./check.ts";
import { DisclosedBook, whyUnreadable } from "./disclosed-book.ts";
import { notHashable } from "./json-guard.ts";
import { type Followed, followMatter } from "./matter.ts";
import { BundleShape } from "./read.ts";

/** A bundle read once, for however many passports are checked with it. */
export interface Opened {
  readonly format: BundleShape["format"];
  /** Up to the signed end, where there is one. */
  readonly headers: readonly EntryHeader[];
  /** Why the headers are not one chain. */
  readonly broken: string | undefined;
  readonly end: BundleEndRead;
  /** Undefined where what is shown is not what was sealed, or cannot be read. */
  readonly book: DisclosedBook | undefined;
  readonly matter: Followed | undefined;
  readonly disclosed: Outcome;
  readonly complete: Outcome;
}

const NOTHING = failed("the bundle cannot be read");

const unreadable = (why: string): Opened => ({
  format: "didym-bundle/2",
  headers: [],
  broken: `not a bundle: ${why}`,
  end: { unsigned: { at: "bundle", why: "the bundle cannot be read" } },
  book: undefined,
  matter: undefined,
  disclosed: NOTHING,
  complete: NOTHING,
});

/** Links the chain, checks its end and every seal, and sorts what is disclosed. Never throws. */
export function openBundle(given: unknown): Opened {
  const fault = notHashable(given);
  if (fault) return unreadable(fault);
  const read = BundleShape.safeParse(given);
  if (!read.success) return unreadable(whyUnreadable(read.error));
  const bundle = read.data;
  const broken = brokenChain(bundle);
  if (broken) return { ...unreadable(broken), headers: bundle.headers, broken };
  const end = readEnd(bundle, given as Readonly<Record<string, unknown>>);
  // Nothing after the signed end counts, whoever put it there.
  const headers = "counts" in end ? bundle.headers.slice(0, end.counts) : bundle.headers;
  const opened = { format: bundle.format, headers, broken: undefined, end };
  const book = new DisclosedBook();
  const seen = new Set<number>();
  for (const part of [...bundle.disclosed].sort((a, b) => a.seq - b.seq)) {
    if (part.seq > headers.length && part.seq <= bundle.headers.length) continue;
    const wrong = seen.has(part.seq) ? "is shown twice" : book.take(part, headers[part.seq - 1]);
    seen.add(part.seq);
    if (wrong) {
      const disclosed = failed(`entry ${part.seq} ${wrong}`);
      return { ...opened, book: undefined, matter: undefined, disclosed, complete: NOTHING };
    }
  }
  return {
    ...opened,
    book,
    matter: followMatter(book.told, (key) => book.keys.partyOf(key)),
    disclosed: passed(`${seen.size} disclosed entries match their seals`),
    complete: completeness(opened, seen),
  };
}

function brokenChain({ headers, head }: BundleShape): string | undefined {
  let before: EntryHeader | undefined;
  for (const header of headers) {
    const fault = headerFault(header, before);
    if (fault) return `entry ${header.seq}: ${fault.replaceAll("_", " ")}`;
    before = header;
  }
  return before?.seq === head.seq && before.hash === head.hash
    ? undefined
    : "the bundle's head is not its last entry";
}

function completeness(
  { format, headers }: Pick<Opened, "format" | "headers">,
  seen: ReadonlySet<number>,
): Outcome {
  const always = format === "didym-bundle/1" ? FIRST_DISCLOSED : ALWAYS_DISCLOSED;
  const hidden = headers.find((h) => always.has(h.kind) && !seen.has(h.seq));
  return hidden
    ? failed(
        `entry ${hidden.seq} (${hidden.kind}) is hidden: the sum of claims could be larger than shown, or a key no longer its party's`,
      )
    : passed("every feed measured, every passport issued or revoked, and what could undo them is disclosed");
}
