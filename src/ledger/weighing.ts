import { combine, type Measured, type ReadingDoubt, readingOf } from "../quantity/index.ts";

/** What a weighing ticket says beside the net weight: kept in the entry that the weight stands in. */
export interface WeighingTicket {
  readonly gross_mg?: number;
  readonly tare_mg?: number;
  readonly tare_kind?: "taken" | "stored";
  /** Its number, and the mark of the scale that printed it. */
  readonly ticket?: string;
  readonly mark?: string;
}

/** A weighing: whole milligrams, their doubt in its two parts, and the instrument in its calibration period, whose bias it shares. */
export interface Weighing {
  readonly mass_mg: number;
  readonly doubt_mg: ReadingDoubt;
  readonly scale: string;
  /** A tare that was not taken beside the gross weight: all that use the same figure err alike by it. */
  readonly stored_tare?: { readonly sd_mg: number; readonly name: string };
  readonly weighing_ticket?: WeighingTicket;
}

/** A weighing as a measured value; `own` names it among all readings of the books. */
export function weighed({ mass_mg, doubt_mg, scale, stored_tare }: Weighing, own: string): Measured {
  const net = readingOf(mass_mg, doubt_mg, { own, shared: scale });
  if (!stored_tare) return net;
  const { sd_mg, name } = stored_tare;
  const tare = readingOf(0, { random: 0, shared: sd_mg }, { own: name, shared: name });
  return combine([
    [1, net],
    [-1, tare],
  ]);
}

/** The ticket of a weighing, where it was kept, as a member of what is written. */
export const ticketOf = ({
  weighing_ticket,
}: Pick<Weighing, "weighing_ticket">): Pick<Weighing, "weighing_ticket"> =>
  weighing_ticket === undefined ? {} : { weighing_ticket };
