import { z } from "zod";
import {
  readSimulation,
  SimulationInput,
  type SimulationRefusal,
  type SimulationResult,
  simulate,
} from "../../column/index.ts";
import type { Result } from "../../quantity/index.ts";
import { calculation } from "../core/use-case.ts";
import { acceptPackedColumn } from "./accept-packing.ts";
import { calibrateColumn } from "./calibrate.ts";
import { designColumn } from "./design.ts";
import { scaleColumnUp } from "./scale-up.ts";
import { selectLigand } from "./select.ts";

const simulateColumn = calculation({
  room: "column",
  verb: "simulate",
  long: true,
  summary: "Simulate one displacement column: outlet, cuts, balance, bounds, and how accurate the curve is.",
  // The column room reads its own contract, so that a refusal names the field in its words.
  input: z.unknown().meta(z.toJSONSchema(SimulationInput, { io: "input" }) as Record<string, unknown>),
  example: {
    model: "equilibrium",
    bed: { length_m: 0.5, total_porosity: 0.7, capacity_mol_per_m3_bed: 1500 },
    flow: { superficial_velocity_m_per_s: 0.0007 },
    transport: { axial_dispersion_m2_per_s: 1.7e-7 },
    species: [
      { name: "Cu", role: "presaturant", affinity: 1 },
      { name: "Nd", role: "product", affinity: 20 },
      { name: "Pr", role: "product", affinity: 36 },
      { name: "Na", role: "displacer", affinity: 360 },
    ],
    initial_mol_per_m3: { Cu: 90 },
    inlet: [
      { until_s: 3000, mol_per_m3: { Nd: 65, Pr: 25 } },
      { until_s: 16500, mol_per_m3: { Na: 90 } },
    ],
    ask: {
      outlet_times_s: { from: 12000, to: 16500, step: 50 },
      error_l1_max: 0.02,
      cuts: [{ species: "Nd", purity_min: 0.99 }],
    },
  } as unknown,
  async compute(_ports, input): Promise<Result<SimulationResult, SimulationRefusal>> {
    const simulation = readSimulation(input);
    return simulation.ok ? simulate(simulation.value) : simulation;
  },
});

export const columnUseCases = [
  simulateColumn,
  designColumn,
  calibrateColumn,
  acceptPackedColumn,
  scaleColumnUp,
  selectLigand,
] as const;
