import { type Calculation, constant, evaluate, minus, over, plus, times } from "./arithmetic.ts";
import { Decimal, decimalText } from "./decimals.ts";
import type { LineBook } from "./line-book.ts";

/** Metal in a lot that came from another, and is settled there (SPEC S57). */
export interface SettledBefore {
  readonly lot: string;
  /** The agreement it is settled under. */
  readonly agreement: string;
  readonly element: string;
  readonly metal_kg: string;
  /** The same in percent of the metal that the books brought here. */
  readonly part_pct: string;
}

/** The line that holds what of an element is to be settled here. */
export const toSettleLine = (element: string, settled: readonly SettledBefore[]): string =>
  `${element}.${settled.some((part) => part.element === element) ? "to_settle" : "contained_metal"}`;

const GIVEN = "by the books of the lots it was made from";

/**
 * What of an element is settled elsewhere, lot by lot, and what is left to settle here; answers the line that holds that. It is the
 * less of what the books brought here, taken from what is found, and of the part that the books say is not settled: neither a richer
 * assay of the same matter nor a rich estimate of what was put beside it pays anything twice.
 */
export function writeToSettle(book: LineBook, element: string, settled: readonly SettledBefore[]): string {
  const contained = `${element}.contained_metal`;
  const mine = settled.filter((part) => part.element === element);
  if (mine.length === 0) return contained;
  const [masses, parts] = [writeMasses(book, mine), writeParts(book, mine)];
  const byMass = minus(book.figureOf(contained), sumOf(book, masses));
  const rest = minus(constant("100"), sumOf(book, parts));
  const byPart = over(times(book.figureOf(contained), rest), constant("100"));
  const [mass, part] = [evaluate(byMass), evaluate(byPart)];
  const least = Decimal.min(mass, part);
  const by = least.lte(0) ? "all" : mass.lte(part) ? "by_mass" : "by_part";
  const why = `${decimalText(mass)} kg by mass, ${decimalText(part)} kg by part: the less is settled here, and no less than nothing`;
  const decision = { id: `${element}.settled_elsewhere`, label: `${element}: how much is settled elsewhere` };
  book.decided({ ...decision, value: by, why, inputs: [contained, ...masses, ...parts] });
  const line = { id: toSettleLine(element, settled), label: `${element}: metal to settle here`, unit: "kg" };
  const left = by === "all" ? constant("0") : by === "by_mass" ? byMass : byPart;
  book.computed({ ...line, shown: "mass_kg" }, left, [contained, ...masses, ...parts]);
  return line.id;
}

const sumOf = (book: LineBook, ids: readonly string[]): Calculation =>
  plus(...ids.map((id) => book.figureOf(id)));

const writeMasses = (book: LineBook, settled: readonly SettledBefore[]): string[] =>
  settled.map(({ lot, agreement, element, metal_kg }) => {
    const id = `${element}.settled_in.${lot}`;
    const label = `${element}: settled already, in ${lot} under ${agreement}`;
    book.given({ id, label, unit: "kg" }, "measured", new Decimal(metal_kg), metal_kg, GIVEN);
    return id;
  });

const writeParts = (book: LineBook, settled: readonly SettledBefore[]): string[] =>
  settled.map(({ lot, element, part_pct }) => {
    const id = `${element}.settled_part.${lot}`;
    const label = `${element}: that as a part of what was brought here`;
    book.given({ id, label, unit: "%" }, "measured", new Decimal(part_pct), part_pct, GIVEN);
    return id;
  });

/**
 * The weight that charges are made on where a part of the metal is settled elsewhere: the same part of the weight was charged for
 * there.
 */
export function writeWeightsToSettle(book: LineBook, toSettle: readonly string[]): void {
  book.total(
    { id: "total.to_settle", label: "Metal to settle here, all elements", unit: "kg", shown: "mass_kg" },
    toSettle,
  );
  const part: Calculation = over(book.figureOf("total.to_settle"), book.figureOf("total.contained_metal"));
  for (const [id, label] of [
    ["dry_weight", "Dry weight to settle here"],
    ["net_wet", "Net weight to settle here"],
  ] as const)
    book.computed(
      { id: `${id}_to_settle`, label, unit: "kg", shown: "mass_kg" },
      times(book.figureOf(id), part),
      [id, "total.to_settle", "total.contained_metal"],
    );
}

/** What a statement says in words of metal that is settled elsewhere. */
export const settledNotes = (settled: readonly SettledBefore[]): string[] =>
  settled.map(
    ({ lot, agreement, element, metal_kg }) =>
      `${element}: ${decimalText(new Decimal(metal_kg))} kg came from ${lot}, are settled there under ${agreement}, and are not settled again.`,
  );
