import type { AnySample } from "../../assay/index.ts";
import type { AgreementRecord } from "../../settle/index.ts";
import { everyRecord } from "../core/pages.ts";
import type { LedgerStore } from "../core/ports.ts";
import type { Scope } from "../core/use-case.ts";
import { ofLot } from "../core/whose.ts";

/** The books as they stand when the log is followed. */
export interface Books {
  readonly get: Scope["get"];
  readonly store: Pick<LedgerStore, "list" | "readBy">;
}

export const booksOf = (store: Pick<LedgerStore, "load" | "list" | "readBy">): Books => ({
  get: async (collection, id) => (await store.load(collection, id))?.record,
  store,
});

/** The two parties of an agreement: the same in all its versions. */
export const partiesOf = (record: AgreementRecord | undefined): readonly string[] =>
  record ? [record.agreement.parties.supplier, record.agreement.parties.processor] : [];

/** The firms between whom a sample was drawn; of one from before that was kept, whose its lot is and where it stands. */
export async function firmsOfSample(
  books: Books,
  sample: AnySample,
): Promise<readonly (string | undefined)[]> {
  const firms = "firms" in sample ? Object.values(sample.firms ?? {}) : [];
  return firms.length > 0 ? firms : ofLot(books, sample.lot);
}

/** Those to whom something of a lot was sent. */
export const buyersOfLot = (books: Books, lot: string) => buyersOf(books, (sent) => sent.lot === lot);

/** Those to whom a passport was sent. */
export const buyersOfPassport = (books: Books, passport: string) =>
  buyersOf(books, (sent) => sent.passport === passport);

async function buyersOf(
  { store }: Books,
  isIt: (sent: { readonly lot: string; readonly passport: string }) => boolean,
): Promise<readonly string[]> {
  const orders = await everyRecord(store, "order");
  return orders.filter(({ shipped }) => shipped.some(isIt)).map(({ buyer }) => buyer);
}
