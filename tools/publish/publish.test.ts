import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { before, describe, it } from "node:test";
import { FACE_CODES } from "../../src/app/core/refusals.ts";
import { useCases } from "../../src/app/use-cases.ts";
import { type Json, PUBLISHED, type PublishedSchemas, publish } from "./publish.ts";

describe("published types", () => {
  let now: PublishedSchemas;
  before(() => {
    now = publish();
  });

  it("A21 are those of the use cases as they are: after a change, npm run publish-types", () => {
    assert.deepEqual(JSON.parse(readFileSync(PUBLISHED, "utf8")), now);
  });

  it("name every use case", () => {
    const paths = useCases.map(({ room, verb }) => `${room}/${verb}`).sort();
    assert.deepEqual(Object.keys(now.answers), paths);
    assert.deepEqual(Object.keys(now.refusals), paths);
  });

  it("name a field in every answer, and say which are always there", () => {
    for (const [path, answer] of Object.entries(now.answers)) {
      const fields = fieldsOf(answer, now);
      assert.ok(fields.size > 0, `${path} answers an object without one named field`);
    }
    assert.ok(fieldsOf(now.answers["ledger/trace"] ?? {}, now).has("lots"));
  });

  it("A21 hold the codes of what a use case calls, and not those of the faces", () => {
    const allocate = Object.keys(now.refusals["orders/allocate"] ?? {});
    for (const code of ["already_promised", "order_unknown", "mass_unit_unknown", "date_in_future"])
      assert.ok(allocate.includes(code), `${code} comes from what it calls`);
    const common = new Set<string>(FACE_CODES);
    assert.deepEqual(
      allocate.filter((code) => common.has(code)),
      [],
    );
  });
});

/** Fields of an answer; of a list, those of its items. */
function fieldsOf(schema: Json, { definitions }: PublishedSchemas): Set<string> {
  const ref = schema["$ref"];
  if (typeof ref === "string")
    return fieldsOf(definitions[ref.split("/").at(-1) ?? ""] ?? {}, { definitions } as PublishedSchemas);
  const parts = [schema["items"], ...((schema["anyOf"] as Json[] | undefined) ?? [])].filter(
    Boolean,
  ) as Json[];
  const own = Object.keys((schema["properties"] as object | undefined) ?? {});
  const free = schema["additionalProperties"] === undefined ? [] : ["*"];
  return new Set([
    ...own,
    ...free,
    ...parts.flatMap((p) => [...fieldsOf(p, { definitions } as PublishedSchemas)]),
  ]);
}
