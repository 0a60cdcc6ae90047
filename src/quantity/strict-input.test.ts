import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { z } from "zod";
import { fieldNotIn, readStrictly } from "./index.ts";

const Weighing = z.strictObject({ mass: z.string(), scale: z.string().optional() });
const Step = z.strictObject({
  site: z.string(),
  inputs: z.array(Weighing).default([]),
  content: z
    .discriminatedUnion("by", [
      z.strictObject({ by: z.literal("share") }),
      z.strictObject({ by: z.literal("assay"), laboratory: z.string() }),
    ])
    .optional(),
  mass: z.union([z.string(), z.strictObject({ value: z.number(), unit: z.string() })]).optional(),
  mg_per_kg: z.record(z.string(), z.number()).optional(),
});

const read = (given: unknown) => readStrictly(Step, given);
const refusalOf = (given: unknown) => {
  const answer = read(given);
  assert.ok(!answer.ok);
  return answer.refusal;
};

describe("strict inputs", () => {
  it("Q6: a field that is not known is refused at its own place, with the nearest name", () => {
    const { code, at, message } = refusalOf({ site: "s", inputs: [{ mass: "1 kg" }, { mas: "1 kg" }] });
    assert.deepEqual([code, at], ["field_unknown", "inputs[1].mas"]);
    assert.match(message, /did you mean mass\?/);
    assert.match(refusalOf({ site: "s", colour: "red" }).message, /known are site, inputs/);
  });

  it("Q6: it is named before what is missing, which is often what was misspelt", () => {
    assert.equal(refusalOf({ sit: "s" }).code, "field_unknown");
    assert.deepEqual([refusalOf({}).code, refusalOf({}).at], ["input_malformed", "site"]);
  });

  it("Q6: a name that one of several forms does not know is found in the form that would fit", () => {
    assert.equal(refusalOf({ site: "s", mass: { value: 1, unit: "kg", unt: "t" } }).at, "mass.unt");
    assert.equal(
      refusalOf({ site: "s", content: { by: "assay", laboratory: "l", lab: "l" } }).at,
      "content.lab",
    );
    assert.equal(refusalOf({ site: "s", mass: 7 }).code, "input_malformed");
  });

  it("Q6: what a choice misses may be what was misspelt, and so may the field that tells choices apart", () => {
    assert.equal(refusalOf({ site: "s", mass: { value: 1, unt: "t" } }).at, "mass.unt");
    const teller = refusalOf({ site: "s", content: { byy: "rest" } });
    assert.deepEqual([teller.code, teller.at], ["field_unknown", "content.byy"]);
    const other = refusalOf({ site: "s", content: { by: "share", laboratory: "l" } });
    assert.equal(other.at, "content.laboratory");
    assert.ok(!other.message.includes("did you mean laboratory"), other.message);
  });

  it("Q6: what is missing is said to be, and of a choice the form that is nearest says what is wrong with it", () => {
    assert.equal(refusalOf({}).message, "site is missing: expected string");
    assert.equal(refusalOf({ site: 7 }).message, "site: expected string, received number");
    assert.match(refusalOf({ site: "s", mass: 7 }).message, /^mass: string, received number, or object/);
    const inner = refusalOf({ site: "s", mass: { value: "1", unit: "kg" } });
    assert.deepEqual(
      [inner.at, inner.message],
      ["mass.value", "mass.value: expected number, received string"],
    );
    const portions = z.strictObject({
      portions: z.union([
        z.array(z.strictObject({ side: z.literal("umpire") })).length(3),
        z.array(z.strictObject({ side: z.literal("product"), mass: z.string() })).min(1),
      ]),
    });
    const said = readStrictly(portions, { portions: [{ side: "product" }] });
    assert.deepEqual(said.ok ? "" : [said.refusal.at, said.refusal.message], [
      "portions[0].mass",
      "portions[0].mass is missing: expected string",
    ]);
  });

  it("Q7: note and names that begin with _ are taken anywhere, and are in no value", () => {
    const given = {
      site: "s",
      note: "said",
      _why: { any: 1 },
      inputs: [{ mass: "1 kg", _row: 7, note: "x" }],
    };
    assert.deepEqual(read(given), { ok: true, value: { site: "s", inputs: [{ mass: "1 kg" }] } });
    assert.equal(given.inputs[0]?._row, 7, "what was given is left as it was");
    assert.equal(refusalOf({ site: "s", _x: 1, sites: "t" }).at, "sites");
  });

  it("Q6: a room that reads by itself is as strict, by the schema it publishes", () => {
    const schema = {
      properties: {
        seed: {},
        units: { items: { properties: { count: {} } } },
        wt_pct: { additionalProperties: {} },
      },
    };
    const at = (given: unknown) => fieldNotIn(schema, given)?.refusal.at;
    assert.equal(at({ seed: 1, units: [{ count: 1 }, { cont: 2 }] }), "units[1].cont");
    assert.equal(at({ sed: 1 }), "sed");
    assert.equal(at({ constructor: 1 }), "constructor", "a name that every object has");
    assert.equal(at({ seed: 1, wt_pct: { Nd: 1 }, note: "x", _y: 2 }), undefined);
  });

  it("Q7: names of a list that anyone may lengthen are data, not free text", () => {
    const answer = read({ site: "s", mg_per_kg: { note: 3, _x: 4 } });
    assert.ok(answer.ok);
    assert.deepEqual(answer.value.mg_per_kg, { note: 3, _x: 4 });
  });
});
