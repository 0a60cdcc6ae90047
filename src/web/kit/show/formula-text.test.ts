import assert from "node:assert/strict";
import { test } from "node:test";
import { countsIn, oxidesIn } from "./formula-text.ts";

const found = (text: string) => oxidesIn(text).filter((_, k) => k % 2 === 1);

test("W26: oxides are found in a sentence, and nothing else is taken for one", () => {
  assert.deepEqual(found("Nd comes back as Nd2O3: 90 %, Pr as Pr6O11, Ca as CaO"), [
    "Nd2O3",
    "Pr6O11",
    "CaO",
  ]);
  assert.deepEqual(found("GB-Nd2O3-4N, OX-Nd2O3, C-2602-O-1, OX-2601-Nd, O-2602, CO2301"), []);
  assert.equal(oxidesIn("60 kg Nd2O3 to 4N").join(""), "60 kg Nd2O3 to 4N", "a text is only taken apart");
  assert.deepEqual(countsIn("Pr6O11"), ["Pr", "6", "O", "11", ""]);
});
