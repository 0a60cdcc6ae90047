import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { json, MANIFEST, programme, read, received } from "../../../test/support/intake-programme.ts";
import type { Line } from "../../intake/index.ts";
import { spread } from "../../quantity/index.ts";
import { tableOf } from "./table.ts";

test("N1: a ZIP code is offered the nearest centre with the reason and the source; an unknown one is refused", async () => {
  const p = await programme();
  const offer = await p.ask<{ offers: { site: string; distance_miles: number }[]; places_from: string }>(
    "offer",
    {
      zip: "60601",
    },
  );
  assert.deepEqual(
    offer.offers.map((o) => o.site),
    ["plainfield", "fresno"],
  );
  const miles = offer.offers[0]?.distance_miles ?? 0;
  assert.ok(miles > 150 && miles < 180, `Chicago to Plainfield: ${miles}`);
  assert.match(offer.places_from, /GeoNames/);
  const receive = json("intake/receive.json");
  assert.equal(await p.code("receive", { ...receive, from_zip: "00000" }), "zip_unknown");
  assert.equal(await p.code("receive", { ...receive, from_zip: "6060" }), "input_malformed");
});

test("N1, N2: received at the best offer; pallets weigh something, with the doubt of their scale", async () => {
  const p = await programme();
  const receive = json("intake/receive.json");
  const pallet = { pallet: "P", gross: "100 kg", tare: "20 kg", scale: "plainfield-floor" };
  const code = (more: object) => p.code("receive", { ...receive, ...more });
  assert.equal(await code({ owner: "nobody" }), "party_unknown");
  assert.equal(await code({ site: "nowhere" }), "site_unknown");
  assert.equal(await code({ at: "2027-01-01T00:00:00Z" }), "date_in_future");
  assert.equal(await code({ pallets: [{ ...pallet, scale: "kitchen" }] }), "scale_unknown");
  assert.equal(await code({ pallets: [{ ...pallet, scale: undefined }] }), "doubt_missing");
  assert.equal(await code({ pallets: [{ ...pallet, gross: "100" }] }), "mass_unit_unknown");
  assert.equal(await code({ pallets: [{ ...pallet, gross: "-100 kg" }] }), "mass_negative");
  assert.equal(await code({ pallets: [{ ...pallet, gross: "40 lb" }] }), "net_not_positive");
  assert.equal(await code({ pallets: [pallet, pallet] }), "pallet_named_twice");
  assert.equal((await p.do("receive", receive))["site"], "plainfield");
  assert.equal(await code({}), "consignment_name_taken");
  await p.do("change-site", { site: "plainfield", status: "closing", why: "moving" });
  assert.equal(await code({ consignment: "C-2", site: "plainfield" }), "site_cannot");
  assert.equal((await p.do("receive", { ...receive, consignment: "C-2", pallets: [] }))["site"], "fresno");
  await p.do("weigh-pallets", json("intake/weigh-pallets.json"));
  assert.equal(await p.code("weigh-pallets", json("intake/weigh-pallets.json")), "reason_missing");
  await p.do("weigh-pallets", { ...json("intake/weigh-pallets.json"), why: "wrong pallet" });
  const { pallets } = await p.show();
  assert.deepEqual(
    pallets.map((x) => [x.pallet, Math.round(x.net_mg.best / 1e6), Math.round(spread(x.net_mg))]),
    [
      ["C-DEMO-P1", 444, 100_000],
      ["C-DEMO-P2", 44, 50_000],
    ],
  );
});

test("N58: a consignment names its customer, a party that is one; who only has a name is kept as text", async () => {
  const p = await programme();
  const receive = json("intake/receive.json");
  await p.do("register-party", { party: "cust", name: "Cust", kind: "customer", sample: true });
  const named = { ...receive, customer: "cust" };
  assert.equal(await p.code("receive", { ...named, customer: "nobody" }), "party_unknown");
  assert.equal(await p.code("receive", { ...named, customer: "sample-recycler" }), "party_unknown");
  await p.do("receive", named);
  const { customer, from_name } = await p.show();
  assert.deepEqual([customer, from_name], ["cust", receive["from_name"]]);
  await p.do("receive", { ...receive, consignment: "C-2" });
  const second = await p.ask<object>("show", { consignment: "C-2" });
  assert.ok(!("customer" in second), "nobody is made up where none is named");
});

