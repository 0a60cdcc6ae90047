// Identify: what a line and a lot hold, how sure that is, and what to measure next. The only file others import.
export { ALLOYS, type Alloy, type Material } from "./alloys.ts";
export {
  DEVICE_CLASSES,
  type DeviceClass,
  type Estimate,
  type EvidenceGrade,
  type FormFactor,
  LINE_CLASSES,
  type LineClass,
} from "./classes.ts";
export { identifyLine, type LineIdentity } from "./identify-line.ts";
export { inferLot, type LotInference, type NextMeasurement } from "./infer-lot.ts";
export type { LineMagnet } from "./line-bill.ts";
export type { LotRefusal } from "./lot-input.ts";
export { LOT_INPUT_SCHEMA } from "./lot-schema.ts";
export {
  type Grams,
  type LotAsk,
  type LotTotals,
  type LotUnits,
  lotTotals,
  type Move,
} from "./lot-totals.ts";
export { lotUnitsOf } from "./lot-units.ts";
export { magnetFamily } from "./magnet-family.ts";
export { PRIORS, type PriorPart, type PriorRow } from "./priors.ts";
export { gainFromLearning, samplingRelativeSd } from "./value-of-information.ts";
