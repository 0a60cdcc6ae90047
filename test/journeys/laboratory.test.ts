import assert from "node:assert/strict";
import { test } from "node:test";
import type { Page } from "playwright-core";
import { appJourney } from "../support/app-journey.ts";
import { ownLoop } from "../support/own-loop.ts";
import { fill, putOnBooks } from "../support/steps.ts";

const app = appJourney();
const blank = appJourney({ empty: true });

async function actAs(page: Page, role: string, party = "sample-lab-b"): Promise<void> {
  await page.getByLabel("Acting as").selectOption({ label: role });
  await page.getByLabel("of", { exact: true }).selectOption({ value: party });
}

async function drawSample(page: Page, base: string, given: { lot: string; sample: string }): Promise<void> {
  await page.goto(`${base}/do/assay/sample?lot=${given.lot}`);
  const portions = page.getByRole("group", { name: "portions" });
  for (const [k, side] of (["supplier", "processor", "umpire"] as const).entries()) {
    await portions.getByLabel("side *").nth(k).selectOption(side);
    await portions.getByLabel("seal *").nth(k).fill(`SEAL-${k}`);
    await portions.getByLabel("mass *").nth(k).fill("150 g");
  }
  await page.getByText(/^More: .*sample/).click();
  await fill(page, { sample: given.sample });
  await putOnBooks(page);
}

/** Neodymium with its doubt, and terbium below detection. */
async function report(
  page: Page,
  base: string,
  given: { sample: string; side: string; laboratory: string },
): Promise<void> {
  const { sample, side, laboratory } = given;
  await page.goto(`${base}/do/assay/report?sample=${sample}`);
  await fill(page, { "side *": side, "laboratory *": laboratory, "method *": "ICP-OES" });
  const add = page.getByRole("button", { name: "Add to results, mg/kg" });
  await add.click();
  await page.getByLabel("element").first().fill("Nd");
  await page.getByLabel("Nd", { exact: true }).selectOption({ label: "a value with its doubt" });
  await fill(page, { "value *": "220000", "standard uncertainty *": "900" });
  await add.click();
  await page.getByLabel("element").nth(1).fill("Tb");
  await page.getByLabel("Tb", { exact: true }).selectOption({ label: "below detection" });
  await fill(page, { "below detection *": "100" });
  await putOnBooks(page);
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

test("a laboratory: a truck is weighed in, a sample drawn, and a result below detection reported as one", () =>
  app.visit("/ship/B-C-2605-DEM", async (page) => {
    await page.getByRole("link", { name: "Receive" }).click();
    await page.getByLabel("lot *", { exact: true }).waitFor();
    assert.equal(await page.getByLabel("lot *", { exact: true }).inputValue(), "C-2605-DEM");
    await fill(page, { mass: "281.6 kg", scale: "noblesville-floor" });
    await putOnBooks(page);

    await drawSample(page, app.base, { lot: "C-2605-DEM", sample: "Y-NEW" });
    await report(page, app.base, { sample: "Y-NEW", side: "supplier", laboratory: "sample-lab-a" });
    await report(page, app.base, { sample: "Y-NEW", side: "processor", laboratory: "sample-lab-b" });
    await page.goto(`${app.base}/samples/Y-NEW`);
    const row = page.getByRole("row").filter({ hasText: "Tb" });
    await row.waitFor();
    assert.match(await row.innerText(), /< ?0\.01/, "a reading below detection stays one");
  }));

test("a laboratory, from empty: nothing waits; a lot of one's own is sampled, reported by both sides and released by others", () =>
  blank.visit("/laboratory", async (page) => {
    await page.getByText("No sample waits").waitFor();
    await ownLoop(blank.base, "prepared");
    await drawSample(page, blank.base, { lot: "DEM", sample: "Y-1" });
    for (const [side, laboratory] of [
      ["supplier", "lab-one"],
      ["processor", "lab-two"],
    ] as const) {
      await page.goto(`${blank.base}/laboratory`);
      await actAs(page, "chemist", laboratory);
      await report(page, blank.base, { sample: "Y-1", side, laboratory });
    }
    await page.goto(`${blank.base}/laboratory`);
    const waiting = page.getByRole("region", { name: "What waits" });
    for (const [side, laboratory] of [
      ["supplier", "lab-one"],
      ["processor", "lab-two"],
    ] as const) {
      const release = waiting.getByRole("button", { name: `release ${side} of Y-1` });
      await actAs(page, "chemist", laboratory);
      await release.click();
      await waiting.getByRole("alert").filter({ hasText: "another role releases it" }).waitFor();
      await actAs(page, "approver", laboratory);
      await release.click();
      await waiting
        .getByRole("status")
        .filter({ hasText: `Released: Y-1, ${side}` })
        .waitFor();
    }
    await page.getByText("No sample waits").waitFor();
    await page.goto(`${blank.base}/samples/Y-1`);
    await page.getByText("approver @ lab-two").waitFor();
    const tb = page.getByRole("row").filter({ hasText: "Tb" });
    assert.match(await tb.innerText(), /< ?0\.01/, "a reading below detection stays one");
  }));
