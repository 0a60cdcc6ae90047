import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { Browser, Page } from "playwright-core";
import { openBrowser } from "../support/browser.ts";
import { type SampleServer, sampleServer } from "../support/sample-server.ts";
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

let browser: Browser;
let server: SampleServer;
let darkroom: Page;

before(async () => {
  server = await sampleServer();
  browser = await openBrowser();
  darkroom = await openDarkroom(browser);
});

after(async () => {
  await browser?.close();
  server?.close();
});

for (const look of LOOKS) {
  const name = `${look.width} px, ${look.dark ? "dark" : "light"}`;
  test(`every page looks as it was last agreed to: ${name}`, async (t) => {
    if ((await lettersWidth(darkroom)) !== keptLetters()) {
      t.skip("the letters of this machine are not those of the kept pictures");
      return;
    }
    const changed: string[] = [];
    await eachPage({ browser, darkroom, base: server.base, look }, async (file, picture) => {
      const part = await changedPart(darkroom, kept(file), picture);
      if (hasChanged(part)) changed.push(`${file}: ${(100 * part).toFixed(1)} % of it`);
    });
    assert.deepEqual(changed, [], "look at these pages; where they are better, run node tools/snapshots.ts");
  });
}
