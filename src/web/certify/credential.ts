import type { Certificate, FirstProvenance, PassportFacts, Provenance } from "../../certify/index.ts";

/** The signed passport as it is handed to a buyer (W3C VC 2.0). */
export interface Credential {
  readonly id: string;
  readonly issuer: { readonly id: string; readonly name: string };
  readonly validFrom: string;
  readonly credentialSubject: {
    /** In the first form, which states none, the share was of what the books alone held. */
    readonly rules?: 2 | 3;
    readonly passport: string;
    readonly sample: boolean;
    readonly product: { readonly lot: string; readonly oxide: string; readonly net_mass_mg: number };
    readonly certificate: Certificate;
    readonly provenance: Provenance | FirstProvenance;
    readonly recycled_share: string;
    readonly claims_mg: PassportFacts["claims_mg"];
    readonly part_of?: PassportFacts["part_of"];
    readonly balance: Readonly<
      Record<
        string,
        {
          readonly in_mg: number;
          readonly out_mg: number;
          readonly lost_mg: number;
          readonly residual_mg: number;
        }
      >
    >;
    readonly head: { readonly seq: number; readonly hash: string };
  };
  readonly proof: { readonly cryptosuite: string; readonly created: string };
}
