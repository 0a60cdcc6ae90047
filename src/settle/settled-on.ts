import { Decimal } from "./decimals.ts";
import type { StatementIssued } from "./entries.ts";

/** The receiver's weight was corrected after the lot was settled: it becomes money when both firms say so (SPEC S47). */
export interface WeighedSince {
  readonly settled_kg: string;
  readonly now_kg: string;
}

/** The receiver's weight is above the sender's by more than chance: claims end at what was sent (SPEC S53). */
export interface ReceivedAboveSent {
  readonly sent_kg: string;
  /** Whose figure that is, where it is not the sender's weight: what the books held when it was sent. */
  readonly by?: "books";
  readonly received_kg: string;
  /** Standard uncertainties between the two. */
  readonly sigmas: number;
}

/** A settled element whose agreed content is so doubtful that it carries no claim (SPEC S54, certify C45). */
export interface NoClaimOn {
  readonly element: string;
  readonly why: string;
}

/** A result that one side corrected after the exchange without the other firm: it becomes money when both firms say so (SPEC S50). */
export interface CorrectedSince {
  readonly side: "supplier" | "processor";
  readonly at: string;
  readonly why: string;
  /** Elements, and the moisture. */
  readonly changed: readonly string[];
}

/** A figure that a statement was made on, such as its weight or its moisture. */
export const figureOf = (
  issued: StatementIssued | undefined,
  line: "net_wet" | "moisture",
): string | undefined => issued?.statement.lines.find(({ id }) => id === line)?.value;

export const sameFigure = (a: string, b: string): boolean => new Decimal(a).eq(b);

/** What lies between the weight a lot was settled on and the one in force now; nothing where they are one. */
export function weighedSince(issued: StatementIssued | undefined, now_kg: string): WeighedSince | undefined {
  const settled_kg = figureOf(issued, "net_wet");
  return settled_kg === undefined || sameFigure(settled_kg, now_kg) ? undefined : { settled_kg, now_kg };
}
