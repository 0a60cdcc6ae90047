import { type Contents, isBefore, type Lot, type StepRecord } from "../../ledger/index.ts";
import { combine, type Measured, multiply, sum } from "../../quantity/index.ts";
import type { Shipment } from "../../ship/index.ts";
import type { Scope } from "../core/use-case.ts";
import { drawnFrom } from "./drawn.ts";
import { receipts, receiptsOf } from "./receipts.ts";

/** The two firms between which matter came. */
export interface Between {
  readonly supplier: string;
  readonly processor: string;
}

/** The lot in which the matter of another came to the processor's, and what of it that other is. */
export interface Came {
  readonly lot: Lot;
  readonly shipment: Shipment;
  /** Lots on the way down from the received one, that one too, the nearest first; nothing where it was received itself. */
  readonly way: readonly Lot[];
  /** Its part of what was received; unknown where anything else was mixed in on the way. */
  readonly part?: Measured;
  /** When it was last received back at the supplier's, where it was: samples of before are of another delivery. */
  readonly since?: string;
}

interface Looking extends Between {
  readonly scope: Scope;
  readonly shipments: readonly Shipment[];
  readonly looked: Set<string>;
}

/**
 * How the matter of a lot came from elsewhere to the processor's (S58): by the first shipment that brought it, or the lots that it
 * was made from there. What went back to the supplier's comes anew.
 */
export async function cameBy(scope: Scope, lot: Lot, { supplier, processor }: Between): Promise<Came[]> {
  const looking = { scope, supplier, processor, shipments: await receipts(scope), looked: new Set<string>() };
  return cameBefore(looking, lot, undefined);
}

async function cameBefore(looking: Looking, lot: Lot, until: string | undefined): Promise<Came[]> {
  if (looking.looked.has(lot.id)) return [];
  looking.looked.add(lot.id);
  const { supplier, processor } = looking;
  const mine = receiptsOf(looking.shipments, lot.id).filter(
    ({ received }) => until === undefined || Date.parse(received?.at ?? "") <= Date.parse(until),
  );
  const back = mine.findLastIndex(({ consignee }) => consignee === supplier);
  const above = back < 0 ? await cameAbove(looking, lot) : [];
  if (above.length > 0) return above;
  const first = mine
    .slice(back + 1)
    .find(({ shipper, consignee }) => shipper !== processor && consignee === processor);
  if (!first) return [];
  const since = mine[back]?.received?.at;
  return [{ lot, shipment: first, way: [], part: { best: 1, moves: {} }, ...(since ? { since } : {}) }];
}

/** Through the step that made a lot; one at the supplier's own was before all that counts, and what is settled is settled. */
async function cameAbove(looking: Looking, lot: Lot): Promise<Came[]> {
  const { scope, supplier } = looking;
  const step = await scope.get("step", lot.made_by);
  if (!step || (await scope.get("site", step.site))?.party === supplier) return [];
  const came: Came[] = [];
  for (const id of new Set(step.inputs.map((input) => input.lot))) {
    const parent = await scope.get("lot", id);
    if (!parent || (await scope.get("statement", id))) continue;
    for (const { part, way, ...one } of await cameBefore(looking, parent, step.at)) {
      const since = one.shipment.received?.at ?? step.at;
      const mine = part && (await partIn(scope, step, { lot, parent, since, supplier }));
      came.push({ ...{ ...one, way: [parent, ...way] }, ...(mine ? { part: multiply(part, mine) } : {}) });
    }
  }
  return came;
}

/**
 * What part of a lot another is that was made of it alone, since it was received: what was lost on the way was part of what was
 * weighed. What was mixed, or lost something else than the rest is, is no part of it.
 */
async function partIn(
  scope: Scope,
  step: StepRecord,
  given: {
    readonly lot: Lot;
    readonly parent: Lot;
    readonly since: string;
    readonly supplier: string;
  },
): Promise<Measured | undefined> {
  const { lot, parent, since, supplier } = given;
  const [input, ...others] = step.inputs;
  if (!input || others.length + step.additions.length > 0 || !staysAlike(step)) return undefined;
  const made = (id: boolean) =>
    step.outputs.filter((output) => (output.lot === lot.id) === id).map(({ mass_mg }) => mass_mg);
  const elsewhere = [];
  for (const { step: of, at, site, mass_mg } of await drawnFrom(scope, parent)) {
    const before = isBefore(at, since) || (await scope.get("site", site))?.party === supplier;
    if (of !== step.step && !before) elsewhere.push(mass_mg);
  }
  const taken = partOf([input.mass_mg], [...elsewhere, parent.mass_mg]);
  const mine = partOf(made(true), made(false));
  return taken && mine && multiply(taken, mine);
}

/** By how much of what is drawn its mass and its metals may part: as much as weighing loses. Our estimate, evidence C. */
const MOST_UNLIKE = 0.01;

/** Whether all that a step made, and what it lost, is like what it drew by the books: nothing was dried, burnt or sorted out of it. */
function staysAlike({ inputs, outputs, losses }: StepRecord): boolean {
  type Parts = readonly Pick<Contents, "mass_mg" | "elements_mg">[];
  const metals = (parts: Parts) =>
    parts.flatMap(({ elements_mg }) => Object.values(elements_mg)).reduce((mg, { best }) => mg + best, 0);
  const masses = (parts: Parts) => parts.reduce((mg, { mass_mg }) => mg + mass_mg.best, 0);
  const [metal, mass] = [metals(inputs), masses(inputs)];
  return (
    metal <= 0 ||
    [outputs, ...[...outputs, ...losses].map((part) => [part])].every(
      (made) => Math.abs(metals(made) / metal - masses(made) / mass) <= MOST_UNLIKE,
    )
  );
}

function partOf(mine: readonly Measured[], others: readonly Measured[]): Measured | undefined {
  const [one, rest] = [sum(mine), sum(others)];
  const whole = one.best + rest.best;
  if (whole <= 0) return undefined;
  const best = one.best / whole;
  const { moves } = combine([
    [(1 - best) / whole, one],
    [-best / whole, rest],
  ]);
  return { best, moves };
}
