import type { Book } from "./book.ts";
import { type Contents, type Lot, type LotId, productOf } from "./lot.ts";
import { returnedLoosely, returnedThrough } from "./returned.ts";
import {
  addedMetal,
  drawsEvenly,
  ReturnedEntering,
  type ReturnedGiven,
  splitMetal,
} from "./returned-metal.ts";
import {
  type MetalTaken,
  nothingTaken,
  type TakenBy,
  type TakingKind,
  type TakingRecords,
  type Takings,
} from "./taking.ts";

/** A step as far as following matter through it needs it. */
export interface MatterMoved {
  readonly rules?: number | undefined;
  readonly inputs: readonly ({ readonly lot: LotId } & Contents)[];
  readonly additions: readonly unknown[];
  readonly outputs: readonly ({
    readonly lot: LotId;
    readonly kind: string;
    readonly notes: Readonly<Record<string, string>>;
  } & Contents)[];
}

/** Takings that are of the very matter: chemistry on it would leave a passport or a promise of what no longer exists. */
export const OF_THE_MATTER = ["claimed", "promised"] as const satisfies readonly TakingKind[];

/** A share of a content rounds to a whole milligram. */
const ROUNDING_MG = 1;

/**
 * Whether a step only divides or repacks one lot: the same kind and product comes out, nothing is added, and every part holds its
 * share by mass. Read from what the entry holds, so that anyone answers alike.
 */
export function preservesMatter(
  step: MatterMoved,
  inputs: readonly (Pick<Lot, "kind" | "notes"> | undefined)[],
): boolean {
  const [input, ...others] = step.inputs;
  const [lot] = inputs;
  if (!input || !lot || others.length > 0 || step.additions.length > 0) return false;
  return step.outputs.every(
    (output) =>
      output.kind === lot.kind && productOf(output) === productOf(lot) && holdsItsShare(output, input),
  );
}

/** Whether a part holds of each element what its mass is of the whole. */
export function holdsItsShare(part: Contents, whole: Contents): boolean {
  const elements = new Set([...Object.keys(part.elements_mg), ...Object.keys(whole.elements_mg)]);
  return [...elements].every((element) => {
    const [mine, all] = [part.elements_mg[element]?.best ?? 0, whole.elements_mg[element]?.best ?? 0];
    const share = whole.mass_mg.best === 0 ? 0 : (all * part.mass_mg.best) / whole.mass_mg.best;
    return Math.abs(mine - share) <= ROUNDING_MG;
  });
}

/** What a draw takes along of one taking: what is free goes first, then what is taken, in order of who took it. */
export function drawTaken(
  taken: TakenBy,
  drawn: { readonly held_mg: number; readonly mass_mg: number },
): { readonly along: TakenBy; readonly left: TakenBy } {
  const total = Object.values(taken).reduce((sum, mg) => sum + mg, 0);
  let open = Math.max(0, drawn.mass_mg - Math.max(0, drawn.held_mg - total));
  const along: Record<string, number> = {};
  const left: Record<string, number> = {};
  for (const by of Object.keys(taken).sort()) {
    const mg = taken[by] ?? 0;
    const goes = Math.min(mg, open);
    open -= goes;
    if (goes > 0) along[by] = goes;
    if (mg > goes) left[by] = mg - goes;
  }
  return { along, left };
}

/** Fills the outputs in their order with what came along, each up to its mass. */
function fill(along: TakenBy, masses: readonly number[]): TakenBy[] {
  const open = Object.keys(along)
    .sort()
    .map((by) => ({ by, mg: along[by] ?? 0 }));
  return masses.map((mass) => {
    let room = mass;
    const mine: Record<string, number> = {};
    for (const next of open) {
      const goes = Math.min(next.mg, room);
      next.mg -= goes;
      room -= goes;
      if (goes > 0) mine[next.by] = goes;
    }
    return mine;
  });
}

/** What matter carries of each taking; a delivery is of the lot it left. */
export type Carried = Readonly<Record<(typeof CARRIED)[number], TakenBy>> & {
  readonly returned_metal_mg?: MetalTaken;
};
const CARRIED = ["claimed", "promised", "returned"] as const;

/** What a step drew of the takings of its inputs, and what it gave of them to its outputs; lots without any are left out. */
export interface TakingsMoved {
  readonly drawn: Readonly<Record<LotId, Carried>>;
  readonly given: Readonly<Record<LotId, Carried>>;
}

const isNothing = (carried: Carried): boolean =>
  CARRIED.every((taking) => Object.keys(carried[taking]).length === 0) &&
  Object.values(carried.returned_metal_mg ?? {}).every((metal) => Object.keys(metal).length === 0);

const metalOf = (metal: MetalTaken | undefined): Pick<Carried, "returned_metal_mg"> =>
  metal ? { returned_metal_mg: metal } : {};

export const carriedOf = (takings: Takings | undefined): Carried => ({
  claimed: takings?.claimed ?? {},
  promised: takings?.promised ?? {},
  returned: takings?.returned ?? {},
  ...metalOf(takings?.returned_metal_mg),
});

