import assert from "node:assert/strict";
import { test } from "node:test";
import { visible } from "./visible.ts";

test("W32: signs that turn the direction of writing are shown, and scripts written from the right stay as they are", () => {
  assert.equal(visible("invoice\u202efdp.exe"), "invoice⟨U+202E⟩fdp.exe");
  assert.equal(visible("\u2067x\u2069"), "⟨U+2067⟩x⟨U+2069⟩");
  assert.equal(visible("שלום مرحبا \u200f 20 kg"), "שלום مرحبا \u200f 20 kg");
});
