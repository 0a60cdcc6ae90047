// Displacement columns: simulation, cuts, closed-form design.

export type { SpeciesBalance } from "./accuracy/checks.ts";
export { type CalibrationResult, calibrate } from "./calibrate/calibrate.ts";
export { type MeasuredCurve, readMeasuredCsv } from "./calibrate/measured-csv.ts";
export { CalibrationInput, type CalibrationRefusal, readCalibration } from "./calibrate/read-calibration.ts";
export { type CampaignInput, type CampaignResult, type ColumnRun, runCampaign } from "./campaign/campaign.ts";
export {
  type BoundaryZone,
  type Design,
  type DesignInput,
  type DesignProduct,
  designZone,
} from "./campaign/design.ts";
export * from "./correlations.ts";
export type { Answered as DesignAnswer } from "./design/answer.ts";
export { designPlant, type RunSamples } from "./design/design-plant.ts";
export { type DrawnResult, runSample, type SampleJob } from "./design/doubt.ts";
export { DesignRequest } from "./design/read-design.ts";
export { type Recycling, runSteadyCampaign, type SteadyCampaign } from "./design/steady-campaign.ts";
export { GRADE_WORDS, type Grade } from "./grades.ts";
export { readSimulation } from "./input/read.ts";
export { SimulationInput } from "./input/schema.ts";
export type { Simulation } from "./input/simulation.ts";
export { type Profiles, profilesOf } from "./kernel/profiles.ts";
export type { CutContext } from "./outlet/context.ts";
export { type CutResult, collect } from "./outlet/cuts.ts";
export { contextOfKept, type KeptOutlet } from "./outlet/kept-outlet.ts";
export { acceptPacking, type PackingAnswer } from "./packing/accept-packing.ts";
export { PackingInput } from "./packing/read-packing.ts";
export type { ColumnRefusal } from "./refusals.ts";
export type { DiameterSheet } from "./scale-up/diameter-sheet.ts";
export type { Figure } from "./scale-up/drawn.ts";
export type { Ladder, Rung } from "./scale-up/ladder.ts";
export { ScaleUpInput } from "./scale-up/read-scale-up.ts";
export { type ScaleUpAnswer, scaleUp } from "./scale-up/scale-up.ts";
export { type SimulationRefusal, type SimulationResult, simulate, simulateForCuts } from "./simulate.ts";
