import type { About } from "../core/notices.ts";
import type { Collection, Records } from "../core/records.ts";
import { ofLot, ofSite } from "../core/whose.ts";
import { type Books, buyersOfLot, buyersOfPassport, firmsOfSample, partiesOf } from "./belongs.ts";

type Parties = readonly (string | undefined)[];
type Readers = {
  readonly [K in Collection]?: (record: Records[K], books: Books, id: string) => Parties | Promise<Parties>;
};

/** Who reads each record that a notice can be about. What is not named here is nobody's to be told of. */
const READERS: Readers = {
  shipment: ({ shipper, consignee, carrier }) => [shipper, consignee, carrier],
  sample: async (sample, books) => [
    ...(await firmsOfSample(books, sample)),
    ...sample.portions.map((portion) => ("laboratory" in portion ? portion.laboratory : undefined)),
  ],
  statement: async ({ agreement }, { get }) => partiesOf(await get("agreement", agreement)),
  agreement: partiesOf,
  account: async ({ agreement }, { get }) => partiesOf(await get("agreement", agreement)),
  campaign: ({ site }, books) => ofSite(books, site),
  stocktake: ({ site }, books) => ofSite(books, site),
  order: ({ buyer, seller }) => [buyer, seller],
  certificate: async (_record, books, lot) => [
    ...(await ofLot(books, lot)),
    ...(await buyersOfLot(books, lot)),
  ],
  passport: async ({ lot }, books, passport) => [
    ...(await ofLot(books, lot)),
    ...(await buyersOfPassport(books, passport)),
  ],
  person: ({ party }) => [party],
  signing_key: ({ party }) => [party],
};

/**
 * Whether a party may be told of a record: the one place where that is asked (Z91). Until reading is divided by one function of the
 * store, those are parties that the record, or what it names, names.
 */
export async function mayBeTold(party: string, about: About, books: Books): Promise<boolean> {
  const { collection, id } = about;
  const record = await books.get(collection, id);
  const readers = READERS[collection];
  if (record === undefined || readers === undefined) return false;
  return (await readers(record as never, books, id)).includes(party);
}
