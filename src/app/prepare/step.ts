import { singleOxide } from "../../chemistry/index.ts";
import { notInFuture, positiveMass } from "../../contract/fields.ts";
import type { StepInput as Input } from "../../contract/step.ts";
import {
  beforeGrounds,
  type ContentBasis,
  decideStep,
  type Lot,
  lossDeparts,
  lossRule,
  outputRule,
  preservesMatter,
  productOf,
  type StepCommand,
  type StepKind,
  type StepRecorded,
  type StillOpen,
  type Takings,
} from "../../ledger/index.ts";
import { calledAsHeld, ownKind, STEP_KINDS, withOwn } from "../../prepare/index.ts";
import { done, nearest, type Refusal, type Result, refuse } from "../../quantity/index.ts";
import { WET_KINDS } from "../../refine/index.ts";
import { notCleared } from "../core/cleared.ts";
import type { Scope } from "../core/use-case.ts";
import { laboratoryDoubts } from "../programme/laboratory-doubt.ts";
import { weigh } from "../programme/weigh.ts";
import { stillOpen } from "../ship/still-open.ts";
import { withNames } from "./called.ts";
import { gasesOf, givenOff } from "./given-off.ts";
import { doubtTooWide } from "./wide-doubts.ts";

/**
 * Decides one step, whoever performs it: reads the lots, the site, the scales and the kind, and lets the ledger close it.
 * Returns the body of a `step_recorded` entry.
 */
export async function stepBody(scope: Scope, input: Input) {
  const at = notInFuture(input.at, scope.now);
  if (!at.ok) return at;
  const kind = await kindOf(scope, input);
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
  // A lot says by one name what made it, a step or a consignment.
  if (await scope.get("consignment", step))
    return refuse(
      "step_name_taken",
      "step",
      `${step} is a consignment: its lots say by that name where they came from`,
    );
  const command = await commandOf(scope, { input, step, at: at.value, kind: kind.value });
  if (!command.ok) return command;

  const lots = new Map<string, Lot>();
  for (const { lot } of command.value.inputs) {
    const found = await scope.get("lot", lot);
    if (found) lots.set(lot, found);
  }
  const open = await stillOpen(scope, [...lots.values()]);
  const lacking = holdData(lots.values(), open) ? await notCleared(scope, [input.site]) : undefined;
  if (lacking) return lacking;
  const wide = doubtTooWide(command.value, lots);
  if (wide) return wide;
  const drawn = [...lots.values()];
  const named = await withNames(scope, { kind: kind.value, lots: drawn, command: command.value });
  if (!named.ok) return named;
  const names = new Set<string>();
  for (const { lot } of command.value.outputs) if (await scope.get("lot", lot)) names.add(lot);
  const takings = await takingsOf(scope, lots.keys());
  const decided = decideStep(lots, { names, takings }, named.value.command);
  if (!decided.ok) return decided;
  const sampled = await sampledSince(scope, decided.value, drawn);
  if (sampled) return sampled;
  const waits = drawn.some(({ data_from }) => data_from.length > 0);
  const departs = lossDeparts(drawn, open, {
    ...{ step: decided.value, gases: gasesOf(input.kind) },
    given_off_mg: waits ? await givenOff(scope, decided.value.inputs) : 0,
  });
  return departs ?? calledAsHeld(decided.value, named.value.names);
}

/** Whether anything of it may still hold its owners' data: all but magnets that were taken out (intake N50). */
const holdData = (lots: Iterable<Lot>, open: ReadonlyMap<string, StillOpen>): boolean =>
  [...lots].some(
    ({ kind, data_from }) =>
      kind !== "magnets" && data_from.some((consignment) => (open.get(consignment)?.open_devices ?? 0) > 0),
  );

/**
 * What only is divided or repacked has the results of the samples that were drawn before it was. Booked after a sample of the lot, of
 * all of which that was by the books, it is not dated back to before it: bad results would be left behind with the name (R31).
 */
