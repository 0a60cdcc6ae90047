import assert from "node:assert/strict";
import { test } from "node:test";
import { appJourney } from "../support/app-journey.ts";

const app = appJourney();

test("an auditor: takes the books back to a day, follows a correction to what it corrects, reads the entry", async () => {
  await app.visit("/books", async (page) => {
    const books = page.getByRole("region", { name: "The books as of" });
    await books.getByText("delivered to Buyer A").waitFor();

    await books.getByLabel("Day").fill("2026-02-10");
    await books.getByRole("status").filter({ hasText: "the last of Feb" }).waitFor();
    await books.getByText("Closes", { exact: true }).waitFor();
    assert.equal(await books.getByText("delivered to Buyer A").count(), 0, "nothing was sold by then");
    assert.ok(page.url().includes("day=2026-02-10"), "the day can be handed on as a link");
    await books.getByLabel("Day").fill("2025-12-01");
    await books.getByRole("status").filter({ hasText: "None of the" }).waitFor();

    const corrections = page.getByRole("region", { name: "Corrections" });
    await corrections.getByLabel("Kind of correction").selectOption("lot_restated");
    const restated = corrections.getByRole("row").filter({ hasText: "lot C-2604-DEM" });
    assert.match(
      await restated.innerText(),
      /assay agreed[\s\S]*commercial manager @ sample-refiner unverified/,
    );
    await restated.getByRole("link", { name: /step recorded/ }).click();

    const entries = page.getByRole("region", { name: "entries", exact: true });
    const first = entries.getByRole("row").nth(1);
    await first.filter({ hasText: "step recorded" }).waitFor();
    await first.getByRole("link", { name: "C-2604-DEM" }).first().waitFor();
    const shown = await first.innerText();
    assert.match(shown, /± [\d.]+ (kg|g)/);
    assert.doesNotMatch(shown, /[{}]|_mg/, "no JSON is shown");
  });
});
