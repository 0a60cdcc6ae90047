import { type Product, whyNot } from "../chemistry/index.ts";
import { holdsItsShare, type Lot, productOf, type StepKind, type StepRecorded } from "../ledger/index.ts";
import { done, type Refusal, type Result, refuse } from "../quantity/index.ts";

export type CalledRefusal = Refusal<
  "kind_differs" | "product_unknown" | "product_differs" | "product_not_held"
>;

type Notes = Readonly<Record<string, string>>;

/** What one output would be called, and out of what: its kind of lot and its notes, with the marks of the step on them. */
export interface Calling {
  readonly kind: StepKind;
  /** What the step draws on, as it stood before. */
  readonly lots: readonly Lot[];
  readonly products: ReadonlyMap<string, Product>;
  readonly output: { readonly kind: string; readonly notes: Notes };
  readonly at: string;
}

/** The notes by which a lot says its product. */
export function productNotes({ notes }: Pick<Lot, "notes">): Notes {
  const said = ["product", "oxide"].filter((name) => notes[name] !== undefined);
  return Object.fromEntries(said.map((name) => [name, notes[name] ?? ""]));
}

/** The one product of all that goes into a step; undefined where it is several, or none. */
const oneProduct = (lots: readonly Lot[]): string | undefined => {
  const [first, ...others] = new Set(lots.map(productOf));
  return others.length === 0 ? first : undefined;
};

/**
 * The notes of an output. What only is divided stays what it was; what comes out of one product as the same kind of lot is called
 * so without being told; and another product's name is given by a kind of step that makes its form (R10, R11).
 */
export function callOutput(calling: Calling): Result<Notes, CalledRefusal> {
  const { kind, lots, output, at } = calling;
  const kinds = [...new Set(lots.map((lot) => lot.kind))];
  if (kind.divides && kinds.length > 0 && !kinds.includes(output.kind)) {
    const message = `${kind.kind} only divides: what goes in is ${kinds.join(" and ")}, and so is what comes out, not ${output.kind}`;
    return refuse("kind_differs", `${at}.kind`, message);
  }
  const [named, one] = [productOf(output), oneProduct(lots)];
  if (named === undefined) {
    const same = one !== undefined && kinds.length === 1 && kinds[0] === output.kind;
    return done({ ...output.notes, ...(same && lots[0] ? productNotes(lots[0]) : {}) });
  }
  const oxide = output.notes["oxide"];
  if (oxide !== undefined && oxide !== named)
    return refuse("product_differs", `${at}.product`, `its notes say ${oxide}, not ${named}`);
  return mayName(calling, named) ?? done(output.notes);
}

/** Why a step of this kind gives nothing this name. */
function mayName({ kind, lots, products, at }: Calling, named: string) {
  const where = `${at}.product`;
  const product = products.get(named);
  if (!product)
    return refuse("product_unknown", where, `no product ${named} is defined; see programme products`);
  const one = oneProduct(lots);
  if (kind.divides && lots.length > 0 && one !== named) {
    const is = lots.map((lot) => `${lot.id} is ${productOf(lot) ?? "no product"}`).join(", ");
    const message = `${kind.kind} only divides: ${is}, and so is what comes out, without being told; ${named} is made by another step`;
    return refuse("product_differs", where, message);
  }
  const forms = new Set(kind.forms);
  for (const lot of lots) {
    const form = products.get(productOf(lot) ?? "")?.form;
    if (form) forms.add(form);
  }
  if (forms.has(product.form)) return undefined;
  const message = `${kind.kind} makes no ${product.form}, and none went in: ${named} is made by a kind of step that does (prepare kinds; prepare define-kind states "forms")`;
  return refuse("product_differs", where, message);
}

/**
 * A decided step with its outputs called as its contents bear it (R12). A part that holds its share of a lot is what the lot is;
 * a name that was only inherited is not kept where the contents no longer bear it, and one that was stated is refused.
 */
export function calledAsHeld(
  step: StepRecorded,
  given: {
    readonly lots: readonly Lot[];
    readonly products: ReadonlyMap<string, Product>;
    /** By lot that is made: its product was named, and not only inherited. */
    readonly stated: ReadonlySet<string>;
  },
): Result<StepRecorded, CalledRefusal> {
  const [input, ...others] = step.inputs;
  const [lot] = given.lots;
  const outputs: StepRecorded["outputs"][number][] = [];
  for (const [i, output] of step.outputs.entries()) {
    const named = productOf(output);
    const product = named === undefined ? undefined : given.products.get(named);
    const part =
      input !== undefined && lot !== undefined && others.length === 0 && productOf(lot) === named
        ? holdsItsShare(output, input)
        : false;
    const why = product && !part ? whyNot(product, output) : undefined;
    if (why && given.stated.has(output.lot))
      return refuse(
        "product_not_held",
        `outputs[${i}].product`,
        `${output.lot} is not ${named} by the books: ${why}. Leave the product out, or state what a laboratory found (content of the output) and what was put in (content of the addition)`,
      );
    outputs.push(why ? { ...output, notes: withoutProduct(output.notes) } : output);
  }
  return done({ ...step, outputs });
}

function withoutProduct(notes: Notes): Notes {
  const { product: _product, oxide: _oxide, ...others } = notes;
  return others;
}
