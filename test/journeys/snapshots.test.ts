import assert from "node:assert/strict";
import { test } from "node:test";
import type { Page } from "playwright-core";
import { appJourney } from "../support/app-journey.ts";
import {
  changedPart,
  eachPage,
  hasChanged,
  kept,
  keptLetters,
  LOOKS_TRIED,
  lettersWidth,
  openDarkroom,
} from "../support/snapshots.ts";

const app = appJourney();
/** Opened by the first test: hooks of a file do not wait for each other. */
let opened: Promise<Page> | undefined;

for (const look of LOOKS_TRIED) {
  const name = `${look.width} px, ${look.dark ? "dark" : "light"}`;
  test(`every page looks as it was last agreed to: ${name}`, async (t) => {
    const darkroom = await (opened ??= openDarkroom(app.browser));
    if ((await lettersWidth(darkroom)) !== keptLetters()) {
      t.skip("the letters of this machine are not those of the kept pictures");
      return;
    }
    const changed: string[] = [];
    await eachPage({ browser: app.browser, darkroom, base: app.base, look }, async (file, picture) => {
      const part = await changedPart(darkroom, kept(file), picture);
      if (hasChanged(part)) changed.push(`${file}: ${(100 * part).toFixed(1)} % of it`);
    });
    assert.deepEqual(changed, [], "look at these pages; where they are better, run node tools/snapshots.ts");
  });
}
