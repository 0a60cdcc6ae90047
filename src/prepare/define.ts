import { type Book, fractionsAboveOne, type StepKind } from "../ledger/index.ts";
import { done, type Refusal, type Result, refuse } from "../quantity/index.ts";

/** A programme's own kind of step, or its own figures for a known one: recorded, dated by its entry, and superseded by the next. */
export interface StepKindDefined extends StepKind {
  readonly why: string;
  /** Of a kind that others use too: whose sites alone it is for. */
  readonly party?: string;
}

/** What a firm's own version of a kind that others use too is kept by. */
export const ownKind = (kind: string, party: string): string => `${kind}@${party}`;

export type KindRefusal = Refusal<"fraction_out_of_range" | "fractions_exceed_one">;

export function decideKind(given: StepKindDefined): Result<StepKindDefined, KindRefusal> {
  for (const part of ["contents", "losses"] as const) {
    for (const [output, basis] of Object.entries(given[part])) {
      if (basis.by !== "transfer") continue;
      for (const [element, { best, sd }] of Object.entries(basis.fractions)) {
        if (!(best >= 0 && best <= 1 && sd >= 0 && sd <= 1)) {
          const at = `${part}.${output}.fractions.${element}`;
          return refuse("fraction_out_of_range", at, "a fraction lies between 0 and 1");
        }
      }
    }
  }
  const bases = [...Object.values(given.contents), ...Object.values(given.losses)];
  const named = bases.flatMap((basis) => (basis.by === "transfer" ? Object.keys(basis.fractions) : []));
  const over = fractionsAboveOne(bases, named);
  if (!over) return done(given);
  const element = over.element === "*" ? "every element" : over.element;
  return refuse(
    "fractions_exceed_one",
    "contents",
    `the fractions of ${element} add up to ${over.sum}: more than goes in`,
  );
}

/**
 * A programme's own figures for a known kind. What it takes, makes, turns into products and loses without metal stays as shipped
 * where they do not say; that it only divides is its nature, and no figure (R8, R10).
 */
export function withOwn(shipped: StepKind, own: StepKindDefined | undefined): StepKind {
  if (!own) return shipped;
  const { takes, makes, forms, divides } = shipped;
  return {
    ...(takes ? { takes } : {}),
    ...(makes ? { makes } : {}),
    ...(forms ? { forms } : {}),
    ...own,
    ...(divides ? { divides } : {}),
    losses: { ...shipped.losses, ...own.losses },
  };
}

/** The kinds of entry this room folds, each in the words of those who read the books. */
export const PREPARE_KINDS = { step_kind_defined: "kind of step defined" } as const;

/** What entries of this room fold to, by collection. */
export interface PrepareRecords {
  readonly step_kind: StepKindDefined;
}

export async function applyPrepare(
  book: Book<PrepareRecords>,
  entry: { readonly kind: "step_kind_defined"; readonly body: StepKindDefined },
): Promise<void> {
  const { kind, party } = entry.body;
  book.put("step_kind", party === undefined ? kind : ownKind(kind, party), entry.body);
}
