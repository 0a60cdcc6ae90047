import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import type { Page } from "playwright-core";
import { appJourney } from "../support/app-journey.ts";
import { ownLoop } from "../support/own-loop.ts";
import { fill } from "../support/steps.ts";

const audited = appJourney({ empty: true });
const bought = appJourney({ empty: true });
const app = appJourney({ empty: true });

test("an auditor, from empty: what was corrected stands as it was the day before, and says by whom and why", () =>
  audited.visit("/books", async (page) => {
    await page.getByText("No entry is on the books yet.").first().waitFor();
    await ownLoop(audited.base, "prepared");
    audited.wait(24);
    await page.goto(`${audited.base}/lots/DEM`);
    await page.getByRole("button", { name: "Take this step back…" }).first().click();
    await fill(page, { "Why is it taken back? *": "the oven was not hot" });
    await page.getByRole("button", { name: /^Take back / }).click();
    await page.getByText("the oven was not hot").first().waitFor();

    await page.goto(`${audited.base}/books`);
    const corrections = page.getByRole("region", { name: "corrections, the newest first" });
    await corrections.getByRole("row").filter({ hasText: "the oven was not hot" }).waitFor();
    const books = page.getByRole("region", { name: "The books as of" });
    await books.getByText("Closes", { exact: true }).waitFor();
    await books.getByText("lost: dust").waitFor();
    assert.equal(await books.getByText("lost: burnt adhesive and coating").count(), 0, "it was taken back");
    await books.getByLabel("Day").fill("2026-07-01");
    await books.getByRole("status").filter({ hasText: "the last of Jul" }).waitFor();
    await books.getByText("lost: burnt adhesive and coating").waitFor();
  }));

test("a buyer, from empty: the link alone convinces, a changed digit does not, and the bundle goes along", async () => {
  await ownLoop(bought.base, "certified");
  const verdict = (page: Page) => page.getByRole("status").filter({ hasText: "checks" });
  await bought.visit("/passport/P-1", async (page) => {
    await page.getByRole("checkbox", { name: /gave me another way/ }).check();
    await verdict(page)
      .filter({ hasText: /^Accepted\. (\d+) of \1 checks passed\./ })
      .waitFor();
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      page
        .getByRole("link", { name: /bundle/i })
        .first()
        .click(),
    ]);
    assert.match(readFileSync(await download.path(), "utf8"), /"mass_mg"/);
  });
  const prepare = (page: Page) =>
    page.route("**/api/certify/bundle**", async (route) => {
      const answer = await route.fetch();
      const body = (await answer.text()).replace(
        /"mass_mg":(\d)/,
        (_, d) => `"mass_mg":${(Number(d) + 1) % 10}`,
      );
      await route.fulfill({ response: answer, body });
    });
  await bought.visit(
    "/passport/P-1",
    (page) =>
      verdict(page)
        .filter({ hasText: /^Not accepted\. .* failed: .*disclosed content/ })
        .waitFor(),
    { prepare },
  );
});

test("W28: a newcomer, from empty: the first screen says where to begin, and each step of the loop opens and says what it waits for", () =>
  app.visit("/", async (page) => {
    const loop = page.getByRole("main");
    for (const step of ["Intake", "Prepare", "Ship & assay", "Settle", "Refine", "Certify", "Orders"]) {
      await page.goto(app.base);
      await loop.getByRole("link", { name: new RegExp(`^${step}`) }).click();
      await page.locator("h1", { hasNotText: "Overview" }).waitFor();
      assert.equal(await page.getByRole("alert").count(), 0, step);
    }
  }));
