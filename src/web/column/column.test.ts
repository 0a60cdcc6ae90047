import assert from "node:assert/strict";
import { test } from "node:test";
import { collect, contextOfKept, readSimulation, simulateForCuts } from "../../column/index.ts";
import { busyPart, csvOf, roomOf } from "./by-hand.ts";
import { PRODUCTS, SLIDERS, START, settingsFrom, simulationInput } from "./settings.ts";

const ran = () => {
  const read = readSimulation(simulationInput(START, { cells: 160, points: 50 }));
  assert.ok(read.ok);
  const result = simulateForCuts(read.value);
  assert.ok(result.ok);
  const { kept, cuts } = result.value;
  const cut = cuts.find((c) => c.species === "Nd");
  assert.ok(cut && cut.from_s !== null && cut.to_s !== null && cut.purity !== null);
  return { kept, cut: { ...cut, from_s: cut.from_s, to_s: cut.to_s, purity: cut.purity } };
};

test("W9: a cut made by hand in the window that was found says what the simulator says of it, to the last digits", () => {
  const { kept, cut } = ran();
  const hand = collect(contextOfKept(kept, PRODUCTS), "Nd", cut.from_s, cut.to_s);
  assert.ok(Math.abs(hand.purity! - cut.purity) < 1e-9, `${hand.purity} and ${cut.purity}`);
  assert.ok(Math.abs(hand.yield - cut.yield) < 1e-9, `${hand.yield} and ${cut.yield}`);
  assert.deepEqual(Object.keys(hand.impurities_ppm), ["Dy", "Pr"]);
  for (const [name, ppm] of Object.entries(hand.impurities_ppm))
    assert.ok(Math.abs(ppm - cut.impurities_ppm[name]!) < 1e-3, `${name}: ${ppm}`);
});

test("W9: a wider cut yields more and is less pure; an empty one has no purity", () => {
  const { kept, cut } = ran();
  const context = contextOfKept(kept, PRODUCTS);
  const at = (by: number) => collect(context, "Nd", cut.from_s - by, cut.to_s + by);
  assert.ok(at(600).yield > at(0).yield);
  assert.ok(at(600).purity! < at(0).purity!);
  assert.equal(collect(context, "Nd", 5, 5).purity, null);
});

test("W9: an edge goes to the other edge of its cut and to the next cut, no further", () => {
  const windows = [
    { species: "Dy", from_s: 10, to_s: 20 },
    { species: "Nd", from_s: 25, to_s: 60 },
    { species: "Pr", from_s: 60, to_s: 70 },
  ];
  const room = (cut: number, edge: "from_s" | "to_s") =>
    roomOf(windows, { cut, edge, begin_s: 0, end_s: 100 });
  assert.deepEqual(room(0, "from_s"), [0, 20]);
  assert.deepEqual(room(1, "from_s"), [20, 60]);
  assert.deepEqual(room(1, "to_s"), [25, 60]);
  assert.deepEqual(room(2, "to_s"), [60, 100]);
  const overlapping = [windows[0]!, { ...windows[1]!, from_s: 15 }];
  assert.deepEqual(
    roomOf(overlapping, { cut: 1, edge: "from_s", begin_s: 0, end_s: 100 }),
    [15, 60],
    "windows that overlap as found stay where they are, and only narrow",
  );
});

test("W9: the part shown begins before the first product and ends after the last", () => {
  const shown = busyPart(
    { time_s: [0, 1, 2, 3, 4, 5, 6], mol_per_m3: { Nd: [0, 0, 5, 5, 0, 0, 0], Na: [0, 0, 0, 0, 9, 9, 9] } },
    ["Nd"],
  );
  assert.deepEqual(shown.time_s, [2, 3]);
  assert.deepEqual(shown.mol_per_m3["Na"], [0, 0]);
});

test("W9: an address gives settings back, and what is out of range stands at its start", () => {
  const search = Object.fromEntries(SLIDERS.map((s) => [s.name, String(s.min)]));
  const settings = settingsFrom(search);
  for (const s of SLIDERS) assert.equal(settings[s.name], s.min);
  assert.deepEqual(settingsFrom({ loading: "900", purity: "x" }), START);
});

test("W9: the table has a row for each time and a column for each species", () => {
  const lines = csvOf({ time_s: [0, 1], mol_per_m3: { Nd: [0, 2.5], Pr: [0, 0] } }).split("\r\n");
  assert.deepEqual(lines, ["time_s,Nd_mol_per_m3,Pr_mol_per_m3", "0,0,0", "1,2.5,0", ""]);
});
