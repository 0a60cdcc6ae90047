import type { Actor } from "../ledger/index.ts";
import { done, type Refusal, type Refused, type Result, refuse } from "../quantity/index.ts";
import { decideSecond, type Grounds, type SecondRefusal } from "./two.ts";

/** A command that one gives and another carries out. */
export interface ApprovalAsked {
  readonly approval: string;
  /** "ROOM/VERB" */
  readonly command: string;
  readonly input: Readonly<Record<string, unknown>>;
  /** Of what keeps particulars apart `input` names the consignment alone: the whole of it, and why, stand in a document (intake N61). */
  readonly consignment?: string;
  readonly particulars?: string;
  readonly said_in?: string;
  /** SHA-256 of command and input, or of what stands for it: what is approved is what was asked. */
  readonly digest: string;
  /** Whose people see that it waits: the party of who asks, and those it concerns. */
  readonly party: string;
  readonly parties: readonly string[];
  readonly by: Actor;
  readonly why?: string;
  readonly at: string;
  readonly until: string;
}

export interface ApprovalGiven {
  readonly approval: string;
  readonly by: Actor;
  readonly at: string;
}

export interface ApprovalDeclined extends ApprovalGiven {
  readonly why: string;
}

export interface Approval extends ApprovalAsked {
  readonly state: "waits" | "given" | "declined";
  /** Who carried it out, or declined it. */
  readonly second?: Actor;
  readonly decided_at?: string;
  readonly declined_why?: string;
}

const DAY_MS = 86_400_000;
/** What waits for longer was asked on books that are others by now. */
export const WAITS_DAYS_MAX = 30;
export const WAITS_DAYS_USUAL = 7;

/** Until when it waits. Refusals: until_past, until_too_far. */
export function decideWait(asked: string | undefined, now: string) {
  const until = asked ?? new Date(Date.parse(now) + WAITS_DAYS_USUAL * DAY_MS).toISOString();
  if (Date.parse(until) <= Date.parse(now)) return refuse("until_past", "until", `${until} has passed`);
  if (Date.parse(until) > Date.parse(now) + WAITS_DAYS_MAX * DAY_MS)
    return refuse("until_too_far", "until", `a second person is waited for ${WAITS_DAYS_MAX} days at most`);
  return done(new Date(until).toISOString());
}

type Undecided = Refusal<"approval_unknown" | "already_decided" | "approval_lapsed">;

/** One that still waits. */
function waiting(
  approval: Approval | undefined,
  { id, now }: { readonly id: string; readonly now: string },
): Result<Approval, Undecided> {
  if (!approval) return refuse("approval_unknown", "approval", `nothing was proposed as ${id}`);
  if (approval.state !== "waits")
    return refuse("already_decided", "approval", `${id} was ${approval.state} on ${approval.decided_at}`);
  if (Date.parse(approval.until) <= Date.parse(now))
    return refuse("approval_lapsed", "approval", `${id} waited until ${approval.until}: propose it anew`);
  return done(approval);
}

export interface Seconding {
  readonly id: string;
  readonly by: Actor;
  readonly now: string;
  readonly grounds: Omit<Grounds, "strict">;
  /** Who proposed it has left since. */
  readonly proposer_left: boolean;
}

/** Whether somebody may carry out what another proposed (Z64, Z65). */
export function decideApproval(
  approval: Approval | undefined,
  { id, by, now, grounds, proposer_left }: Seconding,
): Result<Approval, Undecided | Refusal<"proposer_left"> | SecondRefusal> {
  const waits = waiting(approval, { id, now });
  if (!waits.ok) return waits;
  if (proposer_left)
    return refuse("proposer_left", "approval", `who proposed ${id} is no longer there: propose it anew`);
  // Who states nobody is asked for by whom the command concerns, last.
  if (!by.verified && by.role === "unstated") return waits;
  // Whoever makes tokens could make both: beside one that is nobody's there is no second person.
  if ([waits.value.by, by].some(({ verified, person }) => verified && person === undefined))
    return refuse("second_person_unverified", "actor", "a token that is nobody's makes no two people");
  const second: Refused<SecondRefusal> | undefined = decideSecond([waits.value.by], by, {
    ...grounds,
    strict: true,
  });
  return second ?? waits;
}

/** Takes back what waits, or refuses it to who proposed it. */
export const decideDecline = (
  approval: Approval | undefined,
  given: { readonly id: string; readonly now: string },
): Result<Approval, Undecided> => waiting(approval, given);
