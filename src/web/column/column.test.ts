import assert from "node:assert/strict";
import { test } from "node:test";
import { readSimulation, simulate } from "../../column/index.ts";
import { csvOf, handCut } from "./by-hand.ts";
import { SLIDERS, START, settingsFrom, simulationInput } from "./settings.ts";

const ran = () => {
  const read = readSimulation(simulationInput(START, { cells: 160, points: 12_000 }));
  assert.ok(read.ok);
  const result = simulate(read.value);
  assert.ok(result.ok);
  return result.value;
};

test("W9: a cut made by hand in the window that was found says what the simulator says of it, but for straight lines between the points", () => {
  const result = ran();
  const cut = result.cuts.find((c) => c.species === "Nd");
  assert.ok(cut && cut.from_s !== null && cut.to_s !== null && cut.purity !== null);
  const hand = handCut(result.outlet, {
    species: "Nd",
    products: ["Dy", "Nd", "Pr"],
    from_s: cut.from_s,
    to_s: cut.to_s,
  });
  assert.ok(Math.abs((hand.purity ?? 0) - cut.purity) < 5e-4, `${hand.purity} and ${cut.purity}`);
  assert.ok(Math.abs(hand.yield - cut.yield) < 5e-3, `${hand.yield} and ${cut.yield}`);
});

test("W9: a wider cut yields more and is less pure; an empty one has no purity", () => {
  const { outlet, cuts } = ran();
  const cut = cuts.find((c) => c.species === "Nd");
  assert.ok(cut?.from_s && cut.to_s);
  const at = (by: number) =>
    handCut(outlet, {
      species: "Nd",
      products: ["Dy", "Nd", "Pr"],
      from_s: cut.from_s! - by,
      to_s: cut.to_s! + by,
    });
  assert.ok(at(600).yield > at(0).yield);
  assert.ok((at(600).purity ?? 1) < (at(0).purity ?? 0));
  assert.equal(handCut(outlet, { species: "Nd", products: ["Nd"], from_s: 5, to_s: 5 }).purity, undefined);
});

test("W9: an address gives settings back, and what is out of range stands at its start", () => {
  const search = Object.fromEntries(SLIDERS.map((s) => [s.name, String(s.min)]));
  const settings = settingsFrom(search);
  for (const s of SLIDERS) assert.equal(settings[s.name], s.min);
  assert.deepEqual(settingsFrom({ loading: "900", purity: "x" }), START);
});

test("W9: the table has a row for each time and a column for each species", () => {
  const lines = csvOf({ time_s: [0, 1], mol_per_m3: { Nd: [0, 2.5], Pr: [0, 0] } }).split("\n");
  assert.deepEqual(lines, ["time_s,Nd_mol_per_m3,Pr_mol_per_m3", "0,0,0", "1,2.5,0", ""]);
});
