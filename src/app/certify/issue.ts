import { z } from "zod";
import {
  addProof,
  balanceOver,
  buildPassport,
  type CertificateRecord,
  certificateStands,
  certifiedProduct,
  decideIssue,
  decideShare,
  type FeedClaims,
  methodOf,
  openStep,
  type PassportFacts,
  type PassportIssued,
  type Provenance,
  recycledOf,
  shareText,
  withoutClaim,
} from "../../certify/index.ts";
import type { Product } from "../../chemistry/index.ts";
import { Text } from "../../contract/fields.ts";
import { NewOrMadeId, OxideLotId, PartyId, PassportId } from "../../contract/identifiers.ts";
import {
  type FeedRecord,
  foundBeyondMade,
  type Lot,
  PUT_RIGHT,
  productOf,
  type StepRecord,
} from "../../ledger/index.ts";
import { done, refuse } from "../../quantity/index.ts";
import { handsOf } from "../../trust/index.ts";
import { jsonDocument } from "../core/documents.ts";
import { plannedFor } from "../core/plans.ts";
import { provenanceFor } from "../core/provenance.ts";
import { inTwo, notSecond } from "../core/two.ts";
import { command, type Scope } from "../core/use-case.ts";
import { type Mother, motherOf } from "./mother.ts";
import { signerOf, signing, signWith } from "./signer.ts";
import { mayIssue, whoRevokes } from "./who-issues.ts";

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
  concerns: { says: "the issuer", of: async ({ issuer }) => [issuer] },
  async decide(scope, { lot: id, issuer, passport: named }) {
    const party = await scope.get("party", issuer);
    if (!party) return refuse("party_unknown", "issuer", `no party ${issuer} is registered`);
    const alone = await notSecond(scope, { confirms: handsOf.certified(id), of: [issuer] });
    if (alone) return alone;
    const certified = await certifiedLot(scope, id);
    if (!certified.ok) return certified;
    const { lot, certificate, product } = certified.value;
    const passport = named ?? scope.newId("P-");
    const raised = foundBeyondMade(lot, product.elements);
    if (raised !== undefined)
      return refuse(
        "more_than_was_made",
        "lot",
        `more ${raised} was found in ${id}, or in what it was made of, than was made of it: no verifier accepts that. ${PUT_RIGHT}`,
      );
    // A passport that came onto the books meanwhile is looked at again before a key is made.
    await scope.watch("passport", passport);
    const signer = await signerOf(scope, issuer);
    if (!signer.ok) return signer;
    const { key, born } = signer.value;
    const claimed_mg = (await scope.get("taking", id))?.claimed ?? {};
    const mother = await motherOf(scope, Object.keys(claimed_mg));
    const claims = await claimsOf(scope, { lot, passport, product, issuer, key, claimed_mg, mother });
    if (!claims.ok) return claims;
    const { issued, no_claim } = claims.value;
    const of = { mass_mg: lot.mass_mg.best, certificate: certificate.certificate, held: lot };
    const share = decideShare(id, of, issued.feeds_mg);
    if (!share.ok) return share;
    const found = await provenanceFor(scope, { lot: id, elements: product.elements });
    if (!found.ok) return found;
    for (const step of found.value.steps) {
      const open = openStep(step, product.elements);
      if (open)
        return refuse("step_proves_nothing", "lot", `step ${step.step}, on the way to ${id}: ${open}`);
    }
    const recycled = recycledOf(of, issued.feeds_mg, found.value.traceOf);
    const facts = await factsOf(scope, {
      lot,
      issued,
      share: shareText(recycled.share),
      certificate,
      party,
      key,
      found: found.value,
    });
    if (!facts.ok) return facts;
    const allowed = await mayIssue(scope, { lot, issuer, key, mother: mother?.record });
    if (!allowed.ok) return allowed;
    const options = { verificationMethod: methodOf(key), created: scope.now };
    const signed = await signing(() =>
      addProof(buildPassport(facts.value), options, signWith(scope.ports, key)),
    );
    if (!signed.ok) return signed;
    const credential = signed.value;
    const document = jsonDocument(`${passport}-passport.json`, credential);
    return done({
      entries: [
        ...born,
        ...found.value.entries,
        { kind: "passport_issued", body: issued },
        { kind: "passport_signed", body: { passport, credential_digest: document.digest } },
      ],
      answer: { passport, credential, no_claim },
      documents: [document],
    });
  },
});

