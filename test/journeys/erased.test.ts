import assert from "node:assert/strict";
import { test } from "node:test";
import type { Page } from "playwright-core";
import { appJourney } from "../support/app-journey.ts";
import { fill, putOnBooks } from "../support/steps.ts";

const app = appJourney({ signIn: true });
const BE = "Be one of the sample people";
const panel = (page: Page, name: string) => page.getByRole("region", { name, exact: true });
const KEPT = "What is kept for how long";

/** Whoever signed in forty days ago signs in anew. */
async function comeIn(page: Page): Promise<void> {
  await page.goto(`${app.base}/people`);
  const door = page.getByRole("region", { name: "Sample recycler" });
  await door.getByRole("button", { name: "administrator", exact: true }).click();
  await page.getByText("Signed in as administrator").waitFor();
}

test("N55 Z106: a rule is made on the page, what it erased is said to be erased, and what is left stays", () =>
  app.visit("/", async (page) => {
    await comeIn(page);
    await panel(page, KEPT).getByText("No rule: everything is kept.").waitFor();
    await panel(page, KEPT).getByRole("link", { name: "Say for how long" }).click();
    await fill(page, { "kind *": "manifests", days: "30", "why *": "our contracts" });
    await putOnBooks(page);
    app.wait(24 * 40);
    await comeIn(page);
    await panel(page, KEPT).getByText("manifests: 30 days").waitFor();
    await panel(page, KEPT).getByText("due now").first().waitFor();
    await page.goto(`${app.base}/consignments/C-2601`);
    const lines = panel(page, "Lines");
    await lines.getByRole("row").nth(1).waitFor();
    assert.equal(await lines.getByText("erased by rule").count(), 0);
    await page.goto(`${app.base}/people`);
    await panel(page, KEPT).getByRole("link", { name: "Erase what is due today" }).click();
    await page.getByRole("button", { name: "Do it" }).click();
    await page.getByText("C-2601").first().waitFor();
    await page.goto(`${app.base}/consignments/C-2601`);
    await lines
      .getByText(/words and serial numbers erased by rule on .*, entry \d+/)
      .first()
      .waitFor();
    await lines.getByText("sanitized").first().waitFor();
    await page.getByLabel(BE).selectOption("customer-a");
    await page.getByText("Signed in as customer").waitFor();
    await page.goto(`${app.base}/consignments/C-2601`);
    await lines.getByText("erased by rule").first().waitFor();
  }));
