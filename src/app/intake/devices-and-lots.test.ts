import assert from "node:assert/strict";
import { test } from "node:test";
import {
  destroyAll,
  json,
  MANIFEST,
  NOW,
  programme,
  read,
  received,
} from "../../../test/support/intake-programme.ts";
import type { Line } from "../../intake/index.ts";
import { decideDeparture, type Lot } from "../../ledger/index.ts";
import { spread } from "../../quantity/index.ts";

test("N12: a line is corrected by words, class, quantity or a statement on its data, which then stays", async () => {
  const p = await received();
  await p.do("read-manifest", read("item,qty\nmystery box,3\niPad,2\n"));
  const line = async (row: number) =>
    (await p.ask<{ items: Line[] }>("lines", { consignment: "C-DEMO" })).items[row - 1] as Line;
  const correct = (more: object) =>
    p.do("correct-line", { consignment: "C-DEMO", row: 1, why: "opened", ...more });
  assert.deepEqual([(await line(1)).class, (await line(1)).data_bearing], ["unknown", "unknown"]);
  await correct({ class: "hdd" });
  assert.deepEqual(
    [(await line(1)).class, (await line(1)).p, (await line(1)).data_bearing],
    ["hdd", 1, "yes"],
  );
  const three = (await line(1)).elements_g["Nd"]?.best ?? 0;
  await correct({ quantity: 6 });
  const six = (await line(1)).elements_g["Nd"]?.best ?? 0;
  assert.ok(three > 0 && Math.abs(six / three - 2) < 0.05, `${three} g, then ${six} g`);
  await correct({ data_bearing: "no" });
  assert.equal((await p.show()).open_devices, 2);
  await correct({ text: "Seagate ST2000DM008" });
  assert.deepEqual([(await line(1)).class, (await line(1)).data_bearing], ["hdd", "no"]);
  assert.equal((await line(1)).corrections.length, 4);
  assert.equal((await p.show()).open_devices, 2);
  const code = (more: object) => p.code("correct-line", { consignment: "C-DEMO", row: 1, why: "w", ...more });
  assert.equal(await code({}), "nothing_changed");
  assert.equal(await code({ row: 9, quantity: 1 }), "line_unknown");
  assert.equal(await code({ class: "teapot" }), "input_malformed");
  assert.equal(await code({ quantity: -1 }), "input_malformed");
});

test("N13: rejected rows become lines or are set aside; the last one settles the consignment", async () => {
  const p = await received();
  await p.do("read-manifest", read(MANIFEST));
  const before = await p.show();
  const settled = await p.do("resolve-row", json("intake/resolve-row.json"));
  assert.deepEqual([settled["line"], settled["class"], settled["quantity"]], [36, "notebook", 2]);
  assert.equal((await p.show()).open_devices, before.open_devices + 2);
  assert.equal(await p.code("resolve-row", json("intake/resolve-row.json")), "row_already_resolved");
  const code = (more: object) => p.code("resolve-row", { consignment: "C-DEMO", why: "looked", ...more });
  assert.equal(await code({ row: 2 }), "row_unknown");
  assert.equal(await code({ row: 38, quantity: 3 }), "text_missing");
  for (const row of [38, 39, 40, 42]) assert.equal(await code({ row }), "done");
  assert.equal((await p.show()).unresolved_rows, 0);
  const done = await p.ask("findings", { consignment: "C-DEMO", state: "resolved" });
  assert.equal(done.items.length, 5);
});

