import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";

const room = "src/column";
const model = readFileSync(`${room}/MODEL.md`, "utf8");
/** Rows of the last table: names, values, where they are from. */
const rows = model
  .slice(model.indexOf("## Constants"))
  .split("\n")
  .filter((line) => line.startsWith("| `"))
  .map((line) =>
    line
      .split("|")
      .slice(1, -1)
      .map((part) => part.trim()),
  );

const numbers = (text: string): number[] =>
  (text.match(/\d[\d_,.]*(?:e-?\d+)?/g) ?? []).map((n) => Number(n.replaceAll(/[_,]/g, "")));

/** Numbers that are given a name at the top of a file; what counts digits of a loop as well. */
function constants(folder: string): { readonly name: string; readonly values: readonly number[] }[] {
  const files = readdirSync(`${room}/${folder}`).filter(
    (file) => file.endsWith(".ts") && !file.includes(".test."),
  );
  return files.flatMap((file) =>
    [
      ...readFileSync(`${room}/${folder}/${file}`, "utf8").matchAll(
        /^(?:export )?const (\w+) = ([^;a-zA-Z(]*(?:e-?\d+)?[^;a-zA-Z(]*)(?: as const)?;$/gm,
      ),
    ].map(([, name = "", value = ""]) => ({ name, values: numbers(value) })),
  );
}

const found = ["kernel", "accuracy", "outlet", "input"].flatMap(constants);

test("K25: every number that the model's code gives a name stands in MODEL.md as it is, with where it is from", () => {
  assert.ok(found.length > 60, `${found.length}`);
  for (const { name, values } of found) {
    const row = rows.find(([names = ""]) => names.includes(`\`${name}\``));
    assert.ok(row, `${name} is not in MODEL.md`);
    const [, stated = "", from = ""] = row;
    for (const value of values)
      assert.ok(numbers(stated).includes(value), `${name} is ${value}, not ${stated}`);
    assert.ok(from.length > 3, `${name} has no source`);
  }
});
