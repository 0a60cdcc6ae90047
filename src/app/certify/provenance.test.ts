import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { type World, worldBefore } from "../../../test/story/world.ts";
import {
  type Bundle,
  compareProvenance,
  type Descent,
  type FeedTraced,
  feedSource,
  type Provenance,
  provenanceOf,
  type StepMade,
  unsettledSource,
} from "../../certify/index.ts";

import { applyEntry } from "../apply.ts";

type Body = Readonly<Record<string, unknown>>;

async function issued(world: World, passport = "P-1"): Promise<Provenance> {
  const { credential } = await world.do("certify issue", {
    lot: "L-OXIDE",
    issuer: "sample-refiner",
    passport,
  });
  const { provenance } = (credential as { credentialSubject: { provenance: Provenance } }).credentialSubject;
  return provenance;
}

/** The records as a buyer sees them: only what the bundle discloses. */
function descentOf({ headers, disclosed }: Bundle): Descent {
  const makers = new Map<string, StepMade>();
  const traced = new Map<string, FeedTraced>();
  const places = new Map<string, { country: string; region?: string }>();
  const opened = new Set<string>();
  for (const { seq, body } of disclosed) {
    const kind = headers[seq - 1]?.kind;
    if (kind === "step_recorded")
      for (const { lot } of body["outputs"] as { lot: string }[])
        makers.set(lot, body as unknown as StepMade);
    if (kind === "feed_traced") traced.set(String(body["feed"]), body as unknown as FeedTraced);
    if (kind === "lot_opened") opened.add(String(body["lot"]));
    if (kind === "site_country_stated") {
      const { site, country, region } = body as Body & { site: string; country: string; region?: string };
      places.set(site, { country, ...(region === undefined ? {} : { region }) });
    }
  }
  return {
    makerOf: (lot) => makers.get(lot),
    placeOf: (site) => places.get(site),
    sourceOf: (lot) => {
      const feed = traced.get(lot);
      return feed ? feedSource(feed) : opened.has(lot) ? unsettledSource(lot) : undefined;
    },
  };
}

const bundleOf = async (world: World, passport = "P-1") =>
  (await world.ask("certify bundle", { passport })) as unknown as Bundle;