/** Carries takings from what a step draws to what it makes (L35, L36). `before` are its inputs as they stood before it. */
export async function carryTakings(
  book: Book<TakingRecords>,
  step: MatterMoved,
  before: readonly Lot[],
): Promise<TakingsMoved> {
  const drawn: Record<LotId, Carried> = {};
  for (const [i, input] of step.inputs.entries()) {
    const takings = await book.get("taking", input.lot);
    if (!takings) continue;
    const held = { held_mg: before[i]?.mass_mg.best ?? 0, mass_mg: input.mass_mg.best };
    const { along, left } = drawCarried(takings, before[i], held);
    if (isNothing(along)) continue;
    drawn[input.lot] = along;
    book.put("taking", input.lot, { ...takings, ...left });
  }
  const given = givenTo(step, { drawn, before, same: preservesMatter(step, before) });
  for (const [lot, carried] of Object.entries(given))
    book.put("taking", lot, { ...nothingTaken(lot), ...carried });
  return { drawn, given };
}

/** What a draw takes along of all that was taken of a lot, and what it leaves. */
function drawCarried(
  takings: Takings,
  lot: Lot | undefined,
  drawn: { readonly held_mg: number; readonly mass_mg: number },
): { readonly along: Carried; readonly left: Carried } {
  const metal = splitMetal(takings.returned_metal_mg, drawn);
  const claimed = drawTaken(takings.claimed, drawn);
  const promised = drawTaken(takings.promised, drawn);
  const returned = drawsEvenly(lot, takings.returned_metal_mg)
    ? drawEvenly(takings.returned, drawn)
    : drawTaken(takings.returned, drawn);
  const side = (of: "along" | "left"): Carried => ({
    ...{ claimed: claimed[of], promised: promised[of], returned: returned[of] },
    ...metalOf(metal?.[of]),
  });
  return { along: side("along"), left: side("left") };
}

/** What a draw takes along of what is mixed evenly. */
function drawEvenly(
  taken: TakenBy,
  drawn: { readonly held_mg: number; readonly mass_mg: number },
): { readonly along: TakenBy; readonly left: TakenBy } {
  const split = splitMetal({ taken }, drawn);
  const positive = (of: TakenBy = {}) => Object.fromEntries(Object.entries(of).filter(([, mg]) => mg > 0));
  return { along: positive(split?.along["taken"]), left: positive(split?.left["taken"]) };
}

function givenTo(
  step: MatterMoved,
  { drawn, before, same }: { drawn: Readonly<Record<LotId, Carried>>; before: readonly Lot[]; same: boolean },
): Record<LotId, Carried> {
  const along = step.inputs.map(({ lot }) => drawn[lot] ?? carriedOf(undefined));
  const masses = step.outputs.map((o) => o.mass_mg.best);
  const filled = (taking: (typeof CARRIED)[number]) =>
    same ? fill(along[0]?.[taking] ?? {}, masses) : masses.map(() => ({}));
  const parts = { claimed: filled("claimed"), promised: filled("promised") };
  const returned = returnedOn(step, { along, before, same });
  const given: Record<LotId, Carried> = {};
  for (const [i, { lot }] of step.outputs.entries()) {
    const carried = {
      claimed: parts.claimed[i] ?? {},
      promised: parts.promised[i] ?? {},
      returned: returned[i]?.returned ?? {},
      ...metalOf(returned[i]?.metal),
    };
    if (!isNothing(carried)) given[lot] = carried;
  }
  return given;
}

/**
 * What was returned goes on with its matter: with its mass where a lot is only divided, and else by the rules of the step. Parts of
 * a mixture have each their share of it.
 */
function returnedOn(
  step: MatterMoved,
  { along, before, same }: { along: readonly Carried[]; before: readonly Lot[]; same: boolean },
): readonly ReturnedGiven[] {
  const returned = along.map((a) => a.returned);
  const masses = step.outputs.map((o) => o.mass_mg.best);
  const alone = (all: readonly TakenBy[]) => all.map((mine) => ({ returned: mine }));
  if (step.rules !== 4) {
    if (same) return alone(fill(returned[0] ?? {}, masses));
    return alone(step.rules === 3 ? returnedThrough(step, returned) : returnedLoosely(step, returned));
  }
  const metals = along.map((a) => a.returned_metal_mg);
  const drawn = step.inputs.map((part, i) => ({
    ...{ part, of: before[i], returned: returned[i] ?? {}, metal: metals[i] },
  }));
  if (!same) return mixed(step, drawn);
  const filled = alone(fill(returned[0] ?? {}, masses));
  if (metals[0] === undefined) return filled;
  const evenly = mixed(step, drawn);
  return drawsEvenly(before[0], metals[0])
    ? evenly
    : filled.map((mine, i) => ({ ...mine, ...(evenly[i]?.metal ? { metal: evenly[i].metal } : {}) }));
}

