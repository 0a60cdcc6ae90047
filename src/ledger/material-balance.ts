import { CauseSums, type Measured, spread, spreadInParts } from "../quantity/index.ts";
import { CLOSURE_K } from "./closure.ts";
import { carried, type Flow } from "./flows.ts";
import type { Lot } from "./lot.ts";

/** The columns of a balance between its opening and its closing. */
export const COLUMNS = ["in", "added", "restated", "out", "lost", "unexplained"] as const;
export type Column = (typeof COLUMNS)[number];

/** The name under which a balance counts all mass, beside the elements. */
export const ALL_MASS = "mass";

/** An amount with its doubt: what single readings bring, and what instruments and methods have in common. */
export interface Figure {
  readonly mg: number;
  readonly sd_mg: number;
  readonly sd_random_mg: number;
  readonly sd_shared_mg: number;
}

/** One area and one element over a period: opening + in + added + restated - out - lost - unexplained = closing. */
export interface BalanceRow extends Readonly<Record<"opening" | Column | "closing", Figure>> {
  readonly area: string;
  readonly element: string;
  /** How many standard uncertainties the unexplained is from zero; absent where nothing says how uncertain it is. */
  readonly sigmas?: number;
  /** Whether the unexplained is within three standard uncertainties and the rounding to whole milligrams. */
  readonly within: boolean;
  /** Whether the columns lead from the opening to the closing, to the milligram. */
  readonly adds_up: boolean;
}

export interface BalanceLink {
  readonly from: string;
  readonly to: string;
  readonly element: string;
  readonly mg: number;
  readonly entries: number;
}

/** Which figure of the balance is meant. */
export interface Behind {
  readonly area: string;
  readonly column: Column;
  readonly element: string;
}

/** Where a flow stands in the balance of one area; undefined where it passes the area by. */
export function columnOf(flow: Pick<Flow, "from" | "to">, area: string): Column | undefined {
  const here = flow.to === area;
  if (!here && flow.from !== area) return undefined;
  const other = here ? flow.from : flow.to;
  if (other === "restated" || other === "added") return other;
  if (other === "unaccounted") return "unexplained";
  if (other.startsWith("lost:")) return "lost";
  return here ? "in" : "out";
}

/** A named place of law 1, as opposed to a place where lots stand. */
export const isNamedPlace = (side: string): boolean =>
  /^(received|added|restated|unaccounted)$|^(lost|delivered|title_from|title_to):/.test(side);

const NO_FIGURE: Figure = { mg: 0, sd_mg: 0, sd_random_mg: 0, sd_shared_mg: 0 };

interface Tally {
  mg: number;
  /** How many amounts other than nothing were added. */
  count: number;
  readonly moves: CauseSums;
}

const nothingYet = (): Tally => ({ mg: 0, count: 0, moves: new CauseSums() });

interface Account {
  opening: Figure;
  closing: Figure;
  rounding_mg: number;
  readonly columns: Record<Column, Tally>;
}

/** Adds up flows over a period. It grows with areas, elements and causes of doubt, not with entries. */
export class MaterialBalance {
  private readonly accounts = new Map<string, Map<string, Account>>();
  /** How many entries moved anything. */
  entries = 0;
  private readonly byLink = new Map<
    string,
    { from: string; to: string; element: string; mg: number; entries: number }
  >();

  open(lots: Iterable<Lot>, areaOf: (place: string) => string): void {
    for (const { area, element, figure } of stocks(lots, areaOf))
      this.account(area, element).opening = figure;
  }

  close(lots: Iterable<Lot>, areaOf: (place: string) => string): void {
    for (const { area, element, figure } of stocks(lots, areaOf))
      this.account(area, element).closing = figure;
  }

  addEntry(flows: readonly Flow[]): void {
    if (flows.length > 0) this.entries++;
    for (const flow of flows) this.add(flow);
  }

  /** Adds what another balance added up. Openings and closings are of moments, and stay as they are. */
  merge(other: MaterialBalance): void {
    this.entries += other.entries;
    for (const [area, elements] of other.accounts)
      for (const [element, theirs] of elements) {
        const ours = this.account(area, element);
        ours.rounding_mg += theirs.rounding_mg;
        for (const column of COLUMNS) tallyAll(ours.columns[column], theirs.columns[column]);
      }
    for (const [key, { mg, entries, ...sides }] of other.byLink) {
      const link = this.byLink.get(key) ?? { ...sides, mg: 0, entries: 0 };
      link.mg += mg;
      link.entries += entries;
      this.byLink.set(key, link);
    }
  }

  /** Whether any amount stands behind a figure. */
  holds({ area, element, column }: Behind): boolean {
    return (this.accounts.get(area)?.get(element)?.columns[column].count ?? 0) > 0;
  }

  add(flow: Flow): void {
    for (const { element, amount, less } of termsOf(flow)) {
      for (const area of new Set([flow.from, flow.to])) {
        const column = columnOf(flow, area);
        if (!column || isNamedPlace(area)) continue;
        const account = this.account(area, element);
        if (column === "unexplained") account.rounding_mg += flow.rounding_mg ?? 0;
        tally(account.columns[column], amount, less);
      }
      const key = `${flow.from} ${flow.to} ${element}`;
      const link = this.byLink.get(key) ?? { from: flow.from, to: flow.to, element, mg: 0, entries: 0 };
      link.mg += amount.best - (less?.best ?? 0);
      link.entries++;
      this.byLink.set(key, link);
    }
  }

