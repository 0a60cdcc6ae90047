import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { BalanceRow } from "../../ledger/index.ts";
import { beforeDay, dayBefore, endOfDay } from "../kit/show/day.ts";
import { figureOfLink, linksOf, sideName } from "./balance.ts";
import { type Bar, type Link, sankey } from "./sankey.ts";

const LINKS: readonly Link[] = [
  { from: "before", to: "plainfield", mg: 40 },
  { from: "received", to: "plainfield", mg: 60 },
  { from: "plainfield", to: "transit", mg: 70 },
  { from: "transit", to: "noblesville", mg: 70 },
  { from: "plainfield", to: "lost:dust", mg: 5 },
  { from: "plainfield", to: "at the end", mg: 25 },
  { from: "noblesville", to: "at the end", mg: 70 },
];

const barOf = (bars: readonly Bar[], id: string): Bar => {
  const bar = bars.find((b) => b.id === id);
  assert.ok(bar, id);
  return bar;
};

test("W12: amounts run left to right, as high as they are large, and bars of a layer do not touch", () => {
  const { bars, ribbons } = sankey(LINKS);
  for (const { link, x0, x1 } of ribbons) assert.ok(x1 > x0, `${link.from} stands left of ${link.to}`);
  const ratio = barOf(bars, "plainfield").height / barOf(bars, "noblesville").height;
  assert.ok(Math.abs(ratio - 100 / 70) < 1e-9);
  for (const a of bars) {
    for (const b of bars) {
      if (a === b || a.x !== b.x) continue;
      assert.ok(a.y + a.height < b.y || b.y + b.height < a.y, `${a.id} and ${b.id} do not overlap`);
    }
  }
  for (const { link, y0, width } of ribbons) {
    const bar = barOf(bars, link.from);
    assert.ok(y0 - width / 2 >= bar.y - 1e-9 && y0 + width / 2 <= bar.y + bar.height + 1e-9, link.from);
  }
});

test("W12: a way back and negative amounts are drawn, whatever the links", () => {
  const back = sankey([...LINKS, { from: "noblesville", to: "plainfield", mg: 8 }]);
  assert.equal(back.ribbons.length, LINKS.length + 1);
  const [ribbon] = sankey([{ from: "restated", to: "plainfield", mg: -3 }]).ribbons;
  assert.equal(ribbon?.mg, 3);
  assert.ok(sankey([]).bars.length === 0);
  const side = fc.constantFrom("a", "b", "c", "d", "received", "at the end");
  fc.assert(
    fc.property(
      fc.array(fc.record({ from: side, to: side, mg: fc.integer({ min: -9, max: 9 }) })),
      (links) => {
        const sane = links.filter((l) => l.from !== l.to);
        const drawn = sankey(sane);
        assert.equal(drawn.ribbons.length, sane.filter((l) => l.mg !== 0).length);
        for (const bar of drawn.bars) assert.ok(Number.isFinite(bar.x + bar.y + bar.height) && bar.y >= 0);
      },
    ),
  );
});

const figure = (mg: number, sd_mg = 0) => ({ mg, sd_mg, sd_random_mg: sd_mg, sd_shared_mg: 0 });
const nothing = figure(0);
const row: BalanceRow = {
  area: "plainfield",
  element: "Nd",
  opening: nothing,
  in: figure(60),
  added: nothing,
  restated: nothing,
  out: nothing,
  lost: nothing,
  unexplained: figure(-2, 1),
  closing: figure(62),
  within: true,
  adds_up: true,
};

test("W12: a picture takes one element; what was gained and what was lost sight of are told apart", () => {
  const links = linksOf(
    {
      entries: 2,
      rows: [row],
      links: [
        { from: "received", to: "plainfield", element: "Nd", mg: 60, entries: 1 },
        { from: "plainfield", to: "unaccounted", element: "Nd", mg: -2, entries: 1 },
        { from: "received", to: "plainfield", element: "Pr", mg: 9, entries: 1 },
      ],
    },
    "Nd",
  );
  assert.deepEqual(
    links.map((l) => [l.from, l.to, l.mg]),
    [
      ["received", "plainfield", 60],
      ["plainfield", "unaccounted found", -2],
      ["plainfield", "at the end", 62],
    ],
  );
  assert.deepEqual(links.map(figureOfLink), [
    { area: "plainfield", column: "in" },
    { area: "plainfield", column: "unexplained" },
    undefined,
  ]);
  const names = { site: (id: string) => `site ${id}`, party: (id: string) => `party ${id}` };
  assert.equal(sideName("unaccounted found", names), "left open: gained");
  assert.equal(sideName("fresno", names), "site fresno");
  assert.equal(sideName("delivered:b", names), "delivered to party b");
});

test("W13: a day ends a millisecond before the next begins, in the reader's zone, also when the clocks change", () => {
  for (const [day, next] of [
    ["2026-03-02", "2026-03-03"],
    ["2026-03-08", "2026-03-09"],
    ["2026-12-31", "2027-01-01"],
  ] as const)
    assert.equal(endOfDay(day), beforeDay(next));
  assert.equal(dayBefore("2026-03-01"), "2026-02-28");
  assert.equal(endOfDay("soon"), undefined);
  assert.equal(endOfDay(undefined), undefined);
});
