import assert from "node:assert/strict";
import { test } from "node:test";
import type { Page } from "playwright-core";
import { appJourney } from "../support/app-journey.ts";
import { APP_PAGES } from "../support/app-pages.ts";

const blank = appJourney({ empty: true });

/** Pages that work without the server's data: a failing server is nothing to them. */
const OWN = new Set([
  "/column",
  "/column/calibrate",
  "/column/packing",
  "/column/scale-up",
  "/spectrum",
  "/verify",
  "/floor",
  "/nowhere",
  "/consignments/new",
  "/sign-in",
  "/guide",
  "/guide/operator",
  "/join",
]);

const saysWhat = (page: Page) => page.locator("main, .page").first();

test("W22: on empty books every page ends its loading, has its heading and says what is not there", async () => {
  const wrong: string[] = [];
  const walk = async (page: Page) => {
    page.on("pageerror", (error) => wrong.push(`${page.url()}: ${error.message}`));
    for (const [path] of APP_PAGES) {
      await page.goto(blank.base + path);
      await page.waitForLoadState("networkidle");
      const loading = await page.getByRole("status", { name: "loading" }).count();
      const headings = await page.locator("h1").count();
      if (loading > 0 || headings !== 1) wrong.push(`${path}: ${loading} loading, ${headings} headings`);
      const said = (await saysWhat(page).innerText()).trim();
      if (said.length < 20) wrong.push(`${path} says nothing: ${said}`);
    }
  };
  await blank.visit("/", walk);
  assert.deepEqual(wrong, []);
});

test("W22: a server that fails is said on every page, with a way to ask again", async () => {
  const wrong: string[] = [];
  const problem = {
    status: 500,
    contentType: "application/problem+json",
    body: JSON.stringify({
      title: "it broke",
      detail: "the disk is full",
      code: "fault",
      at: "",
      status: 500,
    }),
  };
  const walk = async (page: Page) => {
    await page.route("**/api/**", (route) => route.fulfill(problem));
    page.on("pageerror", (error) => wrong.push(`${page.url()}: ${error.message}`));
    for (const [path] of APP_PAGES.filter(([each]) => !OWN.has(each))) {
      await page.goto(blank.base + path);
      const said = page.getByRole("alert").filter({ hasText: "the disk is full" });
      const shown = await said
        .first()
        .waitFor({ timeout: 8_000 })
        .then(() => true)
        .catch(() => false);
      if (!shown) wrong.push(`${path} does not say it`);
      else if ((await page.getByRole("button", { name: "Try again" }).count()) === 0)
        wrong.push(`${path} offers no second try`);
    }
  };
  await blank.visit("/", walk);
  assert.deepEqual(wrong, []);
});
