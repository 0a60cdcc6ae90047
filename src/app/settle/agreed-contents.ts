import {
  apartIn,
  dryMass,
  type Fraction,
  fractionReported,
  readTogether,
  SIDES,
  type Side,
} from "../../assay/index.ts";
import type { ElementContents } from "../../ledger/index.ts";
import { combine, type Measured, multiply, sigmasApart, widened } from "../../quantity/index.ts";
import { type Agreement, type ElementOutcome, finalWeights, type Statement } from "../../settle/index.ts";
import type { FactsUnder } from "./facts.ts";

type Fractions = Readonly<Partial<Record<Side, Fraction>>>;

/**
 * What a statement puts on the books of a lot: the agreed assays times the dry mass, as doubtful as the readings they are made of.
 * Elements not settled on are what both laboratories' readings say together; where the umpire is awaited the lower assay and the
 * higher moisture count, which neither party disputes.
 */
export function agreedContents(
  given: Pick<FactsUnder, "sample" | "net_wet" | "moisture" | "moisture_dispute"> & {
    readonly statement: Statement;
    readonly terms: Agreement;
  },
): ElementContents {
  const { sample, net_wet, moisture, moisture_dispute: moist, statement, terms } = given;
  const wet = moist?.status === "umpire_due" ? { ...moisture, best: Number(moist.higher_pct) } : moisture;
  const dry = dryMass(net_wet, wet);
  const { supplier, processor } = sample.reports;
  const names = new Set([
    ...Object.keys(supplier?.mg_per_kg ?? {}),
    ...Object.keys(processor?.mg_per_kg ?? {}),
  ]);
  const contents: Record<string, Measured & { below?: boolean }> = {};
  for (const element of names) {
    const outcome = statement.elements.find((e) => e.element === element);
    const all: Fractions = Object.fromEntries(
      SIDES.map((side) => [side, fractionReported(sample, side, element)] as const),
    );
    const two = [all.supplier, all.processor].filter((side) => side !== undefined);
    const apart = apartIn(sample.sample, element);
    const fraction = outcome
      ? agreed(outcome, { all, terms, apart })
      : readTogether(sample.sample, element, two).fraction;
    const amount = multiply(dry, fraction);
    const below = two.every((side) => side.below);
    contents[element] = { best: Math.round(amount.best), moves: amount.moves, ...(below ? { below } : {}) };
  }
  return contents;
}

/** The settled figure, which errs as the assays it is made of; they differ by more than chance, and it is as doubtful as that shows. */
function agreed(
  outcome: ElementOutcome,
  { all, terms, apart }: { readonly all: Fractions; readonly terms: Agreement; readonly apart: string },
): Measured {
  const pct = (side: Side) => (all[side] ? all[side].best * 100 : undefined);
  const weights = finalWeights(outcome, terms.assay_rule, {
    supplier: pct("supplier"),
    processor: pct("processor"),
    umpire: pct("umpire"),
  });
  const used = SIDES.flatMap((side) => {
    const [weight, fraction] = [weights[side], all[side]];
    return weight && fraction ? [[weight, fraction] as const] : [];
  });
  const mean = combine(used);
  const due = outcome.status === "umpire_due";
  const lower = Math.min(...SIDES.flatMap((side) => all[side]?.best ?? []));
  const best = due ? lower : Number(outcome.final_pct) / 100;
  const asked = due ? SIDES.flatMap((side) => all[side] ?? []) : used.map(([, fraction]) => fraction);
  return widened({ best, moves: mean.moves }, furthest(asked), apart);
}

/** How far the two lie apart that differ most; what was only found below a limit differs from nothing. */
function furthest(fractions: readonly Fraction[]): number {
  const found = fractions.filter((fraction) => !fraction.below);
  return Math.max(0, ...found.flatMap((a, i) => found.slice(i + 1).map((b) => sigmasApart(a, b))));
}
