import type { Product } from "../../chemistry/index.ts";
import { type Lot, productOf, type StepCommand, type StepKind } from "../../ledger/index.ts";
import { callOutput } from "../../prepare/index.ts";
import { done } from "../../quantity/index.ts";
import type { Scope } from "../core/use-case.ts";
import { findProduct } from "../programme/products.ts";

/** A step with its outputs called as its kind may call them, and what the names mean: whether contents bear them is asked once they are known. */
export async function withNames(
  scope: Scope,
  given: { readonly kind: StepKind; readonly lots: readonly Lot[]; readonly command: StepCommand },
) {
  const { kind, lots, command } = given;
  const products = new Map<string, Product>();
  for (const named of new Set([...lots, ...command.outputs.map(notesOf)].map(productOf))) {
    const product = named === undefined ? undefined : await findProduct(scope, named);
    if (product && named !== undefined) products.set(named, product);
  }
  const outputs: StepCommand["outputs"][number][] = [];
  const stated = new Set<string>();
  for (const [i, output] of command.outputs.entries()) {
    const named = notesOf(output);
    const called = callOutput({
      ...{ kind, lots, products, at: `outputs[${i}]` },
      output: { kind: output.kind, notes: named.notes },
    });
    if (!called.ok) return called;
    if (productOf(named) !== undefined) stated.add(output.lot);
    outputs.push({ ...output, notes: called.value });
  }
  return done({ command: { ...command, outputs }, names: { lots, products, stated } });
}

const notesOf = ({ notes = {} }: StepCommand["outputs"][number]) => ({ notes });
