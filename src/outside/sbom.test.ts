import assert from "node:assert/strict";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { Ajv } from "ajv";
import { sbomIn, sbomOf } from "./sbom.ts";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));

/** The rules of the published schema (bom-1.6.schema.json of CycloneDX) for all that is written here, and nothing else is allowed. */
const license = {
  oneOf: [
    {
      ...{ type: "object", required: ["license"], additionalProperties: false },
      properties: {
        license: {
          ...{ type: "object", additionalProperties: false, minProperties: 1, maxProperties: 1 },
          properties: { id: { type: "string", pattern: "^[A-Za-z0-9.+-]+$" }, name: { type: "string" } },
        },
      },
    },
    {
      ...{ type: "object", required: ["expression"], additionalProperties: false },
      properties: { expression: { type: "string" } },
    },
  ],
};
const component = {
  ...{ type: "object", required: ["type", "name"], additionalProperties: false },
  properties: {
    type: { enum: ["application", "framework", "library", "container", "platform", "file"] },
    "bom-ref": { type: "string", minLength: 1 },
    group: { type: "string" },
    name: { type: "string", minLength: 1 },
    version: { type: "string", maxLength: 1024 },
    scope: { enum: ["required", "optional", "excluded"] },
    purl: { type: "string", pattern: "^pkg:npm/(%40[a-z0-9._-]+/)?[A-Za-z0-9._-]+@[0-9A-Za-z.%+-]+$" },
    licenses: { type: "array", items: license },
    hashes: {
      type: "array",
      items: {
        ...{ type: "object", required: ["alg", "content"], additionalProperties: false },
        properties: {
          alg: { enum: ["MD5", "SHA-1", "SHA-256", "SHA-384", "SHA-512"] },
          content: {
            pattern: "^([a-fA-F0-9]{32}|[a-fA-F0-9]{40}|[a-fA-F0-9]{64}|[a-fA-F0-9]{96}|[a-fA-F0-9]{128})$",
          },
        },
      },
    },
  },
};
const SCHEMA = {
  ...{ type: "object", required: ["bomFormat", "specVersion"], additionalProperties: false },
  properties: {
    bomFormat: { enum: ["CycloneDX"] },
    specVersion: { enum: ["1.6"] },
    serialNumber: {
      pattern: "^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$",
    },
    version: { type: "integer", minimum: 1 },
    metadata: {
      ...{ type: "object", additionalProperties: false },
      properties: {
        component,
        tools: { type: "object", properties: { components: { type: "array", items: component } } },
      },
    },
    components: { type: "array", uniqueItems: true, items: component },
    dependencies: {
      type: "array",
      uniqueItems: true,
      items: {
        ...{ type: "object", required: ["ref"], additionalProperties: false },
        properties: {
          ref: { type: "string", minLength: 1 },
          dependsOn: { type: "array", uniqueItems: true, items: { type: "string", minLength: 1 } },
        },
      },
    },
  },
};
const holds = new Ajv({ strict: false, allErrors: true }).compile(SCHEMA);
const faultsOf = (bom: unknown) => (holds(bom) ? [] : holds.errors);

test("T13: what is installed by the lockfile is told in CycloneDX 1.6, each package with its licence", () => {
  const bom = sbomIn(ROOT, "1.2.3");
  assert.deepEqual(faultsOf(bom), []);
  const refs = bom.components.map((one) => one["bom-ref"]);
  assert.equal(new Set(refs).size, refs.length);
  const known = new Set([...refs, "didym"]);
  for (const { ref, dependsOn } of bom.dependencies)
    for (const one of [ref, ...dependsOn]) assert.ok(known.has(one), `${ref} depends on ${one}`);
  const hono = bom.components.find(({ name }) => name === "hono");
  assert.deepEqual([hono?.scope, hono?.licenses], ["required", [{ license: { id: "MIT" } }]]);
  assert.match(hono?.hashes?.[0]?.content ?? "", /^[0-9a-f]{128}$/);
  assert.equal(bom.components.find(({ name }) => name === "typescript")?.scope, "excluded");
  const bare = bom.components.filter(({ licenses }) => !licenses);
  assert.ok(bare.length <= 1, `without a licence: ${bare.map(({ name }) => name).join(", ")}`);
  assert.deepEqual(sbomIn(ROOT, "1.2.3"), bom);
});

test("T13: a scoped package, an expression, a licence in words, and who depends on which of two copies", () => {
  const bom = sbomOf(
    {
      lockfileVersion: 3,
      packages: {
        "": { name: "didym", license: "Apache-2.0", dependencies: { "@a/b": "1", c: "1" } },
        "node_modules/@a/b": { version: "1.0.0+x", license: "(MIT OR CC0-1.0)", dependencies: { c: "2" } },
        "node_modules/@a/b/node_modules/c": { version: "2.0.0", license: "SEE LICENSE IN README.md" },
        "node_modules/c": { version: "1.0.0", optional: true },
        "node_modules/own": { link: true },
      },
    },
    { version: "1", licenseIn: (path) => (path === "node_modules/c" ? "ISC" : undefined) },
  );
  assert.deepEqual(faultsOf(bom), []);
  const [b, inner, c] = bom.components;
  assert.deepEqual([b?.group, b?.name, b?.purl], ["@a", "b", "pkg:npm/%40a/b@1.0.0%2Bx"]);
  assert.deepEqual(b?.licenses, [{ expression: "MIT OR CC0-1.0" }]);
  assert.deepEqual(inner?.licenses, [{ license: { name: "SEE LICENSE IN README.md" } }]);
  assert.deepEqual([c?.scope, c?.licenses], ["optional", [{ license: { id: "ISC" } }]]);
  assert.deepEqual(
    bom.dependencies.map(({ ref, dependsOn }) => [ref, dependsOn]),
    [
      ["didym", ["node_modules/@a/b", "node_modules/c"]],
      ["node_modules/@a/b", ["node_modules/@a/b/node_modules/c"]],
      ["node_modules/@a/b/node_modules/c", []],
      ["node_modules/c", []],
    ],
  );
});

test("T13: what the schema of CycloneDX forbids is found by the rules that are used here", () => {
  const bom = sbomIn(ROOT, "1");
  const [first, ...rest] = bom.components;
  for (const wrong of [
    { ...bom, specVersion: "9" },
    { ...bom, serialNumber: "1" },
    { ...bom, surprise: 1 },
    { ...bom, components: [{ ...first, type: "thing" }, ...rest] },
    { ...bom, components: [{ ...first, hashes: [{ alg: "SHA-512", content: "zz" }] }, ...rest] },
    { ...bom, components: [{ ...first, licenses: [{ license: { id: "MIT", name: "MIT" } }] }, ...rest] },
  ])
    assert.ok((faultsOf(wrong) ?? []).length > 0);
});
