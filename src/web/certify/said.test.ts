import assert from "node:assert/strict";
import { test } from "node:test";
import { collectedText, feedstockLines, leftTo, recycledText } from "./said.ts";

const stated = {
  rules: 2,
  collected_in: [{ country: "US", region: "IL" }, { country: "CA" }],
  sites: [],
  chain_of_custody: "controlled_blending",
  origin: "recovered",
  feedstock: { Nd: { post_consumer_device: "0.9000", pre_consumer_swarf: "0.1000" } },
  stated_later: false,
} as const;

test("a passport's provenance is read as it is stated, and what is not stated is called so", () => {
  assert.equal(collectedText(stated), "IL, US; CA");
  assert.deepEqual(feedstockLines(stated), ["Nd: post consumer device 90 %, pre consumer swarf 10 %"]);
  assert.equal(recycledText(stated, "1.0000"), "100 % recycled");
  const silent = { ...stated, collected_in: ["not_stated"], origin: "not_stated" } as const;
  assert.equal(collectedText(silent), "not stated");
  assert.equal(recycledText(silent, "1.0000"), "100 % from settled feeds, feedstock not stated");
  assert.match(recycledText({ ...stated, origin: "virgin" as const }, "1.0000"), /origin virgin$/);
});

test("a passport of the first form is shown, and its words are not taken for records", () => {
  const first = {
    collected_in: ["US"],
    sites: [],
    chain_of_custody: "controlled_blending",
    origin: "recovered",
  };
  assert.equal(collectedText(first), "US");
  assert.deepEqual(feedstockLines(first), ["not stated"]);
  assert.match(recycledText(first, "0.9"), /feedstock not stated/);
});

test("C16: what parts leave to a passport is shown, and nothing where there are none", () => {
  assert.equal(leftTo({ mass_mg: 10 }), undefined);
  assert.equal(leftTo({ mass_mg: 10, parts: {} }), undefined);
  assert.equal(leftTo({ mass_mg: 10, parts: { "P-2": 4, "P-3": 1 } }), 5);
  assert.equal(leftTo({ mass_mg: 10, parts: { "P-2": 4, "P-3": 6 } }), 0);
});
