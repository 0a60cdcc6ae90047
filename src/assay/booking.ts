import { type ElementContents, isBefore, type Lot } from "../ledger/index.ts";
import { digestOf, done, type Refusal, type Result, refuse } from "../quantity/index.ts";
import { type AnySample, type Sample, SIDES, type Side } from "./sample.ts";

interface Figure {
  readonly mg: number;
  readonly sd_mg: number;
}

/** One element of a lot assayed anew: what the books had, what was read, and what they hold by both. */
export interface BookedLine {
  readonly element: string;
  readonly known?: Figure;
  readonly read: Figure;
  /** How many standard uncertainties the two lie apart, and the sides of the sample among themselves. */
  readonly sigmas: number;
  readonly sides_sigmas: number;
  readonly agrees: boolean;
  readonly now: Figure;
}

/** The results of a sample put on the books of its lot; what the books held before stays in the entry. */
export interface AssayBooked {
  readonly sample: string;
  readonly lot: string;
  readonly at: string;
  readonly why?: string;
  readonly sides: readonly Side[];
  readonly lines: readonly BookedLine[];
  /**
   * What the lot held before, and by its digest what it held after and the reports it was made of: corrected ones take their place
   * while the lot is as it was left (Y24). Bookings of before this was kept do not have it.
   */
  readonly before_mg?: ElementContents;
  readonly left?: string;
  readonly results?: string;
}

/** The reports of a booking by their digest. */
export const bookedOf = (sample: Sample, sides: readonly Side[]): string =>
  digestOf(sides.map((side) => sample.reports[side] ?? {}));

/** A lot as a booking left it. */
export const leftOf = ({ mass_mg, elements_mg }: Pick<Lot, "mass_mg" | "elements_mg">): string =>
  digestOf({ mass_mg, elements_mg });

/** What a lot held before the booking of this sample, where the lot is as that left it. */
export const beforeBooking = (
  sample: AnySample | undefined,
  lot: Lot | undefined,
): ElementContents | undefined => {
  const booked = sample && sample.purpose !== "product" ? sample.booked : undefined;
  return booked && lot && booked.left === leftOf(lot) ? booked.before_mg : undefined;
};

export type BookingRefusal = Refusal<
  | "sample_unknown"
  | "portion_missing"
  | "already_booked"
  | "exchange_not_complete"
  | "results_not_released"
  | "time_before_input"
>;

/**
 * Whose results of a sample are put on the books of its lot (Y21): those a second person released. Between two firms the exchange is
 * over first; a firm that samples its own lot keeps nothing sealed from itself.
 */
export function decideBooking(
  sample: AnySample | undefined,
  given: { readonly sample: string; readonly at: string },
  { settled, replaceable }: { readonly settled: boolean; readonly replaceable: boolean },
): Result<{ readonly sample: Sample; readonly sides: readonly Side[] }, BookingRefusal> {
  if (!sample) return refuse("sample_unknown", "sample", `no sample ${given.sample} is on the books`);
  if (sample.purpose === "product")
    return refuse(
      "portion_missing",
      "sample",
      `${given.sample} is of a product: its certificate of analysis is compared with the books`,
    );
  const { booked } = sample;
  const again = () =>
    refuse(
      "already_booked",
      "sample",
      `the books of ${sample.lot} hold the results of ${given.sample}: draw another sample to assay it anew`,
    );
  if (settled || (booked && !replaceable)) return again();
  if (sample.firms?.processor !== undefined && sample.state !== "exchanged")
    return refuse(
      "exchange_not_complete",
      "sample",
      `${given.sample}: both sides report before its results are put on the books`,
    );
  const released = SIDES.filter((side) => sample.reports[side] && sample.released?.[side]);
  if (released.length === 0)
    return refuse(
      "results_not_released",
      "sample",
      `no results of ${given.sample} are released: a second person releases them first`,
    );
  const later = released
    .map((side) => sample.released?.[side]?.at ?? "")
    .find((at) => isBefore(given.at, at));
  if (later !== undefined)
    return refuse("time_before_input", "at", `its results were released at ${later}, after ${given.at}`);
  // A corrected report that was released takes the place of its own earlier booking; the same one does not.
  return booked?.results === bookedOf(sample, released) ? again() : done({ sample, sides: released });
}
