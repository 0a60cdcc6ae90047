import { done, inKg, type Refusal, type Result, refuse } from "../quantity/index.ts";
import type { LotsMoved } from "./entries.ts";
import { lostByWeighing } from "./lost.ts";
import type { Lot, LotId } from "./lot.ts";
import type { StepRecorded } from "./step.ts";
import { notYetThere } from "./time.ts";

export type MoveRefusal = Refusal<
  | "lot_unknown"
  | "lot_not_on_hand"
  | "lot_not_here"
  | "lot_not_yet_there"
  | "data_not_destroyed"
  | "nothing_moved"
>;

/** What a consignment still waits for before lots that may hold its data may leave. */
export interface StillOpen {
  readonly open_devices: number;
  readonly unresolved_rows: number;
}

/**
 * Sends lots on their way. Law 7: no lot that may hold magnets of data-bearing devices leaves while one of its
 * consignments still has devices without an accepted destruction record, or rows of its manifest that nobody has
 * settled: what a row is that could not be read is not known. A consignment that is not in `open` holds its lots.
 */
export function decideDeparture(
  lots: readonly { readonly id: LotId; readonly lot: Lot | undefined }[],
  open: ReadonlyMap<string, StillOpen>,
  move: Omit<LotsMoved, "lots" | "state" | "to"> & { readonly from: string },
): Result<LotsMoved, MoveRefusal> {
  if (lots.length === 0) return refuse("nothing_moved", "lots", "name at least one lot");
  for (const [i, { id, lot }] of lots.entries()) {
    const at = `lots[${i}]`;
    if (!lot) return refuse("lot_unknown", at, `no lot ${id} is on the books`);
    if (lot.state !== "on_hand") return refuse("lot_not_on_hand", at, `${id} is ${lot.state}`);
    if (lot.place !== move.from)
      return refuse("lot_not_here", at, `${id} is at ${lot.place}, not at ${move.from}`);
    const early = notYetThere(lot, { happened: move.at, at: "at" });
    if (early) return early;
    const held = dataHold(id, lot, open);
    if (held) return refuse("data_not_destroyed", at, held.why, { devices: held.devices, rows: held.rows });
  }
  const { from: _, ...rest } = move;
  return done({ ...rest, lots: lots.map((l) => l.id), to: `transit:${move.shipment}`, state: "in_transit" });
}

export function dataHold(id: LotId, lot: Lot, open: ReadonlyMap<string, StillOpen>) {
  const why: string[] = [];
  let devices = 0;
  let rows = 0;
  for (const consignment of lot.data_from) {
    const still = open.get(consignment);
    if (!still) why.push(`consignment ${consignment} is not on the books`);
    else if (still.open_devices > 0)
      why.push(
        `${still.open_devices} data-bearing devices of ${consignment} have no accepted destruction record`,
      );
    if (still && still.unresolved_rows > 0)
      why.push(`${still.unresolved_rows} rows of the manifest of ${consignment} are not settled`);
    devices += still?.open_devices ?? 0;
    rows += still?.unresolved_rows ?? 0;
  }
  return why.length > 0 ? { why: `${id} may not leave: ${why.join("; ")}`, devices, rows } : undefined;
}

/** Of what a step draws a thousandth may be lost as dust while devices wait to be destroyed. Our estimate, evidence C. */
const DUST = 0.001;
/** Of matter a tenth may leave as a gas that carries none of the elements followed, over all its steps. Our estimate, evidence C. */
const GAS = 0.1;

/** What a step lost as a gas that carries none of the elements followed. */
export const gasOf = ({ losses }: Pick<StepRecorded, "losses">, gases: ReadonlySet<string>): number =>
  losses
    .filter(
      ({ place, elements_mg }) => gases.has(place) && Object.values(elements_mg).every((c) => c.best === 0),
    )
    .reduce((sum, { mass_mg }) => sum + mass_mg.best, 0);

/**
 * What a step states as lost of lots that wait for their data leaves like any other part of them (law 7): beyond dust, what weighing
 * alone loses, and gas that a kind of step is known to give off, it is a departure. What is missing and nobody can explain is no
 * statement: it is booked as open, and found where steps close (L39).
 */
export function lossDeparts(
  lots: readonly Lot[],
  open: ReadonlyMap<string, StillOpen>,
  given: {
    readonly step: StepRecorded;
    readonly gases: ReadonlySet<string>;
    /** What was given off before by the matter that is drawn, in the steps that made it (L60). */
    readonly given_off_mg?: number;
  },
): { readonly ok: false; readonly refusal: Refusal<"data_not_destroyed"> } | undefined {
  const held = lots.map((lot) => dataHold(lot.id, lot, open)).find((found) => found !== undefined);
  if (!held) return undefined;
  const { step, gases, given_off_mg = 0 } = given;
  const drawn_mg = step.inputs.reduce((sum, { mass_mg }) => sum + mass_mg.best, 0);
  const most_gas_mg = Math.max(0, GAS * (drawn_mg + given_off_mg) - given_off_mg);
  const stated_mg = step.losses.reduce((sum, { mass_mg }) => sum + mass_mg.best, 0);
  const lost_mg = stated_mg - Math.min(gasOf(step, gases), most_gas_mg);
  const most_mg = Math.max(DUST * drawn_mg, lostByWeighing(step));
  if (lost_mg <= most_mg) return undefined;
  return refuse(
    "data_not_destroyed",
    "losses",
    `${inKg(Math.round(lost_mg))} would be lost, more than dust and weighing explain (${inKg(Math.round(most_mg))}): ${held.why}`,
    { devices: held.devices, rows: held.rows, lost_mg: Math.round(lost_mg), most_mg: Math.round(most_mg) },
  );
}
