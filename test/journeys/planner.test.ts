import assert from "node:assert/strict";
import { test } from "node:test";
import { appJourney } from "../support/app-journey.ts";
import { fill, putOnBooks, registerOwn } from "../support/steps.ts";

const told = appJourney();
const blank = appJourney({ empty: true });

test("a planner: sees what stands on the columns, promises stock to an order, and takes the promise back", () =>
  told.visit("/plan", async (page) => {
    await page
      .getByRole("link", { name: /K-R-2601/ })
      .first()
      .waitFor();
    const orders = page.getByRole("region", { name: "orders of Nd2O3" });
    const row = orders.getByRole("row").filter({ hasText: "O-2602" });
    assert.match(await row.innerText(), /60\.00 kg[\s\S]*40\.00 kg[\s\S]*can be promised/);
    await row.getByRole("link", { name: "O-2602" }).click();

    const promised = page.getByRole("region", { name: "Promised" });
    const lots = promised.getByLabel("Oxide lot");
    const offered = await promised.getByRole("option", { name: /^OX-2601-Nd/ }).innerText();
    assert.match(offered, /110\.8 kg free/, "what others were promised is not offered");
    await lots.selectOption("OX-2601-Nd");
    await fill(page, { "Mass *": "2000 kg" });
    await promised.getByRole("button", { name: "Promise it" }).click();
    await promised.getByRole("alert").waitFor();
    await fill(page, { "Mass *": "20 kg" });
    await promised.getByRole("button", { name: "Promise it" }).click();
    await promised.getByRole("row").filter({ hasText: "60.00 kg" }).waitFor();

    await promised.getByRole("button", { name: "Take it back…" }).click();
    await fill(page, { "Why is it taken back? *": "an earlier order needs it" });
    await promised.getByRole("button", { name: "Take back the promise of OX-2601-Nd" }).click();
    await promised.getByText("Nothing is promised now.").waitFor();
    await page.goto(`${told.base}/books`);
    const corrections = page.getByRole("region", { name: "corrections, the newest first" });
    await corrections.getByRole("row").filter({ hasText: "an earlier order needs it" }).waitFor();
  }));

test("a planner, from empty: a column is registered and stands free", () =>
  blank.visit("/", async (page) => {
    await registerOwn(page, blank.base);
    await page.goto(`${blank.base}/plan`);
    await page.getByText("No column is registered yet.").waitFor();
    await page.getByText("There is no oxide in stock, none planned and none ordered.").waitFor();
    await page.getByRole("link", { name: "Register a column" }).click();
    await page.getByText(/^More: .*bed length/).click();
    await fill(page, {
      "unit *": "north-c1",
      "site *": "north",
      "kind *": "column",
      "name *": "First column",
    });
    await page.getByRole("button", { name: "Put it on the books" }).click();
    await page.getByRole("alert").waitFor();
    await fill(page, { "diameter, mm": "300", "bed length, mm": "1200" });
    await putOnBooks(page);
    await page.getByRole("link", { name: "Back to where you were" }).click();
    await page.getByText("First column").waitFor();
    await page.getByText("free", { exact: true }).waitFor();
  }));
