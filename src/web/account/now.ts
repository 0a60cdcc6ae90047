/** The answer of `overview now`. */
export interface NowAnswer {
  readonly at: string;
  readonly sample: boolean;
  readonly balance: Balance;
  readonly late: readonly Late[];
  readonly open: readonly Open[];
  readonly waiting: readonly Waiting[];
  readonly counts: Readonly<Record<string, number>>;
}

export interface Balance {
  readonly held: readonly {
    readonly place: string;
    readonly mass_mg: number;
    readonly elements_mg: Readonly<Record<string, { readonly best: number; readonly sd: number }>>;
  }[];
  readonly places: readonly NamedPlace[];
  readonly closes: boolean;
}

export interface NamedPlace {
  readonly place: string;
  readonly mass_mg: number;
  readonly elements_mg: Readonly<Record<string, number>>;
}

export interface Late {
  readonly what: string;
  readonly id: string;
  readonly why: string;
  readonly since: string;
  readonly link: string;
}

export interface Waiting extends Late {
  readonly who: string;
}

export interface Open {
  readonly id: string;
  readonly link: string;
  readonly what?: string;
  readonly residual_mg?: number;
  readonly sigmas?: number;
  /** What many readings tell together, with its doubt: the months of a site, or a scale beside others. */
  readonly finding?: "run" | "scale" | "pair";
  readonly sd_mg?: number;
  readonly why: string;
}
