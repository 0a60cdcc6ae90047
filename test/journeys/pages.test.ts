import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { after, before, test } from "node:test";
import type { Browser, Page } from "playwright-core";
import { APP_PAGES } from "../support/app-pages.ts";
import { newContext, openBrowser } from "../support/browser.ts";
import { type SampleServer, sampleServer } from "../support/sample-server.ts";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

let browser: Browser;
let server: SampleServer;

before(async () => {
  server = await sampleServer();
  browser = await openBrowser();
});

after(async () => {
  await browser?.close();
  server?.close();
});

/** Opens a page, and gathers what the browser complains of. */
async function visit(page: Page, path: string): Promise<string[]> {
  const complaints: string[] = [];
  page.on("pageerror", (error) => complaints.push(error.message));
  page.on("console", (message) => {
    if (message.type() === "error") complaints.push(message.text());
  });
  await page.goto(server.base + path);
  await page.waitForLoadState("networkidle");
  return complaints;
}

for (const [path, says] of APP_PAGES) {
  test(`${path} shows "${says}" without complaint, fits a phone, and has no serious barrier`, async () => {
    const context = await newContext(browser, { width: 390 });
    try {
      const page = await context.newPage();
      const complaints = await visit(page, path);
      assert.deepEqual(complaints, []);
      const heading = page.locator("h1");
      assert.equal(await heading.count(), 1, "one h1");
      assert.match((await heading.innerText()).replaceAll("\n", " "), new RegExp(says));
      const overflow = await page.evaluate("document.documentElement.scrollWidth - innerWidth");
      assert.equal(overflow, 0, "nothing is wider than the screen");
      await page.addScriptTag({ content: axe }).catch(() => page.evaluate(axe));
      const serious = await page.evaluate(
        `axe.run(document, { resultTypes: ["violations"] }).then((r) => r.violations.filter((v) => v.impact === "serious" || v.impact === "critical").map((v) => v.id + ": " + v.nodes[0].html.slice(0, 160)))`,
      );
      assert.deepEqual(serious, []);
    } finally {
      await context.close();
    }
  });
}
