import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { unpublishedIn } from "../../../test/support/published-answers.ts";
import { applyProgramme, type ProgrammeEntry, type Site } from "../../programme/index.ts";
import { memoryStore } from "../../store/memory/ledger.ts";
import { perform } from "../core/perform.ts";
import type { Ports } from "../core/ports.ts";
import { seeingAll } from "../core/seen.ts";
import type { CommandAnswering, QueryAnswering } from "../core/use-case.ts";
import { programmeUseCases } from "./index.ts";

const NOW = "2026-03-02T14:00:00.000Z";
const actor = { role: "planner", party: "sample-recycler", verified: false };

function programme() {
  let nonces = 0;
  const ids = { nonce: () => (nonces++).toString(16).padStart(32, "0") };
  const store = memoryStore((book, entry) => applyProgramme(book, entry as unknown as ProgrammeEntry), ids);
  const places = [
    { zip: "46168", city: "Plainfield", state: "IN", lat: 39.6954, lon: -86.3717 },
    { zip: "46060", city: "Noblesville", state: "IN", lat: 40.0456, lon: -86.0086 },
  ];
  const ports = {
    store,
    ids,
    clock: { now: () => new Date(NOW) },
    zips: { find: (zip: string) => places.find((p) => p.zip === zip) },
    version: "test",
  } as unknown as Ports;
  const find = (verb: string) => programmeUseCases.find((u) => u.verb === verb);
  let requests = 0;
  return {
    store,
    async do(verb: string, input: object, by = actor) {
      const request = { key: `k${requests++}`, actor: by };
      const done = await perform(ports, find(verb) as CommandAnswering<unknown>, { request, input });
      return done.ok ? "done" : done.refusal.code;
    },
    async ask(verb: string, input: object) {
      const query = find(verb) as unknown as QueryAnswering<{
        items: Record<string, unknown>[];
        next?: string;
      }>;
      const answer = await query.answer(seeingAll(ports), query.input.parse(input));
      assert.ok(answer.ok);
      return answer.value;
    },
  };
}

const example = (name: string): object =>
  JSON.parse(readFileSync(new URL(`../../../examples/programme/${name}.json`, import.meta.url), "utf8"));

test("G1 to G4: the examples run in order, and a second registration is refused", async () => {
  const p = programme();
  assert.equal(await p.do("register-site", example("site")), "party_unknown");
  assert.equal(await p.do("register-party", example("party")), "done");
  assert.equal(await p.do("register-unit", example("scale")), "site_unknown");
  assert.equal(await p.do("register-site", example("site")), "done");
  assert.equal(await p.do("register-unit", example("scale")), "done");
  assert.equal(await p.do("change-site", example("change-site")), "done");
  assert.equal(await p.do("register-party", example("party")), "party_name_taken");
  assert.equal(await p.do("register-site", example("site")), "site_name_taken");
  assert.equal(await p.do("register-unit", example("scale")), "unit_name_taken");
  const { items } = await p.ask("sites", { party: "sample-recycler" });
  assert.equal(items[0]?.["status"], "closing");
  assert.equal(items[0]?.["city"], "Plainfield");
  assert.equal(p.store.log.length, 5);
});

test("G2: an unknown ZIP code is refused, a malformed one is not read, and nothing is written", async () => {
  const p = programme();
  await p.do("register-party", example("party"));
  assert.equal(await p.do("register-site", { ...example("site"), zip: "00000" }), "zip_unknown");
  assert.equal(await p.do("register-site", { ...example("site"), zip: "4616" }), "input_malformed");
  assert.equal(await p.do("register-site", { ...example("site"), lat: 1 }), "field_unknown");
  assert.equal(p.store.log.length, 1);
});

test("G4: every registration has its correcting entry; one that changes nothing or has not happened is refused", async () => {
  const p = programme();
  for (const [verb, name] of [
    ["register-party", "party"],
    ["register-site", "site"],
    ["register-unit", "scale"],
  ] as const)
    await p.do(verb, example(name));
  const why = "typed wrong";
  assert.equal(await p.do("change-party", { party: "sample-recycler", why }), "nothing_changed");
  assert.equal(await p.do("change-party", { party: "sample-recycler", name: "Sample Firm", why }), "done");
  assert.equal(await p.do("change-site", { site: "plainfield", zip: "46060", why }), "done");
  assert.equal(await p.do("change-site", { site: "plainfield", zip: "00000", why }), "zip_unknown");
  assert.equal(await p.do("change-site", { site: "plainfield", name: "X" }), "input_malformed");
  assert.equal(
    await p.do("change-site", { site: "plainfield", name: "X", why, at: "2027-01-01T00:00:00Z" }),
    "date_in_future",
  );
  assert.equal(
    await p.do("change-unit", { unit: "plainfield-floor", scale_sd: "100 g", why }),
    "nothing_changed",
  );
  assert.equal(
    await p.do("change-unit", { unit: "plainfield-floor", scale_sd: "120", why }),
    "mass_unit_unknown",
  );
  assert.equal(
    await p.do("change-unit", { unit: "plainfield-floor", scale_sd: "0 g", why }),
    "mass_not_positive",
  );
  assert.equal(await p.do("change-unit", { unit: "plainfield-floor", scale_sd: "120 g", why }), "done");
  const site = (await p.store.load("site", "plainfield"))?.record as Site;
  assert.deepEqual([site.city, site.zip, site.capabilities.length], ["Noblesville", "46060", 6]);
  const [unit] = (await p.ask("units", { kind: "scale" })).items;
  assert.equal(unit?.["scale_sd_mg"], 120_000);
});

