import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { readSignedBytes, readSignedJson } from "./signed-json.ts";

const code = (text: string): string => {
  const read = readSignedJson(text, "passport.json");
  return read.ok ? "read" : read.refusal.code;
};

test("what two readers could take differently is refused by name", () => {
  const cases: readonly [text: string, why: RegExp][] = [
    ['{"a":1,"b":{},"a":2}', /"a" stands twice/],
    ['{"a":1,"\\u0061":2}', /"a" stands twice/],
    ['[{"x":[{"a":{"b":1}},{"a":1,"c":"a","a":1}]}]', /"a" stands twice/],
    ['{"__proto__":{"accepted":true}}', /__proto__/],
    ['{"a":9007199254740993}', /9007199254740993/],
    ['{"a":1e999}', /1e999/],
    ['{"a":-0}', /-0/],
    ['{"a":0.1000000000000000055}', /0.1000000000000000055/],
    ['{"a":"\\ud800"}', /half a letter/],
    ['{"\\udc00":1}', /half a letter/],
    ['\ufeff{"a":1}', /byte order mark/],
  ];
  for (const [text, why] of cases) {
    const read = readSignedJson(text, "passport.json");
    assert.ok(!read.ok, text);
    assert.equal(read.refusal.code, "json_ambiguous", text);
    assert.match(read.refusal.message, why);
  }
});

test("what is not one JSON text is malformed: anything after its end, comments, a comma too many", () => {
  for (const text of ['{"a":1} {"a":2}', '{"a":1}]', '{"a":1,}', "{'a':1}", '{"a":1/**/}', "{a:1}", ""])
    assert.equal(code(text), "json_malformed", text);
});

test("one name in two objects, and numbers of one value, are read", () => {
  for (const text of ['[{"a":1},{"a":2}]', '{"a":{"a":"a"},"b":["a","a"]}', "[7.50,1e3,0.1,-2.5E-3,0,1.0]"])
    assert.equal(code(text), "read", text);
});

test("whatever JSON is written is read as it was", () => {
  fc.assert(
    fc.property(fc.jsonValue({ noUnicodeString: false }), (value) => {
      const text = JSON.stringify(value);
      const read = readSignedJson(text, "");
      if (read.ok) assert.deepEqual(read.value, JSON.parse(text));
      else assert.match(text, /__proto__|\\ud/);
    }),
  );
});

test("a byte order mark in a file is seen, and bytes that are no text are named", () => {
  const marked = readSignedBytes(new TextEncoder().encode('\ufeff{"a":1}'), "p.json");
  assert.equal(marked.ok ? "read" : marked.refusal.code, "json_ambiguous");
  const broken = readSignedBytes(new Uint8Array([0x22, 0xff, 0x22]), "p.json");
  assert.equal(broken.ok ? "read" : broken.refusal.code, "not_utf8");
});
