import { beforeGrounds, isBefore } from "../ledger/index.ts";
import { digestOf, done, type Refusal, type Result, refuse } from "../quantity/index.ts";
import type { Agreement } from "./agreement.ts";
import type { Statement } from "./statement.ts";

/** Who said something, as stated. */
export interface SaidBy {
  readonly role: string;
  readonly party: string;
}

/** One version of the terms between two parties. */
export interface AgreementVersion {
  readonly version: number;
  readonly agreement: Agreement;
  readonly prose: readonly string[];
  /** Why an earlier version is replaced. */
  readonly why?: string;
  /** Absent of terms put on the books before the other party was asked: they are in force as they stand. */
  readonly proposed?: { readonly by: SaidBy; readonly at: string };
  readonly accepted?: { readonly by: SaidBy; readonly at: string; readonly from?: string };
}

/** All versions of one agreement. What it shows as its terms is the highest accepted one, or the newest proposal before there is any. */
export interface AgreementRecord {
  readonly agreement: Agreement;
  readonly prose: readonly string[];
  readonly why?: string;
  /** The version that these terms are. */
  readonly version: number;
  readonly state: "proposed" | "accepted";
  readonly versions: number;
  readonly terms: readonly AgreementVersion[];
}

export const isAccepted = (version: AgreementVersion): boolean =>
  version.proposed === undefined || version.accepted !== undefined;

/** The days on which a version holds, both included; `to` null while no end is agreed. */
export function daysOf({ agreement, accepted }: AgreementVersion): Agreement["effective"] {
  const { from, to } = agreement.effective;
  return { from: accepted?.from !== undefined && accepted.from > from ? accepted.from : from, to };
}

const holdsOn = (version: AgreementVersion, day: string): boolean => {
  const { from, to } = daysOf(version);
  return day >= from && (to === null || day <= to);
};

/** The terms in force on a day: the highest version accepted by both whose dates hold that day (SPEC S34). */
export const versionOn = (record: AgreementRecord, day: string): AgreementVersion | undefined =>
  record.terms.findLast((version) => isAccepted(version) && holdsOn(version, day));

/** The version a statement was made under; one of before versions were kept is known by its digest. */
export const versionBehind = (record: AgreementRecord, statement: Statement): AgreementVersion | undefined =>
  statement.agreement_version === undefined
    ? record.terms.findLast((version) => digestOf(version.agreement) === statement.agreement.digest)
    : record.terms[statement.agreement_version - 1];

/** The party whose word a proposal waits for. */
export function otherParty({ parties }: Agreement, party: string): string | undefined {
  if (party === parties.supplier) return parties.processor;
  return party === parties.processor ? parties.supplier : undefined;
}

/** Whether the proposer has proposed something newer since: who offers anew takes the old offer back. */
export const isReplaced = (record: AgreementRecord, version: AgreementVersion): boolean =>
  record.terms.some(
    (later) => later.version > version.version && later.proposed?.by.party === version.proposed?.by.party,
  );

const samePair = (a: Agreement, b: Agreement): boolean =>
  a.parties.supplier === b.parties.supplier && a.parties.processor === b.parties.processor;

/** Whether the number belongs to another pair: to whom it does is settled by the first acceptance, not by whoever proposed first. */
const ofOthers = (record: AgreementRecord | undefined, agreement: Agreement): boolean =>
  record?.state === "accepted" && !samePair(record.agreement, agreement);

/** Proposals that can still be accepted. */
export const openProposals = (record: AgreementRecord): readonly AgreementVersion[] =>
  record.terms.filter(
    (version) => !isAccepted(version) && !isReplaced(record, version) && !ofOthers(record, version.agreement),
  );

export type Proposed = Omit<AgreementVersion, "accepted"> & Required<Pick<AgreementVersion, "proposed">>;

export type ProposalRefusal = Refusal<
  "agreement_of_others" | "nothing_changed" | "reason_missing" | "time_before_input"
>;

