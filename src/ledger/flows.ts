import { type Measured, subtract } from "../quantity/index.ts";
import { LEDGER_KINDS } from "./apply.ts";
import { drawDelivered } from "./draw.ts";
import type { LedgerEntry } from "./entries.ts";
import type { ElementContents } from "./lot.ts";
import { residualOf } from "./residual.ts";
import type { Standing } from "./standing.ts";
import type { StepRecorded } from "./step.ts";

/**
 * One amount that went from one side to another by one entry. A side is a place where material stands, or a named place
 * of law 1: `received`, `added`, `restated`, `lost:…`, `unaccounted`, `delivered:…`, `title_from:…`, `title_to:…`.
 */
export interface Flow {
  readonly from: string;
  readonly to: string;
  readonly owner: string;
  readonly lot?: string;
  readonly mass_mg: Measured;
  readonly elements_mg: Readonly<Record<string, Measured>>;
  /** What goes off from that, where a flow is a difference: it is only worked out where it is asked for by itself. */
  readonly less?: Amounts;
  /** For what a step leaves open: one milligram a part, the rounding to whole milligrams (L17). */
  readonly rounding_mg?: number;
}

/** Everything that is on the road stands in one place for the reader of a balance. */
export const areaOf = (place: string): string => (place.startsWith("transit:") ? "transit" : place);

export interface Amounts {
  readonly mass_mg: Measured;
  readonly elements_mg: ElementContents;
}

/**
 * What an entry moves, told from the books as they stand before it. What a step turns into something else at the same site
 * is no flow; what it adds, loses and leaves open is.
 */
export async function flowsOf(
  entry: { readonly kind: string; readonly body: unknown },
  before: Standing,
): Promise<readonly Flow[]> {
  if (!Object.hasOwn(LEDGER_KINDS, entry.kind)) return [];
  const known = entry as LedgerEntry;
  switch (known.kind) {
    case "lot_opened": {
      const { owner, place, lot } = known.body;
      return [{ from: "received", to: areaOf(place), owner, lot, ...amounts(known.body) }];
    }
    case "lots_moved":
      return known.body.lots.flatMap((id) => {
        const lot = before.lots.get(id);
        if (!lot || areaOf(lot.place) === areaOf(known.body.to)) return [];
        const sides = { from: areaOf(lot.place), to: areaOf(known.body.to), owner: lot.owner };
        return [{ ...sides, lot: id, ...amounts(lot) }];
      });
    case "lot_restated": {
      const lot = before.lots.get(known.body.lot);
      if (!lot) return [];
      const sides = { from: "restated", to: areaOf(lot.place), owner: lot.owner, lot: lot.id };
      return [{ ...sides, ...amounts(known.body.after), less: amounts(known.body.before) }];
    }
    case "lot_delivered": {
      const lot = before.lots.get(known.body.lot);
      if (!lot) return [];
      const { taken } = drawDelivered({ ...lot, feeds_mg: {} }, known.body);
      const to = `delivered:${known.body.to}`;
      return [{ from: areaOf(lot.place), to, owner: lot.owner, lot: lot.id, ...amounts(taken) }];
    }
    case "title_passed": {
      const lot = before.lots.get(known.body.lot);
      if (!lot) return [];
      const { from, to } = known.body;
      const what = { lot: lot.id, ...amounts(lot) };
      return [
        { from: areaOf(lot.place), to: `title_to:${to}`, owner: from, ...what },
        { from: `title_from:${from}`, to: areaOf(lot.place), owner: to, ...what },
      ];
    }
    case "step_recorded": {
      const [first] = known.body.inputs;
      const owner = (first && before.lots.get(first.lot)?.owner) ?? known.body.outputs[0]?.owner ?? "";
      return stepFlows(known.body, { owner, sign: 1 });
    }
    case "step_reversed": {
      const step = await before.get("step", known.body.step);
      return step ? stepFlows(step, { owner: step.owner, sign: -1 }) : [];
    }
    default:
      return [];
  }
}

/** What a step adds to its site, loses from it and leaves open there. `sign` -1 takes it back. */
function stepFlows(step: StepRecorded, given: { owner: string; sign: 1 | -1 }): Flow[] {
  const { owner, sign } = given;
  const site = areaOf(step.site);
  const signed = (of: Amounts) => times(sign, amounts(of));
  const open = residualOf(step);
  const rounding_mg = step.inputs.length + step.additions.length + step.outputs.length + step.losses.length;
  const isOpen = open.mass_mg.best !== 0 || Object.values(open.elements_mg).some((e) => e.best !== 0);
  return [
    ...step.additions.map((a) => ({ from: "added", to: site, owner, ...signed(a) })),
    ...step.losses.map((l) => ({ from: site, to: `lost:${l.place}`, owner, ...signed(l) })),
    ...(isOpen ? [{ from: site, to: "unaccounted", owner, ...times(sign, open), rounding_mg }] : []),
  ];
}

/** What a flow carries of the mass, or of one element. */
export function carried({ mass_mg, elements_mg, less }: Flow, element: string | undefined): Measured {
  const of = element === undefined ? mass_mg : (elements_mg[element] ?? NOTHING);
  if (!less) return of;
  return subtract(of, element === undefined ? less.mass_mg : (less.elements_mg[element] ?? NOTHING));
}

const NOTHING: Measured = { best: 0, moves: {} };

const amounts = ({ mass_mg, elements_mg }: Amounts): Amounts => ({ mass_mg, elements_mg });

function times(sign: 1 | -1, of: Amounts): Amounts {
  if (sign === 1) return of;
  const elements = Object.entries(of.elements_mg).map(([name, mg]) => [name, subtract(NOTHING, mg)]);
  return { mass_mg: subtract(NOTHING, of.mass_mg), elements_mg: Object.fromEntries(elements) };
}
