import assert from "node:assert/strict";
import { test } from "node:test";
import type { Page } from "playwright-core";
import { appJourney } from "../support/app-journey.ts";
import { fill } from "../support/steps.ts";

const app = appJourney({ signIn: true });
const panel = (page: Page, name: string) => page.getByRole("region", { name, exact: true });

test("N59 N60 Z108: a customer sees what it handed over, what waits and its certificate, and complains; nothing of the loop is offered to it", () =>
  app.visit("/", async (page) => {
    const door = page.getByRole("region", { name: "Sample customer a" });
    await door.getByRole("button", { name: "customer", exact: true }).click();
    await page.getByRole("heading", { name: "What you handed over" }).waitFor();
    await panel(page, "What waits").getByText("7,852 devices that can hold data").waitFor();
    await panel(page, "For you").getByText("A certificate of sanitization was issued").waitFor();
    const table = panel(page, "Consignments");
    await table.getByText("22,110, all sanitized").waitFor();
    assert.equal(await table.getByText("C-2602").count(), 0, "another's consignment");
    assert.equal(
      await page.getByRole("navigation", { name: "steps of the loop" }).getByRole("link").count(),
      2,
    );
    await table.getByRole("link", { name: "C-2601" }).click();
    await page.getByRole("heading", { name: "C-2601" }).waitFor();
    await page.getByText("Sample Customer A", { exact: true }).waitFor();
    await panel(page, "Lines").getByText("sanitized").first().waitFor();
    assert.equal(await page.getByRole("link", { name: "Correct" }).count(), 0);
    assert.equal(await page.getByRole("heading", { name: "Lots" }).count(), 0);
    await page.getByRole("link", { name: "Overview" }).click();
    await page.getByRole("link", { name: "Complain" }).click();
    await fill(page, {
      "about *": "our cage came back open",
      "owner *": "data technician",
      "due *": "2099-12-31",
    });
    await page.getByRole("button", { name: "Put it on the books" }).click();
    await page.getByText("Written as entry").waitFor();
    await page.getByRole("link", { name: "Overview" }).click();
    await panel(page, "Incidents and complaints").getByText("our cage came back open").waitFor();
  }));
