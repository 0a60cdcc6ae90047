/**
 * Displacement on a fixed bed: liquid in plug flow with axial dispersion, a film resistance, and constant-separation-factor
 * exchange. Charge for charge, so the solid is always full.
 *
 *   ec dc/dt + us dc/dz - ec D d2c/dz2 = -k (c - p)
 *   d/dt [ (1-ec) (ep p + (1-ep) q) ]  =  k (c - p),   q_i = Lambda a_i p_i / sum_j a_j p_j
 *
 * Scheme (own derivation): the liquid is shifted one cell a step, so advection is exact; dispersion is explicit and
 * conservative; exchange is implicit in p through one scalar S = sum a p per cell. With
 * W_i = solid_i + beta c_i, A = (1-ec) ep + beta, B = (1-ec)(1-ep) Lambda:  p_i = W_i / (A + B a_i / S), and S is the root of
 * sum a_i W_i / (A S + B a_i) = 1, which is unique. Concentrations cannot become negative, each species is conserved whatever
 * the accuracy of S, and a liquid without ions gives S = 0: the solid stays as it is.
 *
 * The share f = beta / ec exchanged a step is chosen so that one stage has the height of a cell's worth of bed: a train of such
 * stages has the transfer-unit height dz (1/f - 1/2), so f = 1 / (HTU / dz + 1/2).
 *
 * | symbol | argument | unit |
 * |---|---|---|
 * | ec | void_fraction (film) or total porosity (equilibrium, ep = 0) | - |
 * | B  | solid_capacity | mol per m3 of bed |
 * | D  | dispersion_m2_per_s | m2/s |
 * | us/ec | interstitial_m_per_s | m/s |
 */
export interface KernelInput {
  readonly cells: number;
  readonly length_m: number;
  readonly interstitial_m_per_s: number;
  readonly void_fraction: number;
  readonly pore_fraction: number;
  readonly solid_capacity: number;
  readonly dispersion_m2_per_s: number;
  /** Height of a transfer unit by film resistance; zero for local equilibrium. */
  readonly htu_m: number;
  readonly affinities: readonly number[];
  readonly initial_liquid: readonly number[];
  readonly initial_solid: readonly number[];
  readonly inlet: readonly { readonly until_s: number; readonly c: readonly number[] }[];
  readonly end_s: number;
}

export interface KernelResult {
  readonly cells: number;
  readonly steps: number;
  readonly step_s: number;
  /** Outflow of step n, species by species: outlet[s][n], the mean over the step. */
  readonly outlet: readonly Float64Array[];
  readonly fed: readonly number[];
  readonly out: readonly number[];
  readonly held_before: readonly number[];
  readonly held_after: readonly number[];
  readonly min_c: number;
  readonly max_c: number;
}

/** Below this share of the normality a trace is counted as the cell's main species: it keeps the work where the fronts are. */
const TRACE = 1e-19;
const NEWTON_MAX = 60;

export function runKernel(input: KernelInput): KernelResult {
  return new Bed(input).run();
}

class Bed {
  private readonly n: number;
  private readonly species: number;
  private readonly a: Float64Array;
  private readonly liquid: Float64Array;
  private readonly solid: Float64Array;
  private readonly root: Float64Array;
  private readonly beta: number;
  private readonly capacityA: number;
  private readonly capacityB: number;
  private readonly steps: number;
  private readonly dt: number;
  private readonly mixing: number;
  private readonly substeps: number;
  private readonly input: KernelInput;
  private readonly scale: number;
  /** Ring offset: the liquid of cell j is parcel (j + offset) mod n. */
  private offset = 0;
  private lo = 0;
  private hi: number;

  constructor(input: KernelInput) {
    this.input = input;
    const n = input.cells;
    const m = input.affinities.length;
    this.n = n;
    this.species = m;
    this.a = Float64Array.from(input.affinities);
    this.liquid = new Float64Array(n * m);
    this.solid = new Float64Array(n * m);
    this.root = new Float64Array(n);
    const dz = input.length_m / n;
    this.dt = dz / input.interstitial_m_per_s;
    this.steps = Math.max(1, Math.ceil(input.end_s / this.dt - 1e-9));
    const share = 1 / (input.htu_m / dz + 0.5);
    this.beta = input.void_fraction * Math.min(1, share);
    this.capacityA = input.pore_fraction + this.beta;
    this.capacityB = input.solid_capacity;
    const number = (input.dispersion_m2_per_s * this.dt) / (dz * dz);
    this.substeps = Math.max(1, Math.ceil(number / 0.4));
    this.mixing = number / this.substeps;
    this.hi = n - 1;
    const levels = [input.initial_liquid, ...input.inlet.map((s) => s.c)].map((c) =>
      c.reduce((x, y) => x + y, 0),
    );
    this.scale = Math.max(...levels);
    this.fill();
  }

