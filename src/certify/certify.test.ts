import assert from "node:assert/strict";
import { createPublicKey, generateKeyPairSync, sign, verify } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { before, test } from "node:test";
import fc from "fast-check";
import { type Entry, GENESIS, sealEntry } from "../ledger/index.ts";
import {
  addProof,
  analyse,
  type Bundle,
  buildCertificate,
  buildPassport,
  checkSpecification,
  didKeyOf,
  discloseFor,
  findSpecification,
  fromBase58,
  type Json,
  mustBeMeasured,
  proofFault,
  publicKeyOf,
  readIssuers,
  signedBytes,
  toBase58,
  verifyPassport,
} from "./index.ts";

const NOW = "2026-06-01T00:00:00.000Z";

function makeSigner() {
  const { privateKey } = generateKeyPairSync("ed25519");
  const jwk = privateKey.export({ format: "jwk" });
  const did = didKeyOf(new Uint8Array(Buffer.from(String(jwk.x), "base64url")));
  return {
    did,
    privateKey,
    sign: async (message: Uint8Array) => new Uint8Array(sign(null, message, privateKey)),
  };
}
type Signer = ReturnType<typeof makeSigner>;

const signed = (document: Json, signer: Signer) =>
  addProof(
    document,
    { verificationMethod: `${signer.did}#${signer.did.slice(8)}`, created: NOW },
    signer.sign,
  );

test("C1: the published lanthanum oxide analysis, by each convention", () => {
  // Measured and below-limit results of Miura and Wada 2022 (Front. Chem. 10:888636), table 3, in mg/kg.
  const results = [
    ...Object.entries({
      Y: "0.20",
      Ce: "0.09",
      Pr: "0.048",
      Nd: "0.13",
      Tb: "0.0032",
      Dy: "0.017",
      Ho: "0.018",
      Er: "0.033",
      Tm: "0.01",
      Lu: "0.0039",
    }),
    ...Object.entries({ Sc: "<0.2", Sm: "<0.011", Eu: "<0.002", Gd: "<0.010", Yb: "<0.62", Th: "<0.0022" }),
  ].map(([analyte, mg_per_kg]) => ({ analyte, mg_per_kg }));
  const sum = (convention: "zero" | "half_limit" | "full_limit") => {
    const a = analyse({ basis: "oxide", results, convention });
    assert.ok(a.ok);
    return Number(a.value.sum_mg_per_kg).toFixed(4);
  };
  assert.deepEqual([sum("zero"), sum("half_limit"), sum("full_limit")], ["0.5531", "0.9757", "1.3983"]);
});

test("C1 C2: unreadable never passes; only rare earths count to the N", () => {
  const ask = (results: { analyte: string; mg_per_kg: string }[]) => {
    const a = analyse({ basis: "TREO", results, convention: "zero" });
    return a.ok ? a.value.purity_pct : a.refusal.code;
  };
  assert.equal(ask([{ analyte: "Pr6O11", mg_per_kg: "100" }]), "99.99");
  assert.equal(ask([{ analyte: "Fe2O3", mg_per_kg: "100" }]), "100");
  assert.equal(ask([{ analyte: "Pr6O11", mg_per_kg: "about 5" }]), "reading_unreadable");
  assert.equal(ask([{ analyte: "Pr6O11", mg_per_kg: "-5" }]), "reading_unreadable");
  assert.equal(
    ask([
      { analyte: "Pr6O11", mg_per_kg: "1" },
      { analyte: "Pr6O11", mg_per_kg: "2" },
    ]),
    "analyte_named_twice",
  );
  assert.equal(ask([{ analyte: "unobtainium", mg_per_kg: "1" }]), "analyte_unknown");
});

const impurities = (praseodymium: string) => [
  ...mustBeMeasured("Nd2O3").map((analyte) => ({
    analyte,
    mg_per_kg: analyte === "Pr6O11" ? praseodymium : "<1",
  })),
  { analyte: "Fe2O3", mg_per_kg: "<3" },
  { analyte: "SiO2", mg_per_kg: "20" },
  { analyte: "CaO", mg_per_kg: "30" },
];

