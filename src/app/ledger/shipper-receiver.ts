import { type AnySample, fractionReported } from "../../assay/index.ts";
import { ALL_MASS, type PairedTest, pairedTests, type ReadByTwo } from "../../ledger/index.ts";
import { scale } from "../../quantity/index.ts";
import type { Shipment } from "../../ship/index.ts";
import type { LedgerStore } from "../core/ports.ts";
import { type Kept, recordCacheOf } from "../core/record-cache.ts";

const MG_PER_KG = 1e6;

/** The weights that sender and receiver first gave of each lot, in milligrams: what one of them corrected later was no reading of it. */
const weightsOf = ({ lots, received }: Shipment): ReadByTwo[] =>
  (received?.lots ?? []).flatMap(({ lot, mass_mg }) => {
    const sent = lots.find((one) => one.lot === lot);
    return sent ? [{ of: ALL_MASS, shipper: sent.mass_mg, receiver: mass_mg }] : [];
  });

/** What both sides reported of the elements of a sample, in mg/kg; "below" a limit is compared with nothing. */
function resultsOf(sample: AnySample): ReadByTwo[] {
  if (sample.purpose === "product" || sample.state !== "exchanged") return [];
  return Object.keys(sample.reports.supplier?.mg_per_kg ?? {}).flatMap((element) => {
    const [supplier, processor] = (["supplier", "processor"] as const).map((side) =>
      fractionReported(sample, side, element),
    );
    if (!supplier || !processor || supplier.below || processor.below) return [];
    return [{ of: element, shipper: scale(MG_PER_KG, supplier), receiver: scale(MG_PER_KG, processor) }];
  });
}

/** Shippers and receivers by pair of scales, in milligrams, and by pair of laboratories, in mg/kg (ledger L51). */
export const shipperReceiver = (
  shipments: readonly Shipment[],
  samples: readonly AnySample[],
): readonly PairedTest[] => pairedTests([...shipments.flatMap(weightsOf), ...samples.flatMap(resultsOf)]);

const SHIPMENTS: Kept<"shipment"> = { collection: "shipment", keep: (record) => record };
const SAMPLES: Kept<"sample"> = { collection: "sample", keep: (record) => record };

/** The same from the books, of which only what changed since the last asking is read. */
export async function shipperReceiverOf(store: LedgerStore): Promise<readonly PairedTest[]> {
  const [shipments, samples] = [recordCacheOf(store, SHIPMENTS), recordCacheOf(store, SAMPLES)];
  return shipperReceiver(await shipments.read(), await samples.read());
}