test("G6: roles are listed, and an unlisted one is marked", async () => {
  const p = programme();
  assert.ok((await p.ask("roles", {})).items.length >= 8);
  assert.equal((await p.ask("roles", { role: "juggler" })).items[0]?.["listed"], false);
});

test("lists come a page at a time", async () => {
  const p = programme();
  for (let i = 0; i < 5; i++)
    await p.do("register-party", { party: `p${i}`, name: `Party ${i}`, kind: i % 2 ? "buyer" : "carrier" });
  const first = await p.ask("parties", { limit: 2 });
  assert.deepEqual(
    first.items.map((i) => i["id"]),
    ["p0", "p1"],
  );
  const next = await p.ask("parties", { limit: 2, after: first.next });
  assert.deepEqual(
    next.items.map((i) => i["id"]),
    ["p2", "p3"],
  );
  assert.deepEqual(
    (await p.ask("parties", { kind: "buyer" })).items.map((i) => i["id"]),
    ["p1", "p3"],
  );
});

test("G7: a country is stated with the registration or later by the site's own party", async () => {
  const p = programme();
  await p.do("register-party", example("party"));
  const { country: _country, ...site } = example("site") as { country: string };
  assert.equal(await p.do("register-site", { ...site, country: "USA" }), "input_malformed");
  assert.equal(await p.do("register-site", site), "done");
  const shown = async () => (await p.ask("sites", {})).items[0];
  assert.equal((await shown())?.["country"], undefined);
  const change = { site: "plainfield", why: "asked for by a buyer" };
  assert.equal(await p.do("change-site", { ...change, site: "nowhere", country: "US" }), "site_unknown");
  assert.equal(
    await p.do("change-site", { ...change, country: "US" }, { ...actor, party: "stranger" }),
    "party_differs",
  );
  assert.equal(await p.do("change-site", { ...change, country: "US" }), "done");
  assert.equal((await shown())?.["country"], "US");
  assert.equal(await p.do("change-site", { ...change, country: "US" }), "nothing_changed");
  assert.equal(await p.do("change-site", { ...change, zip: "46060" }), "done");
  assert.deepEqual(
    p.store.log.filter((e) => e.kind === "site_country_stated").map((e) => e.body["region"]),
    ["IN"],
  );
});

test("G8: products are listed in pages, those that need no registration first", async () => {
  const p = programme();
  await p.do("register-party", example("party"));
  const ndpr = { product: "NdPr-oxide", name: "NdPr oxide", form: "oxide", elements: ["Nd", "Pr"] };
  assert.equal(await p.do("define-product", ndpr), "done");
  assert.equal(await p.do("define-product", ndpr), "product_name_taken");
  assert.equal(await p.do("define-product", { ...ndpr, product: "X", purity: 1 }), "field_unknown");
  await p.do("define-product", { ...ndpr, product: "NdPr-metal", form: "metal" });
  const all: unknown[] = [];
  let after: string | undefined;
  do {
    const page = await p.ask("products", { limit: 5, ...(after ? { after } : {}) });
    assert.ok(page.items.length <= 5);
    all.push(...page.items.map((i) => i["product"]));
    after = page.next;
  } while (after !== undefined);
  assert.equal(all.length, new Set(all).size);
  assert.deepEqual([all.length, all[0], ...all.slice(-2)], [18, "Sc2O3", "NdPr-metal", "NdPr-oxide"]);
  const { items } = await p.ask("products", { form: "metal" });
  assert.deepEqual(
    items.map((i) => i["product"]),
    ["NdPr-metal"],
  );
});

test("G90: a defined product is answered as published, without when it was defined and what was noted", async () => {
  const p = programme();
  await p.do("register-party", example("party"));
  const ndpr = { product: "NdPr-oxide", name: "NdPr oxide", form: "oxide", elements: ["Nd", "Pr"] };
  assert.equal(await p.do("define-product", { ...ndpr, note: "asked for", _by: 7 }), "done");
  const answer = await p.ask("products", { product: "NdPr-oxide" });
  assert.equal(answer.items.length, 1);
  assert.deepEqual(unpublishedIn("programme/products", JSON.parse(JSON.stringify(answer))), []);
});
