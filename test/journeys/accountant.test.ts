import assert from "node:assert/strict";
import { test } from "node:test";
import { appJourney } from "../support/app-journey.ts";
import { fill } from "../support/steps.ts";

const app = appJourney();

/** "50 ± 22 mg" in grams. */
function gramsOf(text: string): number {
  const [, figure = "", unit = ""] = /([\d.,]+)(?: ± [\d.]+)? (kg|g|mg)/.exec(text) ?? [];
  const grams: Readonly<Record<string, number>> = { kg: 1000, g: 1, mg: 0.001 };
  return Number(figure.replaceAll(",", "")) * (grams[unit] ?? Number.NaN);
}

test("a metal accountant: a period by place, a figure down to its entries, the picture says the same", async () => {
  await app.visit("/account", async (page) => {
    const table = page.getByRole("region", { name: "balance by place" });
    const noblesville = table.getByRole("row").filter({ hasText: "noblesville" });
    await noblesville.waitFor();
    await page.getByText("Closes", { exact: true }).waitFor();
    await page.getByLabel("Element").selectOption({ label: "all mass" });
    await page.getByText(/^Does not close.*Lincoln Park centre: \d\.\d σ$/).waitFor();
    await table.getByTitle("Left open at Lincoln Park centre: its entries").click();
    const open = page
      .getByRole("region", { name: "entries behind the figure" })
      .getByRole("row")
      .filter({ hasText: "S-C-2602-O-SPLIT" });
    await open.waitFor();
    assert.match(await open.innerText(), /\d\.\d σ/);
    await page.getByLabel("Element").selectOption({ label: "Nd" });
    await page.getByText("Closes", { exact: true }).waitFor();

    await noblesville.getByTitle("Lost at Noblesville refinery: its entries").click();
    const behind = page.getByRole("region", { name: "entries behind the figure" });
    await behind.getByRole("row").nth(1).waitFor();
    const amounts = await behind.getByRole("row").filter({ hasText: "lost:" }).allInnerTexts();
    assert.ok(amounts.length >= 3);
    const grams = amounts.reduce((sum, row) => sum + gramsOf(row), 0);
    const figure =
      1000 * Number(await noblesville.getByTitle("Lost at Noblesville refinery: its entries").innerText());
    assert.ok(
      Math.abs(grams - figure) < 0.05 * figure,
      `${grams} g behind ${figure} g, as rounded as they are shown`,
    );
    await behind.getByRole("link").first().click();
    await page.getByRole("heading", { name: "Books", exact: true }).waitFor();
    await page.goBack();

    await page
      .getByRole("button", { name: /^Noblesville refinery to delivered to Buyer A: .*its entries$/ })
      .press("Enter");
    await behind.getByRole("row").filter({ hasText: "lot delivered" }).waitFor();

    await page.getByLabel("From", { exact: true }).fill("2026-02-15");
    await page.getByLabel("To", { exact: true }).fill("2026-03-15");
    await table.getByRole("row").filter({ hasText: "sumner" }).waitFor();
    const before = noblesville.getByRole("link").first();
    // Two dates were changed, and each asks anew: the figure is read once it has stood still.
    let stock = "";
    for (let still = 0; still < 6; ) {
      const now = await before.innerText();
      still = now === stock ? still + 1 : 0;
      stock = now;
      await page.waitForTimeout(200);
    }
    assert.match(stock, /^\d+(\.\d+)? ± /);
    await before.click();
    await page.getByRole("heading", { name: "Books", exact: true }).waitFor();
    const nd = page.getByRole("region", { name: "kilograms by place" }).getByRole("row");
    await nd.filter({ hasText: "noblesville" }).filter({ hasText: stock }).waitFor();
  });
});

test("a metal accountant: follows a lot up, finds one by its name, and sees which part of it that was", async () => {
  await app.visit("/lots/OX-2601-Nd", async (page) => {
    const lineage = page.getByRole("region", { name: "Lineage" });
    await lineage.getByLabel("find in the lineage").fill("c-2602");
    await lineage.getByRole("status").filter({ hasText: "3 of" }).waitFor();
    const row = lineage.getByRole("row").filter({ hasText: "C-2602-DEM" });
    assert.match(await row.innerText(), /28 %|2\d\.\d %/);
    await lineage.getByText("What became of it").click();
    await lineage.getByText("No lot of this lineage is called so.").waitFor();
  });
});

test("a metal accountant: takes stock; what differs by more than chance is corrected, and the books still close", () =>
  app.visit("/books", async (page) => {
    await page.getByRole("link", { name: "Take stock" }).click();
    await page.getByLabel("Site").selectOption({ label: "Plainfield centre" });
    const sheet = page.getByRole("region", { name: "count sheet" });
    // The head of the sheet and two lots at least: the message of the second press needs one that is not counted.
    await sheet.getByRole("row").nth(2).waitFor();
    await page.getByLabel("mass of C-2606-O").fill("300 kg");
    await fill(page, { "Why it was counted *": "end of the quarter" });
    await page.getByLabel("Every lot that stands here was looked for").check();
    await page.getByRole("button", { name: "Record 1 lot as counted" }).click();
    await page.getByRole("alert").filter({ hasText: "neither counted nor missing" }).waitFor();
    await page.getByLabel("Every lot that stands here was looked for").uncheck();
    await page.getByRole("button", { name: "Record 1 lot as counted" }).click();
    await page.getByRole("status").filter({ hasText: "1 of 1 differ by more than chance" }).waitFor();
    const found = page.getByRole("region", { name: "what was found" }).getByRole("row").nth(1);
    assert.match(await found.innerText(), /C-2606-O[\s\S]*300\.0 kg[\s\S]*corrected/);

    await page.goto(`${app.base}/books`);
    const corrected = page
      .getByRole("region", { name: "corrections, the newest first" })
      .getByRole("row")
      .nth(1);
    await corrected.filter({ hasText: "lot restated" }).filter({ hasText: "stocktake" }).waitFor();
    await page
      .getByRole("region", { name: "The books as of" })
      .getByText("Closes", { exact: true })
      .waitFor();
  }));
