import assert from "node:assert/strict";
import { test } from "node:test";
import { type Instrument, MemoryBook, notePair, pairedTests, type Run } from "../../ledger/index.ts";
import type { Unit } from "../../programme/index.ts";
import { pairsBeyondChance, runsBeyondChance, scalesOff } from "./readings.ts";

const month = (month: string, open: Record<string, [mg: number, sd_mg: number]>): Run => ({
  ...{ site: "plainfield", month, steps_count: 20, counts_count: 0 },
  open: Object.fromEntries(
    Object.entries(open).map(([of, [mg, sd_random_mg]]) => [of, { mg, sd_random_mg, shared_mg: {} }]),
  ),
});

test("L39: months that leave more open than chance are found on the first page, once for a site, with the page that shows them", () => {
  const usual = [month("2026-01", { mass: [2_000, 1_000] }), month("2026-02", { mass: [1_000, 1_000] })];
  assert.deepEqual(runsBeyondChance(usual), []);
  // By hand: 2.9 + 2.9 over the root of two is 4.1; neodymium is missing by 3.1 in the last month alone.
  const slow = [
    month("2026-02", { mass: [2_900, 1_000], Nd: [310, 100] }),
    month("2026-01", { mass: [2_900, 1_000], Nd: [-300, 100] }),
  ];
  const [found, ...more] = runsBeyondChance(slow);
  assert.equal(more.length, 0);
  assert.deepEqual(
    { ...found, sigmas: Number(found?.sigmas.toFixed(2)), sd_mg: Math.round(found?.sd_mg ?? 0) },
    {
      ...{ finding: "run", id: "plainfield", link: "/account?element=mass", what: "mass" },
      ...{ residual_mg: 5_800, sd_mg: 1_414, sigmas: 4.1 },
      why: "steps and counts from 2026-01 to 2026-02, added up",
    },
  );
});

const KG = 1_000_000;
const scale = (id: string): Unit => ({
  ...{ id, site: "plainfield", kind: "scale", name: id },
  readings: { repeatability: { sd: 4_000 }, bias: { sd: 3_000 } },
});

/** Twenty lots weighed on each of three scales, of which one reads `off_mg` more. */
async function compared(off_mg: number): Promise<Instrument[]> {
  const book = new MemoryBook<{ instrument: Instrument }>();
  for (let n = 0; n < 20; n++)
    for (const other of ["one", "other"])
      await notePair(book, {
        off_mg: {
          best: off_mg,
          moves: {
            [`reading:${n}`]: 4_000,
            [`reading:-${n}`]: -4_000,
            "bias:off": 3_000,
            [`bias:${other}`]: -3_000,
          },
        },
        ...{ load_mg: 20 * KG, at: "2026-03-01T00:00:00Z", both: [] },
      });
  return book.all("instrument");
}

test("L40: a scale off by three of its stated bias is found on the first page, and the scales it was read beside are not", async () => {
  const units = ["off", "one", "other"].map(scale);
  assert.deepEqual(await scalesOff(units, await compared(2_000)), []);
  const [found, ...more] = await scalesOff(units, await compared(9_000));
  assert.deepEqual(more, []);
  assert.equal(found?.id, "off");
  assert.equal(found?.link, "/scales/off");
  assert.ok((found?.residual_mg ?? 0) < -7_000, "it reads more, so that less is missing by it");
  assert.equal(found?.why, "by 40 lots that were weighed twice");
  assert.deepEqual(await scalesOff(units, []), [], "what was never compared is not found");
});

test("L51: scales and laboratories of shipper and receiver that differ beyond chance are found on the first page, in words", () => {
  const read = (best: number, own: string, bias: string, sd: number) => ({
    best,
    moves: { [`reading:${own}`]: sd, [`bias:${bias}`]: sd },
  });
  const both = (of: string, off: number, sd: number, best: number) =>
    Array.from({ length: 9 }, (_, n) => ({
      ...{ of, shipper: read(best, `s${n}`, `s/${of}`, sd) },
      receiver: read(best + off, `r${n}`, `r/${of}`, sd),
    }));
  const tests = pairedTests([...both("mass", -20_000, 3_000, 20 * KG), ...both("Nd", 2_000, 900, 250_000)]);
  const [scales, ...more] = pairsBeyondChance(tests);
  assert.deepEqual(more, []);
  assert.deepEqual([scales?.what, scales?.residual_mg, scales?.id], ["scales", 20_000, "s/mass and r/mass"]);
  assert.match(
    scales?.why ?? "",
    /^sender's and receiver's scales, over 9 lots: two as they are stated differ so much in less than 0.01 % of cases$/,
  );
  const [laboratories] = pairsBeyondChance(pairedTests(both("Nd", -6_000, 900, 250_000)));
  assert.equal(laboratories?.residual_mg, undefined);
  assert.match(laboratories?.why ?? "", /^the receiver finds 6,000 mg\/kg less, over 9 samples: /);
});
