import assert from "node:assert/strict";
import { test } from "node:test";
import { json, read, received } from "../../../test/support/intake-programme.ts";

interface Desk {
  readonly arrived: readonly { readonly consignment: string }[];
  readonly to_destroy: readonly { readonly consignment: string; readonly open_devices: number }[];
  readonly to_settle: readonly { readonly consignment: string }[];
  readonly open_devices: number;
  readonly unresolved_rows: number;
  readonly last?: { readonly consignment: string };
}

test("N14: the desk names what arrived since an instant, what must be destroyed and what nobody settled", async () => {
  const p = await received();
  await p.do("read-manifest", read("item,qty\nWDC WD10EZEX 1TB 3.5 HDD,6\niPad,none\n"));
  const { at, open_devices } = await p.show();
  const desk = await p.ask<Desk>("desk", { since: at });
  assert.deepEqual(
    [desk.arrived, desk.to_destroy, desk.to_settle].map((l) => l.map((c) => c.consignment)),
    [["C-DEMO"], ["C-DEMO"], ["C-DEMO"]],
  );
  assert.equal(open_devices, 6);
  assert.deepEqual([desk.open_devices, desk.unresolved_rows], [6, 1]);
  const later = await p.ask<Desk>("desk", { since: new Date(Date.parse(at) + 1).toISOString() });
  assert.deepEqual([later.arrived.length, later.to_destroy.length], [0, 1]);
  assert.equal(later.last?.consignment, "C-DEMO");
  const elsewhere = await p.ask<Desk>("desk", { site: "fresno" });
  assert.deepEqual([elsewhere.open_devices, elsewhere.last], [0, undefined]);
});

test("N9: a record without a time was made when it was written down", async () => {
  const p = await received();
  await p.do("read-manifest", read("item,qty\nWDC WD10EZEX 1TB 3.5 HDD,6\n"));
  const [template] = json("intake/sanitize.json")["records"] as Record<string, unknown>[];
  const { at: _, ...record } = { ...template, at: "", row: 1, devices: 6 };
  await p.do("sanitize", { consignment: "C-DEMO", records: [record] });
  assert.equal((await p.show()).open_devices, 0);
  const written = p.store.log.at(-1) as unknown as { body: { records: { at: string }[]; at: string } };
  assert.equal(written.body.records[0]?.at, written.body.at);
});
