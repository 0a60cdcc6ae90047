import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import type { Locator, Page } from "playwright-core";
import { appJourney } from "../support/app-journey.ts";

const app = appJourney({ empty: true });
const told = appJourney();

/** Draws a handle sideways with the mouse. */
async function draw(page: Page, handle: Locator, by_px: number): Promise<void> {
  await handle.scrollIntoViewIfNeeded();
  const box = await handle.boundingBox();
  assert.ok(box);
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.mouse.move(x + by_px / 2, y, { steps: 3 });
  await page.mouse.move(x + by_px, y, { steps: 3 });
  await page.mouse.up();
}

test("a process engineer: a slider redraws the column, a cut drawn on the chart or moved by keys changes its figures, the input goes to the shell", async () => {
  await app.visit("/column", async (page) => {
    await page.locator('[data-fine="true"]').waitFor();
    const figures = () =>
      page.getByLabel("cuts", { exact: true }).getByRole("row").filter({ hasText: /^Nd/ }).innerText();
    const before = await figures();

    await page.getByLabel(/^Loading/).focus();
    for (let k = 0; k < 10; k++) await page.keyboard.press("ArrowRight");
    await page.locator('[data-fine="false"]').waitFor();
    await page.locator('[data-fine="true"]').waitFor();
    const loaded = await figures();
    assert.notEqual(loaded, before, "a heavier load has other cuts");
    assert.match(page.url(), /loading=32/);

    const end = page.getByRole("slider", { name: "Nd, end of the cut" });
    const at = async () => Number(await end.getAttribute("aria-valuenow"));
    const found = await at();
    await draw(page, end, -60);
    const drawn = await at();
    assert.ok(drawn < found, `drawn to the left: ${found} to ${drawn}`);
    const shorter = await figures();
    assert.notEqual(shorter, loaded, "a shorter cut has another yield");
    await draw(page, end, 2000);
    assert.equal(await at(), Number(await end.getAttribute("aria-valuemax")), "not into the next cut");

    await end.focus();
    for (let k = 0; k < 4; k++) await page.keyboard.press("PageDown");
    const keyed = await figures();
    assert.notEqual(keyed, shorter);
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("ArrowLeft");
    assert.equal(await figures(), keyed, "one step there and back");

    const [download] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("button", { name: "Input for didym column simulate" }).click(),
    ]);
    const input = JSON.parse(readFileSync(await download.path(), "utf8"));
    assert.equal(input.model, "film");
    assert.equal(input.species.length, 5);
  });
});

test("a process engineer: runs compared, a recorded run laid over, pictures taken away, the bands seen moving", async () => {
  await app.visit("/column", async (page) => {
    await page.locator('[data-fine="true"]').waitFor();
    await page.getByRole("button", { name: "Keep to compare" }).click();
    await page.getByText("run 1", { exact: true }).first().waitFor();
    await page.getByText("Nd, run 1").first().waitFor();

    const take = async (name: string) => {
      const [download] = await Promise.all([
        page.waitForEvent("download"),
        page.getByRole("button", { name, exact: true }).click(),
      ]);
      return readFileSync(await download.path());
    };
    const csv = await take("Outlet as CSV");
    const svg = (await take("SVG")).toString("utf8");
    assert.match(svg, /^<svg [^>]+>[\s\S]*mol\/m³[\s\S]*<\/svg>\n$/);
    assert.deepEqual(
      [...(await take("PNG")).subarray(1, 4)],
      [..."PNG"].map((c) => c.charCodeAt(0)),
    );

    const recorded = page.getByLabel("Recorded run (CSV)");
    await recorded.setInputFiles({
      name: "bad.csv",
      mimeType: "text/csv",
      buffer: Buffer.from("time_s,Nd\n1,x\n"),
    });
    await page.getByText("line 2 has not a number in every column").waitFor();
    await recorded.setInputFiles({ name: "run.csv", mimeType: "text/csv", buffer: csv });
    await page.getByText("Nd, recorded").first().waitFor();

    await page.getByRole("button", { name: "Show the bands move" }).click();
    const bed = page.getByRole("img", { name: /^Bands in the bed after/ });
    await bed.waitFor();
    const scrub = page.getByLabel("Time in the film");
    await scrub.focus();
    await page.keyboard.press("End");
    const late = await bed.getAttribute("aria-label");
    await page.keyboard.press("Home");
    await page.getByRole("img", { name: "Bands in the bed after 0.00 hours" }).waitFor();
    assert.notEqual(late, "Bands in the bed after 0.00 hours");
  });
});

test("a process engineer: what cannot be simulated says why, in words", async () => {
  await app.visit("/column?dy=20&pr=50&loading=80&velocity_um_per_s=1500&length_m=0.3", async (page) => {
    await page.getByRole("status").first().waitFor();
    await page.getByText("No part of the outlet holds").waitFor();
  });
});

test("a process engineer: on a campaign other cuts are drawn on its chart, and a recorded run is laid over it", async () => {
  await told.visit("/campaigns", async (page) => {
    await page.getByRole("table").getByRole("link", { name: /^K-/ }).first().click();
    const end = page.getByRole("slider", { name: /end of the cut$/ }).first();
    await end.waitFor();
    const cuts = page.getByLabel("cuts", { exact: true }).first();
    const plan = await cuts.innerText();
    await draw(page, end, -40);
    assert.notEqual(await cuts.innerText(), plan, "a shorter cut has another yield");
    await page.getByText("Tried by hand; the plan stays as it is.").waitFor();
    await page
      .getByLabel("Recorded run (CSV)")
      .first()
      .setInputFiles({
        name: "run.csv",
        mimeType: "text/csv",
        buffer: Buffer.from("time_s,Nd\n0,0\n20000,10\n90000,0\n"),
      });
    await page.getByText("Nd, recorded").first().waitFor();
    await page.getByRole("button", { name: "Back to the cuts of the plan" }).first().click();
    await page.getByText("Tried by hand; the plan stays as it is.").waitFor({ state: "detached" });
    assert.equal(await cuts.innerText(), plan);
  });
});

test("a process engineer: plants are searched as a job, and one is taken to the sliders", async () => {
  await app.visit("/column", async (page) => {
    await page.locator('[data-fine="true"]').waitFor();
    await page.getByRole("button", { name: "Search for plants" }).click();
    const plants = page.getByRole("region", { name: "plants found" });
    await plants.waitFor({ timeout: 180_000 });
    const cells = await plants.getByRole("row").nth(1).getByRole("cell").allInnerTexts();
    const [length_m, velocity_um_per_s] = [cells[3], cells[4]].map((text) => Number(text?.replace(",", "")));
    assert.ok(length_m && velocity_um_per_s, cells.join(" | "));
    await plants.getByRole("button", { name: /plant 1$/ }).click();
    assert.equal(Number(await page.getByLabel(/^Bed length/).inputValue()), length_m);
    const slider = page.getByLabel(/^Velocity/);
    const step = Number(await slider.getAttribute("step"));
    assert.ok(Math.abs(Number(await slider.inputValue()) - velocity_um_per_s) <= step / 2);
  });
});
