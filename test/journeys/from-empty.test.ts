import assert from "node:assert/strict";
import { test } from "node:test";
import { appJourney } from "../support/app-journey.ts";
import { doIt } from "../support/steps.ts";

const app = appJourney({ empty: true });

test("from empty: a party and a site are registered by hand, and a consignment from nowhere is refused by name", async () => {
  await app.visit("/", async (page) => {
    await page.getByText("No lot is on the books yet.").waitFor();
    await page.getByRole("link", { name: "Register a party" }).first().click();
    await page.getByRole("heading", { name: "Register a party" }).waitFor();
    await doIt(page, app.base, "programme/register-party", {
      "party *": "own-recycler",
      "name *": "Own Recycler",
      "kind *": "recycler",
    });
    await doIt(page, app.base, "programme/register-site", {
      "site *": "north",
      "party *": "own-recycler",
      "name *": "North centre",
      "ZIP code *": "46204",
    });
    await page.goto(`${app.base}/do/intake/receive`);
    await page.getByLabel("owner *").selectOption("own-recycler");
    await page.getByLabel("from ZIP code *").fill("99999");
    await page.getByRole("button", { name: "Put it on the books" }).click();
    await page.getByRole("alert").waitFor();
    assert.match(await page.getByRole("alert").innerText(), /99999/, "a refusal names what was wrong");
  });
});
