import assert from "node:assert/strict";
import { test } from "node:test";
import { certificateOf, failedIn, worldWith } from "../../test/support/passport-world.ts";

type Change = Parameters<typeof worldWith>[0];
const said = async (facts: NonNullable<Change>["facts"], more: Change = {}) =>
  failedIn(await worldWith({ ...more, ...(facts ? { facts } : {}) }));

const VIRGIN = { Nd: { virgin: 1 } };
const FIRST = {
  collected_in: ["US"],
  sites: [{ step: "calcine", at: "2026-03-01T00:00:00Z" }],
  chain_of_custody: "segregated",
  origin: "recovered from collected end-of-life devices",
};

test("C60: from the third form on provenance is what is worked out from records, and nothing beside it", async () => {
  const provenance = (words: unknown) => said((facts) => Object.assign(facts, { provenance: words }));
  for (const words of [FIRST, "100 % recycled", {}]) {
    const { accepted, found } = await provenance(words);
    assert.deepEqual([accepted, found], [false, ["provenance_differs"]]);
  }
  const beside = await said((facts) =>
    Object.assign(facts["provenance"], { statement: "all of it American" }),
  );
  assert.deepEqual([beside.accepted, beside.found], [false, ["provenance_differs"]]);
  // What was made in the first form is read as it was.
  const first = await said((facts) => Object.assign(facts, { provenance: FIRST }), {
    subject: (subject) => {
      delete subject["rules"];
    },
  });
  assert.deepEqual([first.accepted, first.found], [true, []]);
  const disguised = await said((facts) => Object.assign(facts, { provenance: FIRST }), {
    bodies: (bodies) => {
      for (const [kind, body] of bodies) if (kind === "passport_issued") body["rules"] = 3;
    },
    subject: (subject) => {
      delete subject["rules"];
    },
  });
  assert.deepEqual([disguised.accepted, disguised.found], [false, ["provenance_differs"]], "the log tells");
});

test("C60: a log does not go back to saying less", async () => {
  const virgin = (third: boolean) =>
    worldWith({
      bodies: (bodies) => {
        for (const [kind, body] of bodies) {
          if (kind === "feed_traced") body["trace"] = { ...(body["trace"] as object), feedstock: VIRGIN };
          if (kind === "passport_issued" && body["passport"] === "P-0" && third) body["rules"] = 3;
        }
      },
      facts: (facts) =>
        Object.assign(facts["provenance"], { feedstock: { Nd: { virgin: "1.0000" } }, origin: "virgin" }),
      subject: (subject) => {
        delete subject["rules"];
      },
    });
  assert.equal(failedIn(await virgin(false)).accepted, true, "as passports of the first form are read");
  assert.deepEqual(failedIn(await virgin(true)).found, ["label_too_strong"]);
  const unrested = await worldWith({
    bodies: (bodies) => {
      const certificate = { ...certificateOf("OX-0", 100_000), sample: "Q-0" };
      const rests_on = { sample: "Q-0", lot: "OX-0" };
      const at = bodies.findIndex(([kind]) => kind === "certificate_released");
      bodies.splice(at, 0, ["certificate_released", { lot: "OX-0", certificate, rests_on }]);
    },
  });
  assert.deepEqual(failedIn(unrested).found, ["certificate_not_released"]);
});

test("C61: the balance that is printed is that of the steps", async () => {
  const nd = { in_mg: 943_093, out_mg: 936_356 + 737, lot_mg: 851_356, lost_mg: 6000, residual_mg: 0 };
  const balance = (of: object) => said((facts) => Object.assign(facts, { balance: of }));
  assert.deepEqual(await balance({ Nd: nd }), { accepted: true, found: [], failed: [] });
  for (const wrong of [
    { Nd: { ...nd, lost_mg: 0 } },
    { Nd: { ...nd, note: "x" } },
    { Dy: nd },
    { said: "all" },
  ])
    assert.deepEqual((await balance(wrong)).failed, ["balance"]);
});

test("C67: a passport is not valid from before its certificate of analysis was released", async () => {
  const from = (validFrom: string) => said((facts) => Object.assign(facts, { validFrom }));
  assert.equal((await from("2026-03-04T00:00:00.000Z")).accepted, true);
  assert.deepEqual((await from("2026-03-03T23:59:59.000Z")).found, ["time_before_input"]);
});
