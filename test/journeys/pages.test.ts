import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { test } from "node:test";
import type { Page } from "playwright-core";
import { appJourney } from "../support/app-journey.ts";
import { APP_PAGES } from "../support/app-pages.ts";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

const app = appJourney();

/** Names of the tables that are wider than the phone. */
const WIDE_TABLES = `[...document.querySelectorAll(".scroll")]
  .filter((box) => box.querySelector("table") && box.scrollWidth > box.clientWidth + 1)
  .map((box) => box.getAttribute("aria-label"))`;

/** What the browser complains of while a page is open. */
function listenTo(page: Page, complaints: string[]): void {
  page.on("pageerror", (error) => complaints.push(error.message));
  page.on("console", (message) => {
    if (message.type() === "error") complaints.push(message.text());
  });
}

for (const [path, says] of APP_PAGES) {
  test(`${path} shows "${says}" without complaint, fits a phone, and has no serious barrier`, async () => {
    const complaints: string[] = [];
    const walk = async (page: Page) => {
      await page.waitForLoadState("networkidle");
      assert.deepEqual(complaints, []);
      const heading = page.locator("h1");
      assert.equal(await heading.count(), 1, "one h1");
      assert.match((await heading.innerText()).replaceAll("\n", " "), new RegExp(says));
      const overflow = await page.evaluate("document.documentElement.scrollWidth - innerWidth");
      assert.equal(overflow, 0, "nothing is wider than the screen");
      assert.deepEqual(await page.evaluate(WIDE_TABLES), [], "no table is read sideways");
      await page.addScriptTag({ content: axe }).catch(() => page.evaluate(axe));
      const serious = await page.evaluate(
        `axe.run(document, { resultTypes: ["violations"] }).then((r) => r.violations.filter((v) => v.impact === "serious" || v.impact === "critical").map((v) => v.id + ": " + v.nodes[0].html.slice(0, 160)))`,
      );
      assert.deepEqual(serious, []);
    };
    await app.visit(path, walk, { width: 390, prepare: (page) => listenTo(page, complaints) });
  });
}
