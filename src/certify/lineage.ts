import { failed, type Outcome, passed } from "./check.ts";
import type { DisclosedBook as Book, StepEntry } from "./disclosed-book.ts";
import type { CredentialShape, StepBody } from "./read.ts";

/** How a lot came to be, followed back through the disclosed steps to its feeds. */
export interface Lineage {
  /** Every step on the way, once. */
  readonly steps: readonly StepEntry[];
  readonly feeds: ReadonlySet<string>;
  /** Lots that were never settled: they may be in the lot, but nothing can be claimed on them. */
  readonly unsettled: ReadonlySet<string>;
  /** What breaks it: the first thing found. */
  readonly broken: string | undefined;
}

type Input = StepBody["inputs"][number];

/** Follows a lot back; nothing may be used before it exists, by order of entries and by the times they state. */
export function followBack(lot: string, book: Book): Lineage {
  const steps = new Map<number, StepEntry>();
  const feeds = new Set<string>();
  const unsettled = new Set<string>();
  const lineage = (broken: string | undefined): Lineage => ({
    steps: [...steps.values()].sort((a, b) => a.seq - b.seq),
    feeds,
    unsettled,
    broken,
  });
  const first = book.madeBy.get(lot);
  if (!first) return lineage(`no disclosed step makes ${lot}`);
  const open = [first];
  for (let entry = open.pop(); entry; entry = open.pop()) {
    if (steps.has(entry.seq)) continue;
    steps.set(entry.seq, entry);
    for (const input of entry.step.inputs) {
      const broken = brokenDraw(input, entry, book);
      if (broken) return lineage(broken);
      const maker = book.feeds.has(input.lot) ? undefined : book.madeBy.get(input.lot);
      if (book.feeds.has(input.lot)) feeds.add(input.lot);
      else if (maker) open.push(maker);
      else unsettled.add(input.lot);
    }
  }
  return lineage(undefined);
}

function brokenDraw(input: Input, user: StepEntry, book: Book): string | undefined {
  const { lot, feeds_mg } = input;
  const attributed = Object.values(feeds_mg).some((elements) => Object.values(elements).some((mg) => mg > 0));
  const feed = book.feeds.get(lot);
  if (feed) {
    const foreign = Object.keys(feeds_mg).find((name) => name !== lot);
    if (foreign !== undefined) return `${lot} is a settled feed, yet metal of ${foreign} is drawn from it`;
    // A feed drawn on before it was settled gives metal on which nothing can be claimed; that is no fault.
    return attributed && feed.seq > user.seq ? `${lot} was used before it was measured` : undefined;
  }
  const maker = book.madeBy.get(lot);
  if (maker) {
    if (maker.seq >= user.seq) return `${lot} was used before it was made`;
    if (Date.parse(maker.step.at) > Date.parse(user.step.at))
      return `${lot} was used at ${user.step.at}, before it was made at ${maker.step.at}`;
    return undefined;
  }
  const opened = book.openedAt.get(lot);
  if (opened === undefined) return `no disclosed entry makes ${lot}`;
  if (opened >= user.seq) return `${lot} was used before it was on the books`;
  return attributed ? `${lot} was never settled, yet metal of it is attributed to a feed` : undefined;
}

type Shares = Readonly<Record<string, Readonly<Record<string, number>>>>;

const shareOf = (shares: Shares, feed: string, element: string): number =>
  Object.hasOwn(shares, feed) && Object.hasOwn(shares[feed] ?? {}, element)
    ? (shares[feed]?.[element] ?? 0)
    : 0;

/** Milligrams by feed and element, added up. */
export class Tally {
  private readonly feeds = new Map<string, Map<string, number>>();

  add(shares: Shares): void {
    for (const [feed, elements] of Object.entries(shares)) {
      const into = this.feeds.get(feed) ?? new Map<string, number>();
      this.feeds.set(feed, into);
      for (const [element, mg] of Object.entries(elements)) into.set(element, (into.get(element) ?? 0) + mg);
    }
  }

  /** The first feed and element with more than the ceiling gives. */
  firstAbove(
    ceiling: (feed: string, element: string) => number,
  ): { feed: string; element: string; mg: number; most: number } | undefined {
    for (const [feed, elements] of this.feeds) {
      for (const [element, mg] of elements) {
        const most = ceiling(feed, element);
        if (mg > most) return { feed, element, mg, most };
      }
    }
    return undefined;
  }
}

/**
 * What the steps attribute to each feed, redone: a lot gives no more of a feed than it got, over all its draws; a step puts no
 * more into its outputs than came in; a feed gives no more than was measured in it; the passport claims no more than arrived.
 */
function wrongAttribution(credential: CredentialShape, book: Book, { steps }: Lineage): string | undefined {
  const drawn = new Map<string, Tally>();
  for (const { step } of steps) {
    const [entered, left] = [new Tally(), new Tally()];
    const came: Shares[] = step.inputs.map((input) => input.feeds_mg);
    for (const shares of came) entered.add(shares);
    for (const output of step.outputs) left.add(output.feeds_mg);
    const inside = (feed: string, element: string) =>
      came.reduce((sum, shares) => sum + shareOf(shares, feed, element), 0);
    const over = left.firstAbove(inside);
    if (over)
      return `step ${step.step} attributes ${over.mg} mg of ${over.element} to ${over.feed}, ${over.most} mg of it came in`;
    for (const input of step.inputs) {
      const tally = drawn.get(input.lot) ?? new Tally();
      drawn.set(input.lot, tally);
      tally.add(input.feeds_mg);
    }
  }
  for (const [lot, tally] of drawn) {
    const made = book.madeBy.get(lot)?.step.outputs.find((o) => o.lot === lot)?.feeds_mg ?? {};
    const feed = book.feeds.get(lot);
    const over = tally.firstAbove((from, element) =>
      feed ? (feed.elements_mg[element]?.best ?? 0) : shareOf(made, from, element),
    );
    if (over)
      return `${over.mg} mg of ${over.element} of feed ${over.feed} is drawn from ${lot}, which holds ${over.most} mg of it`;
  }
  return claimAboveShare(credential, book);
}

function claimAboveShare({ credentialSubject }: CredentialShape, book: Book): string | undefined {
  const { product, claims_mg } = credentialSubject;
  const made = book.madeBy.get(product.lot)?.step.outputs.find((o) => o.lot === product.lot)?.feeds_mg ?? {};
  const claims = new Tally();
  claims.add(claims_mg);
  const over = claims.firstAbove((feed, element) => shareOf(made, feed, element));
  return (
    over &&
    `${over.mg} mg of ${over.element} is claimed on ${over.feed}, the steps bring ${over.most} mg of it into the lot`
  );
}

/** The lot is reached from its feeds through disclosed steps, in order of time, and brings along what it claims (C7, C8). */
export function checkLineage(credential: CredentialShape, book: Book, lineage: Lineage): Outcome {
  const { product, claims_mg } = credential.credentialSubject;
  if (lineage.broken) return failed(lineage.broken);
  const strange = Object.keys(claims_mg).find((feed) => !lineage.feeds.has(feed));
  if (strange !== undefined)
    return failed(`it claims on ${strange}, from which no disclosed step leads to the lot`);
  const wrong = wrongAttribution(credential, book, lineage);
  if (wrong) return failed(wrong);
  const { steps, feeds, unsettled } = lineage;
  const rest =
    unsettled.size === 0 ? "" : `; ${unsettled.size} lots in it were never settled and carry no claim`;
  return passed(
    `${steps.length} steps lead from ${feeds.size} settled feeds to ${product.lot}, in order of time${rest}`,
  );
}
