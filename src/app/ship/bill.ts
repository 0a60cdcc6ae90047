import { showMass } from "../../quantity/index.ts";
import type { ShipmentSent } from "../../ship/index.ts";
import { documentOf } from "../core/documents.ts";
import type { StoredDocument } from "../core/ports.ts";
import type { Scope } from "../core/use-case.ts";

/** The bill of lading as a printable document. */
export async function printBill(scope: Scope, shipment: ShipmentSent): Promise<StoredDocument> {
  const party = async (id: string) => (await scope.get("party", id)) ?? { name: id, sample: false };
  const site = async (id: string) =>
    (await scope.get("site", id)) ?? {
      name: id,
      city: "",
      state: "",
      zip: "",
    };
  const [shipper, consignee, carrier, from, to] = [
    await party(shipment.shipper),
    await party(shipment.consignee),
    await party(shipment.carrier),
    await site(shipment.from),
    await site(shipment.to),
  ];
  const address = (s: typeof from) => `${s.name}, ${s.city}, ${s.state} ${s.zip}`;
  const total_mg = shipment.lots.reduce((sum, l) => sum + l.mass_mg.best, 0);
  const bytes = await scope.ports.printer.pdf({
    title: "Bill of lading",
    subtitle: shipment.shipment,
    sample: shipper.sample,
    sections: [
      {
        fields: [
          ["Shipper", shipper.name],
          ["From", address(from)],
          ["Consignee", consignee.name],
          ["To", address(to)],
          ["Carrier", `${carrier.name} (${shipment.mode})`],
          ["Date", shipment.at],
          ["Goods", shipment.description],
        ],
      },
      {
        heading: "Lots",
        table: {
          columns: ["Lot", "Pieces", "Seals", "Net weight, kg", "lb"],
          rows: shipment.lots.map((l) => [
            l.lot,
            String(l.pieces),
            l.seals.join(", ") || "none",
            showMass(l.mass_mg.best, "kg"),
            (l.mass_mg.best / 453_592.37).toFixed(1),
          ]),
        },
      },
      { fields: [["Total", `${showMass(total_mg, "kg")} kg`]] },
      {
        text: "Shipper, carrier and consignee sign on the printed copy. Weights are the sender's; the receiver weighs anew.",
      },
    ],
  });
  return documentOf(`${shipment.shipment}-bill-of-lading.pdf`, "application/pdf", bytes);
}
