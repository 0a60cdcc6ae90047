import { z } from "zod";
import { Instant } from "../../contract/fields.ts";
import { PartyId } from "../../contract/identifiers.ts";
import type { Lot } from "../../ledger/index.ts";
import { done, refuse } from "../../quantity/index.ts";
import { query } from "../core/use-case.ts";
import { balanceOf } from "./balance.ts";
import { pastOf } from "./past.ts";
import { lastUpTo } from "./walk.ts";

/** The books as they stood: folded from the log and never taken from the views, so that they cannot have been improved since. */
export const asOf = query({
  room: "ledger",
  verb: "as-of",
  summary:
    "The books as they stood at an entry or an instant: on hand by place and owner, and the named places.",
  input: z.strictObject({
    seq: z.coerce.number().int().min(1).optional().describe("the last entry that counts"),
    at: Instant.optional().describe("entries booked after this instant do not count"),
    owner: PartyId().optional(),
  }),
  example: { at: "2026-03-02T14:00:00Z" },
  async answer({ store }, { seq, at, owner: asked }) {
    const { past, owner, sites } = await pastOf(store, asked);
    const head_seq = past.last?.seq ?? 0;
    if (seq !== undefined && seq > head_seq) {
      return refuse("entry_unknown", "seq", `the last entry on the books is ${head_seq}`);
    }
    const upTo = at === undefined ? head_seq : await lastUpTo(store, at);
    const { books, last } = await past.after(Math.min(seq ?? head_seq, upTo));
    const mine = <T extends { readonly owner: string; readonly place: string }>(all: Iterable<T>): T[] =>
      [...all].filter((of) => owner === undefined || of.owner === owner || sites.has(of.place));
    const lots = mine(books.lots.values());
    return done({
      ...(last ? { last_entry: last } : {}),
      head_seq,
      lots_on_hand: lots.length,
      ...balanceOf(lots, mine(books.places.values())),
      held_by_owner: heldByOwner(lots),
    });
  },
});

/** What each owner has at each place, in the order of their names. */
function heldByOwner(lots: readonly Lot[]) {
  const groups = new Map<string, Lot[]>();
  for (const lot of lots) {
    const group = groups.get(lot.owner);
    if (group) group.push(lot);
    else groups.set(lot.owner, [lot]);
  }
  return [...groups]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([owner, theirs]) => balanceOf(theirs, []).held.map((held) => ({ owner, ...held })));
}
