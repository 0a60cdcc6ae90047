import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, test } from "node:test";
import type { Browser } from "playwright-core";
import { newContext, openBrowser } from "../support/browser.ts";
import { type SampleServer, sampleServer } from "../support/sample-server.ts";

let browser: Browser;
let server: SampleServer;

before(async () => {
  server = await sampleServer({ empty: true });
  browser = await openBrowser();
});

after(async () => {
  await browser?.close();
  server?.close();
});

test("a process engineer: a slider redraws the column, a cut moved by keys changes its figures, the input goes to the shell", async () => {
  const context = await newContext(browser);
  try {
    const page = await context.newPage();
    await page.goto(`${server.base}/column`);
    await page.locator('[data-fine="true"]').waitFor();
    const row = page.getByRole("row").filter({ has: page.getByLabel("Nd, end of the cut") });
    const figures = () => row.first().innerText();
    const before = await figures();

    await page.getByLabel(/^Loading/).focus();
    for (let k = 0; k < 10; k++) await page.keyboard.press("ArrowRight");
    await page.locator('[data-fine="false"]').waitFor();
    await page.locator('[data-fine="true"]').waitFor();
    const loaded = await figures();
    assert.notEqual(loaded, before, "a heavier load has other cuts");
    assert.match(page.url(), /loading=32/);

    await page.getByLabel("Nd, end of the cut").focus();
    for (let k = 0; k < 40; k++) await page.keyboard.press("ArrowRight");
    assert.notEqual(await figures(), loaded, "a longer cut has another purity");

    const [download] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("button", { name: "Input for didym column simulate" }).click(),
    ]);
    const input = JSON.parse(readFileSync(await download.path(), "utf8"));
    assert.equal(input.model, "film");
    assert.equal(input.species.length, 5);
  } finally {
    await context.close();
  }
});

test("a process engineer: what cannot be simulated says why, in words", async () => {
  const context = await newContext(browser);
  try {
    const page = await context.newPage();
    await page.goto(`${server.base}/column?dy=20&pr=50&loading=80&velocity_um_per_s=1500&length_m=0.3`);
    await page.getByRole("status").first().waitFor();
    await page.getByText("No part of the outlet holds").waitFor();
  } finally {
    await context.close();
  }
});
