import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { z } from "zod";
import { readAgreement } from "../settle/index.ts";
import { AgreementTerms } from "./agreement.ts";

type Json = any;
const sample = (): Json => JSON.parse(readFileSync("examples/settle/statement.json", "utf8")).agreement;
const published = z.toJSONSchema(AgreementTerms, { io: "input" }) as Json;

/** Each place of a schema that has names, with how to find it in a value. */
function places(schema: Json, at: readonly (string | number)[] = []): [readonly (string | number)[], Json][] {
  if (schema.items) return places(schema.items, [...at, 0]);
  if (!schema.properties) return [];
  const within = Object.entries(schema.properties).flatMap(([name, of]) => places(of, [...at, name]));
  return [[at, schema], ...within];
}

test("S5: the published shape asks for what the reader asks for, and no name in an agreement is missing from it", () => {
  assert.ok(readAgreement(sample()).ok);
  for (const [at, schema] of places(published)) {
    const here = at.reduce((value: Json, step) => value?.[step], sample());
    if (here === undefined) continue;
    for (const name of Object.keys(here))
      assert.ok(schema.properties[name], `${[...at, name].join(".")} is not published`);
    for (const name of Object.keys(schema.properties)) {
      if (here[name] === undefined) continue;
      const bent = sample();
      delete at.reduce((value: Json, step) => value[step], bent)[name];
      const needed = (schema.required ?? []).includes(name);
      assert.equal(!readAgreement(bent).ok, needed, `${[...at, name].join(".")} left out`);
    }
  }
});

test("S5: the judge of terms is the reader: what the shape does not know is still read by its clause", () => {
  const bent = sample();
  delete bent.toll.basis;
  assert.ok(AgreementTerms.safeParse(bent).success);
  const read = readAgreement(bent);
  assert.ok(!read.ok && read.refusal.code === "basis_missing");
});
