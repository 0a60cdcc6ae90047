// Displacement columns: simulation, cuts, closed-form design.
export * from "./correlations.ts";
export { bestCut, type CutResult, collectCut, type Outflow } from "./cuts.ts";
export { type ColumnRefusal, readSimulation, type Simulation, SimulationInput } from "./read.ts";
export { type SimulationResult, simulate } from "./simulate.ts";
