import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { worldBefore } from "../../../test/story/world.ts";
import { ENTRY_KINDS } from "../../contract/entry-kinds.ts";
import { ROLES } from "../../trust/index.ts";
import type { NewNotice } from "../core/notices.ts";
import { type Books, booksOf } from "./belongs.ts";
import { NOTICE_KINDS, wordsOf } from "./kinds.ts";
import { isTold, noticesOf } from "./waits.ts";

/** What every entry of the story tells, on the books as the story leaves them. */
async function storyTells(): Promise<readonly NewNotice[]> {
  const { ports } = await worldBefore();
  const books = booksOf(ports.store);
  const told: NewNotice[] = [];
  for (const entry of await ports.store.entries({ after: 0, limit: 5000 }))
    told.push(...(await noticesOf(entry, books)));
  return told;
}

test("Z90: the roles of every kind are roles, and every rule is of a kind of entry", () => {
  for (const [kind, { roles }] of Object.entries(NOTICE_KINDS))
    for (const role of roles) assert.ok(Object.hasOwn(ROLES, role), `${kind}: ${role}`);
  const told = ENTRY_KINDS.filter(({ kind }) => isTold(kind));
  assert.ok(told.length >= 17, `${told.length}`);
  assert.equal(isTold("constructor"), false);
  assert.equal(wordsOf("kind_of_later"), "kind of later");
  assert.equal(wordsOf("constructor"), "constructor");
});

test("Z90: the story tells who waits for what, and tells it again alike", async () => {
  const told = await storyTells();
  const to = (kind: string) =>
    [...new Set(told.filter((one) => one.kind === kind).map((one) => one.party))].sort();
  assert.deepEqual(to("shipment_coming"), ["sample-refiner"]);
  assert.deepEqual(to("terms_proposed"), ["sample-refiner"]);
  assert.deepEqual(to("results_exchanged"), ["sample-recycler", "sample-refiner"]);
  assert.deepEqual(to("statement_made"), ["sample-recycler", "sample-refiner"]);
  assert.deepEqual(to("person_registered"), ["sample-recycler"]);
  assert.deepEqual(await storyTells(), told);
});

