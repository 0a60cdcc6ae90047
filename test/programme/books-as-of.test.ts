import assert from "node:assert/strict";
import { before, test } from "node:test";
import { applyEntry } from "../../src/app/apply.ts";
import type { Records } from "../../src/app/core/records.ts";
import { balanceOf } from "../../src/app/ledger/balance.ts";
import { type Entry, MemoryBook } from "../../src/ledger/index.ts";
import { Driver, StoryClock } from "../../src/sample/driver.ts";
import { tellStory } from "../../src/sample/story.ts";
import { memoryPorts } from "../support/memory-ports.ts";

const clock = new StoryClock("2026-01-05T14:00:00.000Z");
const ports = memoryPorts(() => clock.now());
const driver = new Driver(ports, clock, "sample");
let log: readonly Entry[] = [];

interface Standing {
  readonly held: readonly { place: string; mass_mg: number; elements_mg: Record<string, { best: number }> }[];
  readonly places: readonly object[];
  readonly closes: boolean;
  readonly last_entry?: { seq: number };
  readonly held_by_owner: readonly { owner: string; place: string; mass_mg: number }[];
}

interface Figure {
  readonly mg: number;
  readonly sd_mg: number;
}
type Row = Record<
  "opening" | "in" | "added" | "restated" | "out" | "lost" | "unexplained" | "closing",
  Figure
> & {
  readonly area: string;
  readonly element: string;
  readonly adds_up: boolean;
  readonly within: boolean;
};

before(async () => {
  await tellStory(driver, () => {});
  clock.advance(5);
  const { mass_mg, place } = await driver.opened("C-2606-D");
  const kg = (mg: number) => `${mg / 1e6} kg`;
  const half = Math.floor(mass_mg.best / 2);
  await driver.do("prepare step", "operator@sample-recycler", {
    step: "S-WRONG",
    kind: "split",
    site: place,
    inputs: [{ lot: "C-2606-D" }],
    outputs: [
      { lot: "HALF-1", kind: "devices", mass: kg(half), scale: `${place}-bench` },
      { lot: "HALF-2", kind: "devices", mass: kg(mass_mg.best - half), scale: `${place}-bench` },
    ],
  });
  clock.advance(1);
  await driver.do("prepare reverse", "operator@sample-recycler", { step: "S-WRONG", why: "the wrong lot" });
  await driver.do("intake correct-line", "intake lead@sample-recycler", {
    consignment: "C-2606",
    row: 2,
    data_bearing: "no",
    why: "opened: no drive in it",
  });
  log = await ports.store.entries({ after: 0, limit: 100_000 });
});

/** The books folded from the first entries by the rules of the books, keeping everything. */
async function foldedTo(seq: number) {
  const book = new MemoryBook<Records>();
  for (const entry of log.slice(0, seq)) await applyEntry(book, entry);
  return balanceOf(book.all("lot"), book.all("place"));
}

/** Doubts to a part in a million: causes are added in another order. */
const plain = ({ held, places, closes }: Pick<Standing, "held" | "places" | "closes">) =>
  JSON.parse(
    JSON.stringify({ held, places, closes }, (name, value) =>
      /^sd(_(random_|shared_)?mg)?$/.test(name) ? Number((value as number).toPrecision(6)) : value,
    ),
  );

test("L25: the books as of any entry are what the entries up to there fold to, reversals included", async () => {
  const stops = [1, 40, 77, 130, 200, log.length - 2, log.length - 1, log.length];
  for (const seq of stops) {
    const told = await driver.ask<Standing>("ledger as-of", { seq });
    assert.equal(told.last_entry?.seq, seq);
    assert.deepEqual(plain(told), plain((await foldedTo(seq)) as never), `as of entry ${seq}`);
    assert.equal(told.closes, true);
    const total = (of: readonly { mass_mg: number }[]) => of.reduce((mg, held) => mg + held.mass_mg, 0);
    assert.equal(total(told.held_by_owner), total(told.held), "each owner's share adds up to the whole");
  }
});

test("L25: an instant counts the entries booked up to it, and none before the first", async () => {
  const entry = log[150] as Entry;
  const at = await driver.ask<Standing>("ledger as-of", { at: entry.time });
  const last = log.findLast((e) => e.time <= entry.time) as Entry;
  assert.equal(at.last_entry?.seq, last.seq);
  const nothing = await driver.ask<Standing>("ledger as-of", { at: "2020-01-01T00:00:00Z" });
  assert.deepEqual([nothing.held, nothing.places, nothing.last_entry], [[], [], undefined]);
  await assert.rejects(driver.ask("ledger as-of", { seq: log.length + 1 }), /the last entry/);
});

