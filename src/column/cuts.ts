/** What leaves a column over time, in amounts per m2 of cross-section: `amount[s][n]` in the step that ends at (n + 1) * step_s. */
export interface Outflow {
  readonly step_s: number;
  readonly amount: readonly Float64Array[];
}

export interface CutResult {
  readonly from_s: number;
  readonly to_s: number;
  readonly purity: number;
  readonly yield: number;
  readonly collected: readonly number[];
}

/** Windows are first sought on at most this many bins, then their edges moved step by step. */
const BINS = 1200;

class Sums {
  private readonly cumulative: readonly Float64Array[];
  readonly steps: number;

  constructor(amount: readonly Float64Array[]) {
    this.steps = amount[0]?.length ?? 0;
    this.cumulative = amount.map((flow) => {
      const sum = new Float64Array(flow.length + 1);
      for (let n = 0; n < flow.length; n++) sum[n + 1] = (sum[n] ?? 0) + (flow[n] ?? 0);
      return sum;
    });
  }

  /** Amount of a species between two step edges, which may lie inside a step. */
  between(s: number, from: number, to: number): number {
    return this.upTo(s, to) - this.upTo(s, from);
  }

  private upTo(s: number, edge: number): number {
    const sum = this.cumulative[s] as Float64Array;
    const n = Math.min(this.steps, Math.max(0, edge));
    const i = Math.min(this.steps - 1, Math.floor(n));
    return (sum[i] ?? 0) + (n - i) * ((sum[i + 1] ?? 0) - (sum[i] ?? 0));
  }
}

/** Collects a window. `counted` are the species that purity is reckoned over; yields are over `fed`. */
export function collectCut(
  outflow: Outflow,
  window: { readonly from_s: number; readonly to_s: number },
  of: { readonly species: number; readonly counted: readonly number[]; readonly fed: number },
): CutResult {
  return measure(new Sums(outflow.amount), outflow.step_s, {
    ...of,
    from: window.from_s / outflow.step_s,
    to: window.to_s / outflow.step_s,
  });
}

function measure(
  sums: Sums,
  step_s: number,
  of: { species: number; counted: readonly number[]; fed: number; from: number; to: number },
): CutResult {
  const collected = of.counted.map((s) => Math.max(0, sums.between(s, of.from, of.to)));
  const total = collected.reduce((a, b) => a + b, 0);
  const mine = Math.max(0, sums.between(of.species, of.from, of.to));
  return {
    from_s: of.from * step_s,
    to_s: of.to * step_s,
    purity: total > 0 ? mine / total : 0,
    yield: of.fed > 0 ? mine / of.fed : 0,
    collected,
  };
}

/**
 * The window of largest yield whose mean purity reaches the least asked. For each start the last end that is pure enough is
 * taken; starts and ends are sought on bins and refined to single steps. Undefined where no window is pure enough.
 */
export function bestCut(
  outflow: Outflow,
  purity_min: number,
  of: { readonly species: number; readonly counted: readonly number[]; readonly fed: number },
): CutResult | undefined {
  const sums = new Sums(outflow.amount);
  const bin = Math.max(1, Math.ceil(sums.steps / BINS));
  const edges: number[] = [];
  for (let e = 0; e < sums.steps; e += bin) edges.push(e);
  edges.push(sums.steps);
  const at = (from: number, to: number) => measure(sums, outflow.step_s, { ...of, from, to });
  let best = search(edges, edges, { at, purity_min });
  if (!best) return undefined;
  for (let step = bin; step >= 1; step = Math.floor(step / 4)) {
    const near = (edge: number) =>
      Array.from({ length: 17 }, (_, i) => edge + (i - 8) * Math.max(1, Math.floor(step / 4))).filter(
        (e) => e >= 0 && e <= sums.steps,
      );
    best =
      search(near(best.from_s / outflow.step_s), near(best.to_s / outflow.step_s), { at, purity_min }) ??
      best;
  }
  return best;
}

function search(
  froms: readonly number[],
  tos: readonly number[],
  given: { readonly at: (from: number, to: number) => CutResult; readonly purity_min: number },
): CutResult | undefined {
  let best: CutResult | undefined;
  for (const from of froms) {
    for (let i = tos.length - 1; i >= 0; i--) {
      const to = tos[i] ?? 0;
      if (to <= from) break;
      const cut = given.at(from, to);
      // Ends are tried from the last: what is left cannot beat the best any more once its yield falls below it.
      if (best && cut.yield <= best.yield) break;
      if (cut.yield > 0 && cut.purity >= given.purity_min) {
        best = cut;
        break;
      }
    }
  }
  return best;
}
