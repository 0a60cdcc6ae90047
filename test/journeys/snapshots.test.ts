import assert from "node:assert/strict";
import { before, test } from "node:test";
import type { Page } from "playwright-core";
import { appJourney } from "../support/app-journey.ts";
import {
  changedPart,
  eachPage,
  hasChanged,
  kept,
  keptLetters,
  LOOKS,
  lettersWidth,
  openDarkroom,
} from "../support/snapshots.ts";

const app = appJourney();
let darkroom: Page;

before(async () => {
  darkroom = await openDarkroom(app.browser);
});

for (const look of LOOKS) {
  const name = `${look.width} px, ${look.dark ? "dark" : "light"}`;
  test(`every page looks as it was last agreed to: ${name}`, async (t) => {
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
