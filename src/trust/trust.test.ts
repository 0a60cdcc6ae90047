import assert from "node:assert/strict";
import { test } from "node:test";
import { listRoles, markRole } from "./index.ts";

test("G6: listed roles say what they do; others may act and are marked", () => {
  assert.ok(listRoles().length >= 8 && listRoles().every((r) => r.listed && r.does.length > 0));
  assert.equal(markRole(" Intake Lead ").listed, true);
  assert.deepEqual(markRole("juggler"), {
    role: "juggler",
    listed: false,
    does: "not a role this programme lists",
  });
  assert.equal(markRole("constructor").listed, false);
});
