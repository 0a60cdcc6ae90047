import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { normalBelow, normalQuantile } from "../doubt/normal.ts";
import { seededRandom } from "../doubt/random.ts";
import { type LotUnits, lotTotals } from "../index.ts";

// An independent world: its own equations (normal fractions cut at zero, masses by multiplication of uniform-sum
// factors), written from the published ranges and not from the room's tables.
interface World {
  readonly next: () => number;
}
const bell = (w: World): number => {
  let sum = 0;
  for (let i = 0; i < 12; i++) sum += w.next();
  return sum - 6;
};
const TRUTH = {
  "hdd_3.5in": { coil_g: 12, spread: 0.4, ring_g: 2 },
  "hdd_2.5in": { coil_g: 3, spread: 0.4, ring_g: 0 },
} as const;

/** How much Dy a family's alloy holds, as different readers of "1.4 +- 1.5 wt%, several alloys by year" would have it. */
type Dysprosium = (w: World, pct: (mean: number, sd: number) => number) => number;
const WORLDS: Readonly<Record<string, Dysprosium>> = {
  "two kinds of alloy": (w, pct) => (w.next() < 0.5 ? pct(0.3, 0.2) : pct(2.5, 1.2)),
  "one kind, a long tail": (w) => -1.4 * Math.log(1 - w.next() * 0.999),
  "a normal, cut at zero": (_, pct) => pct(1.2, 1.5),
};

function trueLot(w: World, units: readonly LotUnits[], dysprosium: Dysprosium): Record<string, number> {
  const grams: Record<string, number> = { Nd: 0, Pr: 0, Dy: 0, total_ree: 0 };
  for (const unit of units) {
    const row = TRUTH[unit.prior_class as keyof typeof TRUTH];
    const familyMass = row.coil_g * Math.exp(row.spread * bell(w));
    const ring = row.ring_g > 0 && w.next() < 0.95 ? row.ring_g * Math.exp(0.63 * bell(w)) : 0;
    const pct = (mean: number, sd: number): number => Math.max(0, mean + sd * bell(w));
    const [pr, dy, nd] = [pct(2.6, 2), dysprosium(w, pct), pct(22.9, 2.8)];
    for (let piece = 0; piece < unit.count; piece++) {
      const mass = familyMass * (1 + 0.08 * (w.next() + w.next() - 1) * 2.4);
      add(grams, mass, nd, pr, dy);
    }
    add(grams, ring * unit.count, 22, 0.6, pct(3, 1.5));
  }
  return grams;
}
function add(grams: Record<string, number>, mass: number, nd: number, pr: number, dy: number): void {
  for (const [name, pct] of [
    ["Nd", nd],
    ["Pr", pr],
    ["Dy", dy],
    ["total_ree", nd + pr + dy],
  ] as const)
    grams[name] = (grams[name] ?? 0) + (mass * pct) / 100;
}
function lotOf(w: World): LotUnits[] {
  const families = 4 + Math.floor(w.next() * 9);
  return Array.from({ length: families }, (_, i) => ({
    family: `family ${i} ${Math.floor(w.next() * 1e9)}`,
    prior_class: w.next() < 0.7 ? "hdd_3.5in" : "hdd_2.5in",
    count: 5 + Math.floor(w.next() * 100),
  }));
}
const ELEMENTS = ["Nd", "Pr", "Dy", "total_ree"] as const;
function coverage(
  lots: number,
  dysprosium: Dysprosium,
  asUnits: (units: LotUnits[]) => LotUnits[] = (units) => units,
): Record<string, number> {
  const inside: Record<string, number> = { Nd: 0, Pr: 0, Dy: 0, total_ree: 0 };
  const w = seededRandom(77, "world");
  for (let i = 0; i < lots; i++) {
    const units = lotOf(w);
    const truth = trueLot(w, units, dysprosium);
    const said = lotTotals({ units: asUnits(units), seed: i, draws: 500 });
    for (const name of ELEMENTS) {
      const { lo90_g, hi90_g } =
        name === "total_ree" ? said.total_ree : (said.elements[name] ?? { lo90_g: 0, hi90_g: 0 });
      const t = truth[name] ?? 0;
      if (t >= lo90_g && t <= hi90_g) inside[name] = (inside[name] ?? 0) + 1;
    }
  }
  return Object.fromEntries(Object.entries(inside).map(([name, n]) => [name, n / lots]));
}

