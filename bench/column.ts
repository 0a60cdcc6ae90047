import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import {
  chungWen_m2_per_s,
  filmCoefficient_m_per_s,
  readSimulation,
  runCampaign,
  simulate,
} from "../src/column/index.ts";
import { benchCurve } from "./column-curve.ts";
import { benchCuts } from "./column-cuts.ts";

const FLOW = { superficial_m_per_s: 2e-4, radius_m: 3e-5, void_fraction: 0.38 };
const FLUID = { viscosity_Pa_s: 1e-3, density_kg_per_m3: 1000 };

/** Median seconds of five runs in this process, and the first. */
function timed(work: () => void): { first: number; median: number } {
  const seconds = Array.from({ length: 5 }, () => {
    const started = performance.now();
    work();
    return (performance.now() - started) / 1000;
  });
  const sorted = [...seconds].sort((a, b) => a - b);
  return { first: seconds[0] ?? 0, median: sorted[2] ?? 0 };
}

/** A plain explicit upwind sweep in JavaScript: what the machine does today, to compare figures of two days by. */
function referenceSweep(): number {
  const cells = 1000;
  const c = new Float64Array(5 * (cells + 1)).fill(0.5);
  for (let step = 0; step < 2000; step++) {
    for (let s = 0; s < 5; s++) {
      for (let j = cells; j > 0; j--) {
        const i = s * (cells + 1) + j;
        c[i] = (c[i] ?? 0) - 0.3 * ((c[i] ?? 0) - (c[i - 1] ?? 0));
      }
    }
  }
  return c[cells] ?? 0;
}

/** Whole process from the shell, the median of five. */
function processRow(reference_s: number): { what: string; figure: string } {
  const { median } = timed(() => {
    const run = spawnSync(
      process.execPath,
      ["src/main/didym.ts", "column", "simulate", "examples/column/A-equilibrium.json"],
      { stdio: "ignore" },
    );
    if (run.status !== 0) throw new Error(`the command ended with ${run.status}`);
  });
  return {
    what: "`didym column simulate examples/column/A-equilibrium.json`, whole process",
    figure: `${median.toFixed(2)} s, ${(median / reference_s).toFixed(1)} x the reference`,
  };
}

export async function benchColumn(): Promise<{ rows: { what: string; figure: string }[] }> {
  const rows: { what: string; figure: string }[] = [];
  const reference = timed(() => void referenceSweep()).median;
  rows.push({
    what: "reference: explicit sweep, 5 species x 1,000 cells x 2,000 steps",
    figure: `${reference.toFixed(3)} s`,
  });
  for (const name of ["A-equilibrium", "B-film"]) {
    const simulation = readSimulation(JSON.parse(readFileSync(`examples/column/${name}.json`, "utf8")));
    if (!simulation.ok) throw new Error(simulation.refusal.message);
    let error = 0;
    const { first, median } = timed(() => {
      const result = simulate(simulation.value);
      if (!result.ok) throw new Error(result.refusal.message);
      error = result.value.numerics.error_l1_estimate;
    });
    rows.push({
      what: `simulate examples/column/${name}.json, error asked ${simulation.value.input.ask.error_l1_max}, estimated ${error.toExponential(1)}`,
      figure: `${median.toFixed(3)} s (first ${first.toFixed(3)} s), ${(median / reference).toFixed(1)} x the reference`,
    });
  }
  const { first, median } = timed(() => {
    const result = runCampaign({
      products: [
        { name: "Dy", mole_fraction: 0.039, affinity: 40, purity_min: 0.999 },
        { name: "Nd", mole_fraction: 0.837, affinity: 1960, purity_min: 0.9999 },
        { name: "Pr", mole_fraction: 0.124, affinity: 3175.2, purity_min: 0.999 },
      ],
      length_m: 1,
      superficial_m_per_s: FLOW.superficial_m_per_s,
      normality_mol_per_m3: 90,
      bed: {
        void_fraction: 0.38,
        particle_porosity: 0.3,
        particle_radius_m: 3e-5,
        capacity_mol_per_m3_bed: 567,
      },
      dispersion_m2_per_s: chungWen_m2_per_s({ ...FLOW, ...FLUID }),
      film_coefficient_m_per_s: filmCoefficient_m_per_s({
        ...FLOW,
        particle_porosity: 0.3,
        diffusivity_m2_per_s: 5e-10,
        pore_diffusivity_m2_per_s: 1e-10,
      }),
      ...FLUID,
      presaturant: { name: "Cu", affinity: 1 },
      displacer: { name: "Na", affinity: 127_008 },
      error_l1_max: 0.02,
    });
    if (!result.ok) throw new Error(result.refusal.message);
  });
  rows.push({
    what: "one two-zone campaign (three columns), 2 % error asked",
    figure: `${median.toFixed(2)} s (first ${first.toFixed(2)} s), ${(median / reference).toFixed(1)} x the reference`,
  });
  rows.push(...benchCurve(reference), ...benchCuts(reference), processRow(reference));
  rows.push({
    what: "memory of this process after all of the above",
    figure: `${Math.round(process.memoryUsage().rss / 2 ** 20)} MB`,
  });
  return { rows };
}