test("Z92: a notice holds a number, a path and a day: nothing that was weighed, priced or written", async () => {
  for (const { kind, about, link, due, party, source } of await storyTells()) {
    assert.match(link, /^\/[a-z]*(\/[^/?#\s]+)?$/, kind);
    assert.ok(due === undefined || /^\d{4}-\d{2}-\d{2}/.test(due), kind);
    for (const name of [about?.id, party])
      assert.match(name ?? "x", /^[A-Za-z0-9][A-Za-z0-9._:-]{0,63}$/, kind);
    assert.match(source, /^(entry \d+|sample \S+)$/);
  }
});

const PARTIES = ["ada", "bea", "cid", "dot", "eli"] as const;
const party = fc.constantFrom(...PARTIES);

/** Books in which every record is made of any parties, beside the entry that tells of it. */
const anyBooks = fc.record({
  ...{ owner: party, host: party, supplier: party, processor: party, by: party },
  ...{ shipper: party, consignee: party, carrier: party, laboratory: party },
  ...{ buyer: party, seller: party, customer: party, stranger: party },
});
type Cast = typeof anyBooks extends fc.Arbitrary<infer T> ? T : never;

function recordsOf(cast: Cast): Readonly<Record<string, object>> {
  const { owner, host, supplier, processor, shipper, consignee, carrier, laboratory, buyer, seller } = cast;
  const { customer } = cast;
  const agreement = { id: "A", parties: { supplier, processor } };
  const shipped = [{ lot: "L", passport: "P" }];
  return {
    "lot/L": { id: "L", owner, place: "S" },
    "site/S": { id: "S", party: host },
    "consignment/C": { consignment: "C", owner, customer, site: "S" },
    "shipment/H": { shipment: "H", shipper, consignee, carrier },
    "sample/Y": {
      ...{ sample: "Y", lot: "L", firms: { supplier, processor } },
      ...{ portions: [{ laboratory }], reports: { supplier: {}, processor: {} } },
    },
    "agreement/A": { agreement, terms: [], versions: 1 },
    "statement/L": { lot: "L", agreement: "A" },
    "account/A": { agreement: "A" },
    "campaign/K": { campaign: "K", site: "S" },
    "stocktake/T": { stocktake: "T", site: "S" },
    "order/O": { order: "O", buyer, seller, shipped },
    "certificate/L": { lot: "L" },
    "passport/P": { passport: "P", lot: "L" },
    "person/U": { id: "U", party: owner },
    "signing_key/k": { key: "k", party: owner },
  };
}

/** Entries that say of the records what they hold; and, with `stranger`, of somebody that no record names. */
function entriesOf(cast: Cast, stranger?: string): readonly (readonly [string, object])[] {
  const as = (one: string) => stranger ?? one;
  const { owner, supplier, processor, by, consignee, laboratory, seller } = cast;
  const said = { by: { party: by, role: "accountant" } };
  const parties = { supplier: as(supplier), processor: as(processor) };
  return [
    ["sanitization_certified", { consignment: "C" }],
    ["shipment_sent", { shipment: "H", consignee: as(consignee) }],
    ["sample_taken", { sample: "Y", portions: [{ laboratory: as(laboratory) }, {}] }],
    ["assay_reported", { sample: "Y" }],
    ["statement_issued", { lot: "L", statement: { parties } }],
    [
      "agreement_proposed",
      { agreement: { id: "A", parties, effective: { from: "2026-01-01" } }, proposed: said, version: 1 },
    ],
    ["lot_move_proposed", { lot: "L", agreement: "A", ...said }],
    ["return_take_back_proposed", { agreement: "A", ...said }],
    ["campaign_planned", { campaign: "K", site: "S", at: "2026-01-01" }],
    ["stock_taken", { stocktake: "T", site: "S", counts: [{ agrees: false }] }],
    ["order_placed", { order: "O", seller: as(seller), due: "2026-01-01" }],
    ["certificate_superseded", { lot: "L" }],
    ["passport_revoked", { passport: "P" }],
    ["passport_superseded", { passport: "P" }],
    ["person_registered", { id: "U", party: as(owner) }],
    ["person_left", { person: "U" }],
    ["signing_key_born", { party: as(owner), key: "k", replaces: "j" }],
    ["signing_key_retired", { party: as(owner), key: "k" }],
    ["signing_key_revoked", { party: as(owner), key: "k" }],
  ];
}

/** Books that show each record to who reads it, as a store does. */
const booksWith = (cast: Cast): Books => {
  const records = recordsOf(cast);
  const found = (name: string) => records[name] && { seq: 1, record: records[name] };
  const list = async () => ({ items: [{ id: "O", seq: 1, record: records["order/O"] }] });
  const readBy = ([reader = ""]: readonly string[]) => ({
    load: async (collection: string, id: string) =>
      readersOf(collection, cast).includes(reader) ? found(`${collection}/${id}`) : undefined,
  });
  const get = async (collection: string, id: string) =>
    collection === "party" ? { id, kind: "recycler" } : records[`${collection}/${id}`];
  return { get, store: { list, readBy } } as unknown as Books;
};

/** Written here anew, from what each record is for: who is named in it, or in what it stands on. */
function readersOf(collection: string, cast: Cast): readonly string[] {
  const { owner, host, supplier, processor, shipper, consignee, carrier, laboratory, buyer, seller } = cast;
  const firms = [supplier, processor];
  const all: Readonly<Record<string, readonly string[]>> = {
    ...{ shipment: [shipper, consignee, carrier], sample: [...firms, laboratory] },
    ...{ statement: firms, agreement: firms, account: firms, campaign: [host], stocktake: [host] },
    ...{ order: [buyer, seller], certificate: [owner, host, buyer], passport: [owner, host, buyer] },
    ...{ person: [owner], signing_key: [owner], consignment: [owner, host, cast.customer] },
  };
  return all[collection] ?? [];
}

const told = async (entries: ReturnType<typeof entriesOf>, books: Books) => {
  const notices: NewNotice[] = [];
  for (const [kind, body] of entries)
    notices.push(...(await noticesOf({ seq: 7, time: "2026-01-01T00:00:00.000Z", kind, body }, books)));
  return notices;
};

test("Z91: whoever takes part, each notice goes to who may read what it is about", async () => {
  let notices = 0;
  await fc.assert(
    fc.asyncProperty(anyBooks, async (cast) => {
      for (const notice of await told(entriesOf(cast), booksWith(cast))) {
        notices += 1;
        assert.ok(
          readersOf(notice.about?.collection ?? "", cast).includes(notice.party),
          JSON.stringify(notice),
        );
        assert.ok(notice.kind.endsWith("_proposed") ? notice.party !== cast.by : true, "who said it knows");
      }
    }),
  );
  assert.ok(notices > 1000, `${notices}`);
});

test("N60: of a certificate of sanitization its customer is told, and nobody where none was named", async () => {
  const [cast] = fc.sample(anyBooks, 1);
  assert.ok(cast);
  const of = async (customer: string | undefined) => {
    const books = booksWith({ ...cast, ...{ owner: "ada", host: "bea" }, customer } as Cast);
    return (await told([["sanitization_certified", { consignment: "C" }]], books)).map(({ party }) => party);
  };
  assert.deepEqual(await of("cid"), ["cid"]);
  assert.deepEqual(await of(undefined), []);
});

test("Z91: an entry that names somebody whom its record does not name tells them nothing", async () => {
  await fc.assert(
    fc.asyncProperty(anyBooks, async (cast) => {
      const notices = await told(entriesOf(cast, "zoe"), booksWith(cast));
      assert.ok(notices.every((notice) => notice.party !== "zoe"));
    }),
  );
});

test("Z91: of what is not on the books nobody is told", async () => {
  const [cast] = fc.sample(anyBooks, 1);
  assert.ok(cast);
  const nothing = { get: async () => undefined, store: { list: async () => ({ items: [] }) } };
  assert.deepEqual(await told(entriesOf(cast), nothing as unknown as Books), []);
});
