import assert from "node:assert/strict";
import { test } from "node:test";
import { appJourney } from "../support/app-journey.ts";
import { ownLoop } from "../support/own-loop.ts";
import { fill, say } from "../support/steps.ts";

const app = appJourney({ empty: true });

/** Two steps that are one but for the weight of the scrap. */
const dismantled = (step: string, scrap: string) => ({
  ...{ step, kind: "dismantle", site: "centre", inputs: [{ lot: "C-1-D" }] },
  outputs: [
    { lot: `${step}-MAG`, kind: "magnets", mass: "36.2 kg", scale: "centre-scale" },
    { lot: `${step}-SCRAP`, kind: "steel_aluminium_boards", mass: scrap, scale: "centre-scale" },
  ],
  losses: [{ place: "dust", mass: "0.5 kg", scale: "centre-scale" }],
  accept_open: "the scale is looked at",
});

test("a metal accountant, from empty: what does not close is found, opened to its step, taken back, and closes", () =>
  app.visit("/account", async (page) => {
    await page.getByText(/^Nothing of Nd was on the books/).waitFor();
    await ownLoop(app.base, "received");
    await say(app.base, "prepare/step", dismantled("S-WRONG", "1803.3 kg"), "operator@my-recycler");
    await page.reload();
    await page.getByLabel("Element").selectOption({ label: "all mass" });
    await page.getByText(/^Does not close.*Own centre: [\d,.]+ σ$/).waitFor();

    const table = page.getByRole("region", { name: "balance by place" });
    await table.getByTitle("Left open at Own centre: its entries").click();
    const behind = page.getByRole("region", { name: "entries behind the figure" }).getByRole("row").nth(1);
    await behind.filter({ hasText: "S-WRONG" }).waitFor();
    assert.match(await behind.innerText(), /60\.\d+ ± [\d.]+ kg|60\.\d+ kg/, "sixty kilograms are missing");

    await page.goto(`${app.base}/lots/S-WRONG-SCRAP`);
    await page.getByRole("button", { name: "Take this step back…" }).first().click();
    await fill(page, { "Why is it taken back? *": "1,863.3 kg stood on the scale" });
    await page.getByRole("button", { name: /^Take back / }).click();
    await page.getByText("1,863.3 kg stood on the scale").first().waitFor();
    await say(app.base, "prepare/step", dismantled("S-RIGHT", "1863.3 kg"), "operator@my-recycler");

    await page.goto(`${app.base}/account`);
    await page.getByLabel("Element").selectOption({ label: "all mass" });
    await page.getByText("Closes", { exact: true }).waitFor();
    await page.goto(`${app.base}/lots/S-RIGHT-MAG`);
    const lineage = page.getByRole("region", { name: "Lineage" });
    await lineage.getByRole("link", { name: /C-1-D/ }).first().waitFor();
  }));
