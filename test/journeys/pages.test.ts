import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { after, before, test } from "node:test";
import type { Browser, Page } from "playwright-core";
import { newContext, openBrowser } from "../support/browser.ts";
import { type SampleServer, sampleServer } from "../support/sample-server.ts";

const PAGES = [
  ["/", "Overview"],
  ["/consignments", "Consignments"],
  ["/consignments/C-2606", "C-2606"],
  ["/lots", "Lots"],
  ["/lots/OX-2601-Nd", "OX-2601-Nd"],
  ["/ship", "Ship & assay"],
  ["/settle", "Settlement"],
  ["/settle/C-2601-DEM", "C-2601-DEM"],
  ["/campaigns", "Campaigns"],
  ["/campaigns/K-R-2601", "K-R-2601"],
  ["/certify", "Certif"],
  ["/orders", "Orders"],
  ["/orders/O-2602", "O-2602"],
  ["/books", "Books"],
  ["/verify", "Verify a passport"],
  ["/floor", "Which lot"],
  ["/do/ship/receive", "Receive a shipment"],
  ["/floor/C-2606-D", "C-2606-D"],
  ["/labels?lots=C-2606-D,C-2606-O", "Labels"],
  ["/passport/P-OX-2601-Nd", "OX-2601-Nd"],
] as const;

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

for (const [path, says] of PAGES) {
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
