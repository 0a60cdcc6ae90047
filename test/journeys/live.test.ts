import assert from "node:assert/strict";
import { test } from "node:test";
import type { Page } from "playwright-core";
import { appJourney } from "../support/app-journey.ts";
import { say } from "../support/steps.ts";

const app = appJourney({ empty: true });

test("W17: what another writes is shown without asking again", async () => {
  let listening: Promise<unknown> | undefined;
  const prepare = (page: Page) => {
    listening = page.waitForResponse((r) => r.url().endsWith("/api/events"));
  };
  const walk = async (page: Page) => {
    await listening;
    await page.getByRole("heading", { name: "Books", exact: true }).waitFor();
    const count = page.getByText(/^1 of 1 entries/);
    assert.equal(await count.count(), 0);
    await say(app.base, "programme/register-party", {
      party: "sample-recycler",
      name: "Sample recycler",
      kind: "recycler",
      sample: true,
    });
    await count.first().waitFor({ timeout: 10_000 });
  };
  await app.visit("/books", walk, { prepare });
});
