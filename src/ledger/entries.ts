import type { Measured } from "../quantity/index.ts";
import type { LedgerRules } from "./draw.ts";
import type { ElementContents, FeedShares, LotId } from "./lot.ts";
import type { StepRecorded } from "./step.ts";
import type { WeighingTicket } from "./weighing.ts";

/** A lot enters the books from outside: from a consignment, or as a starting stock. */
export interface LotOpened {
  readonly lot: LotId;
  readonly kind: string;
  readonly owner: string;
  readonly place: string;
  readonly at: string;
  readonly mass_mg: Measured;
  readonly elements_mg: ElementContents;
  readonly made_by: string;
  readonly data_from: readonly string[];
  readonly notes: Readonly<Record<string, string>>;
}

export interface LotsMoved {
  readonly lots: readonly LotId[];
  readonly to: string;
  readonly state: "in_transit" | "on_hand";
  readonly at: string;
  readonly shipment: string;
}

/** Lots that turn out to hold what a consignment may still have data on: they wait for it from now on (law 7). */
export interface LotsHeld {
  readonly lots: readonly LotId[];
  readonly consignment: string;
  readonly at: string;
  readonly why: string;
}

/** A better measurement replaces what the books said; the difference is booked to the place `restated`. */
export interface LotRestated {
  readonly lot: LotId;
  readonly at: string;
  readonly why: "assay_agreed" | "assayed_again" | "weighed_again" | "stocktake" | "correction";
  readonly evidence: string;
  readonly before: Restated;
  readonly after: Restated;
  /** By the fifth, what a wrong figure took of the shares of feeds comes back when it is put right (L46). */
  readonly rules?: LedgerRules | 5;
}

/** What a lot held before or after a restatement; by the second rules its feed shares too. */
export interface Restated {
  readonly mass_mg: Measured;
  readonly elements_mg: ElementContents;
  readonly feeds_mg?: FeedShares;
}

/** One lot of a stocktake: what the books said, what was found, and whether the two differ by more than chance. */
export interface CountedLot {
  readonly lot: LotId;
  readonly book_mg: number;
  readonly counted_mg?: number;
  readonly scale?: string;
  readonly missing?: true;
  readonly weighing_ticket?: WeighingTicket;
  readonly difference_mg: number;
  readonly sd_mg: number;
  readonly sd_random_mg?: number;
  readonly sd_shared_mg?: number;
  /** What moves the difference, by cause; absent in counts from before doubts had parts. */
  readonly off_moves_mg?: Measured["moves"];
  /** Instruments on which both the books' reading and this one were made. */
  readonly both?: readonly string[];
  /** It agrees, and the books keep what is stated elsewhere of its mass. */
  readonly kept?: true;
  readonly agrees: boolean;
  /** More is missing than chance usually takes: to be weighed again (L44). */
  readonly watch?: true;
}

/** A count of what stands at a site. It changes nothing by itself: what differed is restated by entries of its own. */
export interface StockTaken {
  readonly stocktake: string;
  readonly site: string;
  readonly at: string;
  readonly why: string;
  readonly counts: readonly CountedLot[];
}

/** The settled content of a feed lot: the ceiling of every claim on it (law 4). */
export interface FeedMeasured {
  readonly feed: LotId;
  readonly elements_mg: Readonly<Record<string, { readonly best: number; readonly sd: number }>>;
  /** Of what more was found, by a count, than was settled, beyond doubt: its mass or elements. The mark on them stays (L38). */
  readonly raised?: readonly string[];
}

/**
 * What both firms agree since that a feed held, whatever of its lot can still be measured anew: claims end there, and at what was
 * measured in it (L47).
 */
export interface FeedAgreed {
  readonly feed: LotId;
  readonly at: string;
  readonly elements_mg: FeedMeasured["elements_mg"];
  /** Digest of the statement. */
  readonly evidence: string;
}

export interface LotDelivered {
  readonly lot: LotId;
  readonly mass_mg: number;
  readonly at: string;
  readonly to: string;
  readonly shipment: string;
  readonly rules?: LedgerRules;
}

/** Title to a whole lot passes from its owner to another party; the lot stays where it is. */
export interface TitlePassed {
  readonly lot: LotId;
  readonly from: string;
  readonly to: string;
  readonly at: string;
  readonly why: string;
  /** From 2 on the lot keeps who owned it before. */
  readonly rules?: 2;
}

/** Undoes a step whose outputs were not used yet: the correcting entry of `step_recorded`. */
export interface StepReversed {
  readonly step: string;
  readonly at: string;
  readonly why: string;
  /** From 2 on a return that was taken back while the step stood does not come back with what it drew. */
  readonly rules?: 2;
}

export interface LedgerBodies {
  lot_opened: LotOpened;
  lots_moved: LotsMoved;
  lots_held: LotsHeld;
  lot_restated: LotRestated;
  stock_taken: StockTaken;
  feed_measured: FeedMeasured;
  feed_agreed: FeedAgreed;
  lot_delivered: LotDelivered;
  title_passed: TitlePassed;
  step_recorded: StepRecorded;
  step_reversed: StepReversed;
}

export type LedgerKind = keyof LedgerBodies;
export type LedgerEntry = {
  [K in LedgerKind]: { readonly kind: K; readonly body: LedgerBodies[K] };
}[LedgerKind];