  private fill(): void {
    const { initial_liquid, initial_solid, pore_fraction } = this.input;
    for (let j = 0; j < this.n; j++) {
      for (let s = 0; s < this.species; s++) {
        this.liquid[j * this.species + s] = initial_liquid[s] ?? 0;
        // Pores hold the same liquid as the bed around them at the start.
        this.solid[j * this.species + s] = (initial_solid[s] ?? 0) + pore_fraction * (initial_liquid[s] ?? 0);
      }
      this.root[j] = this.scale;
    }
  }

  run(): KernelResult {
    const { species, steps, dt, n } = this;
    const outlet = Array.from({ length: species }, () => new Float64Array(steps));
    const fed = new Float64Array(species);
    const out = new Float64Array(species);
    const before = this.held();
    const volume = (this.input.void_fraction * this.input.length_m) / n;
    let min_c = 0;
    let max_c = 0;
    for (let step = 0; step < steps; step++) {
      const entering = this.inletOver(step * dt, (step + 1) * dt);
      const last = (n - 1 + this.offset) % n;
      for (let s = 0; s < species; s++) {
        const c = this.liquid[last * species + s] ?? 0;
        (outlet[s] as Float64Array)[step] = c;
        out[s] = (out[s] ?? 0) + c * volume;
        fed[s] = (fed[s] ?? 0) + (entering[s] ?? 0) * volume;
        if (c < min_c) min_c = c;
        if (c > max_c) max_c = c;
        this.liquid[last * species + s] = entering[s] ?? 0;
      }
      this.offset = (this.offset + n - 1) % n;
      this.widen();
      for (let i = 0; i < this.substeps && this.mixing > 0; i++) this.disperse();
      this.exchange();
    }
    return {
      cells: n,
      steps,
      step_s: dt,
      outlet,
      fed: [...fed],
      out: [...out],
      held_before: before,
      held_after: this.held(),
      min_c,
      max_c,
    };
  }

  /** Mean inlet over a step: a switch inside it is shared out, so what is fed is exact. */
  private inletOver(from: number, to: number): Float64Array {
    const mean = new Float64Array(this.species);
    let start = 0;
    for (const [i, { until_s, c }] of this.input.inlet.entries()) {
      const end = i === this.input.inlet.length - 1 ? Number.POSITIVE_INFINITY : until_s;
      const overlap = Math.max(0, Math.min(to, end) - Math.max(from, start)) / (to - from);
      if (overlap > 0)
        for (let s = 0; s < this.species; s++) mean[s] = (mean[s] ?? 0) + overlap * (c[s] ?? 0);
      start = end;
    }
    return mean;
  }

  /** The window of cells where something changes grows by what one step can reach, and takes the inlet in when it differs. */
  private widen(): void {
    this.lo = Math.max(0, this.lo - this.substeps - 1);
    this.hi = Math.min(this.n - 1, this.hi + this.substeps + 1);
    if (this.lo > 0 && !this.isStill(0)) this.lo = 0;
  }

  private disperse(): void {
    const { species: m, n, liquid, mixing } = this;
    for (let s = 0; s < m; s++) {
      let flux = 0;
      for (let j = this.lo; j <= this.hi; j++) {
        const here = ((j + this.offset) % n) * m + s;
        const there = j + 1 < n ? ((j + 1 + this.offset) % n) * m + s : -1;
        const next = there < 0 || j === this.hi ? 0 : mixing * ((liquid[there] ?? 0) - (liquid[here] ?? 0));
        liquid[here] = (liquid[here] ?? 0) + next - flux;
        flux = next;
      }
    }
  }

  private exchange(): void {
    let first = -1;
    let last = -1;
    for (let j = this.lo; j <= this.hi; j++) {
      this.exchangeCell(j);
      if (this.isStill(j)) continue;
      if (first < 0) first = j;
      last = j;
    }
    this.lo = first < 0 ? this.n - 1 : first;
    this.hi = last < 0 ? 0 : last;
    if (first < 0) {
      this.lo = 0;
      this.hi = 0;
    }
  }