/** Decides a proposal of terms by one of their two parties (SPEC S35). */
export function decideProposal(
  before: AgreementRecord | undefined,
  given: Omit<Proposed, "version">,
): Result<Proposed, ProposalRefusal> {
  const { agreement, proposed, why } = given;
  const { id } = agreement;
  if (before && ofOthers(before, agreement)) return belongsTo(before.agreement, "agreement.parties");
  const last = before?.terms.findLast((version) => samePair(version.agreement, agreement));
  if (last && why === undefined)
    return refuse("reason_missing", "why", `${id} has terms already; a new version says why`);
  if (last && isWhole(last) && digestOf(last.agreement) === digestOf(agreement))
    return refuse(
      "nothing_changed",
      "agreement",
      `these are the terms of version ${last.version}, ${stands(last)}`,
    );
  const early = beforeGrounds(proposed.at, [[`the terms it follows were proposed`, last?.proposed?.at]]);
  return early ?? done({ ...given, version: (before?.versions ?? 0) + 1 });
}

/** Terms that were accepted from a later day than they name hold on fewer days than the same proposed anew. */
const isWhole = (version: AgreementVersion): boolean =>
  daysOf(version).from === version.agreement.effective.from;

const stands = (version: AgreementVersion): string =>
  isAccepted(version)
    ? "which both have accepted"
    : `which waits for the word of ${otherParty(version.agreement, version.proposed?.by.party ?? "")} (settle accept)`;

const belongsTo = ({ id, parties }: Agreement, at: string) =>
  refuse(
    "agreement_of_others",
    at,
    `${id} is between ${parties.supplier} and ${parties.processor}; other parties agree under another number`,
  );

export interface Acceptance {
  readonly agreement: string;
  readonly version: number;
  readonly by: SaidBy;
  readonly at: string;
  /** The first day it holds, where that is later than its terms say. */
  readonly from?: string;
}

export type AcceptanceRefusal = Refusal<
  | "agreement_unknown"
  | "agreement_of_others"
  | "version_unknown"
  | "already_accepted"
  | "proposal_replaced"
  | "agreement_not_in_force"
  | "time_before_input"
>;

/** Decides the other party's word on a proposal (SPEC S36). */
export function decideAcceptance(
  record: AgreementRecord | undefined,
  given: Acceptance,
): Result<Acceptance, AcceptanceRefusal> {
  const { agreement: id, from } = given;
  if (!record) return refuse("agreement_unknown", "agreement", `no agreement ${id} is on the books`);
  const version = record.terms[given.version - 1];
  if (!version)
    return refuse(
      "version_unknown",
      "version",
      `${id} has ${record.versions} versions, none ${given.version}`,
    );
  if (isAccepted(version))
    return refuse("already_accepted", "version", `version ${given.version} of ${id} is in force already`);
  if (ofOthers(record, version.agreement)) return belongsTo(record.agreement, "agreement");
  if (isReplaced(record, version)) {
    const message = `version ${given.version} of ${id} was replaced by its own proposer`;
    return refuse("proposal_replaced", "version", message);
  }
  const { effective } = version.agreement;
  if (from !== undefined && (from < effective.from || (effective.to !== null && from > effective.to))) {
    const until = effective.to === null ? "on" : `to ${effective.to}`;
    const message = `by its terms it holds from ${effective.from} ${until}, which ${from} is not among`;
    return refuse("agreement_not_in_force", "from", message);
  }
  const offered = version.proposed?.at ?? given.at;
  if (isBefore(given.at, offered))
    return refuse("time_before_input", "at", `it was proposed at ${offered}, after ${given.at}`);
  return done(given);
}

/** The record with one version more, or one version accepted. */
export function recordOf(terms: readonly AgreementVersion[]): AgreementRecord {
  const shown = terms.findLast(isAccepted) ?? (terms.at(-1) as AgreementVersion);
  const { agreement, prose, why, version } = shown;
  return {
    ...{ agreement, prose, ...(why === undefined ? {} : { why }), version },
    state: isAccepted(shown) ? "accepted" : "proposed",
    versions: terms.length,
    terms,
  };
}
