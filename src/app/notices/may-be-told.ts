import type { About } from "../core/notices.ts";
import { readerOf } from "../core/seen.ts";
import type { Books } from "./belongs.ts";

/** A notice is for several people of a party: it is asked what all of them read, not what one reads by role or by name. */
const ANY_ROLE = "";

/**
 * Whether a party may be told of a record: it can read it, as the store shows it to them (Z91). What a compartment alone may know is
 * therefore told to nobody.
 */
export async function mayBeTold(party: string, { collection, id }: About, books: Books): Promise<boolean> {
  const kind = (await books.get("party", party))?.kind;
  if (kind === undefined) return false;
  const seen = books.store.readBy(readerOf({ party, kind, role: ANY_ROLE }));
  return (await seen.load(collection, id)) !== undefined;
}
