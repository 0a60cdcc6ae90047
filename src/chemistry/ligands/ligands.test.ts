import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import {
  COMPANION_SERIES,
  chooseLigand,
  findProtonation,
  frontHolds,
  isElement,
  PROTONATIONS,
  precipitationPH,
  protonShares,
  STABILITY_SERIES,
  sameIonicStrength,
  selectivity,
  seriesOf,
  speciate,
} from "../index.ts";

const near = (a: number, b: number, relative: number) =>
  assert.ok(Math.abs(a - b) <= relative * Math.abs(b), `${a} is not ${b}`);
const EDTA = findProtonation("EDTA", 0.1);
assert.ok(EDTA);
const question = { ligand: "EDTA", ligand_mol_per_m3: 30, pH: 8, presaturant: "Cu" };

test("X10: every constant says its source, ligand and ionic strength", () => {
  for (const s of [...STABILITY_SERIES, ...COMPANION_SERIES, ...PROTONATIONS]) {
    assert.ok(s.source.length > 10);
    assert.ok(s.ionic_strength_M >= 0 && s.ionic_strength_M <= 1);
    for (const value of "logK" in s ? Object.values(s.logK) : s.logBeta) assert.ok(value > 0 && value < 50);
  }
  for (const s of STABILITY_SERIES) for (const e of Object.keys(s.logK)) assert.ok(isElement(e), e);
  const ids = [...STABILITY_SERIES, ...COMPANION_SERIES].map((s) => s.id);
  assert.equal(new Set(ids).size, ids.length);
});

test("X10: two independent tables of EDTA agree once the ionic strength is corrected (Davies)", () => {
  const table = (id: string) => COMPANION_SERIES.find((c) => c.id === id)?.logK ?? {};
  const dilute = table("EDTA-minteq-0M");
  // log g = -0.5085 z^2 (sqrt(I)/(1+sqrt(I)) - 0.3 I) at 25 C, I 0.1 M, for z = 1; z^2 of M, L(4-) and ML add to the shift.
  const log_g = -0.5085 * (Math.sqrt(0.1) / (1 + Math.sqrt(0.1)) - 0.03);
  for (const [ion, logK] of Object.entries(table("EDTA-textbook-0.1M"))) {
    const zero = dilute[ion];
    if (zero === undefined) continue;
    const z = ion.includes("3+") ? 3 : 2;
    const shifted = zero + log_g * (z ** 2 + 16 - (z - 4) ** 2);
    assert.ok(Math.abs(shifted - logK) < 0.5, `${ion}: ${shifted.toFixed(2)} against ${logK}`);
    // Unshifted they are more than one and a half apart: what X11 guards against.
    assert.ok(Math.abs(zero - logK) > 1.2, ion);
  }
});

test("X11: series of unlike ionic strength are not mixed", () => {
  const zero = { id: "at zero", ionic_strength_M: 0 };
  const mixed = sameIonicStrength([{ id: "at 0.1", ionic_strength_M: 0.1 }, zero]);
  assert.ok(!mixed.ok && mixed.refusal.code === "series_mixed");
  const [first] = seriesOf("EDTA");
  assert.ok(first);
  const refused = selectivity(["Nd", "Pr"], [first, { ...first, ...zero }]);
  assert.ok(!refused.ok && refused.refusal.code === "series_mixed");
});

test("X12: selectivities are of one series each, with their band", () => {
  const edta = selectivity(["Pr", "Nd"], seriesOf("EDTA"));
  assert.ok(edta.ok);
  const [pair] = edta.value.pairs;
  assert.ok(pair);
  assert.deepEqual([pair.ahead, pair.behind, pair.series.length], ["Nd", "Pr", 3]);
  // By hand: 10^0.21, 10^0.31, 10^0.29 and their geometric mean 10^0.27.
  near(pair.alpha.lo, 1.6218, 1e-4);
  near(pair.alpha.hi, 2.0417, 1e-4);
  near(pair.alpha.best, 1.8621, 1e-4);
  near(edta.value.affinities["Pr"]?.affinity ?? 0, 1.8621, 1e-4);
});