test("N3 to N6: the sample manifest: good rows kept and identified, bad ones named and kept on the books", async () => {
  const p = await received();
  const answer = await p.do("read-manifest", read(MANIFEST));
  assert.deepEqual([answer["rows"], answer["kept"], answer["rejected"], answer["blank"]], [41, 35, 5, 1]);
  assert.deepEqual(
    answer.findings.map((f) => [f.row, f.column, f.code]),
    [
      [38, "qty", "quantity_unreadable"],
      [39, "weight (lb)", "weight_unreadable"],
      [40, "description", "description_missing"],
      [41, "qty", "quantity_unreadable"],
      [42, "description", "row_is_a_total"],
    ],
  );
  const { items } = await p.ask("lines", { consignment: "C-DEMO", limit: 500 });
  const lines = items as unknown as Line[];
  assert.equal(lines.length, 35);
  const [first, , , , , quoted] = lines;
  assert.deepEqual([first?.class, first?.quantity, first?.data_bearing], ["hdd", 12, "yes"]);
  assert.ok((first?.elements_g["Nd"]?.best ?? 0) > 5, "a dozen drives hold grams of Nd");
  assert.equal(quoted?.text, 'Seagate ST1000LM035 1TB, 2.5" laptop drive');
  assert.equal(lines.find((l) => l.text.includes("AirPods"))?.data_bearing, "no");
  assert.equal(lines.find((l) => l.text.includes("magnets from"))?.data_bearing, "unknown");
  const consignment = await p.show();
  assert.equal(consignment.unresolved_rows, 5);
  assert.equal(
    consignment.devices,
    lines.reduce((n, l) => n + l.quantity, 0),
  );
  assert.equal(
    consignment.open_devices,
    lines.filter((l) => l.data_bearing !== "no").reduce((n, l) => n + l.quantity, 0),
  );
  const waiting = await p.ask("findings", { consignment: "C-DEMO", state: "rejected" });
  assert.deepEqual(waiting.items[4]?.["cells"], ["TOTAL", "407", "", ""]);
  const [manifest] = consignment.manifests;
  const document = await p.store.document(manifest?.digest ?? "");
  assert.equal(new TextDecoder().decode(document?.bytes), MANIFEST);
});

test("N4: the same file is refused and told where it was read, with or without a byte-order mark", async () => {
  const p = await received();
  await p.do("receive", { ...json("intake/receive.json"), consignment: "C-2" });
  await p.do("read-manifest", read("item\niPad\n", { name: "first.csv" }));
  for (const text of ["item\niPad\n", "\ufeffitem\niPad\n"]) {
    const again = await p.perform("read-manifest", read(text, { consignment: "C-2" }));
    assert.equal(again.ok ? "done" : again.refusal.code, "file_read_before");
    assert.match(again.ok ? "" : again.refusal.message, /first\.csv for C-DEMO/);
  }
  assert.equal(await p.code("read-manifest", read("item\niPad \n")), "done");
  assert.equal(
    await p.code("read-manifest", read("item\niPhone\n", { consignment: "C-9" })),
    "consignment_unknown",
  );
});

test("N4: a repeated request is answered again and nothing is read twice", async () => {
  const p = await received();
  const first = await p.perform("read-manifest", read(MANIFEST), "same");
  const again = await p.perform("read-manifest", read(MANIFEST), "same");
  assert.ok(first.ok && again.ok && again.value.repeated);
  assert.deepEqual(JSON.parse(JSON.stringify(first.value.answer)), again.value.answer);
  assert.equal((await p.show()).lines, 35);
});

test("N3, N7: huge, binary, empty or wrongly encoded files are refused as a whole; the file may be sent again", async () => {
  const p = await received();
  const code = (text: string, more: object = {}) => p.code("read-manifest", read(text, more));
  assert.equal(await code(`item\n${"iPad\n".repeat(50_001)}`), "too_many_rows");
  assert.equal(await code("x".repeat(10 * 1024 * 1024 + 1)), "manifest_too_large");
  assert.equal(await code(`item\n${"é".repeat(6 * 1024 * 1024)}`), "manifest_too_large");
  assert.equal(await code("PK\u0003\u0004\u0000\u0000\u0008\u0000"), "not_text");
  assert.equal(await code([..."item\niPad\n"].join("\u0000")), "not_text");
  assert.equal(await code("\n\n\n"), "manifest_empty");
  assert.equal(await code("item,qty\n"), "manifest_empty");
  assert.equal(await code("item,qty\niPad,none\n"), "no_row_kept");
  assert.equal(await code("item,qty\niPad,1\n", { columns: { quantity: "pieces" } }), "column_unknown");
  assert.equal(await code("item,qty\niPad,1\n", { columns: { colour: "x" } }), "field_unknown");
  assert.equal(await code("item,qty\niPad,1\n", { at: "2030-01-01T00:00:00Z" }), "date_in_future");
  assert.equal(await code("item,qty\niPad,1\n"), "done");
});

