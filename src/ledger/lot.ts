import type { Measured } from "../quantity/index.ts";

export type LotId = string;

/** Element contents in milligrams. `below` marks a content that rests on a "less than" reading. */
export type ElementContents = Readonly<Record<string, Measured & { readonly below?: boolean }>>;

/** For each settled feed lot, how many whole milligrams of each element in this lot came from it. */
export type FeedShares = Readonly<Record<LotId, Readonly<Record<string, number>>>>;

/** What a lot held, and whose it was, in whole milligrams. */
export interface Attributed {
  readonly elements_mg: Readonly<Record<string, { readonly best: number }>>;
  readonly feeds_mg: FeedShares;
}

/**
 * What a lot held before it was first measured anew, and what the last new measurement left of it: as long as it is left so, every
 * new measurement is of the same matter (L46).
 */
export interface MeasuredFrom extends Attributed {
  readonly raised?: readonly string[];
  readonly left: Attributed & { readonly mass_mg: number };
}

export type LotState = "on_hand" | "in_transit" | "consumed" | "delivered" | "reversed";

/** One lot as the books hold it now. `mass_mg` and `elements_mg` are what is left after every draw. */
export interface Lot {
  readonly id: LotId;
  readonly kind: string;
  readonly owner: string;
  readonly place: string;
  readonly state: LotState;
  readonly mass_mg: Measured;
  readonly elements_mg: ElementContents;
  /** When it came to its place; absent where that is when it was opened. */
  readonly there_since?: string;
  /** When its owner got it; absent where that is when it was opened. */
  readonly owned_since?: string;
  /** Whose it was before, the first owner first; of passings of title from before that was kept nothing. */
  readonly owned_before?: readonly string[];
  readonly opened: { readonly at: string; readonly mass_mg: Measured; readonly elements_mg: ElementContents };
  readonly feeds_mg: FeedShares;
  readonly parents: readonly { readonly lot: LotId; readonly mass_mg: number }[];
  readonly children: readonly LotId[];
  /** Steps that stand and drew on it and made nothing: they left no child. */
  readonly lost_in?: readonly string[];
  /** The step that made it, or the consignment it was opened from. */
  readonly made_by: string;
  /** Consignments whose data-bearing devices it may hold (law 7). */
  readonly data_from: readonly string[];
  readonly notes: Readonly<Record<string, string>>;
  /** When a count last found something else of it than the books said. */
  readonly counted_at?: string;
  /** What it held when a count missed it: until something else is known of it, that is what is found again. */
  readonly missed?: Pick<Contents, "mass_mg" | "elements_mg">;
  /** Of a lot that a step made: by how much new measurements changed it since, its mass and its elements. */
  readonly remeasured_mg?: Readonly<Record<string, number>>;
  /** What new measurements of it started from (L46). */
  readonly measured_from?: MeasuredFrom;
  /** What of it ("mass", or an element) was found to be more than was made, beyond doubt, in it or in what it was made of (L38). */
  readonly raised?: readonly string[];
  /** What it holds over what was brought of it below its feeds: its mass and elements, as ratios, where they are not one (L38). */
  readonly risen?: Readonly<Record<string, number>>;
}

/** Whether a step that stands drew on a lot. */
export const isDrawnOn = (lot: Pick<Lot, "children" | "lost_in">): boolean =>
  lot.children.length > 0 || (lot.lost_in ?? []).length > 0;

/** The mass itself beside the elements. */
export const MASS = "mass";

export interface Contents {
  readonly mass_mg: Measured;
  readonly elements_mg: ElementContents;
  readonly feeds_mg: FeedShares;
}

/** The product a lot is said to be: by its id, or by the formula of its oxide, as books before products noted it. */
export const productOf = ({ notes }: Pick<Lot, "notes">): string | undefined =>
  notes["product"] ?? notes["oxide"];

/** The first instant at which a lot can be weighed, drawn on or moved where it stands now. */
export const thereSince = (lot: Pick<Lot, "there_since" | "opened">): string =>
  lot.there_since ?? lot.opened.at;
