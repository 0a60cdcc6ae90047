import { done, type Refusal, type Refused, type Result, refuse, refusedAt } from "../../quantity/index.ts";
import type { revokePassport } from "../certify/issue.ts";
import type { retireKey, rotateKey } from "../certify/keys.ts";
import { type Concerned, notAllowed, type Reads } from "../core/concerns.ts";
import { parseInput } from "../core/perform.ts";
import type { AnswerOf, AnyCommand, Decision, OutcomeOf, RefusalIn, Scope } from "../core/use-case.ts";
import type { correctLine } from "../intake/lines.ts";
import type { stocktake } from "../ledger/stocktake.ts";
import type { reverseStep } from "../prepare/index.ts";
import type { correctWeight } from "../ship/index.ts";
import type { reviewAccess } from "./access.ts";
import type { nameDirectory } from "./directories.ts";
import type { eraseDocuments } from "./erase-due.ts";
import type { registerErasure } from "./erasure.ts";
import type { registerInvitation } from "./invitations.ts";
import type { endPerson, registerPerson } from "./people.ts";
import { wholeInput } from "./proposal-apart.ts";
import type { liftHold, retain } from "./retention.ts";
import type { setRules } from "./rules.ts";
import type { substitute } from "./substitutes.ts";
import type { registerToken } from "./tokens.ts";

/** The commands that a party may ask two people for; a test holds this against those that say so themselves. */
export type InTwo =
  | typeof correctLine
  | typeof reverseStep
  | typeof stocktake
  | typeof correctWeight
  | typeof revokePassport
  | typeof rotateKey
  | typeof retireKey
  | typeof registerPerson
  | typeof endPerson
  | typeof registerToken
  | typeof registerInvitation
  | typeof registerErasure
  | typeof nameDirectory
  | typeof setRules
  | typeof substitute
  | typeof reviewAccess
  | typeof retain
  | typeof liftHold
  | typeof eraseDocuments;

type Decided = Result<Decision<AnswerOf<InTwo>>, RefusalIn<OutcomeOf<InTwo>>>;

/** A command that is proposed or carried out, with what it takes as it was read. */
export interface Proposed {
  readonly useCase: AnyCommand;
  readonly input: object;
  decide(scope: Scope): Promise<Decided>;
}

/** What is proposed, or was. */
interface Given {
  readonly command: string;
  readonly input: unknown;
  readonly particulars?: string;
  /** Whom it concerned when it was proposed. */
  readonly parties?: readonly string[];
}

/** The command that is named, with what it takes. Refusals: use_case_unknown, two_not_asked, particulars_gone, and what is wrong with its input. */
export async function proposed({ ports, store }: Pick<Reads, "ports" | "store">, given: Given) {
  const { command } = given;
  const useCase = await ports.loadUseCase?.(command);
  if (!useCase) return refuse("use_case_unknown", "command", `there is no ${command}`);
  if (useCase.type !== "command" || !useCase.two)
    return refuse("two_not_asked", "command", `${command} never takes two people: give it directly`);
  const whole = await wholeInput(store, given);
  if (!whole.ok) return whole;
  const read = parseInput<object>(useCase, whole.value);
  if (!read.ok) return refusedAt(read.refusal, `input.${read.refusal.at}`);
  const { value } = read;
  return done<Proposed>({
    ...{ useCase, input: value },
    decide: (scope) => useCase.decide(scope, value) as Promise<Decided>,
  });
}

/** Whom a command concerns that is proposed: its own say. */
export async function concernedBy(records: Reads, given: Given | undefined): Promise<Concerned> {
  const found = given && (await proposed(records, given));
  if (!found?.ok) return given?.parties ?? [];
  const { concerns } = found.value.useCase;
  return "everyone" in concerns ? [] : concerns.of(found.value.input, records);
}

/** Who may not give a command neither proposes it nor approves it. */
export async function notTheirs(
  scope: Scope,
  { useCase, input }: Proposed,
): Promise<Refused<Refusal<"not_allowed" | "not_signed_in" | "owner_forbidden">> | undefined> {
  const stopped = await notAllowed(scope, useCase, input);
  if (!stopped) return undefined;
  const { code, at, message } = stopped.refusal;
  return refuse(code, at, `what is proposed is not theirs to give: ${message}`);
}