test("N5: a quote that does not close takes only its own row with it", () => {
  const rows = (text: string) => {
    const table = tableOf(text);
    assert.ok(table.ok);
    return table.value;
  };
  const broken = rows('item,qty\n"3.5 HDD,2\niPad,3\n"a, b",4\n');
  assert.deepEqual(broken.rows.length, 4);
  assert.deepEqual([...(broken.unreadable ?? [])], [[1, "a quote is opened and not closed"]]);
  assert.deepEqual(broken.rows[3], ["a, b", "4"]);
  const soon = rows('item,qty\n"3.5 HDD,2\n"iPod",1\n');
  assert.deepEqual([soon.rows.length, [...(soon.unreadable?.keys() ?? [])]], [3, [1]]);
  // Closed far below by the next quote: the rows between are not swallowed.
  const far = rows(`item,qty\n"3.5 HDD,2\n${"iPad,3\n".repeat(40)}"iPod",1\n`);
  assert.equal(far.rows.length, 43);
  assert.deepEqual([...(far.unreadable?.keys() ?? [])], [1]);
  assert.deepEqual(rows('item,qty\r\n"two\nlines",2\r\n\r\niPad,1').rows, [
    ["item", "qty"],
    ["two\nlines", "2"],
    [""],
    ["iPad", "1"],
  ]);
  assert.deepEqual(rows('item,qty\n3.5" HDD,1\n2.5" HDD,4').rows, [
    ["item", "qty"],
    ['3.5" HDD', "1"],
    ['2.5" HDD', "4"],
  ]);
  assert.deepEqual(rows('description\n"Latitude 7490, no HDD"\nHP, parts').rows, [
    ["description"],
    ["Latitude 7490, no HDD"],
    ["HP, parts"],
  ]);
});

test("N3: rows = kept + rejected + blank for any text, and what is kept is on the books", async () => {
  const piece = fc.oneof(
    fc.constantFrom(
      "item,qty",
      "\n",
      "\r\n",
      '"',
      ",",
      ";",
      "\t",
      "iPad",
      "12",
      "\ufeff",
      "\u0000",
      "-1",
      '""',
    ),
    fc.string({ unit: "binary", maxLength: 6 }).map((s) => s.toWellFormed()),
  );
  const p = await received();
  let read_files = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(piece, { minLength: 1, maxLength: 40 }), async (pieces) => {
      const before = await p.show();
      const done = await p.perform("read-manifest", read(`item,qty\n${pieces.join("")}`));
      const after = await p.show();
      if (!done.ok) {
        assert.deepEqual(after, before);
        return;
      }
      read_files++;
      const m = done.value.answer as unknown as Record<"rows" | "kept" | "rejected" | "blank", number>;
      assert.equal(m.rows, m.kept + m.rejected + m.blank);
      assert.equal(after.lines - before.lines, m.kept);
      assert.equal(after.unresolved_rows - before.unresolved_rows, m.rejected);
    }),
    { numRuns: 150 },
  );
  assert.ok(read_files > 20, `${read_files} files were read`);
});

test("a manifest of 10,000 lines is read in thousands", async () => {
  const p = await received();
  const rows = Array.from(
    { length: 10_000 },
    (_, i) => `Seagate ST${1000 + (i % 700)}DM008 ${i % 9}TB HDD,${1 + (i % 5)}`,
  );
  const answer = await p.do("read-manifest", read(`description,qty\n${rows.join("\n")}\n`));
  assert.equal(answer["kept"], 10_000);
  const kinds = p.store.log.map((e) => e.kind).filter((k) => k === "lines_identified");
  assert.equal(kinds.length, 10);
});

test("findings beyond the first 200 are on the books, a page at a time", async () => {
  const p = await received();
  const answer = await p.do("read-manifest", read(`item,qty\niPad,1\n${"iPad,none\n".repeat(300)}`));
  assert.deepEqual([answer["findings_count"], answer.findings.length, answer["rejected"]], [300, 200, 300]);
  const { items } = await p.ask("findings", { consignment: "C-DEMO", state: "rejected", limit: 500 });
  assert.equal(items.length, 300);
});
