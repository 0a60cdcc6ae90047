import assert from "node:assert/strict";
import { test } from "node:test";
import type { Page } from "playwright-core";
import { appJourney } from "../support/app-journey.ts";

const app = appJourney({ empty: true });

const bodyHas = (page: Page, text: string | RegExp) => page.getByText(text).first().waitFor();

test("W55 W57: a packer reads a pulse, sees the verdict and its limits, and simulates with that bed's dispersion", async () => {
  await app.visit("/column/packing", async (page) => {
    const trace = page.getByLabel("Trace of the detector (CSV)");
    await trace.fill("time_s,signal\n1,x\n");
    await bodyHas(page, /The pulse was not read\. Line 2/);
    await page.getByRole("button", { name: "Use the sample data" }).click();
    await page.getByRole("status").filter({ hasText: "every limit is kept" }).waitFor();
    await page.getByRole("row").filter({ hasText: "Asymmetry" }).waitFor();
    await page.getByLabel("Bead diameter").fill("20");
    await page.getByRole("status").filter({ hasText: "a limit is not kept" }).waitFor();
    await page.getByLabel("Bead diameter").fill("120");
    await page.getByRole("link", { name: "Simulate with this dispersion" }).click();
    await bodyHas(page, /With the dispersion of a packed bed: \d+ µm/);
    assert.match(decodeURIComponent(page.url()), /dispersivity_m="?0\.000/);
    await page.getByRole("button", { name: "Take that of the beads" }).click();
    await page.getByText("With the dispersion of a packed bed").waitFor({ state: "detached" });
    await page.waitForURL((url) => !url.search.includes("dispersivity_m"));
  });
});

test("W56: an engineer puts the column of the bench on a sheet: chances, figures, ladder and what it rests on, found again by its address", async () => {
  await app.visit("/column/scale-up?loading=20&purity=99", async (page) => {
    await page.getByRole("button", { name: "Use sample doubt" }).click();
    await page.getByLabel("Diameters to look at").fill("1.524");
    await page.getByLabel("Columns drawn").fill("20");
    await page.getByLabel("Copper, at most").fill("1");
    await page.getByRole("button", { name: "Work out the sheet" }).click();
    const chances = page.getByRole("region", { name: "chances of the specifications" });
    await chances.waitFor({ timeout: 120_000 });
    assert.equal(await chances.getByText(/^\d+ of 100$/).count(), 12);
    const sheet = page.getByRole("region", { name: "figures of each diameter" });
    await sheet.getByRole("row").filter({ hasText: "Pressure, bar" }).waitFor();
    await sheet
      .getByRole("row")
      .filter({ hasText: "copper to water" })
      .filter({ hasText: "0 of 100" })
      .waitFor();
    await page.getByRole("img", { name: /pairs of bead and length, \d+ fit/ }).waitFor();
    await page.getByText(/values with where they are from; \d+ are guesses/).click();
    assert.ok((await page.getByText("a guess", { exact: true }).count()) > 3);
    await page.reload();
    await chances.waitFor();
  });
});
