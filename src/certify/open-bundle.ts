import type { z } from "zod";
import { type EntryHeader, headerFault, sealOf } from "../ledger/index.ts";
import { ALWAYS_DISCLOSED, type Bundle, type Disclosed } from "./bundle.ts";
import { failed, type Outcome, passed } from "./check.ts";
import { notHashable } from "./json-guard.ts";
import {
  BundleShape,
  FeedBody,
  OpenedBody,
  PassportBody,
  RestatedBody,
  RevokedBody,
  StepBody,
} from "./read.ts";

export interface StepEntry {
  readonly seq: number;
  readonly step: StepBody;
}

/** What the disclosed entries say, each checked against its seal. */
export interface Book {
  /** The step that made a lot. */
  readonly madeBy: ReadonlyMap<string, StepEntry>;
  /** Lots that came onto the books from outside, with the entry that opened them. */
  readonly openedAt: ReadonlyMap<string, number>;
  readonly restated: ReadonlyMap<string, readonly RestatedBody[]>;
  readonly feeds: ReadonlyMap<string, FeedBody & { readonly seq: number }>;
  readonly passports: readonly PassportBody[];
  readonly revoked: ReadonlySet<string>;
}

/** A bundle read once, for however many passports are checked with it. */
export interface Opened {
  readonly headers: readonly EntryHeader[];
  /** Why the headers are not one chain. */
  readonly broken: string | undefined;
  /** Undefined where what is shown is not what was sealed, or cannot be read. */
  readonly book: Book | undefined;
  readonly disclosed: Outcome;
  readonly complete: Outcome;
}

const NOTHING = failed("the bundle cannot be read");

const unreadable = (why: string): Opened => ({
  headers: [],
  broken: `not a bundle: ${why}`,
  book: undefined,
  disclosed: NOTHING,
  complete: NOTHING,
});

/** Links the chain, checks every seal and sorts what is disclosed. Never throws. */
export function openBundle(given: unknown): Opened {
  const fault = notHashable(given);
  if (fault) return unreadable(fault);
  const read = BundleShape.safeParse(given);
  if (!read.success) return unreadable(whyUnreadable(read.error));
  const bundle: Bundle = read.data as unknown as Bundle;
  const { headers } = bundle;
  const broken = brokenChain(bundle);
  if (broken) return { ...unreadable(broken), headers, broken };
  const shelf = new Shelf();
  const seen = new Set<number>();
  for (const part of [...bundle.disclosed].sort((a, b) => a.seq - b.seq)) {
    const wrong = seen.has(part.seq) ? "is shown twice" : shelf.take(part, headers[part.seq - 1]);
    seen.add(part.seq);
    if (wrong) {
      const disclosed = failed(`entry ${part.seq} ${wrong}`);
      return { headers, broken: undefined, book: undefined, disclosed, complete: NOTHING };
    }
  }
  return {
    headers,
    broken: undefined,
    book: shelf,
    disclosed: passed(`${seen.size} disclosed entries match their seals`),
    complete: completeness(headers, seen),
  };
}

function brokenChain({ headers, head }: Bundle): string | undefined {
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

function completeness(headers: readonly EntryHeader[], seen: ReadonlySet<number>): Outcome {
  const hidden = headers.find((h) => ALWAYS_DISCLOSED.has(h.kind) && !seen.has(h.seq));
  return hidden
    ? failed(`entry ${hidden.seq} (${hidden.kind}) is hidden: the sum of claims could be larger than shown`)
    : passed("every feed measured and every passport issued or revoked is disclosed");
}

const whyUnreadable = ({ issues }: z.ZodError): string =>
  `${issues[0]?.path.map(String).join(".") || "document"}: ${issues[0]?.message ?? "unreadable"}`;

class Shelf implements Book {
  readonly madeBy = new Map<string, StepEntry>();
  readonly openedAt = new Map<string, number>();
  readonly restated = new Map<string, RestatedBody[]>();
  readonly feeds = new Map<string, FeedBody & { seq: number }>();
  readonly passports: PassportBody[] = [];
  readonly revoked = new Set<string>();

  /** Takes one disclosed entry in; answers what is wrong with it. Other kinds may be disclosed and are not read. */
  take(part: Disclosed, header: EntryHeader | undefined): string | undefined {
    if (!header) return "is not in the chain";
    if (sealOf(part) !== header.sealed) return "shows something else than was sealed";
    const { seq, body } = part;
    const into = <T>(shape: z.ZodType<T>, keep: (value: T) => void): string | undefined => {
      const read = shape.safeParse(body);
      if (!read.success) return `(${header.kind}) cannot be read: ${whyUnreadable(read.error)}`;
      keep(read.data);
      return undefined;
    };
    switch (header.kind) {
      case "step_recorded":
        return into(StepBody, (step) => {
          for (const { lot } of step.outputs) this.madeBy.set(lot, { seq, step });
        });
      case "lot_opened":
        return into(OpenedBody, ({ lot }) => this.openedAt.set(lot, seq));
      case "lot_restated":
        return into(RestatedBody, (r) => this.restated.set(r.lot, [...(this.restated.get(r.lot) ?? []), r]));
      case "feed_measured":
        return into(FeedBody, (feed) => this.feeds.set(feed.feed, { ...feed, seq }));
      case "passport_issued":
        return into(PassportBody, (passport) => this.passports.push(passport));
      case "passport_revoked":
        return into(RevokedBody, ({ passport }) => this.revoked.add(passport));
      default:
        return undefined;
    }
  }
}
