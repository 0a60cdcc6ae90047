import { type CertificateRecord, certificateStands } from "../../certify/index.ts";
import type { Lot } from "../../ledger/index.ts";
import type { LotOnOffer } from "../../orders/index.ts";

/** What orders need to know of a lot, translated from the ledger and the released certificate. */
export const offered = (
  lot: Lot,
  certificate: CertificateRecord | undefined,
  specification: string,
): LotOnOffer => ({
  lot: lot.id,
  owner: lot.owner,
  state: lot.state,
  mass_mg: lot.mass_mg.best,
  oxide: lot.notes["oxide"],
  // Results that were corrected prove nothing any more.
  meets: (certificateStands(certificate) && certificate?.meets[specification]) || "unproven",
});