test("N9, N10: records are judged one by one; open devices fall to zero; law 7 holds the lot until then", async () => {
  const p = await received();
  await p.do("read-manifest", read(MANIFEST));
  await p.do("open-lots", { consignment: "C-DEMO" });
  const lot = (await p.store.load("lot", "C-DEMO-M"))?.record as Lot;
  const leaves = async () => {
    const open = new Map([["C-DEMO", await p.show()]]);
    const move = { at: NOW, shipment: "B-1", from: "plainfield" };
    const decided = decideDeparture([{ id: lot.id, lot }], open, move);
    return decided.ok ? "leaves" : decided.refusal.code;
  };
  const before = await p.show();
  const first = await p.do("sanitize", json("intake/sanitize.json"));
  assert.deepEqual([first["accepted"], first["devices"], first.findings], [2, 13, []]);
  assert.equal(first["open_devices"], before.open_devices - 13);
  const { records } = json("intake/sanitize.json") as { records: { row: number }[] };
  const again = await p.perform("sanitize", { consignment: "C-DEMO", records });
  assert.equal(again.ok ? "done" : again.refusal.code, "no_record_accepted");
  assert.match(again.ok ? "" : again.refusal.message, /more_than_the_line_holds.*serial_repeated/);
  const mixed = await p.do("sanitize", {
    consignment: "C-DEMO",
    records: [...records, { ...records[0], row: 2, devices: 30 }],
  });
  assert.deepEqual([mixed["accepted"], mixed.findings.length], [1, 2]);
  const future = [{ ...records[0], row: 3, at: "2027-01-01T00:00:00Z" }];
  assert.equal(await p.code("sanitize", { consignment: "C-DEMO", records: future }), "date_in_future");
  assert.equal(await leaves(), "data_not_destroyed");
  await destroyAll(p);
  assert.equal((await p.show()).open_devices, 0);
  assert.equal(await leaves(), "data_not_destroyed", "five rows could not be read, and nobody has looked");
  for (const row of [38, 39, 40, 41, 42])
    await p.do("resolve-row", { consignment: "C-DEMO", row, why: "empty" });
  assert.equal(await leaves(), "leaves");
});

test("N10: the certificate as JSON and PDF, stored as documents; partial while anything is open", async () => {
  const p = await received();
  await p.do("read-manifest", read(MANIFEST));
  assert.equal(await p.code("issue-certificate", { consignment: "C-DEMO" }), "records_missing");
  await p.do("sanitize", json("intake/sanitize.json"));
  const shown = await p.ask<Record<string, unknown>>("certificate", { consignment: "C-DEMO" });
  assert.deepEqual(
    [shown["devices"], shown["complete"], shown["by_method"]],
    [13, false, { destroy: 12, purge: 1 }],
  );
  const partial = await p.do("issue-certificate", { consignment: "C-DEMO" });
  assert.equal(partial["complete"], false);
  await destroyAll(p);
  for (const row of [38, 39, 40, 41, 42])
    await p.do("resolve-row", { consignment: "C-DEMO", row, why: "empty" });
  const whole = await p.do("issue-certificate", { consignment: "C-DEMO" });
  assert.equal(whole["complete"], true);
  const pdf = await p.store.document(String(whole["pdf_digest"]));
  assert.equal(new TextDecoder("latin1").decode(pdf?.bytes.slice(0, 5)), "%PDF-");
  const stored = await p.store.document(String(whole["json_digest"]));
  const certificate = JSON.parse(new TextDecoder().decode(stored?.bytes));
  assert.deepEqual(
    [certificate.kind, certificate.sample, certificate.open_devices],
    ["certificate_of_sanitization", true, 0],
  );
  assert.equal(
    certificate.devices,
    certificate.records.reduce((n: number, r: { devices: number }) => n + r.devices, 0),
  );
  assert.equal((await p.show()).certificates.length, 2);
});

test("N11: lots by stream with mass, elements and doubt; the same again from the same consignment", async () => {
  const build = async () => {
    const p = await received();
    assert.equal(await p.code("open-lots", { consignment: "C-DEMO" }), "manifest_missing");
    await p.do(
      "read-manifest",
      read("item,qty\nSeagate ST2000DM008 2TB,100\nDell Latitude 7490 no HDD,50\nApple AirPods Pro,500\n"),
    );
    await p.do("weigh-pallets", {
      consignment: "C-DEMO",
      why: "split by stream",
      pallets: [
        {
          pallet: "C-DEMO-P1",
          gross: "220 kg",
          tare: "20 kg",
          scale: "plainfield-floor",
          stream: "data_bearing",
        },
        {
          pallet: "C-DEMO-P2",
          gross: "60 kg",
          tare: "20 kg",
          scale: "plainfield-floor",
          stream: "data_bearing",
        },
        { pallet: "C-DEMO-P3", gross: "50 kg", tare: "20 kg", scale: "plainfield-floor", stream: "other" },
      ],
    });
    const answer = await p.do("open-lots", { consignment: "C-DEMO" });
    assert.deepEqual(answer["lots"], ["C-DEMO-D", "C-DEMO-O"]);
    assert.equal(await p.code("open-lots", { consignment: "C-DEMO" }), "lots_already_opened");
    assert.equal(await p.code("read-manifest", read("item\niPad\n")), "lots_already_opened");
    assert.equal(
      await p.code("correct-line", { consignment: "C-DEMO", row: 1, quantity: 2, why: "w" }),
      "lots_already_opened",
    );
    assert.equal(await p.code("weigh-pallets", json("intake/weigh-pallets.json")), "lots_already_opened");
    const lot = async (id: string) => (await p.store.load("lot", id))?.record as Lot;
    return [await lot("C-DEMO-D"), await lot("C-DEMO-O")] as const;
  };
  const [data, other] = await build();
  assert.equal(data.mass_mg.best, 240_000_000);
  assert.ok(
    Math.abs(spread(data.mass_mg) - 100_000 * Math.SQRT2) < 1,
    "four weighings of 100 g, full and empty on one scale",
  );
  assert.deepEqual(Object.keys(data.mass_mg.moves), ["reading:C-DEMO-D"]);
  assert.deepEqual([data.data_from, other.data_from], [["C-DEMO"], []]);
  const Nd = data.elements_mg["Nd"];
  assert.ok(Nd && Number.isInteger(Nd.best) && Nd.best > 50_000 && Nd.best < 1_000_000, `Nd ${Nd?.best} mg`);
  assert.ok(spread(Nd) > 0.05 * Nd.best && spread(Nd) < Nd.best);
  assert.ok((other.elements_mg["Nd"]?.best ?? 0) > 0);
  assert.deepEqual(await build(), [data, other]);
});