test("X13: DTPA turns around beyond Dy; HEDTA cannot part Gd to Er", () => {
  const dtpa = chooseLigand({ ...question, ligand: "dtpa", feed: { Dy: 1, Lu: 1 } });
  assert.ok(dtpa.ok);
  assert.deepEqual(dtpa.value.order, ["Dy", "Lu"]);
  assert.deepEqual(dtpa.value.reversals, [{ ahead: "Dy", behind: "Lu" }]);
  const straight = chooseLigand({ ...question, feed: { Dy: 1, Lu: 1 } });
  assert.deepEqual(straight.ok && straight.value.reversals, []);
  const hedta = chooseLigand({ ...question, ligand: "HEDTA", feed: { Gd: 1, Tb: 1, Dy: 1, Nd: 1 } });
  assert.ok(hedta.ok);
  assert.deepEqual(
    hedta.value.unusable_pairs.flatMap((p) => [p.ahead, p.behind]).filter((e) => e === "Nd"),
    [],
  );
  assert.equal(hedta.value.unusable_pairs.length, 2);
});

test("X14: EDTA by its steps: an independent product of step constants", () => {
  for (const pH of [0, 2, 4.7, 7, 8, 10.27, 14]) {
    const h = 10 ** -pH;
    // Fraction of L from the acid's own steps, pK 2.0, 2.67, 6.16, 10.27, multiplied up from H4L.
    const k = [2.0, 2.67, 6.16, 10.27].map((p) => 10 ** -p);
    const [a = 0, b = 0, c = 0, d = 0] = k;
    const terms = [a * b * c * d, h * a * b * c, h ** 2 * a * b, h ** 3 * a, h ** 4];
    const sum = terms.reduce((x, y) => x + y, 0);
    for (const [n, share] of protonShares(EDTA, pH).entries()) near(share, (terms[n] ?? 0) / sum, 1e-9);
  }
});

test("X15: one ligand and one metal agree with bisection", () => {
  fc.assert(
    fc.property(
      fc.double({ min: 1, max: 12, noNaN: true }),
      fc.double({ min: 5, max: 26, noNaN: true }),
      fc.double({ min: 1e-4, max: 0.1, noNaN: true }),
      fc.double({ min: 1e-4, max: 0.1, noNaN: true }),
      (pH, logK, metal_M, ligand_M) => {
        const solved = speciate({
          totals_M: { M: metal_M, L: ligand_M },
          pH,
          species: [
            ...EDTA.logBeta.map((logBeta, i) => ({ name: `H${i}`, logBeta, protons: i + 1, of: { L: 1 } })),
            { name: "ML", logBeta: logK, of: { M: 1, L: 1 } },
          ],
        });
        assert.ok(solved.ok);
        const conditional = 10 ** logK * (protonShares(EDTA, pH)[0] ?? 0);
        let low = 0;
        let high = Math.min(metal_M, ligand_M);
        for (let i = 0; i < 200; i++) {
          const x = (low + high) / 2;
          if (conditional * (metal_M - x) * (ligand_M - x) > x) low = x;
          else high = x;
        }
        const bound = solved.value.concentrations_M["ML"] ?? 0;
        assert.ok(Math.abs(bound - low) <= 1e-7 * Math.min(metal_M, ligand_M), `${bound} ${low}`);
      },
    ),
    { seed: 7, numRuns: 200 },
  );
});

