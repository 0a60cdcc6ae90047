// Displacement columns: simulation, cuts, closed-form design.

export { type CampaignInput, type CampaignResult, type ColumnRun, runCampaign } from "./campaign.ts";
export * from "./correlations.ts";
export type { CutResult } from "./cuts.ts";
export {
  type BoundaryZone,
  type Design,
  type DesignInput,
  type DesignProduct,
  designZone,
} from "./design.ts";
export { type ColumnRefusal, readSimulation, type Simulation, SimulationInput } from "./read.ts";
export { type SimulationResult, type SpeciesBalance, simulate } from "./simulate.ts";
