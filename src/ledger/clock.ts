const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;

/** Books that rest longer than a year are rare, a clock that jumps is not: someone has to look at it. */
const REST_DAYS = 366;
/** Two clocks that disagree are believed as long as the books are written often. */
const REST_OF_TWO_DAYS = 31;

/**
 * Why the time of a new entry is not to be believed, for one that stands ten years ahead would hold the books' time there for ever
 * (P9): `now` far ahead of the last entry, or ahead of it while the database's own clock says otherwise.
 */
export function clockDoubt(given: {
  readonly now: string;
  /** The time of the last entry; nothing before the first. */
  readonly head: string | undefined;
  /** The clock of the machine that keeps the books, where it is another's. */
  readonly database?: string;
}): string | undefined {
  const { now, head, database } = given;
  if (head === undefined) return undefined;
  const rested_ms = Date.parse(now) - Date.parse(head);
  const apart_ms = database === undefined ? 0 : Math.abs(Date.parse(now) - Date.parse(database));
  const before = `the last entry is of ${head}, and this machine's clock says ${now}`;
  if (rested_ms > REST_DAYS * DAY_MS) return `${before}: more than a year later`;
  if (rested_ms > REST_OF_TWO_DAYS * DAY_MS && apart_ms > HOUR_MS)
    return `${before}, the database's ${database}`;
  return undefined;
}
