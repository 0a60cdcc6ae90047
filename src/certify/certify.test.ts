import assert from "node:assert/strict";
import { createPublicKey, verify } from "node:crypto";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import fc from "fast-check";
import { caseFile, skipWithout } from "../../test/support/cases.ts";
import { certificateOf, impurities, makeSigner, signed } from "../../test/support/passport-world.ts";
import {
  analyse,
  checkSpecification,
  didKeyOf,
  findSpecification,
  fromBase58,
  type Json,
  proofFault,
  publicKeyOf,
  readIssuers,
  signedBytes,
  toBase58,
} from "./index.ts";

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

const vectors = caseFile("traceability", "w3c", "eddsa-vectors", "eddsa-jcs-2022", "signedJCS.json");
test("C4: the W3C vector of eddsa-jcs-2022 verifies, and not when changed", {
  skip: skipWithout(vectors),
}, () => {
  const document = JSON.parse(readFileSync(vectors, "utf8"));
  assert.equal(proofFault(document), undefined);
  assert.equal(proofFault({ ...document, extra: true }), "signature_wrong");
});

test("C5: lists of issuers are read in both forms, others refused", () => {
  assert.deepEqual(readIssuers(["a"]), { ok: true, value: [{ id: "a" }] });
  assert.deepEqual(readIssuers({ issuers: [{ id: "a", name: "A" }] }), { ok: true, value: [{ id: "a" }] });
  for (const junk of [null, 5, {}, { issuers: [5] }, [{}]]) assert.equal(readIssuers(junk).ok, false);
});