  links(): BalanceLink[] {
    return [...this.byLink.values()].filter((link) => link.mg !== 0).sort((a, b) => b.mg - a.mg);
  }

  rows(): BalanceRow[] {
    return [...this.accounts]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .flatMap(([area, elements]) =>
        [...elements]
          .sort(([a], [b]) => (a < b ? -1 : 1))
          .map(([element, account]) => rowOf(area, element, account))
          .filter((row) => ["opening", ...COLUMNS, "closing"].some((c) => row[c as Column].mg !== 0)),
      );
  }

  private account(area: string, element: string): Account {
    const elements = this.accounts.get(area) ?? new Map<string, Account>();
    this.accounts.set(area, elements);
    const account = elements.get(element) ?? {
      opening: NO_FIGURE,
      closing: NO_FIGURE,
      rounding_mg: 0,
      columns: {
        in: nothingYet(),
        added: nothingYet(),
        restated: nothingYet(),
        out: nothingYet(),
        lost: nothingYet(),
        unexplained: nothingYet(),
      },
    };
    elements.set(element, account);
    return account;
  }
}

const amountsOf = (of: {
  readonly mass_mg: Measured;
  readonly elements_mg: Readonly<Record<string, Measured>>;
}) => [[ALL_MASS, of.mass_mg], ...Object.entries(of.elements_mg)] as const;

const NOTHING: Measured = { best: 0, moves: {} };

/** What a flow carries of the mass and each element, and what goes off from that. */
function termsOf(flow: Flow) {
  const { less } = flow;
  const names = less ? { ...less.elements_mg, ...flow.elements_mg } : flow.elements_mg;
  const terms: { element: string; amount: Measured; less: Measured | undefined }[] = [
    { element: ALL_MASS, amount: flow.mass_mg, less: less?.mass_mg },
  ];
  for (const element of Object.keys(names))
    terms.push({
      ...{ element, amount: flow.elements_mg[element] ?? NOTHING },
      less: less && (less.elements_mg[element] ?? NOTHING),
    });
  return terms;
}

function tally(into: Tally, amount: Measured, less?: Measured): void {
  const mg = amount.best - (less?.best ?? 0);
  into.mg += mg;
  if (mg !== 0) into.count++;
  if (less) into.moves.addChange(amount.moves, less.moves);
  else into.moves.add(amount.moves);
}

function tallyAll(into: Tally, other: Tally): void {
  into.mg += other.mg;
  into.count += other.count;
  into.moves.addAll(other.moves);
}

function figureOf({ mg, moves }: Tally): Figure {
  const { random, shared } = moves.inParts();
  return { mg, sd_mg: Math.hypot(random, shared), sd_random_mg: random, sd_shared_mg: shared };
}

/** What stands in each area, with its doubt: causes that lots share add before they are squared. */
function* stocks(lots: Iterable<Lot>, areaOf: (place: string) => string) {
  const held = new Map<string, Map<string, Tally>>();
  for (const lot of lots) {
    const area = areaOf(lot.place);
    const elements = held.get(area) ?? new Map<string, Tally>();
    held.set(area, elements);
    for (const [element, amount] of amountsOf(lot)) {
      const into = elements.get(element) ?? nothingYet();
      elements.set(element, into);
      tally(into, amount);
    }
  }
  for (const [area, elements] of held)
    for (const [element, amount] of elements) yield { area, element, figure: figureOf(amount) };
}

function rowOf(area: string, element: string, account: Account): BalanceRow {
  const { opening, closing, columns, rounding_mg } = account;
  const figures = Object.fromEntries(COLUMNS.map((c) => [c, figureOf(columns[c])])) as Record<Column, Figure>;
  const { unexplained } = figures;
  const expected =
    opening.mg +
    figures.in.mg +
    figures.added.mg +
    figures.restated.mg -
    figures.out.mg -
    figures.lost.mg -
    unexplained.mg;
  return {
    area,
    element,
    opening,
    ...figures,
    closing,
    ...(unexplained.sd_mg > 0 ? { sigmas: Math.abs(unexplained.mg) / unexplained.sd_mg } : {}),
    within: Math.abs(unexplained.mg) <= CLOSURE_K * unexplained.sd_mg + rounding_mg,
    adds_up: expected === closing.mg,
  };
}

/** One flow in a figure of the balance, for the list behind it. */
export function inFigure(flow: Flow, given: Behind): Figure | undefined {
  if (columnOf(flow, given.area) !== given.column) return undefined;
  const amount = carried(flow, given.element === ALL_MASS ? undefined : given.element);
  if (amount.best === 0) return undefined;
  const { random, shared } = spreadInParts(amount);
  return { mg: amount.best, sd_mg: spread(amount), sd_random_mg: random, sd_shared_mg: shared };
}
