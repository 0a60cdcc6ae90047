import assert from "node:assert/strict";
import { test } from "node:test";
import { z } from "zod";
import { useCases } from "../../app/use-cases.ts";
import { everyAct, type Offered } from "./acts.ts";
import { draftOf, fromAddress, inputOf } from "./draft.ts";
import { fieldOf, type Schema } from "./field.ts";

/** What the API publishes of an input. */
const schemaOf = (input: z.ZodType) =>
  z.toJSONSchema(input, { io: "input", unrepresentable: "any" }) as Schema;

/** Masses written as parts become text in a form; everything else comes back as it was. */
const asForm = (value: unknown): unknown =>
  JSON.parse(
    JSON.stringify(value, (_key, v: unknown) =>
      typeof v === "string" && /^\d{4}-\d\d-\d\dT/.test(v) ? new Date(v).toISOString() : v,
    ),
  );

for (const of of useCases) {
  if (of.type !== "command") continue;
  test(`W8: ${of.room} ${of.verb}: a form filled with the example says the example again`, () => {
    const field = fieldOf(schemaOf(of.input));
    assert.equal(field.kind, "group");
    const said = inputOf(field, draftOf(field, of.example));
    const read = of.input.safeParse(said);
    assert.ok(read.success, read.error?.message);
    assert.deepEqual(asForm(read.data), asForm(of.input.parse(of.example)));
  });

  test(`W8: ${of.room} ${of.verb}: an empty form says nothing that was not filled in`, () => {
    const field = fieldOf(schemaOf(of.input));
    const said = inputOf(field, draftOf(field)) ?? {};
    const read = of.input.safeParse(said);
    const defaults = JSON.stringify(said).length;
    assert.ok(read.success || defaults < 400, "only defaults stand in it");
  });
}

test("W8: an address fills places by dots", () => {
  assert.deepEqual(fromAddress({ to: "noblesville", "lots.0.lot": "L-1", "lots.1.lot": "L-2" }), {
    to: "noblesville",
    lots: [{ lot: "L-1" }, { lot: "L-2" }],
  });
});

test("W8: every act a page offers is a command, and the place it fills is one of its fields", () => {
  for (const { act, names } of everyAct as readonly Offered[]) {
    const of = useCases.find((u) => `${u.room}/${u.verb}` === act);
    assert.ok(of?.type === "command", act);
    if (names === undefined) continue;
    let place: unknown = schemaOf(of.input);
    for (const step of names.split(".")) {
      const { items, properties } = place as Schema;
      place = /^\d+$/.test(step) ? items : properties?.[step];
    }
    assert.ok(place, `${act} has no ${names}`);
  }
});

test("W8: what may be none is left empty and said as none; options read as their titles", () => {
  const field = fieldOf({
    type: "object",
    properties: {
      to: { anyOf: [{ type: "string", format: "date" }, { type: "null" }] },
      rule: { anyOf: [{ const: 1, title: "the middle one" }, { const: 2 }] },
      split: {
        anyOf: [
          { const: "mean" },
          { type: "object", properties: { share: { type: "string" } }, required: ["share"] },
        ],
      },
    },
    required: ["to", "rule", "split"],
  });
  const said = { to: null, rule: 2, split: "mean" };
  assert.deepEqual(inputOf(field, draftOf(field, said)), said);
  const weighed = { to: "2026-12-31", rule: 1, split: { share: "0.4" } };
  assert.deepEqual(inputOf(field, draftOf(field, weighed)), weighed);
  assert.ok(field.kind === "group" && field.fields[1]?.field.kind === "choice");
  assert.deepEqual(field.fields[1].field.titles, { 1: "the middle one" });
});
