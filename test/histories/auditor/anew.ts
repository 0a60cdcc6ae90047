import { must } from "../red.ts";
import type { Body } from "./read.ts";
import { elementOf, type SeenLot, type SeenPart } from "./seen.ts";

/** What measurements of one matter began with, and which steps that stand drew of it since the last of them. */
export interface SeenStart {
  readonly elements: ReadonlyMap<string, number>;
  readonly shares: ReadonlyMap<string, number>;
  readonly raised: ReadonlySet<string>;
  readonly drawn: Set<string>;
}

const ROUNDING_MG = 1;
/** By older rules what a wrong figure took of a share was gone for good. */
const GIVES_BACK = 5;

export const drawnOn = (lot: SeenLot, step: string): void => void lot.start?.drawn.add(step);

/** What goes back into a lot: of a step since the last measurement nothing has changed by it, of an older one it is other matter. */
export function givenBack(lot: SeenLot, step: string): void {
  if (lot.start?.drawn.delete(step) === false) lot.start = undefined;
}

/** A new measurement of a lot, whose shares are as large a part of what they were as is found of the metal, and no larger. */
export function measureAnew(lot: SeenLot, body: Body, after: SeenPart): void {
  const goesOn = body["rules"] === GIVES_BACK && lot.start?.drawn.size === 0;
  const start = (goesOn && lot.start) || {
    ...{ elements: new Map(lot.elements), shares: new Map(lot.shares), raised: new Set(lot.raised) },
    drawn: new Set<string>(),
  };
  for (const [key, mg] of after.shares) {
    const was = start.elements.get(elementOf(key)) ?? 0;
    const [is, held] = [after.elements.get(elementOf(key)) ?? 0, start.shares.get(key) ?? 0];
    const most = is >= was ? held : Math.floor((held * is) / Math.max(1, was)) + ROUNDING_MG;
    must(
      mg <= most,
      "where less is found a share falls with it, and comes back no larger than it was",
      () => `${mg} mg of ${key} in ${lot.lot}, ${most} mg`,
    );
  }
  if (goesOn) {
    lot.raised.clear();
    for (const name of start.raised) lot.raised.add(name);
  }
  const shared = Object.keys(body["before"].feeds_mg ?? {}).length > 0;
  lot.start = body["rules"] === GIVES_BACK && shared ? start : undefined;
}
