import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import {
  chooseLigand,
  davies,
  findProtonation,
  HYDROLYSIS,
  hydrolysisAt,
  LIGANDS,
  ligandsOnFile,
  RARE_EARTHS,
} from "../index.ts";
import { dissolved, saturation } from "./solution.ts";

const EDTA = findProtonation("EDTA", 0.1)!;
const question = { ligand: "EDTA", ligand_mol_per_m3: 30, pH: 8, presaturant: "Cu" };

test("X21: every rare earth, iron, aluminium and copper have hydrolysis on file; each further hydroxide needs more base", () => {
  for (const name of [...RARE_EARTHS, "Fe3+", "Al3+", "Cu2+"]) {
    const { logBeta, logSolubility, charge } = HYDROLYSIS[name]!;
    assert.ok(logSolubility > 0 && (charge === 2 || charge === 3), name);
    logBeta.forEach((log, k) => {
      assert.ok(log < (logBeta[k - 1] ?? 0), name);
    });
  }
  // The row of the lanthanides: heavier ions are smaller, more acid, their hydroxides less soluble.
  assert.ok(HYDROLYSIS["Lu"]!.logBeta[0]! > HYDROLYSIS["La"]!.logBeta[0]!);
  assert.ok(HYDROLYSIS["Lu"]!.logSolubility < HYDROLYSIS["La"]!.logSolubility);
});

test("X21: constants are moved to another ionic strength by the squares of charges, by hand", () => {
  const log_g = -0.5085 * (Math.sqrt(0.1) / (1 + Math.sqrt(0.1)) - 0.03);
  assert.ok(Math.abs(davies(0.1) - log_g) < 1e-12);
  const nd = hydrolysisAt("Nd", 0.1)!;
  // Nd3+ + H2O = NdOH2+ + H+: 4 + 1 - 9 = -4. Nd(OH)3 + 3 H+ = Nd3+ + 3 H2O: 9 - 3 = 6.
  assert.ok(Math.abs(nd.logBeta[0]! - (-8.0 + 4 * log_g)) < 1e-12);
  assert.ok(Math.abs(nd.logSolubility - (18.6 - 6 * log_g)) < 1e-12);
  assert.deepEqual(hydrolysisAt("Nd", 0), HYDROLYSIS["Nd"]);
  assert.equal(hydrolysisAt("Zn2+", 0.1), undefined);
});

test("X22: free metal beside its ligand and hydroxides agrees with bisection, and so does its saturation", () => {
  fc.assert(
    fc.property(
      fc.double({ min: 2, max: 12, noNaN: true }),
      fc.double({ min: 1e-3, max: 0.1, noNaN: true }),
      (pH, total_M) => {
        const solution = {
          totals_M: { L: total_M, Nd: total_M },
          constants: new Map([["Nd", 16.77]]),
          protonation: EDTA,
          pH,
        };
        const solved = dissolved(solution);
        assert.ok(solved.ok);
        const nd = hydrolysisAt("Nd", 0.1)!;
        const h = 10 ** -pH;
        const metal = 1 + 10 ** nd.logBeta[0]! / h;
        const ligand = [0, ...EDTA.logBeta].reduce((sum, log, n) => sum + 10 ** log * h ** n, 0);
        // Equal totals leave as much free ligand as free metal, each with what it takes from water.
        let low = 0;
        let high = total_M;
        for (let i = 0; i < 200; i++) {
          const free = (low + high) / 2;
          const bound = 10 ** 16.77 * (free / metal) * (free / ligand);
          if (free + bound > total_M) high = free;
          else low = free;
        }
        const expected = low / metal;
        const found = solved.value.concentrations_M["Nd"]!;
        assert.ok(Math.abs(found / expected - 1) < 1e-6, `${found} ${expected}`);
        const times = (found * 10 ** (3 * pH)) / 10 ** nd.logSolubility;
        assert.ok(Math.abs(saturation(solution, solved.value, "Nd")! / times - 1) < 1e-9);
      },
    ),
    { numRuns: 100, seed: 3 },
  );
});

