import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { mended } from "./mended.ts";
import { productLines } from "./product-lines.ts";
import { slippedDriveModel } from "./slipped-drive.ts";

describe("I26: words with one slip", () => {
  it("I26: lost, doubled, swapped and exchanged characters are read over", () => {
    for (const [slip, word] of [
      ["POWEREGE", "POWEREDGE"],
      ["LATPOP", "LAPTOP"],
      ["IPHONNE", "IPHONE"],
      ["1NSPIRON", "INSPIRON"],
      ["WACTH", "WATCH"],
    ] as const)
      assert.equal(mended(slip), word);
  });
  it("I26: another word stays itself", () => {
    for (const word of ["PATCH", "POWER", "KETTLE", "PLATE", "ST4000DM004", ""])
      assert.equal(mended(word), word);
  });
});

describe("I25: product lines", () => {
  it("I25: the makers' lines say what a thing is", () => {
    for (const [line, kind] of [
      ["LATITUDE E7470", "notebook"],
      ["OPTIPLEX 7050", "desktop"],
      ["OPTIPLEX 7450 AIO", "all_in_one"],
      ["POWEREDGE R640", "server"],
      ["ELITEDESK 800", "desktop"],
      ["VERITON Z4820G", "all_in_one"],
      ["SURFACE PRO 4", "tablet"],
      ["SURFACE LAPTOP 3", "notebook"],
      ["WESTERN DIGITAL CAVIAR", "hdd"],
      ["REDMI NOTE 8", "android_device"],
    ] as const)
      assert.equal(productLines(line)[0], kind, line);
    assert.deepEqual(productLines("SOUP TUREEN"), []);
  });
});

describe("I27: model numbers with one slip", () => {
  it("I27: a doubled, swapped or lost character still hints at the kind", () => {
    for (const word of ["NST3000DM007", "T3300831SCE"])
      assert.equal(slippedDriveModel([word])?.kind, "hdd", word);
    assert.equal(slippedDriveModel(["LATITUDE", "7490"]), null);
  });
});
