import { dryMass } from "../../assay/index.ts";
import {
  decideFeed,
  decideRestatement,
  type ElementContents,
  foundBeyondSettled,
  isBefore,
  type Lot,
  lessAgreed,
  moreThan,
  takenOf,
} from "../../ledger/index.ts";
import { done, type Measured } from "../../quantity/index.ts";
import {
  type Agreement,
  type Statement,
  type Unrestated,
  type UnrestatedCode,
  unrestatedOf,
} from "../../settle/index.ts";
import type { NewEntry } from "../core/ports.ts";
import type { Scope } from "../core/use-case.ts";
import { agreedContents } from "./agreed-contents.ts";
import { drawnFrom } from "./drawn.ts";
import type { Facts, FactsUnder } from "./facts.ts";

export interface Restated {
  readonly entries: readonly NewEntry[];
  readonly booked?: { readonly mass_mg: number; readonly elements_mg: Readonly<Record<string, number>> };
  readonly unrestated: readonly Unrestated[];
}

interface Settled extends FactsUnder {
  readonly statement: Statement;
  readonly terms: Agreement;
  readonly at: string;
}

/**
 * Puts what a statement says of a lot on the books: its weight, its content, and the ceiling of claims on it. A lot that was used
 * since keeps what the books say of it, and the difference is named: settling the money does not wait for that (SPEC S40).
 */
export async function restate(scope: Scope, given: Settled) {
  const { lot, statement, terms, at, net_wet } = given;
  const agreed = agreedContents(given);
  // What was found since is there, whatever was weighed at receipt.
  const found = foundSince(given);
  const counted = found !== undefined;
  const held = counted ? lot.mass_mg : net_wet;
  const elements_mg = counted ? agreedContents({ ...given, net_wet: held }) : agreed;
  const paid = terms.elements.map(({ element }) => element);
  const drawn = await drawnFrom(scope, given.lot);
  const kept = await whyKept(scope, lot, drawn);
  if (kept) {
    const booked = bookedBefore(given) ?? wholeOf(lot, drawn);
    const elements = statement.elements.map(({ element }) => element);
    return done<Restated>({
      entries: await lowered(scope, given, agreed),
      unrestated: unrestatedOf({ elements, agreed, booked, ...kept }),
    });
  }
  const restated = decideRestatement(lot.id, lot, {
    ...{ at, why: "assay_agreed", evidence: statement.digest, mass_mg: held, elements_mg },
  });
  if (!restated.ok) return restated;
  const booked = {
    mass_mg: held.best,
    elements_mg: Object.fromEntries(
      Object.entries(elements_mg).map(([element, { best }]) => [element, best]),
    ),
  };
  const entries: NewEntry[] = [{ kind: "lot_restated", body: restated.value }];
  const foreign = Object.keys(lot.feeds_mg).filter((feed) => feed !== lot.id);
  if (foreign.length > 0) {
    const unrestated = unrestatedOf({
      ...{ elements: paid, agreed, booked: sharesOf(lot), code: "feed_has_feeds" },
      why: `${lot.id} descends from settled lots ${foreign.join(", ")}: what they gave stays the ceiling of claims on it`,
    });
    return done<Restated>({ entries, booked, unrestated });
  }
  const ceiling = ceilingOf(given, { held, elements_mg, agreed });
  const feed = decideFeed(lot.id, lot, { feed: await scope.get("feed", lot.id), ...ceiling });
  if (!feed.ok) return feed;
  entries.push({ kind: "feed_measured", body: feed.value });
  const unrestated = counted
    ? unrestatedOf({
        ...{ elements: paid, agreed, booked: elements_mg, code: "counted_since" },
        why: found,
      })
    : [];
  return done<Restated>({ entries, booked, unrestated });
}

/** Why a lot holds what was weighed of it since its receipt: a count, or the step that divided it off what was received (S58, S73). */
function foundSince({ lot, divided, received_at }: Facts): string | undefined {
  const { counted_at } = lot;
  if (counted_at !== undefined && !isBefore(counted_at, received_at))
    return `${lot.id} was counted at ${counted_at}: what was found then stands`;
  return divided && `${lot.id} was weighed by itself when it was divided off: that is what there is of it`;
}

/**
 * Of a lot that can no longer be measured anew claims still end at what both firms agree that it held; passports that claim more
 * together are superseded (S59).
 */
async function lowered(scope: Scope, given: Settled, agreed: ElementContents): Promise<NewEntry[]> {
  const { lot, statement, at } = given;
  const above = moreThanWater(given);
  const elements_mg = above ? agreedContents({ ...given, net_wet: above.sent }) : agreed;
  const less = lessAgreed(await scope.get("feed", lot.id), { at, evidence: statement.digest, elements_mg });
  if (!less) return [];
  const claimed = (await scope.get("feed_claims", lot.id))?.claimed_mg ?? {};
  const over = Object.entries(less.elements_mg).filter(
    ([element, { best }]) => (claimed[element] ?? 0) > best,
  );
  const passports = over.length > 0 ? ((await scope.get("feed_passports", lot.id))?.passports ?? []) : [];
  const why = `both firms agree since that ${lot.id} held less than is claimed of it: ${over.map(([element]) => element).join(", ")}`;
  return [
    { kind: "feed_agreed", body: less },
    ...passports.map((passport): NewEntry => ({ kind: "passport_superseded", body: { passport, why, at } })),
  ];
}

