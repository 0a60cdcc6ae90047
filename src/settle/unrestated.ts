/** Why the books keep what they say of a lot, although its settlement of metal came to something else. */
export type UnrestatedCode =
  | "lot_not_held"
  | "drawn_on"
  | "delivered_in_part"
  | "claimed_or_promised"
  | "counted_since"
  | "feed_has_feeds";

/** What the books can no longer restate of a settled lot, element by element (SPEC S40). Masses in whole milligrams of the metal. */
export interface Unrestated {
  readonly element: string;
  /** What was agreed of the lot as it was received. */
  readonly agreed_mg: number;
  /** What the books hold of it, wherever it went since. */
  readonly booked_mg: number;
  /** Agreed less booked. */
  readonly difference_mg: number;
  readonly code: UnrestatedCode;
  readonly why: string;
}

type Amounts = Readonly<Record<string, { readonly best: number }>>;

/** The difference of each settled element; one that the books have right is none. */
export function unrestatedOf(given: {
  readonly elements: readonly string[];
  readonly agreed: Amounts;
  readonly booked: Amounts;
  readonly code: UnrestatedCode;
  readonly why: string;
}): Unrestated[] {
  const { elements, agreed, booked, code, why } = given;
  return elements.flatMap((element) => {
    const [agreed_mg, booked_mg] = [agreed[element]?.best ?? 0, booked[element]?.best ?? 0];
    const difference_mg = agreed_mg - booked_mg;
    return difference_mg === 0 ? [] : [{ element, agreed_mg, booked_mg, difference_mg, code, why }];
  });
}
