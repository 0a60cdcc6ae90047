// Displacement columns: simulation, cuts, closed-form design.

export { type CampaignInput, type CampaignResult, type ColumnRun, runCampaign } from "./campaign.ts";
export * from "./correlations.ts";
export { bestCut, type CutResult, collectCut, type Outflow } from "./cuts.ts";
export {
  type BoundaryZone,
  type Design,
  type DesignInput,
  type DesignProduct,
  designZone,
} from "./design.ts";
export { type ColumnRefusal, readSimulation, type Simulation, SimulationInput } from "./read.ts";
export { type SimulationResult, simulate } from "./simulate.ts";
