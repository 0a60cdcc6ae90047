import type { Actor } from "../../ledger/index.ts";
import { Fault, type Refusal, type Refused, type Result, refuse } from "../../quantity/index.ts";
import type { LedgerStore } from "./ports.ts";
import { readerFor } from "./seen.ts";

/**
 * A refusal as who asked may hear it (Z13): decided once more on what they may see alone, so that it tells nothing of what is another's.
 * Where nothing they may see stands against it, the reason is told to nobody but those whose it is.
 */
export async function refusedAsSeen<R extends Refused<Refusal>>(
  refused: R,
  { actor, store, now }: { readonly actor: Actor; readonly store: LedgerStore; readonly now: string },
  decideOn: (seen: LedgerStore) => Promise<Result<unknown, Refusal>>,
): Promise<R> {
  const reader = await readerFor(store, actor, now);
  if (reader === "everything" || NOTHING_OF_BOOKS.has(refused.refusal.code)) return refused;
  const again = await decidedInPart(() => decideOn(store.readBy(reader)));
  if (again?.ok === false) return again as R;
  const { code, at } = refused.refusal;
  return refuse(code, at, "this cannot be done, for a reason that is another firm's to know") as R;
}

/** Said of who asks, whatever stands on the books. */
const NOTHING_OF_BOOKS: ReadonlySet<string> = new Set(["not_signed_in"]);

/** Books that are seen in part may not add up: what then breaks says nothing to who asked. */
async function decidedInPart<T>(decide: () => Promise<T>): Promise<T | undefined> {
  try {
    return await decide();
  } catch (cause) {
    if (cause instanceof Fault) return undefined;
    throw cause;
  }
}
