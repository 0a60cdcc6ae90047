import assert from "node:assert/strict";
import { test } from "node:test";
import type { Page } from "playwright-core";
import { appJourney } from "../support/app-journey.ts";

const app = appJourney();

async function actAs(page: Page, role: string): Promise<void> {
  await page.getByLabel("Acting as").selectOption({ label: role });
  await page.getByLabel("of", { exact: true }).selectOption({ value: "sample-lab-b" });
}

test("a laboratory: sees what waits, a second role releases it, the chart shows what broke a rule", async () => {
  await app.visit("/laboratory", async (page) => {
    const waiting = page.getByRole("region", { name: "What waits" });
    const release = waiting.getByRole("button", { name: "release processor of Y-C-2604-DEM" });

    await release.click();
    await waiting.getByRole("alert").filter({ hasText: "state an actor" }).waitFor();
    await actAs(page, "chemist");
    await release.click();
    await waiting.getByRole("alert").filter({ hasText: "another role releases it" }).waitFor();
    await actAs(page, "auditor");
    await release.click();
    await waiting.getByRole("status").filter({ hasText: "Released: Y-C-2604-DEM, processor" }).waitFor();
    await waiting.getByText("No sample waits").waitFor();

    const broken = page.getByRole("region", { name: /^results of sample-lab-b beyond a limit/ });
    const rows = await broken.getByRole("row").allInnerTexts();
    assert.match(rows.join("\n"), /Q-b-22[\s\S]*1_3s[\s\S]*Q-b-14[\s\S]*2_2s[\s\S]*Q-b-13/);
    await page.getByText("From its own first 20").click();
    await page.getByRole("img", { name: /^Control chart of Nd at sample-lab-a: 26 results/ }).waitFor();

    await page.getByRole("link", { name: "Record a reference result" }).click();
    await page
      .getByRole("heading", { name: /reference/i })
      .first()
      .waitFor();

    await page.goto(`${app.base}/samples/Y-C-2604-DEM`);
    await page.getByText("auditor @ sample-lab-b").waitFor();
    await page.goto(`${app.base}/settle/C-2604-DEM`);
    await page.getByText("when this was made: processor").waitFor();
  });
});