test("N16: nothing of a consignment happens before it came, nor lots before the manifests they hold", async () => {
  const p = await programme();
  const at = "2026-03-02T12:00:00Z";
  await p.do("receive", { ...json("intake/receive.json"), at });
  const before = new Date(Date.parse(at) - 1).toISOString();
  const refused = async (verb: string, input: object) => {
    assert.equal(await p.code(verb, { ...input, at: before }), "time_before_input", verb);
    await p.do(verb, { ...input, at: verb === "read-manifest" ? NOW : at });
  };
  const of = { consignment: "C-DEMO" };
  const pallet = { pallet: "P-9", gross: "30 kg", tare: "10 kg", scale: "plainfield-floor" };
  await refused("weigh-pallets", { ...of, pallets: [pallet] });
  await refused("read-manifest", read("item,qty\nSeagate ST2000DM008,3\niPad,2\ntray,many\ncables,3\n"));
  const correct = { ...of, row: 2, quantity: 1, why: "counted" };
  await refused("correct-line", correct);
  const [record] = json("intake/sanitize.json")["records"] as Record<string, unknown>[];
  await refused("sanitize", { ...of, records: [{ ...record, row: 1, devices: 3 }] });
  const row = { ...of, row: 4, why: "set aside" };
  assert.equal(
    await p.code("resolve-row", { ...row, at }),
    "time_before_input",
    "its manifest was read later",
  );
  await p.do("resolve-row", row);
  assert.equal(await p.code("open-lots", { ...of, at }), "time_before_input", "nor are its lots there yet");
  await p.do("open-lots", of);
});

test("N11: pieces that no prior covers are counted on the lot, not given a content", async () => {
  const p = await received();
  await p.do("read-manifest", read("item,qty\nmixed power cords,7\nblue teapot,2\n"));
  await p.do("open-lots", { consignment: "C-DEMO" });
  const lot = (await p.store.load("lot", "C-DEMO-M"))?.record as Lot;
  assert.equal(lot.notes["pieces_not_counted"], "9");
  assert.deepEqual(lot.elements_mg, {});
  assert.deepEqual(lot.data_from, ["C-DEMO"]);
});

test("N11: a line found to bear data after the lots were opened holds every lot of the consignment", async () => {
  const p = await received();
  await p.do("read-manifest", read("item,qty\nSeagate ST2000DM008 2TB HDD,4\nAirPods Pro,7\n"));
  await p.do("weigh-pallets", {
    consignment: "C-DEMO",
    why: "split by stream",
    pallets: ["data_bearing", "other"].map((stream, i) => ({
      pallet: `C-DEMO-P${i + 1}`,
      gross: "50 kg",
      tare: "20 kg",
      scale: "plainfield-floor",
      stream,
    })),
  });
  await p.do("correct-line", { consignment: "C-DEMO", row: 2, data_bearing: "no", why: "earbuds" });
  await p.do("open-lots", { consignment: "C-DEMO" });
  const other = async () => (await p.store.load("lot", "C-DEMO-O"))?.record?.data_from;
  assert.deepEqual(await other(), []);
  await p.do("correct-line", {
    consignment: "C-DEMO",
    row: 2,
    data_bearing: "yes",
    why: "phones in the boxes",
  });
  assert.deepEqual(await other(), ["C-DEMO"]);
});
