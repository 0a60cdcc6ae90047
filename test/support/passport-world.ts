import assert from "node:assert/strict";
import { generateKeyPairSync, sign } from "node:crypto";
import {
  addProof,
  type Bundle,
  buildCertificate,
  buildPassport,
  didKeyOf,
  discloseFor,
  isFatal,
  type Json,
  mustBeMeasured,
  type Provenance,
  signEnd,
  verifyPassport,
} from "../../src/certify/index.ts";
import { type Entry, GENESIS, sealEntry } from "../../src/ledger/index.ts";

export const NOW = "2026-06-01T00:00:00.000Z";
const BUNDLED = "2026-05-31T23:59:00.000Z";

export function makeSigner() {
  const { privateKey } = generateKeyPairSync("ed25519");
  const jwk = privateKey.export({ format: "jwk" });
  const did = didKeyOf(new Uint8Array(Buffer.from(String(jwk.x), "base64url")));
  return {
    did,
    privateKey,
    sign: async (message: Uint8Array) => new Uint8Array(sign(null, message, privateKey)),
  };
}
export type Signer = ReturnType<typeof makeSigner>;

export const signed = (document: Json, signer: Signer): Promise<Json> =>
  addProof(
    document,
    { verificationMethod: `${signer.did}#${signer.did.slice(8)}`, created: NOW },
    signer.sign,
  );

export const impurities = (praseodymium: string) => [
  ...mustBeMeasured("Nd2O3").map((analyte) => ({
    analyte,
    mg_per_kg: analyte === "Pr6O11" ? praseodymium : "<1",
  })),
  { analyte: "Fe2O3", mg_per_kg: "<3" },
  { analyte: "SiO2", mg_per_kg: "20" },
  { analyte: "CaO", mg_per_kg: "30" },
];

export function certificateOf(lot: string, net_mass_mg: number, results = impurities("22")) {
  const made = buildCertificate({
    lot,
    oxide: "Nd2O3",
    net_mass_mg,
    sample: "Q-1",
    laboratory: "lab",
    method: "ICP-MS",
    convention: "half_limit",
    results,
    reo_pct: "99.6",
    loi_pct: "0.3",
    made_on: "2026-03-01",
    analysed_on: "2026-03-03",
    approved_by: "approver",
    sample_programme: true,
    check: ["4N", "GB-Nd2O3-4N"],
  });
  assert.ok(made.ok, JSON.stringify(made));
  return made.value;
}

export const amount = (best: number, sd = 0) => ({ best, moves: sd ? { scale: sd } : {} });

/** A small honest world: one feed, a split off for another buyer, one oxide lot. Bodies can be changed before they are sealed. */
export interface World {
  readonly signer: Signer;
  readonly entries: Entry[];
  readonly credential: Json;
  readonly bundle: Bundle;
}

export type Bodies = [string, Record<string, unknown>][];

/** Of the devices it is stated that they were waste, and of nothing where it was. */
const DEVICES: Provenance = {
  ...{ rules: 2, collected_in: ["not_stated"], chain_of_custody: "not_stated", origin: "recovered" },
  sites: [{ step: "calcine", country: "not_stated", at: "2026-03-01T00:00:00Z" }],
  ...{ feedstock: { Nd: { post_consumer_device: "1.0000" } }, stated_later: false },
};

const METAL = 857_356;
const SPLIT_METAL = 85_737;
const ENTERED = METAL + SPLIT_METAL;

/** One furnace makes the lot and a drum for another buyer, of one feed. */
const calcined = () => ({
  ...{ step: "S-1", kind: "calcine", site: "x", at: "2026-03-01T00:00:00Z", rules: 2 },
  inputs: [
    {
      lot: "F-1",
      mass_mg: amount(1_320_000, 100),
      elements_mg: { Nd: amount(ENTERED, 500) },
      feeds_mg: { "F-1": { Nd: ENTERED } },
    },
  ],
  additions: [],
  outputs: [
    {
      ...{ lot: "OX-1", kind: "oxide", notes: { oxide: "Nd2O3" } },
      mass_mg: amount(1_000_000, 100),
      elements_mg: { Nd: amount(METAL - 6000, 1500) },
      feeds_mg: { "F-1": { Nd: 850_000 } },
    },
    {
      ...{ lot: "OX-0", kind: "oxide", notes: { oxide: "Nd2O3" } },
      mass_mg: amount(100_000, 100),
      elements_mg: { Nd: amount(SPLIT_METAL) },
      feeds_mg: { "F-1": { Nd: 85_000 } },
    },
  ],
  losses: [{ place: "dust", mass_mg: amount(220_000, 100), elements_mg: { Nd: amount(6000) } }],
});

