import { singleOxide } from "../../chemistry/index.ts";
import { notInFuture, positiveMass } from "../../contract/fields.ts";
import type { StepInput as Input } from "../../contract/step.ts";
import {
  type ContentBasis,
  contentRule,
  decideStep,
  type Lot,
  productOf,
  type StepCommand,
  type StepKind,
  type Takings,
} from "../../ledger/index.ts";
import { STEP_KINDS } from "../../prepare/index.ts";
import { done, type Refusal, type Result, refuse } from "../../quantity/index.ts";
import { WET_KINDS } from "../../refine/index.ts";
import type { Scope } from "../core/use-case.ts";
import { laboratoryDoubts } from "../programme/laboratory-doubt.ts";
import { findProduct } from "../programme/products.ts";
import { weigh } from "../programme/weigh.ts";

/**
 * Decides one step, whoever performs it: reads the lots, the site, the scales and the kind, and lets the ledger close it.
 * Returns the body of a `step_recorded` entry.
 */
export async function stepBody(scope: Scope, input: Input) {
  const at = notInFuture(input.at, scope.now);
  if (!at.ok) return at;
  const kind = await kindOf(scope, input.kind);
  if (!kind.ok) return kind;
  const site = await scope.get("site", input.site);
  if (!site) return refuse("site_unknown", "site", `no site ${input.site} is registered`);
  if (!site.capabilities.includes(kind.value.capability)) {
    return refuse(
      "site_cannot",
      "site",
      `${input.site} is not registered for "${kind.value.capability}", which ${input.kind} asks`,
    );
  }
  const step = input.step ?? scope.newId("S-");
  if (await scope.get("step", step))
    return refuse("step_name_taken", "step", `${step} is already on the books`);
  const command = await commandOf(scope, { input, step, at: at.value, kind: kind.value });
  if (!command.ok) return command;

  const lots = new Map<string, Lot>();
  for (const { lot } of command.value.inputs) {
    const found = await scope.get("lot", lot);
    if (found) lots.set(lot, found);
  }
  const names = new Set<string>();
  for (const { lot } of command.value.outputs) if (await scope.get("lot", lot)) names.add(lot);
  const takings = await takingsOf(scope, lots.keys());
  return decideStep(lots, { names, takings }, command.value);
}

/** What is taken of the matter of lots. */
export async function takingsOf(scope: Scope, lots: Iterable<string>): Promise<Map<string, Takings>> {
  const takings = new Map<string, Takings>();
  for (const lot of lots) {
    const found = await scope.get("taking", lot);
    if (found) takings.set(lot, found);
  }
  return takings;
}

/** A programme's own definition comes before the shipped one. */
async function kindOf(scope: Scope, name: string) {
  const own = await scope.get("step_kind", name);
  const kind = own ?? [...STEP_KINDS, ...WET_KINDS].find((k) => k.kind === name);
  return kind
    ? done(kind)
    : refuse("step_kind_unknown", "kind", `no kind of step "${name}" is known; see prepare kinds`);
}

async function commandOf(scope: Scope, given: { input: Input; step: string; at: string; kind: StepKind }) {
  const { input, step, at, kind } = given;
  const inputs: { lot: string; mass_mg?: number }[] = [];
  for (const [i, { lot, mass }] of input.inputs.entries()) {
    if (mass === undefined) {
      inputs.push({ lot });
      continue;
    }
    const read = positiveMass(mass, `inputs[${i}].mass`);
    if (!read.ok) return read;
    inputs.push({ lot, mass_mg: read.value });
  }
  const additions: StepCommand["additions"][number][] = [];
  for (const [i, addition] of input.additions.entries()) {
    const weighing = await weigh(scope, input.site, { ...addition, at: `additions[${i}]` });
    if (!weighing.ok) return weighing;
    additions.push({ name: addition.name, ...weighing.value });
  }
  const outputs: StepCommand["outputs"][number][] = [];
  for (const [i, output] of input.outputs.entries()) {
    const weighing = await weigh(scope, input.site, { ...output, at: `outputs[${i}]` });
    if (!weighing.ok) return weighing;
    const product = await productNotes(scope, output, `outputs[${i}].product`);
    if (!product.ok) return product;
    outputs.push({
      lot: output.lot ?? scope.newId("L-", i),
      kind: output.kind,
      content: await knownContent(scope, output.content ?? contentRule(kind, { output: output.kind })),
      notes: { ...kind.marks, ...output.notes, ...product.value },
      ...weighing.value,
    });
  }
  const losses: StepCommand["losses"][number][] = [];
  for (const [i, loss] of input.losses.entries()) {
    const weighing = await weigh(scope, input.site, { ...loss, at: `losses[${i}]` });
    if (!weighing.ok) return weighing;
    losses.push({
      place: loss.place,
      content: await knownContent(scope, loss.content ?? contentRule(kind, { loss: loss.place })),
      ...weighing.value,
    });
  }
  const open = input.accept_open === undefined ? {} : { accept_open: input.accept_open };
  return done({ step, kind: input.kind, site: input.site, at, inputs, additions, outputs, losses, ...open });
}

/** A laboratory's results with what is known of its method. */
async function knownContent(scope: Scope, content: ContentBasis): Promise<ContentBasis> {
  if (content.by !== "assay") return content;
  const doubts = await laboratoryDoubts(scope, content, content.mg_per_kg);
  return doubts ? { ...content, doubts } : content;
}

/** How a lot says its product: by its id; a single oxide by its formula too, as it was noted before there were products. */
async function productNotes(
  scope: Scope,
  { product, notes = {} }: Input["outputs"][number],
  at: string,
): Promise<Result<Readonly<Record<string, string>>, Refusal<"product_unknown" | "product_differs">>> {
  if (product === undefined) return done({});
  const found = await findProduct(scope, product);
  if (!found)
    return refuse("product_unknown", at, `no product ${product} is defined; see programme products`);
  const oxide = singleOxide(product) ? { oxide: product } : {};
  const noted = productOf({ notes }) ?? product;
  if (noted !== product || (notes["oxide"] ?? product) !== product)
    return refuse("product_differs", at, `its notes say ${notes["oxide"] ?? noted}, not ${product}`);
  return done({ product, ...oxide });
}
