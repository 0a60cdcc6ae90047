import { CLOSURE_K } from "../ledger/index.ts";
import { canonicalJson, doubtOfBoth } from "../quantity/index.ts";
import { failed, notChecked, type Outcome, passed } from "./check.ts";
import type { DisclosedBook as Book } from "./disclosed-book.ts";
import type { Lineage } from "./lineage.ts";
import { balanceOver } from "./passport-balance.ts";
import type { CredentialShape } from "./read.ts";

interface Amount {
  readonly best: number;
  readonly moves: Readonly<Record<string, number>>;
}

interface Held {
  readonly mass_mg: Amount;
  readonly elements_mg: Readonly<Record<string, Amount>>;
}

/** The mass itself, beside the elements; not a symbol of the periodic system, so no element can be taken for it. */
export const MASS = "mass";

const NOTHING: Amount = { best: 0, moves: {} };

function amountOf(held: Held, name: string): Amount {
  if (name === MASS) return held.mass_mg;
  return (Object.hasOwn(held.elements_mg, name) ? held.elements_mg[name] : undefined) ?? NOTHING;
}

/** A step as far as its balance is redone. */
interface Parts {
  readonly inputs: readonly Held[];
  readonly additions: readonly Held[];
  readonly outputs: readonly Held[];
  readonly losses: readonly Held[];
  readonly accept_open?: string | undefined;
}

interface Residual {
  readonly entered: number;
  readonly residual: number;
  readonly sd: number;
  /** One milligram a part for rounding, as the ledger allows. */
  readonly rounding: number;
}

/** In less out less lost, and its doubt; moves of a shared cause add before squaring, so what is shared cancels. */
function residualOf(step: Parts, name: string): Residual {
  const moves = new Map<string, number>();
  const take = (parts: readonly Held[], sign: 1 | -1): number => {
    let sum = 0;
    for (const part of parts) {
      const amount = amountOf(part, name);
      sum += sign * amount.best;
      for (const [cause, move] of Object.entries(amount.moves))
        moves.set(cause, (moves.get(cause) ?? 0) + sign * move);
    }
    return sum;
  };
  const entered = take(step.inputs, 1) + take(step.additions, 1);
  const residual = entered + take(step.outputs, -1) + take(step.losses, -1);
  const rounding = step.inputs.length + step.additions.length + step.outputs.length + step.losses.length;
  return { entered, residual, sd: Math.hypot(...moves.values()), rounding };
}

/** Why a step proves nothing: its balance, redone from its parts, is open, or could not fail. What it says of itself is not read. */
export function openStep(step: Parts, claimed: readonly string[]): string | undefined {
  const names = new Set([MASS]);
  for (const part of [...step.inputs, ...step.additions, ...step.outputs, ...step.losses])
    for (const name of Object.keys(part.elements_mg)) names.add(name);
  for (const name of names) {
    const { entered, residual, sd, rounding } = residualOf(step, name);
    const room = CLOSURE_K * sd;
    if (Math.abs(residual) > room + rounding) {
      const excuse = step.accept_open === undefined ? "" : ` (booked open: ${step.accept_open})`;
      return `${residual} mg of ${name} is open, more than ${CLOSURE_K} times its doubt of ${Math.round(sd)} mg${excuse}`;
    }
    // A doubt as large as the whole would let anything close, so closing then proves nothing.
    if ((name === MASS || claimed.includes(name)) && entered > 0 && !(room < entered))
      return `${CLOSURE_K} times the doubt of ${name} is as much as the ${entered} mg that went in, so nothing could fail`;
  }
  return undefined;
}

const outputOf = (lot: string, book: Book): Held | undefined =>
  book.madeBy.get(lot)?.step.outputs.find((output) => output.lot === lot);

/** What a lot held when it was made, with every later restatement of it. */
export function heldBy(lot: string, name: string, book: Book): number | undefined {
  const output = outputOf(lot, book);
  if (!output) return undefined;
  const corrections = (book.restated.get(lot) ?? []).map(
    ({ before, after }) => amountOf(after, name).best - amountOf(before, name).best,
  );
  return corrections.reduce((sum, mg) => sum + mg, amountOf(output, name).best);
}

/** Over all steps, no lot gives more than it held: the same lot cannot go into two batches in full. */
function overdrawn(lineage: Lineage, book: Book): string | undefined {
  const draws = new Map<string, Map<string, number>>();
  for (const { step } of lineage.steps) {
    for (const input of step.inputs) {
      const taken = draws.get(input.lot) ?? new Map<string, number>();
      draws.set(input.lot, taken);
      for (const name of [MASS, ...Object.keys(input.elements_mg)])
        taken.set(name, (taken.get(name) ?? 0) + amountOf(input, name).best);
    }
  }
  for (const [lot, taken] of draws) {
    for (const [name, mg] of taken) {
      const most = book.feeds.has(lot) ? settledIn(lot, name, book) : heldBy(lot, name, book);
      if (most !== undefined && mg > most)
        return `${mg} mg of ${name} is drawn from ${lot}, which held ${Math.floor(most)} mg`;
    }
  }
  return undefined;
}

/** What a settled feed can give of an element, within doubt: the laboratory's mean and the booked content differ by less. */
function settledIn(feed: string, name: string, book: Book): number | undefined {
  const elements = book.feeds.get(feed)?.elements_mg ?? {};
  const settled = Object.hasOwn(elements, name) ? elements[name] : undefined;
  return settled && settled.best + CLOSURE_K * settled.sd;
}

