import type { SeenStart } from "./anew.ts";
import type { Elsewhere } from "./elsewhere.ts";

/**
 * What the auditor knows, from entries of the log alone. Its arithmetic is its own: nothing here imports a fold, a draw or a share of
 * the product. It is plain data, so that a copy of the books can be audited by a copy of this.
 */
export const TAKEN = ["claimed", "returned", "promised"] as const;
export type Taken = (typeof TAKEN)[number];
/** Milligrams by who took them. */
export type By = Map<string, number>;

export interface SeenLot {
  readonly lot: string;
  readonly kind: string;
  readonly product: string;
  owner: string;
  place: string;
  state: "on_hand" | "in_transit" | "consumed" | "delivered" | "reversed";
  mass: number;
  /** What moves its mass, by cause, one standard uncertainty each. */
  causes: ReadonlyMap<string, number>;
  /** What it weighed when a count missed it. */
  missed?: { readonly best: number; readonly causes: ReadonlyMap<string, number> } | undefined;
  elements: Map<string, number>;
  /** By "feed|element". */
  shares: Map<string, number>;
  readonly taken: Readonly<Record<Taken, By>>;
  /** Of what was mixed: what had been returned of its metals, by "agreement|metal". */
  metals: Map<string, number> | undefined;
  /** What left it, in all. */
  delivered: number;
  /** Steps that stand and drew on it. */
  readonly drawnBy: Set<string>;
  /** When a count last found something else of it, by the clock. */
  counted: number | undefined;
  /** The step that made it; nothing of a lot from outside. */
  readonly made_by: string | undefined;
  /** What it was made with, of its mass and elements; nothing of a lot that no step made. */
  readonly made: ReadonlyMap<string, Doubted> | undefined;
  /** What of it was found to be more than was made, in it or in what it was made of. */
  readonly raised: Set<string>;
  /** What it holds over what its feeds and additions brought, by name, where that is not one. */
  readonly over: Map<string, number>;
  /** What measurements of the matter it holds now began with. */
  start: SeenStart | undefined;
  /** By how much new measurements changed it since it was made. */
  readonly remeasured: Map<string, number>;
}

export interface Doubted {
  readonly best: number;
  readonly sd: number;
}

export interface SeenPart {
  readonly lot: string;
  readonly mass: number;
  readonly causes: ReadonlyMap<string, number>;
  readonly elements: ReadonlyMap<string, number>;
  readonly shares: ReadonlyMap<string, number>;
}

export interface SeenStep {
  readonly step: string;
  readonly site: string;
  readonly owner: string;
  readonly inputs: readonly SeenPart[];
  readonly outputs: readonly SeenPart[];
  /** What it drew along of the takings of each input, and gave to each output. */
  readonly along: readonly Readonly<Record<Taken, By>>[];
  readonly given: readonly Readonly<Record<Taken, By>>[];
  /** What had been returned of the metals it drew, by input. */
  readonly metals: readonly (Map<string, number> | undefined)[];
  /** What of it proves nothing: "mass", an element, or "*" where it is open. */
  readonly unproved: ReadonlySet<string>;
  reversed: boolean;
}

export interface SeenPassport {
  readonly passport: string;
  readonly lot: string;
  readonly mass: number;
  readonly claims: ReadonlyMap<string, number>;
  readonly part_of: string | undefined;
  revoked: boolean;
  superseded: boolean;
}

export interface SeenOrder {
  readonly order: string;
  readonly buyer: string;
  readonly seller: string;
  readonly oxide: string;
  readonly mass: number;
  shipped: number;
  cancelled: boolean;
}

/** What of a lot's statements counts: the last one, and what was ever put on an account for it. */
export interface SeenStatement {
  agreement: string;
  currency: string;
  due: string;
  status: string;
  /** Returnable oxide of the last final one under its agreement, by oxide. */
  final: Map<string, string>;
  /** The receipt it is settled on. */
  readonly shipment: string;
  /** What both have paid by "agreement currency", as it was said step by step. */
  readonly paid: Map<string, bigint>;
}

export interface SeenAccount {
  /** Credits less what was taken back, by oxide, in the thirtieth decimal place of a kilogram. */
  readonly owed: Map<string, bigint>;
  readonly returned: Map<string, bigint>;
}

