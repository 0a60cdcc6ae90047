import { readFileSync } from "node:fs";
import fc from "fast-check";
import type { SettledBefore } from "../src/settle/index.ts";

interface Assays {
  readonly supplier: string;
  readonly processor: string;
  readonly umpire?: string;
}

/** The parts of the sample statement's input that are varied. */
export interface SettlementInput {
  readonly agreement: {
    readonly elements: { splitting_limit_pct: string }[];
    readonly assay_rule: Record<string, unknown>;
    readonly rounding: {
      carry: "unrounded" | "each_step";
      mode: "half_up" | "half_even";
      readonly display: {
        mass_kg: number;
        money: number;
        readonly assay_pct: number;
        readonly fraction: number;
      };
    };
    readonly penalties: { counted: string }[];
    toll: object;
  };
  weights: { readonly net_wet_kg: string; readonly moisture_pct: string };
  assays: Record<string, Assays>;
  settled_before?: readonly SettledBefore[];
}

/** What of the lot's metal came from two lots that are settled: by mass, and as a part of what the books brought. */
const settledElsewhere: fc.Arbitrary<SettledBefore[]> = fc
  .array(
    fc.record({
      lot: fc.constantFrom("L-1", "L-2"),
      agreement: fc.constant("A-0"),
      element: fc.constantFrom("Nd", "Dy"),
      metal_kg: fc.integer({ min: 1, max: 400_000_000 }).map((mg) => (mg / 1e6).toFixed(6)),
      part_pct: fc.integer({ min: 1, max: 70_000_000 }).map((part) => (part / 1e6).toFixed(6)),
    }),
    { minLength: 1, maxLength: 3 },
  )
  .map((all) => [...new Map(all.map((one) => [`${one.lot} ${one.element}`, one])).values()]);

const sample = (): SettlementInput => JSON.parse(readFileSync("examples/settle/statement.json", "utf8"));

const decimalOf = (max: number, places: number) =>
  fc.integer({ min: 0, max: max * 10 ** places }).map((n) => (n / 10 ** places).toFixed(places));
const assaysUpTo = (max: number): fc.Arbitrary<Assays> =>
  fc.record(
    {
      supplier: fc.oneof(
        decimalOf(max, 3),
        decimalOf(1, 2)
          .filter((x) => Number(x) > 0)
          .map((x) => `<${x}`),
      ),
      processor: decimalOf(max, 4),
      umpire: decimalOf(max, 2),
    },
    { requiredKeys: ["supplier", "processor"] },
  );

/** Any lot under any terms: weights, assays, umpires, limits, rules, rounding, tolls and penalties. */
export const randomSettlement: fc.Arbitrary<SettlementInput> = fc
  .record({
    wet: decimalOf(20_000, 2).filter((x) => Number(x) > 0),
    moisture: decimalOf(100, 2),
    nd: assaysUpTo(25),
    pr: assaysUpTo(8),
    dy: assaysUpTo(3),
    tb: assaysUpTo(1),
    ni: assaysUpTo(8),
    limit: decimalOf(2, 2),
    rule: fc.integer({ min: 1, max: 9 }),
    carry: fc.constantFrom("unrounded", "each_step"),
    mode: fc.constantFrom("half_up", "half_even"),
    basis: fc.constantFrom("returned_oxide", "dry_feed", "wet_feed", "contained_metal"),
    toll: fc.integer({ min: -5000, max: 5000 }).map((n) => (n / 100).toFixed(2)),
    counted: fc.constantFrom("absolute", "pro_rata"),
    below_detection: fc.constantFrom("zero", "half_limit"),
    settled: fc.option(settledElsewhere, { nil: undefined, freq: 2 }),
    mass_places: fc.integer({ min: 0, max: 6 }),
    money_places: fc.integer({ min: 0, max: 4 }),
  })
  .map((terms) => {
    const input = sample();
    const { agreement } = input;
    if (terms.settled) input.settled_before = terms.settled;
    input.weights = { net_wet_kg: terms.wet, moisture_pct: terms.moisture };
    input.assays = { Nd: terms.nd, Pr: terms.pr, Dy: terms.dy, Tb: terms.tb, Ni: terms.ni };
    for (const element of agreement.elements) element.splitting_limit_pct = terms.limit;
    Object.assign(agreement.assay_rule, { umpire_rule: terms.rule, below_detection: terms.below_detection });
    Object.assign(agreement.rounding, { carry: terms.carry, mode: terms.mode });
    Object.assign(agreement.rounding.display, { mass_kg: terms.mass_places, money: terms.money_places });
    agreement.toll = { amount_per_kg: terms.toll, basis: terms.basis };
    for (const penalty of agreement.penalties.slice(0, 1)) penalty.counted = terms.counted;
    return input;
  });
