import type { Book, Entry } from "../../ledger/index.ts";
import { addHand, type HandsRecords, handsOf, noteHand } from "../../trust/index.ts";

const text = (body: Entry["body"], name: string): string => String(body[name]);

/** Notes of what another confirms who did it, by the header of the entry that tells it (Z60). */
export async function noteHands(
  book: Book<HandsRecords>,
  { kind, actor, body }: Pick<Entry, "kind" | "actor" | "body">,
): Promise<void> {
  switch (kind) {
    case "assay_reported":
    case "product_reported":
      return noteHand(book, handsOf.reported(text(body, "sample"), text(body, "side")), actor);
    case "media_sanitized":
      return addHand(book, handsOf.sanitized(text(body, "consignment")), actor);
    case "certificate_released":
      return noteHand(book, handsOf.certified(text(body, "lot")), actor);
  }
}
