import assert from "node:assert/strict";
import { test } from "node:test";
import type { Page } from "playwright-core";
import { appJourney } from "../support/app-journey.ts";
import { fill } from "../support/steps.ts";

const app = appJourney({ signIn: true });
const door = (page: Page, party: string, role: string) =>
  page.getByRole("region", { name: party }).getByRole("button", { name: role, exact: true });

const BE = "Be one of the sample people";

test("Z9 Z10: who signed in nowhere sees a way in and nothing of the books; one choice makes one a sample person, held to the duties", () =>
  app.visit("/", async (page) => {
    await page.getByRole("heading", { name: "Sign in" }).waitFor();
    assert.equal(await page.getByText("C-2606").count(), 0);
    await door(page, "Sample recycler", "accountant").click();
    await page.getByText("Signed in as accountant of Sample Recycler.").waitFor();
    await page.getByRole("link", { name: "C-2606" }).first().waitFor();
    await page.goto(`${app.base}/do/programme/register-site`);
    await page.getByText("Written as accountant@sample-recycler.").waitFor();
    const site = {
      "site *": "north",
      "party *": "sample-recycler",
      "name *": "North",
      "ZIP code *": "46204",
    };
    await fill(page, site);
    await page.getByRole("button", { name: "Add a capability" }).click();
    await fill(page, { "capability 1": "store" });
    await page.getByRole("button", { name: "Put it on the books" }).click();
    await page.getByText(/programme register-site is for administrator, planner of a firm/i).waitFor();
    await page.getByLabel(BE).selectOption("recycler-planner");
    await page.getByText("Signed in as planner of Sample Recycler.").waitFor();
    await page.getByRole("button", { name: "Put it on the books" }).click();
    await page.getByText("Written as entry").waitFor();
    await page.getByRole("button", { name: "Sign out" }).click();
    await page.getByRole("heading", { name: "Sign in" }).waitFor();
    await door(page, "Sample refiner", "accountant").click();
    await page.getByText("Signed in as accountant of Sample Refiner.").waitFor();
    await page.goto(`${app.base}/books`);
    await page.getByText("another firm's").first().waitFor();
    await page.getByRole("button", { name: "Sign out" }).click();
    await page.getByRole("button", { name: "Show a token" }).click();
    await page.getByLabel("Token", { exact: true }).fill("didym_nobody");
    await page.getByRole("button", { name: "Sign in", exact: true }).click();
    await page.getByText(/is nobody's, or no longer/).waitFor();
  }));

test("Z94: who signed in sees what was told to them, by party and role, and nobody else's", () =>
  app.visit("/", async (page) => {
    const forYou = page.getByRole("region", { name: "For you", exact: true });
    await door(page, "Sample Refiner", "commercial manager").click();
    await forYou.getByText("A settlement statement was made").first().waitFor();
    await page.getByLabel(BE).selectOption("refiner-operator");
    await forYou.getByText("A campaign was planned at your site").first().waitFor();
    assert.equal(await forYou.getByText("A settlement statement was made").count(), 0);
    await page.getByLabel(BE).selectOption("carrier-driver");
    await page.getByText("Signed in as driver of").waitFor();
    await forYou.waitFor({ state: "detached" });
  }));
