import { type Refusal, refuse } from "../quantity/index.ts";
import { type Lot, thereSince } from "./lot.ts";

/** Instants are compared as instants: offsets and fractions of a second may be written in more than one way. */
export const isBefore = (a: string, b: string): boolean => Date.parse(a) < Date.parse(b);

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
