import assert from "node:assert/strict";
import { test } from "node:test";
import type { Page } from "playwright-core";
import { appJourney } from "../support/app-journey.ts";

const app = appJourney();

test("a buyer: the passport is verified in the browser itself, and accepted once the reader says whom to trust", async () => {
  const posted: string[] = [];
  const prepare = (page: Page) => {
    page.on("request", (request) => {
      if (request.method() !== "GET") posted.push(request.url());
    });
  };
  const walk = async (page: Page) => {
    const verdict = page.getByRole("status").filter({ hasText: "checks passed" });
    await verdict
      .filter({ hasText: "Not accepted yet. 18 of 19 checks passed; open: issuer trusted." })
      .waitFor();
    await page.getByRole("checkbox", { name: /gave me another way/ }).check();
    await verdict.filter({ hasText: "Accepted. 19 of 19 checks passed." }).waitFor();
    await page.getByRole("img", { name: /^map: .*chromatograph.* in IN/ }).waitFor();
    assert.deepEqual(posted, [], "nothing is sent to be verified elsewhere");
  };
  await app.visit("/passport/P-OX-2601-Nd", walk, { prepare });
});

test("a buyer: one digit of the bundle changed, and the page says which check fails", async () => {
  const prepare = (page: Page) =>
    page.route("**/api/certify/bundle**", async (route) => {
      const answer = await route.fetch();
      const text = await answer.text();
      await route.fulfill({
        response: answer,
        body: text.replace(/"mass_mg":(\d+)/, (_, mg) => `"mass_mg":${Number(mg) + 1}`),
      });
    });
  const walk = (page: Page) =>
    page
      .getByRole("status")
      .filter({ hasText: /^Not accepted\. .* failed: .*disclosed content/ })
      .waitFor();
  await app.visit("/passport/P-OX-2601-Nd", walk, { prepare });
});