/**
 * Claims end at what both firms agreed on, at the lesser weight where the receiver's is above the sender's by more than chance (S53),
 * however much one of them has found since, and at what is there. What is beyond it is marked.
 */
function ceilingOf(
  given: Settled,
  of: { readonly held: Measured; readonly elements_mg: ElementContents; readonly agreed: ElementContents },
) {
  const { held, elements_mg, agreed } = of;
  const { terms, net_wet } = given;
  const above = moreThanWater(given);
  const most = above ? agreedContents({ ...given, net_wet: above.sent }) : agreed;
  const there = { mass_mg: held, elements_mg };
  const paid = Object.entries(elements_mg).filter(([name]) =>
    terms.elements.some(({ element }) => element === name),
  );
  const counted = foundSince(given) === undefined ? [] : foundBeyondSettled(there, net_wet, agreed);
  return {
    elements_mg: Object.fromEntries(paid.map(([element, has]) => [element, lesser(has, most[element])])),
    raised: above ? moreThan(there, above.sent, most) : counted,
  };
}

/** What was sent, where more than that arrived also when it is dry: rain and damp bring no metal (S80). */
function moreThanWater({ net_wet, sent_below, moisture, moisture_dispute }: Settled) {
  if (!sent_below || moisture_dispute?.status === "umpire_due") return sent_below;
  return dryMass(net_wet, { ...moisture, moves: {} }).best <= sent_below.sent.best ? undefined : sent_below;
}

type Content = ElementContents[string];

const lesser = (there: Content, settled: Content | undefined): Content =>
  settled && settled.best < there.best ? settled : there;

/** Whether the books can now restate what an earlier statement had to leave as a named difference: a step was taken back. */
export async function canRestateNow(scope: Scope, facts: Facts): Promise<boolean> {
  const lasting: readonly UnrestatedCode[] = ["feed_has_feeds", "counted_since"];
  const left = facts.statements?.issued.at(-1)?.unrestated?.some(({ code }) => !lasting.includes(code));
  return left === true && (await whyKept(scope, facts.lot, await drawnFrom(scope, facts.lot))) === undefined;
}

type Amounts = Readonly<Record<string, { readonly best: number }>>;

/** What the last statement that restated the lot put on the books of it, when it was whole. */
function bookedBefore({ statements }: Facts): Amounts | undefined {
  const booked = statements?.issued.findLast((issued) => issued.booked)?.booked;
  return booked && amountsOf(booked.elements_mg);
}

const amountsOf = (elements_mg: Readonly<Record<string, number>>): Amounts =>
  Object.fromEntries(Object.entries(elements_mg).map(([element, best]) => [element, { best }]));

function sharesOf(lot: Lot): Amounts {
  const total: Record<string, number> = {};
  for (const elements of Object.values(lot.feeds_mg))
    for (const [element, mg] of Object.entries(elements)) total[element] = (total[element] ?? 0) + mg;
  return amountsOf(total);
}

/** A lot with what steps drew from it: what the books hold of it as it was received. */
function wholeOf(lot: Lot, drawn: readonly { readonly elements_mg: Amounts }[]): Amounts {
  const total: Record<string, number> = {};
  for (const { elements_mg } of [lot, ...drawn])
    for (const [element, { best }] of Object.entries(elements_mg))
      total[element] = (total[element] ?? 0) + best;
  return amountsOf(total);
}

/** Why the books keep what they say of a lot; nothing where it stands whole, as it was received. */
async function whyKept(
  scope: Scope,
  lot: Lot,
  drawn: readonly { readonly step: string }[],
): Promise<{ readonly code: UnrestatedCode; readonly why: string } | undefined> {
  const takings = await scope.get("taking", lot.id);
  if (Object.keys(takings?.delivered ?? {}).length > 0)
    return { code: "delivered_in_part", why: `what was delivered of ${lot.id} cannot be measured again` };
  if (drawn.length > 0) {
    const steps = [...new Set(drawn.map(({ step }) => step))].join(", ");
    // Without a statement while it stood whole nothing of it can be claimed (S81).
    const unclaimed = (await scope.get("feed", lot.id))
      ? ""
      : `, and carries no claims: to have them, take ${steps} back (prepare reverse) and settle it again`;
    return {
      code: "drawn_on",
      why: `${lot.id} was drawn on before this was agreed: what was made of it stands${unclaimed}`,
    };
  }
  if (lot.state !== "on_hand" && lot.state !== "in_transit")
    return { code: "lot_not_held", why: `${lot.id} is ${lot.state}: it cannot be measured again` };
  if (takenOf(takings, "claimed") + takenOf(takings, "promised") > 0)
    return {
      code: "claimed_or_promised",
      why: `a passport or a promise is of what the books say of ${lot.id}`,
    };
  return undefined;
}
