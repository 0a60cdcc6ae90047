import assert from "node:assert/strict";
import { test } from "node:test";
import { identifyLine } from "../line/identify-line.ts";
import { namedDevice } from "./device-names.ts";

test("I31: makers' numbers and names say what a device is", () => {
  const cases: readonly (readonly [string, string | null])[] = [
    ["SM G973U", "android_device"],
    ["SM R800", "smartwatch"],
    ["SM R170", "earbuds"],
    ["GT I9300", "android_device"],
    ["XT1900 1", "android_device"],
    ["TB X304F", "android_device"],
    ["MZ 76E1T0", "ssd"],
    ["APPLE A1466", "notebook"],
    ["A1418", "all_in_one"],
    ["A1347", "desktop"],
    ["HP 840 G5", "notebook"],
    ["HP ELITEDESK 800 G3", "desktop"],
    ["PROONE 400 G4 20 IN AIO", null],
    ["LENOVO 20L6S29D00", "notebook"],
    ["THINKPAD X1 TABLET 20KJ001EUS", null],
    ["GALAXY WATCH 4", "smartwatch"],
    ["SAMSUNG SM951", null],
    ["PROLIANT DL380 G7", null],
    ["1 TB 7200", null],
  ];
  for (const [plain, device] of cases) assert.equal(namedDevice(plain), device, plain);
});

test("I31: such a name decides the line, where pieces of words had said something else", () => {
  for (const [line, device] of [
    ["Samsung SM-R800", "smartwatch"],
    ["Galaxy Buds Pro", "earbuds"],
    ["qty 3 samsung sm-a515f", "android_device"],
    ["Roku 3", "set_top_box"],
  ] as const)
    assert.equal(identifyLine(line).class, device, line);
});

test("I31: a number that Apple prints on a device names the model", () => {
  for (const line of ["A2172 64GB", "MGF13LL/A"]) {
    const { class: device, candidates } = identifyLine(line);
    assert.equal(device, "phone", line);
    assert.equal(candidates[0]?.model, "iPhone 12", line);
  }
});