const drawsOn = (lot: string, { steps }: Lineage): readonly number[] =>
  steps.filter(({ step }) => step.inputs.some((input) => input.lot === lot)).map(({ seq }) => seq);

type Restated = NonNullable<ReturnType<Book["restated"]["get"]>>[number];

/** Whether a measurement is of what the one before it left, so that it puts that right: nothing was drawn between them (ledger L46). */
function isOfSameMatter(one: Restated | undefined, next: Restated, draws: readonly number[]): boolean {
  if (one?.rules !== 5 || next.rules !== 5) return false;
  const names = new Set([
    MASS,
    ...Object.keys(one.after.elements_mg),
    ...Object.keys(next.before.elements_mg),
  ]);
  const unchanged = [...names].every(
    (name) => amountOf(one.after, name).best === amountOf(next.before, name).best,
  );
  return unchanged && !draws.some((seq) => seq > one.seq && seq < next.seq);
}

/**
 * New measurements may raise a mass or the claimed metal above what was made only within doubt: below the feeds nothing comes from
 * outside (C8). Of the lots on the way that counts up to the last draw on them; what became of their rest is no matter of this lot.
 */
function raised(lot: string, lineage: Lineage, book: Book, claimed: readonly string[]): string | undefined {
  const until = new Map([[lot, Number.POSITIVE_INFINITY]]);
  for (const { seq, step } of lineage.steps)
    for (const input of step.inputs) until.set(input.lot, Math.max(seq, until.get(input.lot) ?? 0));
  for (const [id, last] of until) {
    const made = book.feeds.has(id) ? undefined : outputOf(id, book);
    if (!made) continue;
    const more = new Map<string, number>();
    const measured = (book.restated.get(id) ?? []).filter(({ seq }) => seq < last);
    for (const [i, { before, after }] of measured.entries()) {
      const next = measured[i + 1];
      const put_right = next && isOfSameMatter(measured[i], next, drawsOn(id, lineage));
      for (const name of [MASS, ...claimed]) {
        const [was, is, first] = [amountOf(before, name), amountOf(after, name), amountOf(made, name)];
        const by = (more.get(name) ?? 0) + is.best - was.best;
        more.set(name, by);
        if (put_right) continue;
        const sd = doubtOfBoth(is, first);
        if (by > CLOSURE_K * sd + 1)
          return `${id} was restated from ${was.best} to ${is.best} mg of ${name}: ${by} mg beyond what was made, more than its doubt of ${Math.round(sd)} mg allows`;
      }
    }
  }
  return undefined;
}

/** Every step of the lineage closes, and what one step makes is enough for what the next ones draw (C8). */
export function checkBalance(
  lot: string,
  lineage: Lineage,
  {
    book,
    claimed,
    said = {},
  }: {
    readonly book: Book;
    readonly claimed: readonly string[];
    /** What the passport prints of it. */
    readonly said?: Readonly<Record<string, unknown>>;
  },
): Outcome {
  for (const { seq, step } of lineage.steps) {
    const open = openStep(step, claimed);
    if (open) return failed(`step ${step.step}, entry ${seq}: ${open}`);
  }
  const wrong = overdrawn(lineage, book) ?? raised(lot, lineage, book, claimed);
  if (wrong) return failed(wrong);
  if (lineage.broken)
    return notChecked("the lineage is broken, so its balance cannot be followed to the feeds");
  const differs = balanceDiffers(lot, lineage, said);
  if (differs) return failed(differs);
  return passed(
    `mass and every element of ${lineage.steps.length} steps close within their doubt, and no lot gives more than it held, recomputed`,
  );
}

/** The balance that a passport prints is that of its steps, figure by figure (C61); what it leaves out it does not say. */
export function balanceDiffers(
  lot: string,
  lineage: Lineage,
  said: Readonly<Record<string, unknown>>,
): string | undefined {
  const redone = balanceOver(
    lot,
    lineage.steps.map(({ step }) => step),
  );
  const [element] =
    Object.entries(said).find(
      ([name, figures]) =>
        !Object.hasOwn(redone, name) || canonicalJson(figures) !== canonicalJson(redone[name] ?? {}),
    ) ?? [];
  return element === undefined
    ? undefined
    : `it states a balance of ${element.slice(0, 30)} that its steps do not give`;
}

/** All passports of the lot that are not revoked promise no more of it than there is: the same drum is not sold twice (C9). */
export function checkNetMass(
  { credentialSubject: { product } }: CredentialShape,
  book: Book,
  promised: ReadonlyMap<string, number>,
): Outcome {
  const held = heldBy(product.lot, MASS, book);
  if (held === undefined) return notChecked(`no disclosed step makes ${product.lot}`);
  const sum = [...promised.values()].reduce((a, b) => a + b, 0);
  const names = [...promised.keys()].join(", ");
  return sum > held
    ? failed(`${names} promise ${sum} mg of ${product.lot}, of which ${held} mg was made`)
    : passed(
        `${sum} mg is promised of ${product.lot}, of which ${held} mg was made; this passport describes ${product.net_mass_mg} mg, and a delivery of less goes under it as a part of that: how much, its bill of lading says`,
      );
}
