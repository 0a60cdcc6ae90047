import { z } from "zod";
import {
  addProof,
  buildPassport,
  type CertificateRecord,
  certificateStands,
  certifiedProduct,
  decideIssue,
  type FeedClaims,
  type PassportFacts,
  type PassportIssued,
  type Provenance,
} from "../../certify/index.ts";
import { elementsOf, type Product } from "../../chemistry/index.ts";
import { Text } from "../../contract/fields.ts";
import { NewOrMadeId, OxideLotId, PartyId, PassportId } from "../../contract/identifiers.ts";
import { type FeedRecord, type Lot, productOf, type StepRecord } from "../../ledger/index.ts";
import { done, refuse } from "../../quantity/index.ts";
import { jsonDocument } from "../core/documents.ts";
import { command, type Scope } from "../core/use-case.ts";
import { provenanceFor } from "./provenance.ts";

/** Lots followed back from an oxide lot; beyond it the passport is refused rather than cut short. */
const LINEAGE_MAX = 20_000;

export const issuePassport = command({
  room: "certify",
  verb: "issue",
  summary:
    "Issue the passport of a certified oxide lot: claims on its feeds, provenance, balance, signed by the issuer.",
  input: z.strictObject({
    lot: OxideLotId(),
    issuer: PartyId("recycler", "refiner"),
    passport: NewOrMadeId("passport"),
  }),
  example: { lot: "L-OXIDE", issuer: "sample-refiner", passport: "P-1" },
  async decide(scope, { lot: id, issuer, passport: named }) {
    const party = await scope.get("party", issuer);
    if (!party) return refuse("party_unknown", "issuer", `no party ${issuer} is registered`);
    const lot = await scope.get("lot", id);
    if (!lot) return refuse("lot_unknown", "lot", `no lot ${id} is on the books`);
    if (lot.state !== "on_hand") return refuse("lot_not_on_hand", "lot", `${id} is ${lot.state}`);
    const certificate = await scope.get("certificate", id);
    if (!certificate)
      return refuse("certificate_missing", "lot", `${id} has no released certificate of analysis`);
    if (!certificateStands(certificate)) {
      const why = certificate.superseded?.why;
      return refuse(
        "certificate_superseded",
        "lot",
        `the results ${id} was certified on were corrected: ${why}`,
      );
    }
    if (certificate.certificate.net_mass_mg !== lot.mass_mg.best) {
      return refuse(
        "mass_differs",
        "lot",
        `${id} holds ${lot.mass_mg.best} mg, its certificate is for ${certificate.certificate.net_mass_mg} mg`,
      );
    }
    const passport = named ?? scope.newId("P-");
    const product = certifiedProduct(certificate.certificate);
    if (!product || productOf(lot) !== product.product) {
      const of = certificate.certificate.oxide;
      return refuse("product_differs", "lot", `${id} is ${productOf(lot)}, its certificate is for ${of}`);
    }
    const claims = await claimsOf(scope, { lot, passport, product });
    if (!claims.ok) return claims;
    const found = await provenanceFor(scope, { lot: id, elements: product.elements });
    if (!found.ok) return found;
    const { provenance } = found.value;
    const facts = await factsOf(scope, { lot, issued: claims.value, certificate, issuer, party, provenance });
    if (!facts.ok) return facts;
    const did = facts.value.issuer.id;
    const credential = await addProof(
      buildPassport(facts.value),
      { verificationMethod: `${did}#${did.slice("did:key:".length)}`, created: scope.now },
      (message) => scope.ports.keys.sign(issuer, message),
    );
    const document = jsonDocument(`${passport}-passport.json`, credential);
    return done({
      entries: [
        ...found.value.entries,
        { kind: "passport_issued", body: claims.value },
        { kind: "passport_signed", body: { passport, credential_digest: document.digest } },
      ],
      answer: { passport, credential },
      documents: [document],
    });
  },
});

