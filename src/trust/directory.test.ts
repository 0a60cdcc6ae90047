import assert from "node:assert/strict";
import { test } from "node:test";
import { MemoryBook } from "../ledger/index.ts";
import { applyTrust, type TrustRecords } from "./apply.ts";
import { type Directory, decideDirectory, decideDirectoryEnd, inForce, roleTold } from "./directory.ts";

const AT = "2026-11-30T08:00:00.000Z";
const NORTH: Directory = {
  ...{ party: "north", issuer: "https://login.north.example/tenant", client_id: "didym", claim: "groups" },
  roles: [
    { value: "administrators", role: "administrator" },
    { value: "dock", role: "weigher" },
  ],
  named_at: AT,
};
const code = (
  said: { ok: boolean } & { readonly refusal?: { readonly code: string; readonly at: string } },
) => (said.ok ? "done" : `${said.refusal?.code} at ${said.refusal?.at}`);

test("Z80: a directory is asked over https, on this machine's loopback over http, and nowhere else", () => {
  const at = (issuer: string) => code(decideDirectory(undefined, { ...NORTH, issuer }));
  for (const issuer of [
    ...[
      "https://login.north.example",
      "https://login.north.example:8443/a/b",
      "https://login.north.example/",
    ],
    ...["http://localhost:4000", "http://127.0.0.1", "http://[::1]:4000/a"],
  ])
    assert.equal(at(issuer), "done", issuer);
  for (const issuer of [
    ...["http://login.north.example", "http://localhost.example", "http://127.0.0.1.example", "ftp://a"],
    ...[
      "https://user@login.north.example",
      "https://login.north.example?a=b",
      "https://login.north.example#a",
    ],
  ])
    assert.equal(at(issuer), "issuer_insecure at issuer", issuer);
});

test("Z80: each value gives one role that there is; the very same again is no news, and after it was forgotten it is", async () => {
  const twice = [...NORTH.roles, { value: "dock", role: "chemist" }];
  assert.equal(
    code(decideDirectory(undefined, { ...NORTH, roles: twice })),
    "value_named_twice at roles[2].value",
  );
  const strange = [{ value: "dock", role: "harbour master" }];
  assert.equal(
    code(decideDirectory(undefined, { ...NORTH, roles: strange })),
    "role_unknown at roles[0].role",
  );
  assert.equal(code(decideDirectory(NORTH, NORTH)), "directory_already_named at party");
  assert.equal(code(decideDirectory(NORTH, { ...NORTH, claim: "roles" })), "done");
  assert.equal(code(decideDirectoryEnd(undefined, { party: "north", at: AT })), "directory_unknown at party");

  const book = new MemoryBook<TrustRecords>();
  await applyTrust(book, { kind: "directory_named", body: NORTH });
  assert.ok(inForce(await book.get("directory", "north")));
  await applyTrust(book, { kind: "directory_forgotten", body: { party: "north", at: AT } });
  const ended = await book.get("directory", "north");
  assert.equal(inForce(ended), false);
  assert.equal(code(decideDirectoryEnd(ended, { party: "north", at: AT })), "directory_unknown at party");
  assert.equal(code(decideDirectory(ended, NORTH)), "done");
});

test("Z83: a role is the first of the table that somebody has, in a claim by its name or by names within each other", () => {
  const told = (claims: object, claim = "groups") => {
    const role = roleTold({ ...NORTH, claim }, claims as Record<string, unknown>);
    return role.ok ? role.value : role.refusal.code;
  };
  assert.equal(told({ groups: ["dock", "administrators"] }), "administrator");
  assert.equal(told({ groups: "dock" }), "weigher");
  assert.equal(told({ realm: { roles: ["dock"] } }, "realm.roles"), "weigher");
  assert.equal(told({ "https://north.example/role": "dock" }, "https://north.example/role"), "weigher");
  for (const claims of [
    {},
    { groups: [] },
    { groups: ["Dock"] },
    { groups: [["dock"]] },
    { groups: { dock: true } },
  ])
    assert.equal(told(claims), "role_not_mapped", JSON.stringify(claims));
  assert.equal(told({}, "constructor.name"), "role_not_mapped");
});

test("Z83 Z85: whoever a directory tells of is there from the first time, and keeps all but the role", async () => {
  const book = new MemoryBook<TrustRecords>();
  const vouched = (role: string, at: string) =>
    applyTrust(book, { kind: "person_vouched_for", body: { person: "U-1", party: "north", role, at } });
  await vouched("weigher", AT);
  await vouched("chemist", "2026-12-01T08:00:00.000Z");
  assert.deepEqual(await book.get("person", "U-1"), {
    ...{ id: "U-1", party: "north", role: "chemist", sample: false, registered_at: AT, by_directory: true },
  });
});
