import assert from "node:assert/strict";
import { test } from "node:test";
import { json, programme } from "../../../test/support/intake-programme.ts";

test("N15: where it was collected and what it was is asked at receipt; nothing is taken from the ZIP code", async () => {
  const p = await programme();
  const { collected_in, feedstock, ...bare } = json("intake/receive.json");
  assert.ok(collected_in && feedstock);
  const code = (more: object) => p.code("receive", { ...bare, ...more });
  assert.equal(await code({ collected_in: { country: "USA" } }), "input_malformed");
  assert.equal(await code({ feedstock: { class: "recycled" } }), "input_malformed");
  assert.equal(await code({ feedstock: { class: "virgin" } }), "evidence_missing");
  await p.do("receive", { ...bare, consignment: "C-BARE" });
  const unstated = await p.ask<{ provenance?: object }>("show", { consignment: "C-BARE" });
  assert.equal(unstated.provenance, undefined);
  await p.do("receive", json("intake/receive.json"));
  assert.deepEqual((await p.show()).provenance, { collected_in, feedstock, stated_later: false });
});

test("N15: what is stated later is stated by its owner or centre, with the reason, and stays marked", async () => {
  const p = await programme();
  const { collected_in: _where, feedstock, ...bare } = json("intake/receive.json");
  await p.do("receive", { ...bare, feedstock });
  const given = {
    consignment: "C-DEMO",
    collected_in: { country: "US" },
    why: "the declaration came by post",
  };
  assert.equal(await p.code("state-provenance", { ...given, consignment: "C-0" }), "consignment_unknown");
  assert.equal(await p.code("state-provenance", { consignment: "C-DEMO", why: "x" }), "nothing_changed");
  const stranger = await p.perform("state-provenance", given, "k-stranger", "somebody-else");
  assert.equal(stranger.ok ? "done" : stranger.refusal.code, "party_differs");
  await p.do("state-provenance", given);
  assert.deepEqual((await p.show()).provenance, {
    collected_in: { country: "US" },
    feedstock,
    stated_later: true,
  });
  // The entry holds no supplier, no ZIP code: it can be shown to a buyer.
  const { body } = p.store.log.at(-1) ?? {};
  assert.deepEqual(Object.keys(body ?? {}).sort(), [
    ...["at", "collected_in", "consignment", "for_request", "stated", "why"],
  ]);
});
