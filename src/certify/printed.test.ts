import assert from "node:assert/strict";
import { test } from "node:test";
import { failedIn, worldWith } from "../../test/support/passport-world.ts";

type Change = Parameters<typeof worldWith>[0];
const said = async (facts: NonNullable<Change>["facts"], more: Change = {}) =>
  failedIn(await worldWith({ ...more, ...(facts ? { facts } : {}) }));

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
