// Identify: what a line and a lot hold, how sure that is, and what to measure next. The only file others import.

export {
  DEVICE_CLASSES,
  type DeviceClass,
  type Estimate,
  type EvidenceGrade,
  type FormFactor,
  LINE_CLASSES,
  type LineClass,
} from "./classify/classes.ts";
export { identifyLine, type LineIdentity } from "./line/identify-line.ts";
export type { LineMagnet } from "./line/line-bill.ts";
export { magnetFamily } from "./line/magnet-family.ts";
export { inferLot, type LotInference, type NextMeasurement } from "./lot/infer-lot.ts";
export type { LotRefusal } from "./lot/lot-input.ts";
export { LOT_INPUT_SCHEMA } from "./lot/lot-schema.ts";
export {
  type Grams,
  type LotAsk,
  type LotTotals,
  type LotUnits,
  lotTotals,
  type Move,
} from "./lot/lot-totals.ts";
export { lotUnitsOf } from "./lot/lot-units.ts";
export { familyKey, learnedFamilies, learnedParts, type TearDown } from "./lot/tear-downs.ts";
export { gainFromLearning, samplingRelativeSd } from "./lot/value-of-information.ts";
export { ALLOYS, type Alloy, type Material } from "./magnets/alloys.ts";
export { PRIORS, type PriorPart, type PriorRow } from "./magnets/priors.ts";
export {
  applyIdentify,
  IDENTIFY_KINDS,
  type IdentifyEntry,
  type IdentifyRecords,
  type Taught,
  taughtFrom,
  type Wording,
  wordingKey,
} from "./taught/wording.ts";
export { atom } from "./xrf/atomic.ts";
export { identifyPiece, type PieceFit, type PieceIdentity } from "./xrf/identify-piece.ts";
export { type FoundSpectrum, readSpectra } from "./xrf/read-spectra.ts";
export { readSpectrum, type Spectrum } from "./xrf/spectrum.ts";
