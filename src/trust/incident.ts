import type { Actor } from "../ledger/index.ts";
import { done, type Refusal, type Result, refuse } from "../quantity/index.ts";

/** What went wrong, by who says so: one's own, a customer's word, or what an examination found. */
export const INCIDENT_KINDS = ["incident", "complaint", "non_conformity"] as const;
export type IncidentKind = (typeof INCIDENT_KINDS)[number];

export interface IncidentOpened {
  readonly incident: string;
  readonly kind: IncidentKind;
  readonly party: string;
  readonly about: string;
  /** Another whom it concerns, such as the customer whose devices they are (Z109). */
  readonly concerns?: string;
  /** As far as it is known at first. */
  readonly cause?: string;
  /** Whose it is to put right. */
  readonly owner: string;
  readonly due: string;
  readonly by: Actor;
  readonly at: string;
}

export interface IncidentClosed {
  readonly incident: string;
  readonly cause: string;
  /** What was put right. */
  readonly correction: string;
  /** What keeps it from happening again, where that is another thing. */
  readonly prevention?: string;
  readonly by: Actor;
  readonly at: string;
}

export interface Incident extends IncidentOpened {
  readonly state: "open" | "closed";
  readonly closed?: Omit<IncidentClosed, "incident">;
}

export type IncidentRefusal = Refusal<
  "incident_name_taken" | "due_in_past" | "incident_unknown" | "incident_closed" | "time_before_input"
>;

/** Decides what is opened: it has an owner and a day by which it is done. */
export function decideIncident(
  known: Incident | undefined,
  given: IncidentOpened,
): Result<IncidentOpened, IncidentRefusal> {
  if (known)
    return refuse(
      "incident_name_taken",
      "incident",
      `${given.incident} was opened on ${known.at.slice(0, 10)}`,
    );
  if (Date.parse(`${given.due}T23:59:59Z`) < Date.parse(given.at))
    return refuse("due_in_past", "due", `${given.due} has passed`);
  return done(given);
}

/** Decides what is closed, once, with its cause and what was put right. */
export function decideClosing(
  known: Incident | undefined,
  given: IncidentClosed,
): Result<IncidentClosed, IncidentRefusal> {
  const { incident: id, at } = given;
  if (!known) return refuse("incident_unknown", "incident", `nothing was opened as ${id}`);
  if (known.closed)
    return refuse("incident_closed", "incident", `${id} was closed on ${known.closed.at.slice(0, 10)}`);
  if (Date.parse(at) < Date.parse(known.at))
    return refuse("time_before_input", "at", `${id} was opened at ${known.at}, after that`);
  return done(given);
}

/** Open beyond its day. */
export const isOverdue = ({ state, due }: Pick<Incident, "state" | "due">, now: string): boolean =>
  state === "open" && Date.parse(`${due}T23:59:59.999Z`) < Date.parse(now);
