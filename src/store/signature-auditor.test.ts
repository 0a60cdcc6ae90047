import assert from "node:assert/strict";
import { test } from "node:test";
import { born, retired, revoked } from "../../test/frauds/museum-keys.ts";
import { type Bodies, logOf } from "../../test/support/passport-world.ts";
import { SignatureAuditor } from "./signature-auditor.ts";

const issued = (signed_by: string): Bodies[number] => [
  "passport_issued",
  { passport: `P-${signed_by}`, lot: "L", issued_by: "refiner", signed_by },
];

function faultsOf(...bodies: Bodies): string[] {
  const auditor = new SignatureAuditor();
  const found = logOf(bodies).flatMap((entry) => [...auditor.take(entry)]);
  return [...found, ...auditor.finish()].map(({ fault }) => fault);
}

const next = born("K-2", { replaces: "K-1" });

test("P62: keys that follow one another, each signing in its time, are clean", () => {
  assert.deepEqual(faultsOf(issued("K-0"), born("K-0", { adopted: true }), issued("K-0")), []);
  assert.deepEqual(faultsOf(born("K-1"), issued("K-1"), retired("K-1"), next, issued("K-2")), []);
  const stolen = "2026-03-03T00:00:00.000Z";
  assert.deepEqual(faultsOf(born("K-1"), issued("K-1"), revoked("K-1", stolen), next, issued("K-2")), []);
  const [kind, body] = revoked("K-1", "2026-03-02T00:00:00.000Z");
  assert.deepEqual(faultsOf(born("K-1"), issued("K-1"), [kind, { ...body, passports: ["P-K-1"] }]), []);
  const taken_back: Bodies[number] = ["passport_revoked", { passport: "P-K-1", why: "w" }];
  assert.deepEqual(faultsOf(born("K-1"), issued("K-1"), [kind, body], taken_back), []);
});

test("P62: what a key does out of its time, or that is not its party's, is named", () => {
  assert.deepEqual(faultsOf(born("K-1"), born("K-1")), ["key_born_twice", "key_beside_another"]);
  assert.deepEqual(faultsOf(retired("K-1")), ["key_unknown"]);
  assert.deepEqual(faultsOf(born("K-1"), retired("K-1"), retired("K-1")), ["key_not_in_force"]);
  assert.deepEqual(faultsOf(born("K-1"), retired("K-1"), issued("K-1")), ["key_not_in_force"]);
  assert.deepEqual(faultsOf(born("K-1"), issued("K-2")), ["key_unknown"]);
});
