import { z } from "zod";
import { UnitId } from "../../contract/identifiers.ts";
import { biasFound, chanceOfMany, type Instrument } from "../../ledger/index.ts";
import { biasOf, doubtAt, type Readings, readingsOfUnit } from "../../programme/index.ts";
import { done, refuse } from "../../quantity/index.ts";
import { query } from "../core/use-case.ts";
import { shipperReceiverOf } from "./shipper-receiver.ts";

/** Instruments whose pairs are looked at together; those further away tell next to nothing. */
const BESIDE_MAX = 60;
/** However many are looked at together, one off by three of its stated bias is to be named: one honest instrument in two hundred is this far. */
const OFF_Z_MOST = 2.8;
/** How often honest instruments that were read beside each other may have one named: of three, the odd one is known no better. */
const FALSE_ALARMS = 0.1;

/** The record of an instrument and of those it was read beside, and those beside them. */
async function besides(
  recordOf: (name: string) => Promise<Instrument | undefined>,
  of: Instrument,
): Promise<Instrument[]> {
  const found = new Map<string, Instrument>([[of.instrument, of]]);
  for (const known of found.values()) {
    for (const name of Object.keys(known.beside)) {
      if (found.size >= BESIDE_MAX || found.has(name)) continue;
      const other = await recordOf(name);
      if (other) found.set(name, other);
    }
  }
  return [...found.values()];
}

/** What a scale read in its calibration period, beside what is stated of it. */
export async function readBeside(
  { id, readings }: { readonly id: string; readonly readings: Readings },
  recordOf: (name: string) => Promise<Instrument | undefined>,
) {
  const record = await recordOf(biasOf(id, readings.calibration));
  const pairs_count = record?.pairs_count ?? 0;
  const load_mg = record ? Math.round(record.load_mg / Math.max(1, pairs_count)) : 0;
  const doubt = doubtAt(readings, load_mg) ?? { random: 0, shared: 0 };
  const together = record ? await besides(recordOf, record) : [];
  const found = record && biasFound(record, together);
  const off_beyond_z = Math.min(OFF_Z_MOST, chanceOfMany(together.length, FALSE_ALARMS));
  return {
    ...{ unit: id, pairs_count, load_mg },
    /** Whether it was read beside another instrument; its own readings tell nothing of its bias. */
    compared: found !== undefined,
    bias_mg: found ? found.best * doubt.shared : 0,
    bias_sd_mg: found ? found.sd * doubt.shared : doubt.shared,
    /** From pairs of its own readings; as stated while there are none. */
    repeatability_mg:
      record && record.own_count > 0
        ? doubt.random * Math.sqrt(record.own_squares / record.own_count)
        : doubt.random,
    own_pairs_count: record?.own_count ?? 0,
    stated: {
      ...{ repeatability_mg: doubt.random, bias_mg: doubt.shared },
      ...(readings.calibration === undefined ? {} : { calibration: readings.calibration }),
    },
    z: found?.z ?? 0,
    off: Math.abs(found?.z ?? 0) > off_beyond_z,
    /** Of ten groups of honest instruments read beside each other one has an instrument this far off. */
    off_beyond_z,
    ...(record ? { last_at: record.last_at } : {}),
  };
}

export const instrument = query({
  room: "ledger",
  verb: "instrument",
  summary:
    "What a scale read against others and against itself since its calibration: its bias and repeatability as found, beside those stated.",
  input: z.strictObject({ unit: UnitId() }),
  example: { unit: "plainfield-floor" },
  async answer({ store }, { unit: id }) {
    const unit = (await store.load("unit", id))?.record;
    if (!unit) return refuse("unit_unknown", "unit", `no unit ${id} is registered`);
    const readings = readingsOfUnit(unit);
    if (!readings) return refuse("scale_unknown", "unit", `${id} is no scale`);
    const name = biasOf(id, readings.calibration);
    const pairs = (await shipperReceiverOf(store)).filter((of) => [of.shipper, of.receiver].includes(name));
    return done({
      ...(await readBeside({ id, readings }, async (of) => (await store.load("instrument", of))?.record)),
      shipper_receiver: pairs,
    });
  },
});
