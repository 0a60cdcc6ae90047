import { done, type Refusal, type Result, refuse } from "../quantity/index.ts";

/** A campaign on a column, from when it begins to when its cycles are through, or were. */
export interface UnitBooking {
  readonly campaign: string;
  readonly from: string;
  readonly to: string;
}

/** What stands on a unit, and when; cancelled campaigns are gone from it. */
export interface UnitBookings {
  readonly unit: string;
  readonly bookings: readonly UnitBooking[];
}

/** A unit remembers so many bookings that are over, the latest: a plan is not laid years back. Those that are not over all stand. */
export const BOOKINGS_KEPT = 200;

const overlaps = (a: UnitBooking, b: UnitBooking): boolean =>
  Date.parse(a.from) < Date.parse(b.to) && Date.parse(b.from) < Date.parse(a.to);

/** A unit does one thing at a time: no other campaign stands on any of the columns meanwhile (F11). */
export function decideFree(
  wanted: UnitBooking,
  columns: readonly { readonly id: string; readonly booked: UnitBookings | undefined }[],
): Result<true, Refusal<"unit_busy">> {
  for (const [i, { id, booked }] of columns.entries()) {
    const other = booked?.bookings.find((b) => b.campaign !== wanted.campaign && overlaps(b, wanted));
    if (!other) continue;
    return refuse(
      "unit_busy",
      `columns[${i}]`,
      `${id} is taken by ${other.campaign} from ${other.from} to ${other.to}; ${wanted.campaign} would stand on it from ${wanted.from} to ${wanted.to}`,
    );
  }
  return done(true);
}

/** The bookings of a unit with this one in place of the campaign's last, or without it; `now` says which are over. */
export function rebooked(
  booked: UnitBookings | undefined,
  given: {
    readonly unit: string;
    readonly campaign: string;
    readonly booking?: UnitBooking;
    readonly now: string;
  },
): UnitBookings {
  const others = (booked?.bookings ?? []).filter((b) => b.campaign !== given.campaign);
  const bookings = [...others, ...(given.booking ? [given.booking] : [])].sort((a, b) =>
    a.from < b.from ? -1 : a.from > b.from ? 1 : 0,
  );
  const now = Date.parse(given.now);
  const over = bookings.filter(({ to }) => Date.parse(to) <= now);
  const dropped = new Set(over.slice(0, Math.max(0, over.length - BOOKINGS_KEPT)));
  return { unit: given.unit, bookings: bookings.filter((booking) => !dropped.has(booking)) };
}
