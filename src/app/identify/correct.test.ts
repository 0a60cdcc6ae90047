import assert from "node:assert/strict";
import { test } from "node:test";
import { programme, read, received } from "../../../test/support/intake-programme.ts";
import { identifyLine, taughtFrom } from "../../identify/index.ts";
import type { Line } from "../../intake/index.ts";

const LINE = "QTY 4 Kestrel KX-200 untested";

test("I28: a class stated by hand is learned for the same wording, and for no other", async () => {
  const p = await programme();
  const answer = await p.do("correct", { line: LINE, class: "set_top_box", why: "opened" });
  assert.equal(answer["class"], "set_top_box");
  assert.notEqual(answer["before"], "set_top_box");
  assert.equal(
    await p.code("correct", { line: "kestrel kx-200", class: "set_top_box", why: "again" }),
    "nothing_changed",
  );
  assert.equal(await p.code("correct", { line: "QTY 4", class: "hdd", why: "w" }), "wording_empty");
  assert.equal(await p.code("correct", { line: LINE, class: "teapot", why: "w" }), "input_malformed");
  await p.do("correct", { line: "KX-200 KESTREL", class: "media_player", why: "looked again" });
  const { items } = await p.ask<{ items: { class: string; line: string }[] }>("wordings", {});
  assert.deepEqual(
    items.map((w) => w.class),
    ["media_player"],
  );
  assert.equal(p.store.log.filter((entry) => entry.kind === "wording_taught").length, 2);
});

test("I28: manifests read afterwards use it, and so does a line corrected in intake", async () => {
  const p = await received();
  const lines = async () => (await p.ask<{ items: Line[] }>("lines", { consignment: "C-DEMO" })).items;
  await p.do("correct", { line: LINE, class: "set_top_box", why: "opened" });
  await p.do("read-manifest", read("item,qty\nkestrel kx-200,7\nmystery carton,3\n"));
  const [kestrel, carton] = await lines();
  assert.deepEqual([kestrel?.class, kestrel?.p, kestrel?.quantity], ["set_top_box", 1, 7]);
  assert.equal(carton?.class, "unknown");
  await p.do("correct-line", { consignment: "C-DEMO", row: 2, class: "hdd", why: "opened: drives" });
  await p.do("read-manifest", { ...read("item,qty\nMystery Carton,2\nmystery parcel,2\n"), name: "second" });
  const [, , again, other] = await lines();
  assert.deepEqual([again?.class, again?.p, other?.class], ["hdd", 1, "unknown"]);
  assert.ok((again?.elements_g["Nd"]?.best ?? 0) > 0);
});

test("I28: order, case, quantity and condition do not make another wording; another word does", () => {
  const taught = taughtFrom([{ line: LINE, class: "set_top_box" }]);
  for (const line of ["kestrel kx-200", "12 x KX-200; KESTREL for parts", "Kestrel | KX-200 | w/ 500GB HDD"])
    assert.deepEqual(
      [identifyLine(line, {}, { taught }).class, identifyLine(line, {}, { taught }).p],
      ["set_top_box", 1],
      line,
    );
  for (const line of ["Kestrel KX-201", "Kestrel", "Kestrel KX-200 laptop"])
    assert.deepEqual(identifyLine(line, {}, { taught }), identifyLine(line), line);
  assert.equal(
    taughtFrom([
      { line: "", class: "hdd" },
      { line: "a thing", class: "unknown" },
    ]).size,
    0,
  );
});
