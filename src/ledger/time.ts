import { type Refusal, refuse } from "../quantity/index.ts";
import { type Lot, thereSince } from "./lot.ts";

/** Instants are compared as instants: offsets and fractions of a second may be written in more than one way. */
export const isBefore = (a: string, b: string): boolean => Date.parse(a) < Date.parse(b);

/** What something rests on, in words that go before a time: "it was sent"; nothing where the books do not know when. */
export type Ground = readonly [what: string, since: string | undefined];

/** Nothing happens before what it rests on (D6). */
export function beforeGrounds(
  happened: string,
  grounds: readonly Ground[],
  at = "at",
): { readonly ok: false; readonly refusal: Refusal<"time_before_input"> } | undefined {
  const later = grounds.find(([, since]) => since !== undefined && isBefore(happened, since));
  return later && refuse("time_before_input", at, `${later[0]} at ${later[1]}, after ${happened}`);
}

/** Nothing happens to a lot where it stands before it came there (L34). */
export function notYetThere(
  lot: Pick<Lot, "id" | "place" | "opened" | "there_since">,
  when: { readonly happened: string; readonly at: string },
): { readonly ok: false; readonly refusal: Refusal<"lot_not_yet_there"> } | undefined {
  const since = thereSince(lot);
  if (!isBefore(when.happened, since)) return undefined;
  return refuse(
    "lot_not_yet_there",
    when.at,
    `${lot.id} came to ${lot.place} at ${since}, after ${when.happened}`,
  );
}
