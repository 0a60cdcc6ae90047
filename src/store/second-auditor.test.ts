import assert from "node:assert/strict";
import { test } from "node:test";
import type { Actor, Entry } from "../ledger/index.ts";
import { SecondAuditor } from "./second-auditor.ts";

const signedIn = (person: string): Actor => ({ role: "approver", party: "r", verified: true, person });
const STATED: Actor = { role: "approver", party: "r", verified: false };

/** What is found in entries, of who wrote them past the program. */
function found(...told: readonly (readonly [kind: string, body: object, actor: Actor])[]): string[] {
  const auditor = new SecondAuditor();
  return told.flatMap(([kind, body, actor]) =>
    auditor.take({ kind, body, actor } as unknown as Entry).map(({ fault }) => `${kind} ${fault}`),
  );
}

test("Z68: who confirms what they did is found in each pair of steps; another, or who only states who they are, is not", () => {
  const rests_on = { sample: "Q" };
  const pairs: readonly (readonly [first: string, second: string, body: object])[] = [
    ["assay_reported", "assay_released", { sample: "Y", side: "supplier" }],
    ["media_sanitized", "sanitization_certified", { consignment: "C" }],
    ["certificate_released", "passport_issued", { lot: "L", rests_on }],
    ["approval_asked", "approval_given", { approval: "V" }],
  ];
  for (const [first, second, body] of pairs) {
    const then = (one: Actor, two: Actor) => found([first, body, one], [second, body, two]);
    assert.deepEqual(then(signedIn("P-1"), signedIn("P-1")), [`${second} second_person_same`]);
    assert.deepEqual(then(signedIn("P-1"), signedIn("P-2")), []);
    assert.deepEqual(then(STATED, STATED), []);
  }
  const reported = ["product_reported", { sample: "Q" }, signedIn("P-1")] as const;
  const released = ["assay_released", { sample: "Q", side: "product" }, signedIn("P-1")] as const;
  assert.deepEqual(found(reported, released), ["assay_released second_person_same"]);
  assert.deepEqual(found(reported, ["certificate_released", { lot: "L", rests_on }, signedIn("P-1")]), [
    "certificate_released second_person_same",
  ]);
});

test("Z68: of what is done anew the last counts, of what several do each of them", () => {
  const [one, two] = [signedIn("P-1"), signedIn("P-2")];
  const report = { sample: "Y", side: "supplier" };
  assert.deepEqual(
    found(["assay_reported", report, one], ["assay_reported", report, two], ["assay_released", report, one]),
    [],
  );
  const wiped = { consignment: "C" };
  assert.deepEqual(
    found(
      ["media_sanitized", wiped, one],
      ["media_sanitized", wiped, two],
      ["sanitization_certified", wiped, one],
    ),
    ["sanitization_certified second_person_same"],
  );
});
