// settle: agreements as data, statements line by line, umpires, corrections, the metal account. The only door of this room.
export {
  type Agreement,
  type AssayRule,
  type ElementTerms,
  type PenaltyTerms,
  type RoundingTerms,
  readAgreement,
  TOLL_BASES,
  type TollBasis,
} from "./agreement.ts";
export { agreementProse } from "./agreement-prose.ts";
export {
  type AccountPosted,
  type AccountRecord,
  type AgreementMade,
  applySettle,
  type LotMoved,
  type LotMoveProposed,
  type LotStatements,
  SETTLE_KINDS,
  type SettleEntry,
  type SettleRecords,
  type StatementIssued,
} from "./entries.ts";
export { type FinalWeights, finalWeights } from "./final-weights.ts";
export type { GivenAssay, LotInput } from "./lot-reading.ts";
export {
  foldMetalAccount,
  type MetalAccount,
  type OxideBalance,
  type Posting,
  postingsOf,
} from "./metal-account.ts";
export { type MoistureDispute, type MoistureReading, moistureDispute } from "./moisture.ts";
export type { AssayParty } from "./parties.ts";
export { type GradeBand, payableByBand, payableGrade, payableMass } from "./payable.ts";
export { type ImpurityTier, type PenaltyScale, penaltyRate, tierCharge } from "./penalty.ts";
export type { SettleCode, SettleRefusal } from "./refusals.ts";
export { lastFinal, nextStatement, reversalOf } from "./replace.ts";
export {
  type Certified,
  type Credited,
  creditedFor,
  decideReturn,
  type Returning,
  type ReturnRefusal,
} from "./return.ts";
export { settleLot } from "./settle-lot.ts";
export type { SettledBefore } from "./settled-before.ts";
export {
  type CorrectedSince,
  figureOf,
  type NoClaimOn,
  type ReceivedAboveSent,
  sameFigure,
  type WeighedSince,
  weighedSince,
} from "./settled-on.ts";
export {
  type AmountDue,
  type AssayStatus,
  type ElementOutcome,
  isUnaltered,
  type LineRole,
  type Statement,
  type StatementLine,
} from "./statement.ts";
export {
  checkHistory,
  type DifferenceStatement,
  type LineChange,
  moveStatement,
  type OxideChange,
  type Reversed,
  supersede,
} from "./supersede.ts";
export {
  decideTakeBack,
  owedAgain,
  type Returned,
  type TakeBackFigure,
  type TakeBackProposed,
  type TakenBack,
} from "./take-back.ts";
export { type TakeOrPayInput, type TakeOrPayPeriod, type TakeOrPayTerms, takeOrPay } from "./take-or-pay.ts";
export { UMPIRE_RULE_TEXT, UMPIRE_RULES, type UmpireRule } from "./umpire.ts";
export { settleByUmpire, splitAssays, type TwoAssays, type UmpiredAssays } from "./umpire-text.ts";
export { type Unrestated, type UnrestatedCode, unrestatedOf } from "./unrestated.ts";
export {
  type Acceptance,
  type AgreementRecord,
  type AgreementVersion,
  daysOf,
  decideAcceptance,
  decideProposal,
  isAccepted,
  openProposals,
  otherParty,
  type Proposed,
  type SaidBy,
  versionBehind,
  versionOn,
} from "./versions.ts";