function certificateOf(lot: string, net_mass_mg: number, results = impurities("22")) {
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
    made_on: "2026-04-01",
    analysed_on: "2026-04-03",
    approved_by: "approver",
    sample_programme: true,
    check: ["4N", "GB-Nd2O3-4N"],
  });
  assert.ok(made.ok, JSON.stringify(made));
  return made.value;
}

test("C3: a limit is passed, failed or not checked, and unproven is not met", () => {
  const spec = findSpecification("GB-Nd2O3-4N");
  assert.ok(spec);
  const meets = (results: ReturnType<typeof impurities>) =>
    checkSpecification(certificateOf("L", 1000, results), spec).meets;
  assert.equal(meets(impurities("22")), "yes");
  assert.equal(meets(impurities("31")), "no");
  assert.equal(meets(impurities("<40")), "unproven");
  assert.equal(meets(impurities("22").filter((r) => r.analyte !== "Fe2O3")), "unproven");
  assert.equal(meets(impurities("22").filter((r) => r.analyte !== "Tb4O7")), "unproven");
  const fourN = findSpecification("4N");
  assert.ok(fourN);
  assert.equal(checkSpecification(certificateOf("L", 1000, impurities("101")), fourN).meets, "no");
});

test("C4: base58 and did:key round trip, leading zeros and all", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 80 }), (bytes) => {
      fc.pre(bytes.length > 0);
      assert.deepEqual(fromBase58(toBase58(bytes)), bytes);
    }),
  );
  const key = new Uint8Array(32).map((_, i) => i);
  assert.deepEqual(publicKeyOf(didKeyOf(key)), key);
  assert.equal(publicKeyOf("did:web:example.org"), undefined);
});

test("C4: node's own Ed25519 accepts what was signed, over the bytes the suite names", async () => {
  const signer = makeSigner();
  const document = await signed({ "@context": ["https://www.w3.org/ns/credentials/v2"], a: 7.5 }, signer);
  const { proof, ...rest } = document as { proof: { proofValue: string } & Json };
  const { proofValue, ...config } = proof;
  const signature = fromBase58(proofValue);
  assert.ok(
    signature && verify(null, signedBytes(rest, config), createPublicKey(signer.privateKey), signature),
  );
  assert.equal(proofFault(document), undefined);
  assert.equal(proofFault(JSON.parse(JSON.stringify(document).replace("7.5", "7.50"))), undefined);
  assert.equal(proofFault(JSON.parse(JSON.stringify(document).replace("7.5", "7.51"))), "signature_wrong");
  assert.equal(
    proofFault({ ...document, proof: { ...proof, created: "2026-06-02T00:00:00.000Z" } }),
    "signature_wrong",
  );
  assert.equal(proofFault(rest), "proof_missing");
});

const vectors = "../shared/cases/traceability/w3c/eddsa-vectors/eddsa-jcs-2022/signedJCS.json";
test("C4: the W3C vector of eddsa-jcs-2022 verifies, and not when changed", {
  skip: !existsSync(vectors) && "no ../shared/cases here",
}, () => {
  const document = JSON.parse(readFileSync(vectors, "utf8"));
  assert.equal(proofFault(document), undefined);
  assert.equal(proofFault({ ...document, extra: true }), "signature_wrong");
});

const amount = (best: number, sd = 0) => ({ best, moves: sd ? { scale: sd } : {} });

/** A small honest world: one feed, a split off for another buyer, one oxide lot. Bodies can be changed before they are sealed. */
interface World {
  readonly signer: Signer;
  readonly entries: Entry[];
  readonly credential: Json;
  readonly bundle: Bundle;
}

