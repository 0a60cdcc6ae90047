import { type CertificateRecord, certificateStands, type Passport } from "../../certify/index.ts";
import { type Lot, productOf, type Takings } from "../../ledger/index.ts";
import type { LotOnOffer, PassportHeld, PromiseGround } from "../../orders/index.ts";
import { plannedFor } from "../core/plans.ts";
import type { LedgerStore } from "../core/ports.ts";
import type { Collection } from "../core/records.ts";
import type { Scope } from "../core/use-case.ts";

/** What orders need to know of a lot, translated from the ledger and the released certificate. */
export const offered = (
  lot: Lot,
  certificate: CertificateRecord | undefined,
  { takings, planned }: { readonly takings: Takings | undefined; readonly planned: readonly string[] },
): LotOnOffer => ({
  lot: lot.id,
  owner: lot.owner,
  state: lot.state,
  mass_mg: lot.mass_mg.best,
  oxide: productOf(lot),
  // Results that were corrected prove nothing any more.
  meets: certificate && certificateStands(certificate) ? certificate.meets : {},
  promised: takings?.promised ?? {},
  planned,
  there: lot,
  grounds: [
    [`${lot.id} came to ${lot.owner}`, lot.owned_since],
    [`${lot.id} was certified`, certificate?.at],
  ],
});

/** What a command looks at to promise, or to send, mass of a lot to an order: all of it must still hold when it is written. */
export async function promiseGround(
  scope: Scope,
  asked: { readonly order: string; readonly lot: string },
): Promise<PromiseGround> {
  const order = await scope.get("order", asked.order);
  const lot = await scope.get("lot", asked.lot);
  return {
    order,
    buyer: order && (await scope.get("buyer", order.buyer)),
    offer:
      lot &&
      offered(lot, await scope.get("certificate", asked.lot), {
        takings: await scope.get("taking", asked.lot),
        planned: await plannedFor(scope, asked.lot),
      }),
    coming: [],
  };
}

/** A passport as shipping needs it; when it was issued is what itself says. */
export async function passportHeld(scope: Scope, id: string): Promise<PassportHeld | undefined> {
  const passport = await scope.get("passport", id);
  if (!passport) return undefined;
  const { lot, revoked, superseded, credential_digest } = passport;
  const signed = credential_digest === undefined ? undefined : await scope.store.document(credential_digest);
  const { validFrom } = (
    signed ? JSON.parse(new TextDecoder().decode(signed.bytes)) : {}
  ) as Partial<Passport>;
  return {
    ...{ passport: id, lot, stands: revoked === undefined && superseded === undefined },
    ...(validFrom === undefined ? {} : { issued_at: validFrom }),
  };
}

/** The same for a lot that is read for a list. */
export async function offerOn(store: Pick<LedgerStore, "load">, lot: Lot): Promise<LotOnOffer> {
  const certificate = await store.load("certificate", lot.id);
  const takings = (await store.load("taking", lot.id))?.record;
  const get = async <K extends Collection>(collection: K, id: string) =>
    (await store.load(collection, id))?.record;
  return offered(lot, certificate?.record, { takings, planned: await plannedFor({ get }, lot.id) });
}
