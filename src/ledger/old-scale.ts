import type { Measured } from "../quantity/index.ts";
import type { Lot } from "./lot.ts";

/** The one cause of everything a scale ever read, in entries from before doubts had parts: it moved each reading by its whole doubt. A name with a slash is of one reading. */
const OLD = /^scale:([^/]+)$/;

/** A move by an old cause is two equal ones in quadrature: what its readings err by themselves, and the bias of the scale. */
function inHalves(value: Measured): Measured {
  const moves: Record<string, number> = {};
  const add = (cause: string, move: number) => {
    moves[cause] = (moves[cause] ?? 0) + move;
  };
  for (const [cause, move] of Object.entries(value.moves)) {
    const half = move / Math.SQRT2;
    const [, scale] = OLD.exec(cause) ?? [];
    if (scale === undefined) add(cause, move);
    else for (const part of [cause, `bias:${scale}`]) add(part, half);
  }
  return { ...value, moves };
}

const isOld = ({ moves }: Measured): boolean => Object.keys(moves).some((cause) => OLD.test(cause));

/**
 * A lot as a new reading meets it (L50). What an old entry says of a scale is its whole doubt as one cause; of that, half in quadrature
 * is the bias that readings on the scale share now, where its calibration was not stated since, and the rest stays apart. Doubts stay
 * as wide as they were.
 */
export function oldScaleInHalves(lot: Lot): Lot {
  const { mass_mg, elements_mg } = lot;
  if (![mass_mg, ...Object.values(elements_mg)].some(isOld)) return lot;
  const elements = Object.entries(elements_mg).map(([element, of]) => [element, { ...of, ...inHalves(of) }]);
  return { ...lot, mass_mg: inHalves(mass_mg), elements_mg: Object.fromEntries(elements) };
}