describe("lot totals", () => {
  for (const [world, dysprosium] of Object.entries(WORLDS))
    it(`I14: 90 % intervals cover 85 to 95 lots in 100 of an independent world (400 lots), Dy as ${world}`, () => {
      const covered = coverage(400, dysprosium);
      console.log("coverage", world, JSON.stringify(covered));
      for (const name of ELEMENTS)
        assert.ok((covered[name] ?? 0) >= 0.85 && (covered[name] ?? 0) <= 0.95, JSON.stringify(covered));
    });
  it("I14: treating every piece as its own family fails the same test", () => {
    const single = (units: LotUnits[]): LotUnits[] =>
      units.flatMap((u) =>
        Array.from({ length: u.count }, (_, i) => ({ ...u, family: `${u.family}/${i}`, count: 1 })),
      );
    const covered = coverage(20, WORLDS["two kinds of alloy"] ?? (() => 0), single);
    assert.ok((covered["Nd"] ?? 1) < 0.7, JSON.stringify(covered));
  });

  const units: LotUnits[] = [
    { family: "A", prior_class: "hdd_3.5in", count: 300 },
    { family: "B", prior_class: "hdd_2.5in", count: 120 },
    { family: "C", prior_class: "notebook", count: 40 },
  ];
  it("I12: 5,000 equal drives are no surer than 50", () => {
    const relative = (count: number): number => {
      const nd = lotTotals({ units: [{ family: "A", prior_class: "hdd_3.5in", count }], seed: 1 }).elements[
        "Nd"
      ];
      return (nd?.sd_g ?? 0) / (nd?.best_g ?? 1);
    };
    assert.ok(relative(5000) > 0.3 && relative(5000) / relative(50) > 0.95);
  });
  it("I13: the same seed gives the same bytes, whatever the order; another seed does not", () => {
    const said = JSON.stringify(lotTotals({ units, seed: 9 }).elements);
    assert.equal(JSON.stringify(lotTotals({ units, seed: 9 }).elements), said);
    const turned = lotTotals({ units: [...units].reverse(), seed: 9 }).elements["Nd"]?.best_g ?? 0;
    assert.ok(Math.abs(turned / (lotTotals({ units, seed: 9 }).elements["Nd"]?.best_g ?? 1) - 1) < 1e-12);
    assert.notEqual(JSON.stringify(lotTotals({ units, seed: 10 }).elements), said);
  });
  it("I12: lines of one family are the same as one line of all", () => {
    const whole = lotTotals({ units: [{ family: "A", prior_class: "hdd_3.5in", count: 30 }], seed: 2 });
    const parts = lotTotals({
      units: [10, 20].map((count) => ({ family: "A", prior_class: "hdd_3.5in", count })),
      seed: 2,
    });
    assert.deepEqual(parts, whole);
  });
  it("I16: moves reproduce the spread of every element, and name family, era and table", () => {
    const said = lotTotals({ units, seed: 4 });
    for (const [element, grams] of Object.entries(said.elements)) {
      const sd = Math.hypot(...said.moves.map((m) => m.move_g[element] ?? 0));
      assert.ok(Math.abs(sd / grams.sd_g - 1) < 1e-6, `${element}: ${sd} against ${grams.sd_g}`);
    }
    for (const cause of ["era", "family:A", "table:disk_neodymium:Nd", "mix:disk_neodymium+disk_didymium"])
      assert.ok(
        said.moves.some((m) => m.cause === cause),
        cause,
      );
    const byFamily = said.moves.find((m) => m.cause === "family:A")?.move_g["Nd"] ?? 0;
    assert.ok(byFamily > 0.7 * (said.elements["Nd"]?.sd_g ?? 0));
  });
  it("I16: unknown classes and impossible counts are named, not dropped", () => {
    const odd = [
      { family: "X", prior_class: "unknown", count: 3 },
      { family: "Y", prior_class: "hdd_3.5in", count: 0 },
    ];
    assert.deepEqual(lotTotals({ units: odd, seed: 1 }).not_counted, odd);
    assert.equal(lotTotals({ units: [], seed: 1 }).magnets.best_g, 0);
  });
  it("I15: nothing is negative and no element outweighs the magnets", () => {
    const said = lotTotals({ units, seed: 5 });
    for (const grams of Object.values(said.elements))
      assert.ok(grams.lo90_g >= 0 && grams.best_g <= said.magnets.best_g);
    const sum = Object.values(said.elements).reduce((a, g) => a + g.best_g, 0);
    assert.ok(sum < said.magnets.best_g * 1.02, `${sum} of ${said.magnets.best_g}`);
  });
  it("I24: a lot of 500 families is drawn less often, and every family counts (npm run bench says how fast)", () => {
    const many = Array.from({ length: 500 }, (_, i) => ({
      family: `F${i}`,
      prior_class: ["hdd_3.5in", "notebook", "phone", "desktop"][i % 4] ?? "",
      count: 1 + (i % 30),
    }));
    const said = lotTotals({ units: many, seed: 1 });
    assert.ok(said.draws < lotTotals({ units: many.slice(0, 20), seed: 1 }).draws);
    assert.deepEqual(said.not_counted, []);
  });
});

describe("the generator and the normal distribution", () => {
  it("I13: uniform and normal draws have their moments; streams by name do not correlate", () => {
    const [a, b] = [seededRandom(1, "a"), seededRandom(1, "b")];
    const n = 40_000;
    let [u, s1, s2, cross] = [0, 0, 0, 0];
    for (let i = 0; i < n; i++) {
      u += a.next() / n;
      const [x, y] = [a.normal(), b.normal()];
      s1 += x / n;
      s2 += (x * x) / n;
      cross += (x * y) / n;
    }
    assert.ok(
      Math.abs(u - 0.5) < 0.01 && Math.abs(s1) < 0.02 && Math.abs(s2 - 1) < 0.03 && Math.abs(cross) < 0.02,
    );
  });
  it("the normal distribution function is right to 1e-12 at tabled points and its inverse undoes it", () => {
    assert.ok(Math.abs(normalBelow(1.959963984540054) - 0.975) < 1e-12);
    assert.ok(Math.abs(normalBelow(-3) - 0.0013498980316300933) < 1e-12);
    assert.ok(Math.abs(normalBelow(-8) / 6.220960574271785e-16 - 1) < 1e-6);
    for (const p of [0.001, 0.2, 0.5, 0.95]) assert.ok(Math.abs(normalBelow(normalQuantile(p)) - p) < 1e-12);
  });
});