test("X16: balances close for any system of complexes", () => {
  const total = fc.double({ min: 1e-6, max: 0.2, noNaN: true });
  fc.assert(
    fc.property(
      fc.array(fc.tuple(total, fc.double({ min: 1, max: 28, noNaN: true })), { minLength: 1, maxLength: 8 }),
      total,
      fc.double({ min: 0, max: 14, noNaN: true }),
      (metals, ligand_M, pH) => {
        const names = metals.map((_, i) => `M${i}`);
        const solved = speciate({
          totals_M: { L: ligand_M, ...Object.fromEntries(metals.map(([t], i) => [`M${i}`, t])) },
          pH,
          species: [
            ...EDTA.logBeta.map((logBeta, i) => ({ name: `H${i}`, logBeta, protons: i + 1, of: { L: 1 } })),
            ...metals.map(([, logBeta], i) => ({ name: `M${i}L`, logBeta, of: { [`M${i}`]: 1, L: 1 } })),
          ],
        });
        assert.ok(solved.ok, solved.ok ? "" : solved.refusal.message);
        const c = solved.value.concentrations_M;
        for (const [i, name] of names.entries())
          near((c[name] ?? 0) + (c[`${name}L`] ?? 0), metals[i]?.[0] ?? 0, 1e-9);
        assert.ok(Object.values(c).every((v) => v >= 0 && Number.isFinite(v)));
      },
    ),
    { seed: 11, numRuns: 300 },
  );
});

test("X17: H4EDTA falls out of acid, sooner the more of it there is", () => {
  const dilute = precipitationPH(EDTA, 0.005) ?? 0;
  const strong = precipitationPH(EDTA, 0.1) ?? 0;
  assert.ok(dilute > 2 && strong > dilute && strong < 5, `${dilute} ${strong}`);
  near((protonShares(EDTA, strong)[4] ?? 0) * 0.1 * 292.24, 0.5, 1e-6);
  assert.equal(precipitationPH(EDTA, 0.001), undefined);
});

test("X18: copper holds the light lanthanides and lets the heaviest go", () => {
  // Ligand 0.03 M; by hand for equal constants: free Cu 0.015, free R 0.002598, bound 0.02557 and 0.00443.
  near(frontHolds(18.8, 18.8, 0.03).factor, (2 * (0.025571 + 0.015)) / (3 * (0.004429 + 0.002598)), 1e-3);
  assert.equal(frontHolds(16.77, 18.8, 0.03).holds, "yes");
  assert.notEqual(frontHolds(19.99, 18.8, 0.03).holds, "yes");
});

test("X19: refusals name the field", () => {
  const at = (change: object) => {
    const answer = chooseLigand({ ...question, feed: { Nd: 1, Pr: 1 }, ...change });
    return answer.ok ? "answered" : `${answer.refusal.code} ${answer.refusal.at}`;
  };
  assert.equal(at({}), "answered");
  assert.equal(at({ ligand: "NTA" }), "ligand_unknown ligand");
  assert.equal(at({ series: "EDTA-9999" }), "series_unknown series");
  assert.equal(at({ feed: { Nd: 1, Sc: 1 } }), "constant_missing feed.Sc");
  assert.equal(at({ feed: { Nd: 1, "Pb2+": 1 } }), "constant_missing feed.Pb2+");
  assert.equal(at({ feed: { Nd: -1 } }), "amount_not_positive feed.Nd");
  assert.equal(at({ pH: 15 }), "ph_out_of_range pH");
  assert.equal(at({ ligand_mol_per_m3: 1e9 }), "ligand_too_strong ligand_mol_per_m3");
  assert.equal(at({ ligand_mol_per_m3: 0 }), "amount_not_positive ligand_mol_per_m3");
});

test("X20: iron takes its ligand and runs ahead", () => {
  const answer = chooseLigand({ ...question, feed: { Nd: 0.9, "Fe3+": 0.1 } });
  assert.ok(answer.ok);
  const { leaks } = answer.value.speciation as { leaks: { ion: string; position: string }[] };
  assert.deepEqual(
    leaks.map((l) => [l.ion, l.position]),
    [["Fe3+", "ahead of every rare earth"]],
  );
  assert.ok(answer.value.warnings.some((w) => w.includes("hydrolyse")));
});