export interface SeenCampaign {
  readonly campaign: string;
  readonly lot: string;
  readonly columns: readonly string[];
  readonly hours: number;
  from: string;
  to: string;
  state: "planned" | "run" | "cancelled";
  run_step?: string;
}

export interface Weight {
  readonly best: number;
  readonly causes: ReadonlyMap<string, number>;
}

/** One result of a laboratory, in mg/kg: a value, or what it is below. */
export interface Reading {
  readonly best?: number;
  readonly below?: number;
}

export interface Seen {
  readonly lots: Map<string, SeenLot>;
  readonly steps: Map<string, SeenStep>;
  /** What was settled in each feed, by "feed|element". */
  readonly measured: Map<string, number>;
  readonly passports: Map<string, SeenPassport>;
  readonly orders: Map<string, SeenOrder>;
  readonly statements: Map<string, SeenStatement>;
  readonly accounts: Map<string, SeenAccount>;
  readonly campaigns: Map<string, SeenCampaign>;
  /** The receiver's weight in force, in milligrams, by "shipment|lot". */
  readonly received: Map<string, number>;
  /** When, by the clock. */
  readonly receivedAt: Map<string, number>;
  /** Weights in force by "shipment|lot" with what they err by: the sender's, and the receiver's as far as its doubt counts. */
  readonly weights: Map<string, { sent?: Weight; received?: Weight }>;
  /** What was paid of each metal of a lot by its last statement, in milligrams, by "lot|element". */
  readonly paid: Map<string, number>;
  /** By lot: what of its metal was settled in others when it was settled first. */
  readonly elsewhere: Map<string, Elsewhere>;
  /** Lots whose statement is of more than was sent, beyond chance. */
  readonly aboveSent: Set<string>;
  /** By lot: the weight that its last statement is of. */
  readonly settledOn: Map<string, number>;
  /** The same, as soon as the statement is read. */
  readonly agreedOn: Map<string, number>;
  /** Results in force, by "sample|side|element". */
  readonly reports: Map<string, Reading>;
  /** Lines of the last count, by lot. */
  readonly counts: Map<string, Readonly<Record<string, unknown>>>;
  /** What a side corrected with nobody's consent, by the same: no money until both say so. */
  readonly alone: Map<string, Reading>;
  /** Consents that were not used yet, by "sample|side": what they are for, or "*". */
  readonly consents: Map<string, readonly string[]>;
  /** From where and to where a shipment went. */
  readonly sent: Map<string, { readonly from: string; readonly to: string }>;
  /** When a receipt ("shipment|lot") or a step was written, as a running number. */
  readonly written: Map<string, number>;
  /** By lot: the sample and the moisture of its last statement, and whether that waits for the umpire. */
  readonly before: Map<string, { readonly sample: string; readonly pct: number; readonly waits: boolean }>;
  /** By lot: moisture that both firms agreed on. */
  readonly agreedMoisture: Map<string, number>;
  /** Terms as they were proposed, by "agreement version". */
  readonly terms: Map<string, object>;
}

export const nothingSeen = (): Seen => ({
  ...{ lots: new Map(), steps: new Map(), measured: new Map(), passports: new Map() },
  ...{ orders: new Map(), statements: new Map(), accounts: new Map(), campaigns: new Map() },
  ...{ counts: new Map(), paid: new Map(), elsewhere: new Map() },
  receivedAt: new Map(),
  ...{ received: new Map(), settledOn: new Map(), agreedOn: new Map(), reports: new Map(), terms: new Map() },
  ...{ alone: new Map(), consents: new Map(), sent: new Map(), written: new Map() },
  ...{ agreedMoisture: new Map(), before: new Map(), weights: new Map(), aboveSent: new Set() },
});

export const sum = (of: Iterable<number>): number => {
  let total = 0;
  for (const mg of of) total += mg;
  return total;
};

export const put = <K>(into: Map<K, number>, key: K, mg: number): void => {
  const after = (into.get(key) ?? 0) + mg;
  if (after === 0) into.delete(key);
  else into.set(key, after);
};

export const elementOf = (key: string): string => key.slice(key.lastIndexOf("|") + 1);
