import assert from "node:assert/strict";
import { test } from "node:test";
import { type Instrument, MemoryBook, notePair } from "../../ledger/index.ts";
import { Dice } from "../../sample/dice.ts";
import { readBeside } from "./instrument.ts";

const READINGS = { repeatability: { sd: 4_000 }, bias: { sd: 3_000 } };

/** So many scales that all weighed ten lots of each other, and which of them are named; the first is off by `off` of its stated bias. */
async function namedOf(count: number, dice: Dice, off?: number): Promise<string[]> {
  const book = new MemoryBook<{ instrument: Instrument }>();
  const scales = Array.from({ length: count }, (_, n) => ({
    id: `scale-${n}`,
    bias: n === 0 && off !== undefined ? off : dice.normal(),
  }));
  for (const [n, a] of scales.entries())
    for (const b of scales.slice(n + 1))
      for (let pair = 0; pair < 10; pair++) {
        const best = 3_000 * (a.bias - b.bias) + 4_000 * (dice.normal() - dice.normal());
        const moves = {
          ...{ [`reading:${a.id}/${pair}`]: 4_000, [`reading:${b.id}/${pair}`]: -4_000 },
          ...{ [`bias:${a.id}`]: 3_000, [`bias:${b.id}`]: -3_000 },
        };
        await notePair(book, { off_mg: { best, moves }, load_mg: 2e7, at: "2026-03-01T00:00:00Z", both: [] });
      }
  const records = new Map(book.all("instrument").map((of) => [of.instrument, of]));
  const named: string[] = [];
  for (const { id } of scales) {
    const { off: isOff, compared } = await readBeside({ id, readings: READINGS }, async (name) =>
      records.get(name),
    );
    assert.ok(compared);
    if (isOff) named.push(id);
  }
  return named;
}

test("L40: of ten groups of honest scales one has a scale named, of three as of six; one off by three mostly is", async () => {
  const dice = new Dice(40);
  const trials = 120;
  for (const [count, foundLeast] of [
    [3, 0.45],
    [6, 0.6],
  ] as const) {
    let [alarms, found] = [0, 0];
    for (let n = 0; n < trials; n++) {
      if ((await namedOf(count, dice)).length > 0) alarms++;
      if ((await namedOf(count, dice, 3)).includes("scale-0")) found++;
    }
    // Three standard uncertainties of the count; estimates of one group hang together, so that fewer are named.
    assert.ok(
      alarms / trials < 0.1 + 3 * Math.sqrt(0.09 / trials),
      `${alarms} of ${trials} groups of ${count}`,
    );
    assert.ok(found / trials > foundLeast, `${found} of ${trials} found among ${count}`);
  }
});

test("L40: readings of a scale beside its own tell nothing of its bias", async () => {
  const book = new MemoryBook<{ instrument: Instrument }>();
  const moves = { "reading:a": 4_000, "reading:b": -4_000 };
  await notePair(book, {
    off_mg: { best: 3_000, moves },
    load_mg: 2e7,
    at: "2026-03-01T00:00:00Z",
    both: ["A"],
  });
  const records = new Map(book.all("instrument").map((of) => [of.instrument, of]));
  const read = await readBeside({ id: "A", readings: READINGS }, async (name) => records.get(name));
  assert.deepEqual([read.pairs_count, read.compared, read.off], [1, false, false]);
});