describe("provenance on the books", () => {
  it("C30, C31: a passport says what was stated of its consignment and sites, and the model its lineage bears", async () => {
    const world = await worldBefore("certify issue");
    const said = await issued(world);
    assert.deepEqual(said.collected_in, [{ country: "US", region: "IN" }]);
    assert.equal(said.chain_of_custody, "segregated", "one feed, and reagents");
    assert.equal(said.origin, "recovered");
    assert.deepEqual(said.feedstock, { Nd: { pre_consumer_reject: "1.0000" } });
    assert.ok(said.sites.length > 3);
    assert.ok(said.sites.every((s) => s.country === "US" && s.state === "IN"));
  });

  it("C32: a buyer finds the same from what the bundle discloses, and it names no consignment", async () => {
    const world = await worldBefore("certify issue");
    const said = await issued(world);
    const bundle = await bundleOf(world);
    const found = provenanceOf("L-OXIDE", ["Nd"], descentOf(bundle));
    assert.deepEqual(found, said);
    assert.deepEqual(compareProvenance(said, found), []);
    const traced = bundle.disclosed.filter((d) => bundle.headers[d.seq - 1]?.kind === "feed_traced");
    assert.equal(traced.length, 1);
    assert.doesNotMatch(JSON.stringify(traced[0]?.body), /C-0|sample-recycler|plainfield/);
  });

  it("C30: a country comes from the record of the site, whatever it is", async () => {
    const world = await worldBefore("certify issue");
    await world.do(
      "programme change-site",
      { site: "noblesville", country: "CA", why: "moved over" },
      {
        ...{ role: "planner", party: "sample-refiner", verified: false },
      },
    );
    const said = await issued(world);
    assert.ok(said.sites.some((s) => s.country === "CA" && s.state === undefined));
    assert.deepEqual(
      [...new Set(said.sites.map((s) => s.country))],
      ["US", "CA"],
      "taken out at one site, refined at the other",
    );
  });

  it("C30: books in which nobody stated anything say nothing, whatever the ZIP codes, lots and parties are called", async () => {
    const silent = new Set(["site_country_stated", "consignment_provenance_stated"]);
    const world = await worldBefore("certify issue", async (book, entry) => {
      if (!silent.has(entry.kind)) await applyEntry(book, entry);
    });
    const { sites, ...said } = await issued(world);
    assert.deepEqual(said, {
      ...{ rules: 2, collected_in: ["not_stated"], chain_of_custody: "segregated", origin: "not_stated" },
      ...{ feedstock: { Nd: { not_stated: "1.0000" } }, stated_later: false },
    });
    assert.ok(sites.every((s) => s.country === "not_stated" && s.state === undefined));
  });

  it("C32: what is stated after a passport stands in the next one, and is said to be stated later", async () => {
    const world = await worldBefore("certify issue");
    const before = await issued(world);
    assert.equal(before.stated_later, false);
    const feedstock = { class: "unknown" };
    await world.do("intake state-provenance", {
      consignment: "C-0",
      feedstock,
      why: "the maker withdrew it",
    });
    await world.do("certify revoke", { passport: "P-1", why: "its feedstock is not known" });
    const after = await issued(world, "P-2");
    assert.deepEqual(after.feedstock, { Nd: { unknown: "1.0000" } });
    assert.equal(after.origin, "not_stated");
    assert.equal(after.stated_later, true);
    const found = provenanceOf("L-OXIDE", ["Nd"], descentOf(await bundleOf(world, "P-2")));
    assert.deepEqual(found, after);
    assert.deepEqual(
      compareProvenance(before, found).map((f) => f.code),
      [...Array(3).fill("provenance_differs"), "not_stated"],
    );
  });

  it("C32: a statement on a consignment supersedes the passports that said otherwise, and those alone", async () => {
    const world = await worldBefore("certify issue");
    await issued(world);
    const state = (stated: object) =>
      world.do("intake state-provenance", { consignment: "C-0", why: "looked up again", ...stated });
    const superseded = async () => (await world.record("passport", "P-1")).superseded?.why;
    const before = world.ports.store.log.length;
    await state({ feedstock: { class: "pre_consumer_reject", evidence: "another declaration" } });
    assert.equal(await superseded(), undefined, "it says the same");
    assert.ok(
      world.ports.store.log.slice(before).some(({ kind }) => kind === "feed_traced"),
      "that it was stated later is told with it",
    );
    await state({ collected_in: { country: "DE" } });
    assert.match((await superseded()) ?? "", /L-MAGNETS was stated anew/);
    const fresh = provenanceOf("L-OXIDE", ["Nd"], descentOf(await bundleOf(world)));
    assert.deepEqual(fresh.collected_in, [{ country: "DE" }]);
    const traced = world.ports.store.log.filter(({ kind }) => kind === "feed_traced").at(-1);
    assert.doesNotMatch(JSON.stringify(traced?.body), /C-0|looked up/, "it names no consignment");
  });

  it("intake N42: a country stated anew of a site upstream supersedes the passports that said the old one, and a buyer finds it", async () => {
    const world = await worldBefore("certify issue");
    const planner = { role: "planner", party: "sample-recycler", verified: false };
    const state = (country: string) =>
      world.do("programme change-site", { site: "plainfield", country, why: "looked up again" }, planner);
    const before = world.ports.store.log.length;
    await state("CA");
    assert.equal(world.ports.store.log.length, before + 1, "no feed is traced yet");
    const said = await issued(world);
    assert.equal(said.sites[0]?.country, "CA");
    await state("US");
    assert.match((await world.record("passport", "P-1")).superseded?.why ?? "", /L-MAGNETS was stated anew/);
    const now = provenanceOf("L-OXIDE", ["Nd"], descentOf(await bundleOf(world)));
    assert.deepEqual([now.sites[0]?.country, now.sites[0]?.state], ["US", "IN"]);
    const traced = world.ports.store.log.filter(({ kind }) => kind === "feed_traced").at(-1);
    assert.doesNotMatch(JSON.stringify(traced?.body), /plainfield/, "it names no site");
    const same = world.ports.store.log.length;
    await world.do(
      "programme change-site",
      { site: "noblesville", country: "CA", why: "it stands downstream" },
      { ...planner, party: "sample-refiner" },
    );
    assert.equal(world.ports.store.log.length, same + 1, "no feed passed through it");
  });

  it("C32: a statement before any passport writes nothing of feeds", async () => {
    const world = await worldBefore("certify issue");
    const before = world.ports.store.log.length;
    await world.do("intake state-provenance", {
      ...{ consignment: "C-0", collected_in: { country: "DE" }, why: "looked up again" },
    });
    assert.equal(world.ports.store.log.length, before + 1);
  });
});