/** A lot with a certificate of analysis that stands, of the product and the mass that it is and holds now. */
async function certifiedLot(scope: Scope, id: string) {
  const lot = await scope.get("lot", id);
  if (!lot) return refuse("lot_unknown", "lot", `no lot ${id} is on the books`);
  if (lot.state !== "on_hand") return refuse("lot_not_on_hand", "lot", `${id} is ${lot.state}`);
  const planned = await plannedFor(scope, id);
  if (planned.length > 0)
    return refuse(
      "already_planned",
      "lot",
      `${id} is planned in ${planned.join(", ")}: a passport is of what stays as it is; cancel that first`,
    );
  const certificate = await scope.get("certificate", id);
  if (!certificate)
    return refuse(
      "certificate_missing",
      "lot",
      `${id} has no released certificate of analysis: draw a sample of it, have its results released, and certify it; what was divided or repacked has none of the lot before it`,
    );
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
      `${id} holds ${lot.mass_mg.best} mg, its certificate is for ${certificate.certificate.net_mass_mg} mg: certify what is left of it anew`,
    );
  }
  const product = certifiedProduct(certificate.certificate);
  if (!product || productOf(lot) !== product.product) {
    const of = certificate.certificate.oxide;
    return refuse("product_differs", "lot", `${id} is ${productOf(lot)}, its certificate is for ${of}`);
  }
  return done({ lot, certificate, product });
}

async function claimsOf(
  scope: Scope,
  given: {
    lot: Lot;
    passport: string;
    product: Product;
    issuer: string;
    key: string;
    claimed_mg: Readonly<Record<string, number>>;
    mother: Mother | undefined;
  },
) {
  const { lot, passport, product, issuer, key, claimed_mg, mother } = given;
  const feeds = new Map<string, { measured: FeedRecord["measured_mg"]; claimed: FeedClaims["claimed_mg"] }>();
  for (const feed of Object.keys(lot.feeds_mg)) {
    const record = await scope.get("feed", feed);
    const claims = await scope.get("feed_claims", feed);
    feeds.set(feed, { measured: record?.measured_mg ?? {}, claimed: claims?.claimed_mg ?? {} });
  }
  const link = await scope.get("lot_passport", lot.id);
  const no_claim = withoutClaim({ lot, elements: product.elements, shares_mg: lot.feeds_mg, feeds });
  const decided = decideIssue({
    before: await scope.get("passport", passport),
    current: link ? await scope.get("passport", link.passport) : undefined,
    body: {
      ...{ passport, lot: lot.id, mass_mg: lot.mass_mg.best, oxide: product.product },
      ...{ rules: 3, issued_by: issuer, signed_by: key },
    },
    product,
    shares_mg: lot.feeds_mg,
    feeds,
    no_claim,
    claimed_mg,
    mother,
  });
  return decided.ok ? done({ issued: decided.value, no_claim }) : decided;
}

async function factsOf(
  scope: Scope,
  given: {
    lot: Lot;
    issued: PassportIssued;
    share: string;
    certificate: CertificateRecord;
    key: string;
    party: { name: string; sample: boolean };
    found: { readonly provenance: Provenance; readonly steps: readonly StepRecord[] };
  },
) {
  const { lot, issued, share, certificate, key, party, found } = given;
  const head = await scope.store.head();
  if (!head) return refuse("lot_unknown", "lot", "the books are empty");
  return done<PassportFacts>({
    passport: issued.passport,
    issuer: { id: key, name: party.name },
    validFrom: scope.now,
    sample: party.sample,
    lot: lot.id,
    oxide: issued.oxide,
    net_mass_mg: issued.mass_mg,
    certificate: certificate.certificate,
    provenance: found.provenance,
    recycled_share: share,
    claims_mg: issued.feeds_mg,
    ...(issued.part_of ? { part_of: issued.part_of } : {}),
    balance: balanceOver(lot.id, found.steps),
    head: { seq: head.seq, hash: head.hash },
  });
}

export const revokePassport = inTwo(
  command({
    room: "certify",
    verb: "revoke",
    summary: "Revoke a passport with the reason, as who issued it; its claims on the feeds are freed.",
    input: z.strictObject({ passport: PassportId(), why: Text }),
    example: { passport: "P-1", why: "the certificate was of another drum" },
    concerns: {
      says: "who issued it; of older ones, the owner of the lot or who made it",
      of: async ({ passport }, records) => whoRevokes(records, passport),
    },
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
  }),
);
