import assert from "node:assert/strict";
import { test } from "node:test";
import type { Page } from "playwright-core";
import { slugOf } from "../../src/web/guide/guide.ts";
import { GUIDES } from "../../src/web/guide/guides.ts";
import { appJourney } from "../support/app-journey.ts";
import { guidePicture, keptGuidePicture } from "../support/guide-pictures.ts";
import { asPerson, hrefsOf, openAt, settled } from "../support/guide-walk.ts";
import { changedPart, hasChanged, keptLetters, lettersWidth, openDarkroom } from "../support/snapshots.ts";

const app = appJourney({ signIn: true });
/** Opened by the first test that needs it: hooks of a file do not wait for each other. */
let darkroomOpened: Promise<Page> | undefined;
const opened = new Set<string>();

for (const [role, guide] of Object.entries(GUIDES)) {
  test(`W50: ${role}: the first page leads to a guide of one screen, and every link of it leads somewhere`, async () => {
    const context = await asPerson(app.browser, app.base, guide.person);
    try {
      const page = await context.newPage();
      await page.goto(app.base);
      await page.getByRole("link", { name: `Your guide: ${role}` }).click();
      await page.getByRole("heading", { name: `Guide: ${role}`, exact: true }).waitFor();
      await page.waitForLoadState("networkidle");
      const height = await page.evaluate("document.documentElement.scrollHeight");
      assert.equal(height, 900, "it fits one screen of 1280 by 900");
      const drawn = await page.evaluate("document.querySelector('.guide-picture img')?.naturalWidth ?? 0");
      assert.equal(drawn, 640, "its picture is there");
      for (const href of await hrefsOf(page.getByRole("main").getByRole("link"))) {
        // What a party reads does not depend on the role.
        const once = `${guide.person.split("-")[0]} ${href}`;
        if (opened.has(once)) continue;
        opened.add(once);
        await page.goto(app.base + href);
        await settled(page);
        assert.equal(await page.getByRole("heading", { name: /no such page/i }).count(), 0, href);
        assert.equal(await page.getByRole("alert").count(), 0, href);
      }
    } finally {
      await context.close();
    }
  });

  test(`W51: ${role}: what the guide tells to press is there`, async () => {
    const context = await asPerson(app.browser, app.base, guide.person);
    try {
      const page = await context.newPage();
      for (const doing of guide.does) await openAt(page, app.base, doing);
    } finally {
      await context.close();
    }
  });

  test(`W51: ${role}: the picture of the guide is as the page looks now`, async (t) => {
    const darkroom = await (darkroomOpened ??= openDarkroom(app.browser));
    if ((await lettersWidth(darkroom)) !== keptLetters()) {
      t.skip("the letters of this machine are not those of the kept pictures");
      return;
    }
    const { browser, base } = app;
    const now = await guidePicture({ browser, darkroom, base, role });
    const part = await changedPart(darkroom, keptGuidePicture(role), now);
    assert.ok(
      !hasChanged(part),
      `${slugOf(role)}: ${(100 * part).toFixed(1)} % changed; node tools/guide-pictures.ts`,
    );
  });
}
