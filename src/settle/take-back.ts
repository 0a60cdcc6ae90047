import { isBefore } from "../ledger/index.ts";
import { done, inKg, type Refusal, type Result, refuse } from "../quantity/index.ts";
import { Decimal, decimalText } from "./decimals.ts";
import type { Posting } from "./metal-account.ts";
import type { SaidBy } from "./versions.ts";

/** What went back of one lot under one agreement, all its returns together. */
export interface Returned {
  readonly lot: string;
  readonly element: string;
  readonly oxide: string;
  readonly mass_mg: number;
  readonly oxide_kg: string;
  /** The last of them. */
  readonly at: string;
  /** The title passed from the processor by it. */
  readonly title_passed?: true;
}

/** One party's word that a return was wrong; the other's takes it back. */
export interface TakeBackProposed {
  readonly agreement: string;
  readonly lot: string;
  readonly why: string;
  readonly by: SaidBy;
  readonly at: string;
  /** What was taken back by it when it was proposed, in milligrams of the lot and in oxide; earlier ones did not say. */
  readonly figure?: TakeBackFigure;
  /** The agreement it was of: its matter is returned under that instead. */
  readonly to?: string;
}

export interface TakeBackFigure {
  readonly mass_mg: number;
  readonly oxide_kg: string;
}

export interface TakenBack extends TakeBackProposed {
  readonly accepted: { readonly by: SaidBy; readonly at: string };
  /** Where the matter was that is returned no more. */
  readonly freed: readonly { readonly lot: string; readonly mass_mg: number }[];
  readonly posting: Posting;
}

export type TakeBackRefusal = Refusal<
  "nothing_to_correct" | "already_proposed" | "proposal_differs" | "reason_missing" | "time_before_input"
>;

/**
 * Whether this is the second word or the first (S46): each of the two parties by name, with the reason. The second is for the figure
 * of the first; where that changed since, who proposed it proposes anew.
 */
export function decideTakeBack(
  returned: Returned | undefined,
  given: {
    readonly agreement: string;
    readonly lot: string;
    readonly open: TakeBackProposed | undefined;
    readonly by: SaidBy;
    readonly why: string | undefined;
    readonly at: string;
    /** What would be taken back now. */
    readonly figure: TakeBackFigure;
    readonly to?: string | undefined;
  },
): Result<{ readonly accepts: TakeBackProposed } | { readonly proposes: TakeBackProposed }, TakeBackRefusal> {
  const { agreement, lot, by, why, at, figure, to } = given;
  // Another agreement to carry it to is another proposal.
  const open = given.open?.to === to ? given.open : undefined;
  if (!returned)
    return refuse("nothing_to_correct", "lot", `nothing of ${lot} is returned under ${agreement}`);
  const after = open ?? returned;
  if (isBefore(at, after.at)) {
    const did = open ? "it was proposed" : `${lot} was returned`;
    return refuse("time_before_input", "at", `${did} at ${after.at}, after ${at}`);
  }
  const same = open?.figure?.mass_mg === figure.mass_mg && open.figure.oxide_kg === figure.oxide_kg;
  if (open && open.by.party !== by.party) return same ? done({ accepts: open }) : differs(open, figure);
  if (open && same)
    return refuse(
      "already_proposed",
      "lot",
      `${by.party} proposed this at ${open.at}; the other party's word is awaited`,
    );
  const because = why ?? open?.why;
  if (because === undefined)
    return refuse("reason_missing", "why", `who proposes to take the return of ${lot} back says why`);
  return done({
    proposes: { agreement, lot, why: because, by, at, figure, ...(to === undefined ? {} : { to }) },
  });
}

function differs({ lot, by, figure: said }: TakeBackProposed, { mass_mg }: TakeBackFigure) {
  const proposed = said ? `${inKg(said.mass_mg)} of ${lot}` : `${lot}, without a figure`;
  const message = `${by.party} proposed to take ${proposed} back, and it would be ${inKg(mass_mg)} now: ${by.party} proposes it anew`;
  return refuse("proposal_differs", "lot", message, { mass_mg });
}

/** What is owed again: of what is still there as it was; what left with a delivery, or was reworked, stays returned. */
export function owedAgain(
  returned: Returned,
  given: { readonly freed_mg: number; readonly why: string; readonly at: string; readonly statement: string },
): Posting {
  const { freed_mg, why, at, statement } = given;
  const whole = freed_mg >= returned.mass_mg;
  const oxide_kg = whole
    ? returned.oxide_kg
    : decimalText(new Decimal(returned.oxide_kg).times(freed_mg).div(returned.mass_mg).toDecimalPlaces(6));
  const { lot, element, oxide } = returned;
  return { at, element, oxide, kind: "return_taken_back", oxide_kg, lot, statement, reason: why };
}

/** The returns of a lot after one more. */
export function withReturn(before: Returned | undefined, one: Returned): Returned {
  const oxide_kg = new Decimal(before?.oxide_kg ?? 0).plus(one.oxide_kg);
  return { ...one, mass_mg: (before?.mass_mg ?? 0) + one.mass_mg, oxide_kg: decimalText(oxide_kg) };
}

/** What is still returned of a lot after some of it was taken back; nothing where all was. */
export function withoutReturn(before: Returned, taken: TakenBack): Returned | undefined {
  const mass_mg = before.mass_mg - taken.freed.reduce((sum, { mass_mg: mg }) => sum + mg, 0);
  const oxide_kg = new Decimal(before.oxide_kg).minus(taken.posting.oxide_kg);
  return mass_mg > 0 ? { ...before, mass_mg, oxide_kg: decimalText(oxide_kg) } : undefined;
}