async function worldWith(
  change: {
    bodies?: (bodies: [string, Record<string, unknown>][]) => void;
    facts?: (facts: Record<string, any>) => void;
  } = {},
): Promise<World> {
  const signer = makeSigner();
  const metal = 857_356;
  const claims = { "F-1": { Nd: 850_000 } };
  const bodies: [string, Record<string, unknown>][] = [
    ["lot_opened", { lot: "F-1" }],
    ["feed_measured", { feed: "F-1", elements_mg: { Nd: { best: 1_000_000, sd: 4000 } } }],
    [
      "step_recorded",
      {
        step: "S-1",
        kind: "calcine",
        site: "x",
        at: "2026-03-01T00:00:00Z",
        inputs: [
          {
            lot: "F-1",
            mass_mg: amount(1_200_000, 100),
            elements_mg: { Nd: amount(metal, 500) },
            feeds_mg: { "F-1": { Nd: metal } },
          },
        ],
        additions: [],
        outputs: [
          {
            lot: "OX-1",
            kind: "oxide",
            mass_mg: amount(1_000_000, 100),
            elements_mg: { Nd: amount(metal - 6000, 500) },
            feeds_mg: { "F-1": { Nd: 850_000 } },
          },
        ],
        losses: [{ place: "dust", mass_mg: amount(200_000, 100), elements_mg: { Nd: amount(6000) } }],
      },
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
  change.bodies?.(bodies);
  const entries: Entry[] = [];
  for (const [i, [kind, body]] of bodies.entries()) {
    const actor = { role: "approver", party: "refiner", verified: false };
    entries.push(
      sealEntry({
        seq: i + 1,
        time: `2026-03-0${i + 1}T00:00:00.000Z`,
        kind,
        prev: entries.at(-1)?.hash ?? GENESIS,
        actor,
        key: `k${i}`,
        body,
        nonce: `n${i}`,
      }),
    );
  }
  const signedAt = entries[3] as Entry;
  const facts = {
    passport: "P-1",
    issuer: { id: signer.did, name: "Sample Refiner" },
    validFrom: "2026-04-05T00:00:00.000Z",
    sample: true,
    lot: "OX-1",
    oxide: "Nd2O3",
    net_mass_mg: 1_000_000,
    certificate: certificateOf("OX-1", 1_000_000),
    provenance: {
      collected_in: ["US"],
      sites: [],
      chain_of_custody: "controlled_blending" as const,
      origin: "not determinable",
    },
    recycled_share: "0.99",
    claims_mg: structuredClone(claims),
    balance: {},
    head: { seq: signedAt.seq, hash: signedAt.hash },
  };
  change.facts?.(facts);
  const credential = await signed(buildPassport(facts), signer);
  return { signer, entries, credential, bundle: discloseFor(entries, "OX-1") };
}

const check = (world: World, given: { credential?: unknown; bundle?: unknown; issuers?: string[] } = {}) =>
  verifyPassport({
    credential: world.credential,
    bundle: world.bundle,
    issuers: [world.signer.did],
    now: NOW,
    ...given,
  });
const failedIn = (world: World, given: Parameters<typeof check>[1] = {}) => {
  const v = check(world, given);
  return {
    accepted: v.accepted,
    failed: [...new Set(v.checks.filter((c) => c.result === "failed").map((c) => c.name))],
  };
};

let honest: World;
before(async () => {
  honest = await worldWith();
});

test("C7: the honest passport is accepted, every check passed", () => {
  const v = check(honest);
  assert.deepEqual(
    v.checks.filter((c) => c.result !== "passed"),
    [],
  );
  assert.equal(v.accepted, true);
});

test("C11: without the bundle what needs it is not checked, and total claims are said to be open", () => {
  const v = verifyPassport({ credential: honest.credential, issuers: [honest.signer.did], now: NOW });
  assert.equal(v.checks.find((c) => c.name === "feed_claims")?.result, "not_checked");
  assert.equal(v.accepted, true);
});

test("C5: who is not trusted is not accepted, however well it signed", () => {
  assert.deepEqual(failedIn(honest, { issuers: ["did:key:zOther"] }), {
    accepted: false,
    failed: ["issuer_trusted"],
  });
  const v = verifyPassport({ credential: honest.credential, bundle: honest.bundle, now: NOW });
  assert.equal(v.accepted, false);
  assert.equal(v.checks.find((c) => c.name === "issuer_trusted")?.result, "not_checked");
});

type Change = Parameters<typeof worldWith>[0];
const step = (bodies: [string, Record<string, unknown>][]) => bodies[2]?.[1] as any;

/** One thing wrong each, signed with the right key: only arithmetic can find it. */
const liars: readonly [string, Change, string[]][] = [
  [
    "a claim above what the feed holds",
    { bodies: (b) => void ((b[1] as any)[1].elements_mg.Nd.best = 900_000) },
    ["feed_claims"],
  ],
  [
    "another passport claims the rest and more",
    { bodies: (b) => void ((b[3] as any)[1].feeds_mg["F-1"].Nd = 150_001) },
    ["feed_claims"],
  ],
  [
    "metal appears in a step",
    { bodies: (b) => void (step(b).outputs[0].elements_mg.Nd.best += 9000) },
    ["balance"],
  ],
  ["mass vanishes in a step", { bodies: (b) => void (step(b).losses[0].mass_mg.best -= 2000) }, ["balance"]],
  [
    "more is claimed than the steps bring",
    { bodies: (b) => void (step(b).outputs[0].feeds_mg["F-1"].Nd = 849_999) },
    ["lineage"],
  ],
  ["an input lot nobody made", { bodies: (b) => void (step(b).inputs[0].lot = "F-9") }, ["lineage"]],
  [
    "the log says another mass",
    { bodies: (b) => void ((b[4] as any)[1].mass_mg = 999_999) },
    ["this_passport_recorded"],
  ],
  [
    "the log says other claims",
    { bodies: (b) => void ((b[4] as any)[1].feeds_mg["F-1"].Nd = 849_000) },
    ["this_passport_recorded"],
  ],
  [
    "revoked",
    { bodies: (b) => void b.push(["passport_revoked", { passport: "P-1", why: "wrong drum" }]) },
    ["not_revoked"],
  ],
  [
    "purity that its impurities do not give",
    {
      facts: (f) =>
        void (f["certificate"] = {
          ...f["certificate"],
          purity: { ...f["certificate"].purity, purity_pct: "99.999" },
        }),
    },
    ["certificate"],
  ],
  [
    "a specification it does not meet",
    {
      facts: (f) =>
        void (f["certificate"] = {
          ...certificateOf("OX-1", 1_000_000, impurities("400")),
          specifications: f["certificate"].specifications,
        }),
    },
    ["certificate"],
  ],
  [
    "a certificate of another mass",
    { facts: (f) => void (f["certificate"] = certificateOf("OX-1", 999_000)) },
    ["certificate"],
  ],
  ["valid only next year", { facts: (f) => void (f["validFrom"] = "2027-01-01T00:00:00Z") }, ["validity"]],
  ["signed on another log", { facts: (f) => void (f["head"] = { seq: 4, hash: "0".repeat(64) }) }, ["chain"]],
  [
    "more metal than the oxide can hold",
    {
      bodies: (b) => {
        (b[1] as any)[1].elements_mg.Nd.best = 2_000_000;
        (b[4] as any)[1].feeds_mg["F-1"].Nd = 860_000;
        step(b).outputs[0].feeds_mg["F-1"].Nd = 860_000;
      },
      facts: (f) => void (f["claims_mg"] = { "F-1": { Nd: 860_000 } }),
    },
    ["stoichiometry"],
  ],
];
for (const [name, change, failed] of liars) {
  test(`C8 C9: ${name}: ${failed.join(", ")}`, async () => {
    assert.deepEqual(failedIn(await worldWith(change)), { accepted: false, failed });
  });
}

/** Changed after signing, without the key. */
const tampered: readonly [string, (world: World) => Parameters<typeof check>[1], string[]][] = [
  [
    "a digit of the net mass",
    (w) => ({
      credential: JSON.parse(
        JSON.stringify(w.credential).replace('"net_mass_mg":1000000', '"net_mass_mg":1000001'),
      ),
    }),
    ["signature", "certificate", "this_passport_recorded"],
  ],
  [
    "another issuer's name",
    (w) => ({
      credential: JSON.parse(JSON.stringify(w.credential).replace("Sample Refiner", "Real Refiner")),
    }),
    ["signature"],
  ],
  [
    "headers in another order",
    (w) => ({ bundle: { ...w.bundle, headers: [...w.bundle.headers].reverse() } }),
    ["chain"],
  ],
  ["a header left out", (w) => ({ bundle: { ...w.bundle, headers: w.bundle.headers.slice(1) } }), ["chain"]],
  [
    "the end of the log cut off",
    (w) => ({ bundle: { ...w.bundle, headers: w.bundle.headers.slice(0, 3) } }),
    ["chain"],
  ],
  [
    "another passport hidden",
    (w) => ({ bundle: { ...w.bundle, disclosed: w.bundle.disclosed.filter((d) => d.seq !== 4) } }),
    ["claims_complete"],
  ],
  [
    "a step hidden",
    (w) => ({ bundle: { ...w.bundle, disclosed: w.bundle.disclosed.filter((d) => d.seq !== 3) } }),
    ["lineage"],
  ],
  [
    "a disclosed body changed",
    (w) => ({
      bundle: {
        ...w.bundle,
        disclosed: w.bundle.disclosed.map((d) =>
          d.seq === 2 ? { ...d, body: { ...d.body, feed: "F-2" } } : d,
        ),
      },
    }),
    ["disclosed_content"],
  ],
];
for (const [name, change, failed] of tampered) {
  test(`C4 C7: ${name}: ${failed.join(", ")}`, () => {
    assert.deepEqual(failedIn(honest, change(honest)), { accepted: false, failed });
  });
}

test("C9: the same lot under another name counts twice", async () => {
  const other = await signed({ ...(buildPassport(factsOf(honest.credential)) as Json) }, honest.signer);
  const v = verifyPassport({
    credential: honest.credential,
    bundle: honest.bundle,
    issuers: [honest.signer.did],
    others: [other],
    now: NOW,
  });
  assert.equal(v.checks.find((c) => c.name === "feed_claims")?.result, "failed");
});

function factsOf(credential: Json): Parameters<typeof buildPassport>[0] {
  const subject = credential["credentialSubject"] as any;
  return {
    ...subject,
    passport: "P-2",
    issuer: credential["issuer"],
    validFrom: credential["validFrom"],
    ...subject.product,
  };
}

test("C10: whatever is given, the verifier answers and accepts nothing strange", () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.jsonValue(), (credential, bundle) => {
      assert.equal(verifyPassport({ credential, bundle, issuers: ["x"], now: NOW }).accepted, false);
    }),
  );
  fc.assert(
    fc.property(
      fc.jsonValue(),
      fc.constantFrom("credentialSubject", "issuer", "proof", "type", "validFrom", "@context"),
      (junk, field) => {
        assert.equal(check(honest, { credential: { ...honest.credential, [field]: junk } }).accepted, false);
      },
    ),
  );
});

test("C5: lists of issuers are read in both forms, others refused", () => {
  assert.deepEqual(readIssuers(["a"]), { ok: true, value: ["a"] });
  assert.deepEqual(readIssuers({ issuers: [{ id: "a", name: "A" }] }), { ok: true, value: ["a"] });
  for (const junk of [null, 5, {}, { issuers: [5] }, [{}]]) assert.equal(readIssuers(junk).ok, false);
});