test("L26: a period leads from its opening to its closing, and the next one begins where it ends", async () => {
  const middle = (log[180] as Entry).time;
  const ask = (period: object) => driver.ask<{ rows: readonly Row[] }>("ledger material-balance", period);
  const [first, second, whole] = [await ask({ to: middle }), await ask({ from: middle }), await ask({})];
  for (const row of [...first.rows, ...second.rows, ...whole.rows])
    assert.ok(row.adds_up, `${row.area} ${row.element}`);
  const find = (rows: readonly Row[], of: Row) =>
    rows.find((r) => r.area === of.area && r.element === of.element);
  let compared = 0;
  for (const row of second.rows) {
    if (row.opening.mg === 0) continue;
    compared++;
    assert.equal(find(first.rows, row)?.closing.mg, row.opening.mg, `${row.area} ${row.element}`);
  }
  assert.ok(compared > 5);
  const standing = plain((await foldedTo(log.length)) as never) as Standing;
  for (const held of standing.held.filter((h) => !h.place.startsWith("transit:"))) {
    const row = whole.rows.find((r) => r.area === held.place && r.element === "mass");
    assert.equal(row?.closing.mg, held.mass_mg, held.place);
  }
  await assert.rejects(ask({ from: "2026-02-01T00:00:00Z", to: "2026-01-01T00:00:00Z" }), /ends after/);
});

test("L26: what one owner has is led from title to title", async () => {
  for (const owner of ["sample-recycler", "sample-refiner"]) {
    const { rows } = await driver.ask<{ rows: readonly Row[] }>("ledger material-balance", { owner });
    for (const row of rows) assert.ok(row.adds_up, `${owner} ${row.area} ${row.element}`);
  }
});

test("L27: the entries behind a figure add up to it, however they are paged", async () => {
  const { rows } = await driver.ask<{ rows: readonly Row[] }>("ledger material-balance", {});
  let figures = 0;
  for (const row of rows.filter((r) => ["Nd", "mass"].includes(r.element))) {
    for (const column of ["in", "out", "lost", "added", "restated", "unexplained"] as const) {
      if (row[column].mg === 0) continue;
      figures++;
      let sum = 0;
      let after: number | undefined;
      do {
        const page = await driver.ask<{ items: readonly { mg: number }[]; next?: number }>(
          "ledger balance-entries",
          {
            area: row.area,
            element: row.element,
            column,
            limit: 2,
            ...(after === undefined ? {} : { after }),
          },
        );
        for (const { mg } of page.items) sum += mg;
        after = page.next;
      } while (after !== undefined);
      assert.equal(sum, row[column].mg, `${row.area} ${row.element} ${column}`);
    }
  }
  assert.ok(figures > 10, `${figures} figures`);
});

test("L28: the log newest first is the log turned round, of one kind too", async () => {
  for (const kind of [undefined, "step_recorded", "lot_restated"]) {
    const seqs: number[] = [];
    let after: number | undefined;
    do {
      const page = await driver.ask<{ items: readonly Entry[]; next?: number }>("ledger entries", {
        order: "newest",
        limit: 7,
        ...(kind ? { kind } : {}),
        ...(after === undefined ? {} : { after }),
      });
      seqs.push(...page.items.map((e) => e.seq));
      after = page.next;
    } while (after !== undefined);
    const wanted = log.filter((e) => kind === undefined || e.kind === kind).map((e) => e.seq);
    assert.deepEqual(seqs, wanted.reverse(), String(kind));
  }
});

test("L29: every correction names its reason and the entry it corrects", async () => {
  interface Told {
    readonly seq: number;
    readonly kind: string;
    readonly why: string;
    readonly corrects?: { readonly seq: number; readonly kind: string };
  }
  const { items } = await driver.ask<{ items: readonly Told[] }>("ledger corrections", { limit: 200 });
  const line = items.find((i) => i.kind === "line_corrected");
  assert.equal(line?.corrects?.kind, "lines_identified");
  const newest = items.find((i) => i.kind === "step_reversed");
  assert.equal(newest?.why, "the wrong lot");
  const corrected = log.find((e) => e.seq === newest?.corrects?.seq);
  assert.equal(corrected?.body["step"], "S-WRONG");
  for (const item of items)
    assert.ok(item.corrects && item.corrects.seq < item.seq, `${item.seq} ${item.kind}`);
  const kinds = new Set(items.map((i) => i.kind));
  for (const kind of ["row_resolved", "lot_restated"]) assert.ok(kinds.has(kind), kind);
  const pages: number[] = [];
  let after: number | undefined;
  do {
    const page = await driver.ask<{ items: readonly Told[]; next?: number }>("ledger corrections", {
      limit: 2,
      ...(after === undefined ? {} : { after }),
    });
    pages.push(...page.items.map((i) => i.seq));
    after = page.next;
  } while (after !== undefined);
  assert.deepEqual(
    pages,
    items.map((i) => i.seq),
  );
});
