import assert from "node:assert/strict";
import { test } from "node:test";
import type { Page } from "playwright-core";
import { appJourney } from "../support/app-journey.ts";

const app = appJourney({ empty: true });

/** Fills the form of one command as a person does, by the labels, and sees it written. */
async function doIt(page: Page, act: string, fields: Readonly<Record<string, string>>): Promise<void> {
  await page.goto(`${app.base}/do/${act}`);
  for (const [label, value] of Object.entries(fields)) {
    const place = page.getByLabel(label, { exact: true }).first();
    await place.waitFor();
    const tag = await place.evaluate((of) => (of as { tagName: string }).tagName);
    if (tag === "SELECT") await place.selectOption(value);
    else await place.fill(value);
  }
  await page.getByRole("button", { name: "Put it on the books" }).click();
  await page.getByText("Written as entry").waitFor();
}

test("from empty: a party and a site are registered by hand, and a consignment from nowhere is refused by name", async () => {
  await app.visit("/", async (page) => {
    await page.getByText("No lot is on the books yet.").waitFor();
    await page.getByRole("link", { name: "Register a party" }).click();
    await page.getByRole("heading", { name: "Register a party" }).waitFor();
    await doIt(page, "programme/register-party", {
      "party *": "own-recycler",
      "name *": "Own Recycler",
      "kind *": "recycler",
    });
    await doIt(page, "programme/register-site", {
      "site *": "north",
      "party *": "own-recycler",
      "name *": "North centre",
      "zip *": "46204",
    });
    await page.goto(`${app.base}/do/intake/receive`);
    await page.getByLabel("owner *").selectOption("own-recycler");
    await page.getByLabel("from ZIP code *").fill("99999");
    await page.getByRole("button", { name: "Put it on the books" }).click();
    await page.getByRole("alert").waitFor();
    assert.match(await page.getByRole("alert").innerText(), /99999/, "a refusal names what was wrong");
  });
});