test("X23: the pH window closes where the first hydroxide falls out, later for the stronger ligand", () => {
  const window = (ligand: string, feed: Record<string, number> = { Nd: 0.75, Pr: 0.25 }) => {
    const answer = chooseLigand({ ...question, ligand, feed });
    assert.ok(answer.ok);
    return answer.value.pH_window;
  };
  const [hedta, edta, dtpa] = ["HEDTA", "EDTA", "DTPA"].map((ligand) => window(ligand));
  for (const w of [hedta, edta, dtpa]) {
    assert.ok(w!.low.pH! < w!.high.pH!, JSON.stringify(w));
    assert.ok(w!.high.pH! > 7 && w!.high.pH! < 13);
  }
  assert.ok(hedta!.high.pH! < edta!.high.pH! && edta!.high.pH! < dtpa!.high.pH!);
  // By hand for Nd and EDTA at 30 mM: free Nd from the complex against 10^(19.24 - 3 pH) meets near 9.4.
  assert.ok(Math.abs(edta!.hydroxide_above_pH["Nd"]! - 9.4) < 0.3, `${edta!.hydroxide_above_pH["Nd"]}`);
  // At the end that is stated the hydroxide is just saturated: on either side of it, not and well.
  for (const [pH, over] of [
    [edta!.high.pH! - 0.05, false],
    [edta!.high.pH! + 0.05, true],
  ] as const) {
    const element = edta!.high.reason.includes("Nd") ? "Nd" : "Pr";
    const solution = {
      totals_M: { L: 0.03, [element]: 0.03 },
      constants: new Map([[element, element === "Nd" ? 16.77 : 16.56]]),
      protonation: EDTA,
      pH,
    };
    const solved = dissolved(solution);
    assert.ok(solved.ok);
    assert.equal(saturation(solution, solved.value, element)! > 1, over);
  }
});

test("X20 X22: at pH 8 aluminium's hydroxide pulls it off a ligand that rare earths want; iron is held longer by DTPA", () => {
  const share = (ligand: string, pH: number) => {
    const answer = chooseLigand({
      ...question,
      ligand,
      pH,
      feed: { Nd: 0.9, "Fe3+": 0.05, "Al3+": 0.05 },
    });
    assert.ok(answer.ok);
    return (answer.value.speciation as { complexed_share: Record<string, number> }).complexed_share;
  };
  assert.ok(share("EDTA", 4)["Al3+"]! > 0.5);
  assert.ok(share("EDTA", 10)["Al3+"]! < 0.05 * share("EDTA", 4)["Al3+"]!);
  assert.ok(share("DTPA", 9)["Fe3+"]! > share("HEDTA", 9)["Fe3+"]!);
});

test("X24: every ligand that selects has copper, protons, temperature and grade; what is on file says where it is from", () => {
  const { ligands, hydrolysis } = ligandsOnFile();
  for (const ligand of LIGANDS) {
    const answer = chooseLigand({ ...question, ligand, feed: { Nd: 0.75, Pr: 0.25 } });
    assert.ok(answer.ok);
    assert.notEqual(answer.value.front.holds, "unknown", ligand);
    assert.ok(answer.value.temperatures_C.length >= 1);
    assert.ok("speciation" in answer.value);
    const row = ligands.find((l) => l.ligand === ligand)!;
    assert.ok(row.selects && row.rare_earths.length > 0 && row.protonation.length > 0);
    assert.equal(
      answer.value.warnings.some((w) => w.includes("grade C take part")),
      ligand !== "EDTA",
    );
  }
  assert.ok(ligands.some((l) => l.ligand === "citrate" && !l.selects));
  for (const { rare_earths, companions, protonation } of ligands)
    for (const table of [...rare_earths, ...companions, ...protonation]) {
      assert.ok(table.source.length > 10);
      assert.equal(typeof table.ionic_strength_M, "number");
    }
  assert.equal(hydrolysis.grade, "C");
});
