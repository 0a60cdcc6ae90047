import type { Certificate } from "./certificate.ts";
import type { Signed } from "./proof.ts";
import type { Provenance } from "./provenance.ts";

/** Whole milligrams claimed on each feed, by element. */
export type Claims = Readonly<Record<string, Readonly<Record<string, number>>>>;

export interface PassportFacts {
  readonly passport: string;
  readonly issuer: { readonly id: string; readonly name: string };
  readonly validFrom: string;
  readonly sample: boolean;
  readonly lot: string;
  readonly oxide: string;
  readonly net_mass_mg: number;
  readonly certificate: Certificate;
  readonly provenance: Provenance;
  /** Share of the metal that the certified product holds, which is claimed on settled feeds and stated to have been waste. */
  readonly recycled_share: string;
  readonly claims_mg: Claims;
  /** Set where its mass and its claims are inside those of the passport of the lot that this one was divided from. */
  readonly part_of?: { readonly passport: string; readonly mass_mg: number };
  readonly balance: PassportBalance;
  readonly head: { readonly seq: number; readonly hash: string };
}

/**
 * By element, down from the settled feeds, each gram once: what came in, what stands in this lot (`lot_mg`) and in all that is made
 * with it (`out_mg`, this lot included), what was lost and what stayed open. The first form had no `lot_mg` and counted the same
 * metal at each step.
 */
export type PassportBalance = Readonly<
  Record<
    string,
    {
      readonly in_mg: number;
      readonly out_mg: number;
      readonly lot_mg?: number;
      readonly lost_mg: number;
      readonly residual_mg: number;
    }
  >
>;

/**
 * What passports said of provenance before it was worked out from records: country, custody and origin were the same for all.
 * Such passports verify as they did, and nobody takes these words for records.
 */
export interface FirstProvenance {
  readonly rules?: undefined;
  readonly collected_in: readonly string[];
  readonly sites: readonly {
    readonly step: string;
    readonly country: string;
    readonly state: string;
    readonly at: string;
  }[];
  readonly chain_of_custody: string;
  readonly origin: string;
}

/** The unsigned credential: facts, no judgement of law (C6). */
export function buildPassport(facts: PassportFacts) {
  const {
    passport,
    issuer,
    validFrom,
    sample,
    lot,
    oxide,
    net_mass_mg,
    certificate,
    provenance,
    recycled_share,
    claims_mg,
    part_of,
    balance,
    head,
  } = facts;
  return {
    "@context": ["https://www.w3.org/ns/credentials/v2"],
    type: ["VerifiableCredential", "DidymOxidePassport"],
    id: `urn:didym:passport:${passport}`,
    issuer,
    validFrom,
    credentialSubject: {
      id: `urn:didym:lot:${lot}`,
      // The third form: of the metal that is certified, only what is stated to have been waste is recycled. In the second all that was
      // claimed was, and in the first it was of what the books alone held.
      rules: 3 as const,
      passport,
      sample,
      product: { lot, oxide, net_mass_mg },
      certificate,
      provenance,
      recycled_share,
      claims_mg,
      ...(part_of === undefined ? {} : { part_of }),
      balance,
      head,
    },
  };
}

/** A passport as its issuer signed it: a W3C verifiable credential. */
export type Passport = Signed<ReturnType<typeof buildPassport>>;
