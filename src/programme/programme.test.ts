import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { type Book, MemoryBook } from "../ledger/index.ts";
import {
  applyProgramme,
  countryStatement,
  decideParty,
  decidePartyChange,
  decideSite,
  decideSiteChange,
  decideUnit,
  decideUnitChange,
  type Party,
  type ProgrammeEntry,
  type ProgrammeRecords,
  type Site,
  type Unit,
} from "./index.ts";

const party: Party = { id: "firm", name: "Firm", kind: "recycler", sample: true };
const site: Site = {
  id: "centre",
  party: "firm",
  name: "Centre",
  city: "Plainfield",
  state: "IN",
  zip: "46168",
  lat: 39.7,
  lon: -86.4,
  capabilities: ["intake"],
  status: "open",
};
const scale: Unit = { id: "floor", site: "centre", kind: "scale", name: "Floor", scale_sd_mg: 100_000 };
const at = "2026-03-02T14:00:00.000Z";

const outcome = (result: { ok: boolean; refusal?: { code: string } }) =>
  result.ok ? "done" : result.refusal?.code;

test("G2, G3: names are used once; a site needs its party, a unit its site", () => {
  assert.equal(outcome(decideParty(undefined, party)), "done");
  assert.equal(outcome(decideParty(party, party)), "party_name_taken");
  assert.equal(outcome(decideSite(undefined, party, site)), "done");
  assert.equal(outcome(decideSite(site, undefined, site)), "site_name_taken");
  assert.equal(outcome(decideSite(undefined, undefined, site)), "party_unknown");
  assert.equal(outcome(decideUnit(undefined, site, scale)), "done");
  assert.equal(outcome(decideUnit(scale, undefined, scale)), "unit_name_taken");
  assert.equal(outcome(decideUnit(undefined, undefined, scale)), "site_unknown");
});

test("G5: a column states its bed, a scale its doubt, a furnace neither", () => {
  const unit = (kind: string, more: object = {}) =>
    outcome(decideUnit(undefined, site, { id: "u", site: "centre", kind, name: "U", ...more }));
  assert.equal(unit("column"), "bed_missing");
  assert.equal(unit("column", { diameter_mm: 457.2 }), "bed_missing");
  assert.equal(unit("column", { diameter_mm: 457.2, bed_length_mm: 1000 }), "done");
  assert.equal(unit("scale"), "scale_doubt_missing");
  assert.equal(unit("furnace"), "done");
});

test("G4: a change names something registered and changes it", () => {
  const why = "registered by mistake";
  assert.equal(
    outcome(decidePartyChange(undefined, { party: "firm", why, at, name: "X" }, at)),
    "party_unknown",
  );
  assert.equal(outcome(decideSiteChange(undefined, { site: "centre", why, at })), "site_unknown");
  assert.equal(outcome(decideUnitChange(undefined, { unit: "floor", why, at })), "unit_unknown");
  assert.equal(outcome(decidePartyChange(party, { party: "firm", why, at }, at)), "nothing_changed");
  assert.equal(outcome(decideSiteChange(site, { site: "centre", why, at })), "nothing_changed");
  const same = { site: "centre", why, at, status: "open" as const, capabilities: ["intake"] };
  assert.equal(outcome(decideSiteChange(site, same)), "nothing_changed");
  assert.equal(outcome(decideSiteChange(site, { ...same, status: "closed" })), "done");
  assert.equal(
    outcome(decideUnitChange(scale, { unit: "floor", why, at, scale_sd_mg: 100_000 })),
    "nothing_changed",
  );
  assert.equal(outcome(decideUnitChange(scale, { unit: "floor", why, at, scale_sd_mg: 120_000 })), "done");
});

async function folded(entries: readonly ProgrammeEntry[]): Promise<Book<ProgrammeRecords>> {
  const book = new MemoryBook<ProgrammeRecords>();
  for (const entry of entries) await applyProgramme(book, entry);
  return book;
}

test("G4: folded, a change touches only what it states, and never the name or the owner", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.record(
        {
          name: fc.string({ minLength: 1 }),
          status: fc.constantFrom("open" as const, "closing" as const, "closed" as const),
          capabilities: fc.array(fc.string()),
        },
        { requiredKeys: [] },
      ),
      async (values) => {
        const change = { site: "centre", why: "because", at, ...values };
        const book = await folded([
          { kind: "party_registered", body: party },
          { kind: "site_registered", body: site },
          { kind: "unit_registered", body: scale },
          { kind: "site_changed", body: change },
        ]);
        assert.deepEqual(await book.get("site", "centre"), { ...site, ...values });
        assert.deepEqual(await book.get("unit", "floor"), scale);
        assert.deepEqual(await book.get("party", "firm"), party);
      },
    ),
  );
});

test("G4: a scale's doubt is corrected on the books; a change of the unregistered is a fault", async () => {
  const body = { unit: "floor", why: "calibrated", at, scale_sd_mg: 120_000 };
  const book = await folded([
    { kind: "unit_registered", body: scale },
    { kind: "unit_changed", body },
  ]);
  assert.deepEqual(await book.get("unit", "floor"), { ...scale, scale_sd_mg: 120_000 });
  await assert.rejects(folded([{ kind: "unit_changed", body }]), /unit floor is registered/);
});

test("G7: the country of a site is what was stated: nothing is assumed, and what is stated again is not written twice", async () => {
  const book = new MemoryBook<ProgrammeRecords>();
  await applyProgramme(book, { kind: "site_registered", body: site });
  assert.equal((await book.get("site", "centre"))?.country, undefined);
  assert.equal(countryStatement(site, { site: "centre", state: "IN" }), undefined);
  const stated = countryStatement(site, { site: "centre", state: "IN", country: "US" });
  assert.deepEqual(stated, { site: "centre", country: "US", region: "IN" });
  assert.ok(stated);
  await applyProgramme(book, { kind: "site_country_stated", body: { ...stated, at } });
  const now = await book.get("site", "centre");
  assert.deepEqual(now, { ...site, country: "US" });
  assert.equal(countryStatement(now, { site: "centre", state: "IN", country: "US" }), undefined);
  // It moves: what was stated of its old place is stated of the new one.
  assert.deepEqual(countryStatement(now, { site: "centre", state: "OH" }), {
    site: "centre",
    country: "US",
    region: "OH",
  });
  assert.deepEqual(countryStatement(now, { site: "centre", state: "PR", country: "PR" }), {
    site: "centre",
    country: "PR",
  });
});
