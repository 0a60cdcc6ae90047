import assert from "node:assert/strict";
import { PassThrough } from "node:stream";
import { test } from "node:test";
import { hiddenLine } from "./hidden-line.ts";

/** A terminal on which these keys are pressed, and what it was told. */
async function typing(keys: readonly string[]) {
  const told: string[] = [];
  const input = Object.assign(new PassThrough(), { setRawMode: (raw: boolean) => told.push(`raw ${raw}`) });
  for (const key of keys) input.write(key);
  const line = await hiddenLine(input, { write: (text) => told.push(text) }, "Token: ").catch(
    (cause: Error) => cause.message,
  );
  return { line, told, destroyed: input.destroyed };
}

test("T18: a token that is typed is shown nowhere, and the terminal shows again what is typed", async () => {
  const { line, told, destroyed } = await typing(["did", "yx", "\u007f", "m_1", "\r"]);
  assert.equal(line, "didym_1");
  assert.deepEqual(told, ["Token: ", "raw true", "raw false", "\n"]);
  assert.ok(destroyed, "nothing is waited for any more");
});

test("T18: who gives up typed nothing, and the terminal is as before", async () => {
  for (const key of ["\u0003", "\u0004"]) {
    const { line, told } = await typing(["secret", key]);
    assert.equal(line, "nothing was typed");
    assert.deepEqual(told, ["Token: ", "raw true", "raw false", "\n"]);
  }
});