const honestBodies = (claims: object): Bodies => [
  // Stands first, so that the numbers of entries stay as forgeries know them.
  [
    "feed_traced",
    {
      feed: "F-1",
      trace: {
        ...{ collected_in: ["not_stated"], sites: [], custody: "not_stated", stated_later: false },
        feedstock: { Nd: { post_consumer_device: 1 } },
      },
    },
  ],
  ["feed_measured", { feed: "F-1", elements_mg: { Nd: { best: 1_000_000, sd: 4000 } } }],
  ["step_recorded", calcined()],
  [
    "certificate_released",
    { lot: "OX-1", certificate: certificateOf("OX-1", 1_000_000), at: "2026-03-04T00:00:00.000Z" },
  ],
  [
    "passport_issued",
    { passport: "P-0", lot: "OX-0", mass_mg: 100_000, oxide: "Nd2O3", feeds_mg: { "F-1": { Nd: 85_000 } } },
  ],
  [
    "passport_issued",
    { passport: "P-1", lot: "OX-1", mass_mg: 1_000_000, oxide: "Nd2O3", feeds_mg: structuredClone(claims) },
  ],
  ["passport_signed", { passport: "P-1" }],
];

/** Seals bodies as a log, a day apart. */
export function logOf(bodies: Bodies): Entry[] {
  const entries: Entry[] = [];
  for (const [i, [kind, body]] of bodies.entries()) {
    const time = new Date(Date.UTC(2026, 2, 1 + i)).toISOString();
    const actor = { role: "approver", party: "refiner", verified: false };
    const prev = entries.at(-1)?.hash ?? GENESIS;
    entries.push(sealEntry({ seq: i + 1, time, kind, prev, actor, key: `k${i}`, body, nonce: `n${i}` }));
  }
  return entries;
}

/** A bundle whose end is signed and dated, a minute before it is checked where nothing else is said. */
export const ended = (
  entries: readonly Entry[],
  lots: string | readonly string[],
  { signer, at = BUNDLED }: { readonly signer: Signer; readonly at?: string },
): Promise<Bundle> => signEnd(discloseFor(entries, lots), { issuer: signer.did, at, sign: signer.sign });

export async function worldWith(
  change: {
    bodies?: (bodies: Bodies) => void;
    facts?: (facts: Record<string, any>) => void;
    /** What is signed, as its issuer may write it by hand. */
    subject?: (subject: Record<string, any>) => void;
  } = {},
): Promise<World> {
  const signer = makeSigner();
  const claims = { "F-1": { Nd: 850_000 } };
  const bodies = honestBodies(claims);
  change.bodies?.(bodies);
  const entries = logOf(bodies);
  const before = entries[bodies.findIndex(([, body]) => body["passport"] === "P-1") - 1] as Entry;
  const facts = {
    passport: "P-1",
    issuer: { id: signer.did, name: "Sample Refiner" },
    validFrom: "2026-03-06T00:00:00.000Z",
    sample: true,
    lot: "OX-1",
    oxide: "Nd2O3",
    net_mass_mg: 1_000_000,
    certificate: certificateOf("OX-1", 1_000_000),
    provenance: structuredClone(DEVICES),
    recycled_share: "0.99",
    claims_mg: structuredClone(claims),
    balance: {},
    head: { seq: before.seq, hash: before.hash },
  };
  change.facts?.(facts);
  const passport = buildPassport(facts);
  change.subject?.(passport.credentialSubject);
  const credential = await signed(passport, signer);
  return { signer, entries, credential, bundle: await ended(entries, "OX-1", { signer }) };
}

export const check = (
  world: World,
  given: { credential?: unknown; bundle?: unknown; issuers?: string[] } = {},
) =>
  verifyPassport({
    credential: world.credential,
    bundle: world.bundle,
    issuers: [world.signer.did],
    now: NOW,
    ...given,
  });
export const failedIn = (world: World, given: Parameters<typeof check>[1] = {}) => {
  const v = check(world, given);
  return {
    accepted: v.accepted,
    found: [...new Set(v.findings.filter(isFatal).map(({ code }) => code))],
    failed: [...new Set(v.checks.filter((c) => c.result === "failed").map((c) => c.name))],
  };
};