  private exchangeCell(j: number): void {
    const { species: m, a, liquid, solid, beta, capacityA: A, capacityB: B } = this;
    const k = ((j + this.offset) % this.n) * m;
    const i = j * m;
    let total = 0;
    for (let s = 0; s < m; s++) total += (solid[i + s] ?? 0) + beta * (liquid[k + s] ?? 0);
    const S = total - B <= 1e-14 * B ? 0 : this.solveRoot(j, k, i);
    this.root[j] = S;
    const share = beta / this.input.void_fraction;
    let main = 0;
    let most = -1;
    let swept = 0;
    let sweptSolid = 0;
    const tiny = TRACE * this.scale;
    for (let s = 0; s < m; s++) {
      const c = liquid[k + s] ?? 0;
      const w = (solid[i + s] ?? 0) + beta * c;
      const p = S === 0 ? 0 : w / (A + (B * (a[s] ?? 0)) / S);
      let next = c - share * (c - p);
      let stays = w - beta * p;
      if (next < tiny && stays < tiny) {
        swept += next;
        sweptSolid += stays;
        next = 0;
        stays = 0;
      }
      liquid[k + s] = next;
      solid[i + s] = stays;
      if (stays > most) {
        most = stays;
        main = s;
      }
    }
    if (swept !== 0) liquid[k + main] = (liquid[k + main] ?? 0) + swept;
    if (sweptSolid !== 0) solid[i + main] = (solid[i + main] ?? 0) + sweptSolid;
  }

  /** Newton on a falling, convex function; a step that would leave the positive axis is halved. */
  private solveRoot(j: number, k: number, i: number): number {
    const { species: m, a, liquid, solid, beta, capacityA: A, capacityB: B } = this;
    let S = this.root[j] || this.scale;
    for (let iteration = 0; iteration < NEWTON_MAX; iteration++) {
      let f = -1;
      let slope = 0;
      for (let s = 0; s < m; s++) {
        const w = (solid[i + s] ?? 0) + beta * (liquid[k + s] ?? 0);
        if (w === 0) continue;
        const as = a[s] ?? 0;
        const d = 1 / (A * S + B * as);
        const term = as * w * d;
        f += term;
        slope -= A * term * d;
      }
      const step = f / slope;
      const next = S - step;
      if (next <= 0) {
        S *= 0.5;
        continue;
      }
      S = next;
      if (Math.abs(step) <= 1e-13 * S) break;
    }
    return S;
  }

  /** A cell is still when solid and liquid hold one and the same species and pores and bed are equally strong. */
  private isStill(j: number): boolean {
    const { species: m, liquid, solid } = this;
    const k = ((j + this.offset) % this.n) * m;
    const i = j * m;
    let found = -1;
    for (let s = 0; s < m; s++) {
      if ((solid[i + s] ?? 0) === 0 && (liquid[k + s] ?? 0) === 0) continue;
      if (found >= 0) return false;
      found = s;
    }
    if (found < 0) return true;
    const p = ((solid[i + found] ?? 0) - this.capacityB) / Math.max(this.input.pore_fraction, 1e-300);
    if (this.input.pore_fraction === 0) return this.neighboursEqual(j, found);
    return Math.abs(p - (liquid[k + found] ?? 0)) <= 1e-9 * this.scale && this.neighboursEqual(j, found);
  }

  private neighboursEqual(j: number, s: number): boolean {
    const { species: m, liquid, n } = this;
    const here = liquid[((j + this.offset) % n) * m + s] ?? 0;
    const ahead = j + 1 < n ? (liquid[((j + 1 + this.offset) % n) * m + s] ?? 0) : here;
    const behind = j > 0 ? (liquid[((j - 1 + this.offset + n) % n) * m + s] ?? 0) : here;
    const near = 1e-12 * this.scale;
    return Math.abs(here - ahead) <= near && Math.abs(here - behind) <= near;
  }

  /** Amount of each species in the bed, per m2 of cross-section. */
  private held(): number[] {
    const dz = this.input.length_m / this.n;
    return Array.from({ length: this.species }, (_, s) => {
      let sum = 0;
      for (let j = 0; j < this.n; j++) {
        sum +=
          this.input.void_fraction * (this.liquid[j * this.species + s] ?? 0) +
          (this.solid[j * this.species + s] ?? 0);
      }
      return sum * dz;
    });
  }
}