async function claimsOf(scope: Scope, given: { lot: Lot; passport: string; product: Product }) {
  const { lot, passport, product } = given;
  const feeds = new Map<string, { measured: FeedRecord["measured_mg"]; claimed: FeedClaims["claimed_mg"] }>();
  for (const feed of Object.keys(lot.feeds_mg)) {
    const record = await scope.get("feed", feed);
    const claims = await scope.get("feed_claims", feed);
    feeds.set(feed, { measured: record?.measured_mg ?? {}, claimed: claims?.claimed_mg ?? {} });
  }
  const link = await scope.get("lot_passport", lot.id);
  return decideIssue({
    before: await scope.get("passport", passport),
    current: link ? await scope.get("passport", link.passport) : undefined,
    body: { passport, lot: lot.id, mass_mg: lot.mass_mg.best, oxide: product.product },
    product,
    shares_mg: lot.feeds_mg,
    feeds,
  });
}

async function factsOf(
  scope: Scope,
  given: {
    lot: Lot;
    issued: PassportIssued;
    certificate: CertificateRecord;
    issuer: string;
    party: { name: string; sample: boolean };
    provenance: Provenance;
  },
) {
  const { lot, issued, certificate, issuer, party, provenance } = given;
  const head = await scope.store.head();
  if (!head) return refuse("lot_unknown", "lot", "the books are empty");
  const { nodes, truncated } = await scope.store.lineage({
    lot: lot.id,
    direction: "up",
    limit: LINEAGE_MAX,
  });
  if (truncated)
    return refuse("lineage_too_large", "lot", `${lot.id} descends from more than ${LINEAGE_MAX} lots`);
  const steps = new Map<string, StepRecord>();
  for (const { record } of nodes) {
    const { made_by } = record;
    const step = await scope.get("step", made_by);
    if (step) steps.set(made_by, step);
  }
  const elements = elementsOf(certifiedProduct(certificate.certificate) ?? issued.oxide);
  const contained = elements.reduce((mg, element) => mg + (lot.elements_mg[element]?.best ?? 0), 0);
  const claimed = Object.values(issued.feeds_mg)
    .flatMap((e) => Object.values(e))
    .reduce((a, b) => a + b, 0);
  return done<PassportFacts>({
    passport: issued.passport,
    issuer: { id: await scope.ports.keys.issuerOf(issuer), name: party.name },
    validFrom: scope.now,
    sample: party.sample,
    lot: lot.id,
    oxide: issued.oxide,
    net_mass_mg: issued.mass_mg,
    certificate: certificate.certificate,
    provenance,
    recycled_share: contained > 0 ? Math.min(1, claimed / contained).toFixed(4) : "0",
    claims_mg: issued.feeds_mg,
    balance: balanceOf([...steps.values()]),
    head: { seq: head.seq, hash: head.hash },
  });
}

/** Element by element over all steps of the lineage. */
function balanceOf(steps: readonly StepRecord[]): PassportFacts["balance"] {
  const total: Record<string, { in_mg: number; out_mg: number; lost_mg: number; residual_mg: number }> = {};
  for (const { closure } of steps) {
    for (const [element, b] of Object.entries(closure.elements)) {
      const sum = total[element] ?? { in_mg: 0, out_mg: 0, lost_mg: 0, residual_mg: 0 };
      total[element] = {
        in_mg: sum.in_mg + b.in_mg + b.added_mg,
        out_mg: sum.out_mg + b.out_mg,
        lost_mg: sum.lost_mg + b.lost_mg,
        residual_mg: sum.residual_mg + b.residual_mg,
      };
    }
  }
  return total;
}

export const revokePassport = command({
  room: "certify",
  verb: "revoke",
  summary: "Revoke a passport with the reason; its claims on the feeds are freed.",
  input: z.strictObject({ passport: PassportId(), why: Text }),
  example: { passport: "P-1", why: "the certificate was of another drum" },
  async decide(scope, { passport: id, why }) {
    const passport = await scope.get("passport", id);
    if (!passport) return refuse("passport_unknown", "passport", `no passport ${id} was issued`);
    if (passport.revoked)
      return refuse("already_revoked", "passport", `${id} was revoked: ${passport.revoked.why}`);
    return done({
      entries: [{ kind: "passport_revoked", body: { passport: id, why } }],
      answer: { passport: id, revoked: true },
    });
  },
});