function mixed(step: MatterMoved, drawn: ConstructorParameters<typeof ReturnedEntering>[0]): ReturnedGiven[] {
  const entering = new ReturnedEntering(drawn, step.additions);
  return entering.agreements.length === 0
    ? step.outputs.map(() => ({ returned: {} }))
    : step.outputs.map((output) => entering.givenTo(output));
}

/**
 * Puts back what a step had drawn, when it is taken back; what it had made holds nothing any more. What was withdrawn since is not
 * renewed, nor a promise that was lost with its matter, nor a return that was taken back (L22, L36). Answers what came back, and of what it had been taken.
 */
export async function putBack(
  book: Book<TakingRecords>,
  moved: TakingsMoved,
  { made, rules }: { readonly made: readonly LotId[]; readonly rules: number | undefined },
): Promise<TakingsMoved> {
  const given: Record<LotId, Carried> = {};
  for (const lot of made) {
    const takings = await book.get("taking", lot);
    if (!takings) continue;
    if (!isNothing(carriedOf(takings))) given[lot] = carriedOf(takings);
    book.put("taking", lot, nothingTaken(lot));
  }
  const open = { claimed: inAll(given, "claimed"), promised: inAll(given, "promised") };
  const claims = inAll(moved.given, "claimed");
  const whole = ([by]: readonly [string, number]) => open.claimed[by] === claims[by];
  const standing = (claimed: TakenBy) => Object.fromEntries(Object.entries(claimed).filter(whole));
  const drawn: Record<LotId, Carried> = {};
  const returned = stillReturned(moved, given);
  for (const [lot, carried] of Object.entries(moved.drawn)) {
    const back = {
      claimed: standing(carried.claimed),
      promised: atMost(carried.promised, open.promised),
      returned: rules === undefined ? carried.returned : atMost(carried.returned, returned),
      ...metalOf(carried.returned_metal_mg),
    };
    if (!isNothing(back)) drawn[lot] = back;
    const now = (await book.get("taking", lot)) ?? nothingTaken(lot);
    const both = (taking: (typeof CARRIED)[number]) => added(now[taking], back[taking]);
    book.put("taking", lot, {
      ...now,
      claimed: both("claimed"),
      promised: both("promised"),
      returned: both("returned"),
      ...metalOf(addedMetal(now.returned_metal_mg, back.returned_metal_mg)),
    });
  }
  return { drawn, given };
}

/** Of what a step drew of returned matter, what is still returned: not what both parties took back since. */
function stillReturned(moved: TakingsMoved, now: TakingsMoved["given"]): Record<string, number> {
  const [drawn, given, left] = [moved.drawn, moved.given, now].map((lots) => inAll(lots, "returned"));
  return Object.fromEntries(
    Object.entries(drawn ?? {}).map(([by, mg]) => [
      by,
      Math.max(0, mg - Math.max(0, (given?.[by] ?? 0) - (left?.[by] ?? 0))),
    ]),
  );
}

const inAll = (lots: TakingsMoved["given"], taking: (typeof CARRIED)[number]): Record<string, number> =>
  Object.values(lots).reduce<Record<string, number>>((sum, carried) => added(sum, carried[taking]), {});

/** Of what was taken as much as there still is, which is less from then on. */
function atMost(taken: TakenBy, open: Record<string, number>): TakenBy {
  const mine: Record<string, number> = {};
  for (const by of Object.keys(taken).sort()) {
    const mg = Math.min(taken[by] ?? 0, open[by] ?? 0);
    if (mg === 0) continue;
    mine[by] = mg;
    open[by] = (open[by] ?? 0) - mg;
  }
  return mine;
}

const added = (a: TakenBy, b: TakenBy): Record<string, number> => {
  const sum: Record<string, number> = { ...a };
  for (const [by, mg] of Object.entries(b)) sum[by] = (sum[by] ?? 0) + mg;
  return sum;
};

/** Whether anything is taken of a lot beyond what the step that made it gave to it. */
export const takenSince = (now: Carried, given: Carried): boolean =>
  CARRIED.some((taking) =>
    Object.keys(now[taking]).some((by) => (now[taking][by] ?? 0) > (given[taking][by] ?? 0)),
  );

/** Books a delivery: what was claimed of the mass leaves with it, and what was returned leaves first, being what its owner sells. */
export async function deliverTaken(
  book: Book<TakingRecords>,
  given: { readonly lot: Lot; readonly mass_mg: number; readonly shipment: string },
): Promise<void> {
  const { lot, mass_mg, shipment } = given;
  const now = (await book.get("taking", lot.id)) ?? nothingTaken(lot.id);
  const returned_mg = Object.values(now.returned).reduce((a, b) => a + b, 0);
  book.put("taking", lot.id, {
    ...now,
    claimed: drawTaken(now.claimed, { held_mg: lot.mass_mg.best, mass_mg }).left,
    returned: drawTaken(now.returned, { held_mg: returned_mg, mass_mg }).left,
    ...metalOf(splitMetal(now.returned_metal_mg, { held_mg: lot.mass_mg.best, mass_mg })?.left),
    delivered: added(now.delivered, { [shipment]: mass_mg }),
  });
}
