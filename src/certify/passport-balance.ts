import type { PassportBalance } from "./passport.ts";

interface Part {
  readonly elements_mg: Readonly<Record<string, { readonly best: number }>>;
}

/** A step as far as its balance goes; entries and records alike. */
export interface StepOfBalance {
  readonly inputs: readonly (Part & { readonly lot: string })[];
  readonly additions: readonly Part[];
  readonly outputs: readonly (Part & { readonly lot: string })[];
  readonly losses: readonly Part[];
}

/**
 * The balance of all steps between the feeds and a lot as one: what one step makes and the next draws is inside, and counted
 * nowhere (C12). In equals out plus lost plus residual, for each element, exactly.
 */
export function balanceOver(lot: string, steps: readonly StepOfBalance[]): PassportBalance {
  const made = new Set(steps.flatMap(({ outputs }) => outputs.map((o) => o.lot)));
  const total = new Map<string, Record<"in_mg" | "out_mg" | "lot_mg" | "lost_mg", number>>();
  const add = (where: "in_mg" | "out_mg" | "lot_mg" | "lost_mg", part: Part, sign = 1) => {
    for (const [element, { best }] of Object.entries(part.elements_mg)) {
      const sum = total.get(element) ?? { in_mg: 0, out_mg: 0, lot_mg: 0, lost_mg: 0 };
      total.set(element, sum);
      sum[where] += sign * best;
    }
  };
  for (const { inputs, additions, outputs, losses } of steps) {
    for (const input of inputs) {
      if (made.has(input.lot)) add("out_mg", input, -1);
      else add("in_mg", input);
    }
    for (const addition of additions) add("in_mg", addition);
    for (const output of outputs) {
      add("out_mg", output);
      if (output.lot === lot) add("lot_mg", output);
    }
    for (const loss of losses) add("lost_mg", loss);
  }
  return Object.fromEntries(
    [...total].map(([element, sum]) => [
      element,
      { ...sum, residual_mg: sum.in_mg - sum.out_mg - sum.lost_mg },
    ]),
  );
}