async function sampledSince(scope: Scope, step: StepRecorded, drawn: readonly Lot[]) {
  if (!preservesMatter(step, drawn)) return undefined;
  const [lot] = drawn;
  for (const id of lot ? ((await scope.get("product_samples", lot.id))?.samples ?? []) : []) {
    const sample = await scope.get("sample", id);
    const early = sample && beforeGrounds(step.at, [[`${id} was drawn of ${lot?.id}`, sample.at]]);
    if (early) return early;
  }
  return undefined;
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

/** A programme's own figures come before the shipped ones. */
async function kindOf(scope: Scope, { kind: name, site }: { readonly kind: string; readonly site: string }) {
  const party = (await scope.get("site", site))?.party;
  const mine = party === undefined ? undefined : await scope.get("step_kind", ownKind(name, party));
  const own = mine ?? (await scope.get("step_kind", name));
  const shipped = [...STEP_KINDS, ...WET_KINDS].find((k) => k.kind === name);
  const kind = shipped ? withOwn(shipped, own) : own;
  return kind
    ? done(kind)
    : refuse("step_kind_unknown", "kind", `no kind of step "${name}" is known; see prepare kinds`);
}

async function commandOf(scope: Scope, given: { input: Input; step: string; at: string; kind: StepKind }) {
  const { input, step, at, kind } = given;
  const inputs: StepCommand["inputs"][number][] = [];
  for (const [i, taken] of input.inputs.entries()) {
    const drawn = await drawOf(scope, input.site, { ...taken, at: `inputs[${i}]` });
    if (!drawn.ok) return drawn;
    inputs.push(drawn.value);
  }
  const additions: StepCommand["additions"][number][] = [];
  for (const [i, addition] of input.additions.entries()) {
    const weighing = await weigh(scope, input.site, { ...addition, at: `additions[${i}]` });
    if (!weighing.ok) return weighing;
    const content = addition.content ? { content: await knownContent(scope, addition.content) } : {};
    additions.push({ name: addition.name, ...content, ...weighing.value });
  }
  const outputs: StepCommand["outputs"][number][] = [];
  for (const [i, output] of input.outputs.entries()) {
    const weighing = await weigh(scope, input.site, { ...output, at: `outputs[${i}]` });
    if (!weighing.ok) return weighing;
    const product = statedProduct(output, `outputs[${i}].product`);
    if (!product.ok) return product;
    outputs.push({
      lot: output.lot ?? scope.newId("L-", i),
      kind: output.kind,
      content: await knownContent(scope, output.content ?? outputRule(kind, output.kind)),
      notes: { ...kind.marks, ...output.notes, ...product.value },
      ...weighing.value,
    });
  }
  const losses: StepCommand["losses"][number][] = [];
  for (const [i, loss] of input.losses.entries()) {
    const weighing = await weigh(scope, input.site, { ...loss, at: `losses[${i}]` });
    if (!weighing.ok) return weighing;
    const content = loss.content ?? lossRule(kind, loss.place);
    if (!content) return lossUnknown(kind, loss.place, `losses[${i}].place`);
    losses.push({ place: loss.place, content: await knownContent(scope, content), ...weighing.value });
  }
  const open = input.accept_open === undefined ? {} : { accept_open: input.accept_open };
  return done({ step, kind: input.kind, site: input.site, at, inputs, additions, outputs, losses, ...open });
}

/** A laboratory's results with what is known of its method. */
async function knownContent<C extends ContentBasis>(scope: Scope, content: C): Promise<C> {
  if (content.by !== "assay") return content;
  const doubts = await laboratoryDoubts(scope, content, content.mg_per_kg);
  return doubts ? { ...content, doubts } : content;
}

/** Of a place that its kind of step does not name nobody knows whether metal left by it (R13). */
function lossUnknown(kind: StepKind, place: string, at: string) {
  const known = Object.keys(kind.losses).filter((name) => name !== "*");
  const near = nearest(place, known);
  const mean = near === undefined ? "" : `, do you mean "${near}"`;
  const names = known.map((name) => `"${name}"`).join(", ");
  const message = `${kind.kind} loses ${names}, not "${place}"${mean}? Take that name, or state what metal went there: content {"by": "none"}, or {"by": "share"} where it holds what the rest holds`;
  return refuse("loss_unknown", at, message);
}

/** What is taken of a lot: all of it, so much, or so much as was weighed when it was taken. */
async function drawOf(scope: Scope, site: string, taken: Input["inputs"][number] & { readonly at: string }) {
  const { lot, mass, scale, sd, at } = taken;
  const weighedAlone = scale !== undefined || sd !== undefined;
  if (mass === undefined)
    return weighedAlone
      ? refuse(
          "mass_missing",
          `${at}.mass`,
          `state what was taken of ${lot}, or leave out what it was weighed on`,
        )
      : done({ lot });
  if (weighedAlone) {
    const weighing = await weigh(scope, site, { mass, scale, sd, at });
    return weighing.ok ? done({ lot, ...weighing.value }) : weighing;
  }
  const read = positiveMass(mass, `${at}.mass`);
  return read.ok ? done({ lot, mass_mg: read.value }) : read;
}

/** How a lot says its product: by its id; a single oxide by its formula too, as it was noted before there were products. */
function statedProduct(
  { product, notes = {} }: Input["outputs"][number],
  at: string,
): Result<Readonly<Record<string, string>>, Refusal<"product_differs">> {
  const named = product ?? productOf({ notes });
  if (named === undefined) return done({});
  if ((productOf({ notes }) ?? named) !== named || (notes["oxide"] ?? named) !== named)
    return refuse(
      "product_differs",
      at,
      `its notes say ${notes["oxide"] ?? productOf({ notes })}, not ${named}`,
    );
  if (product === undefined) return done({});
  return done({ product, ...(singleOxide(product) ? { oxide: product } : {}) });
}
