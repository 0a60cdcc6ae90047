import assert from "node:assert/strict";
import { test } from "node:test";
import { partOf, readPart } from "./part.ts";

const file = (text: string, name = "given.json") => ({ name, size: text.length, text: async () => text });

test("W5: the three files of a verification are told apart by what is in them", () => {
  assert.equal(partOf({ type: ["VerifiableCredential"], issuer: { id: "did:key:z6" } }), "credential");
  assert.equal(partOf({ format: "didym-bundle/1", headers: [] }), "bundle");
  assert.equal(partOf({ issuers: [{ id: "did:key:z6" }] }), "issuers");
  assert.equal(partOf(["did:key:z6"]), "issuers");
  assert.equal(partOf("not a credential at all"), "credential");
});

test("W5: a file that is not JSON, or too large, is named with its fault", async () => {
  assert.deepEqual(await readPart(file("{", "torn.json")), { fault: "torn.json is not JSON" });
  const large = { ...file("{}", "huge.json"), size: 17 * 1024 * 1024 };
  assert.deepEqual(await readPart(large), { fault: "huge.json is larger than 16 MB" });
  assert.deepEqual(await readPart(file('{"issuers":[]}')), { part: "issuers", content: { issuers: [] } });
});
