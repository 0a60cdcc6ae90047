import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { Browser } from "playwright-core";
import { newContext, openBrowser } from "../support/browser.ts";
import { type SampleServer, sampleServer } from "../support/sample-server.ts";

let browser: Browser;
let server: SampleServer;

before(async () => {
  server = await sampleServer();
  browser = await openBrowser();
});

after(async () => {
  await browser?.close();
  server?.close();
});

test("a buyer: the passport is verified in the browser itself, and accepted once the reader says whom to trust", async () => {
  const context = await newContext(browser);
  try {
    const page = await context.newPage();
    const posted: string[] = [];
    page.on("request", (request) => {
      if (request.method() !== "GET") posted.push(request.url());
    });
    await page.goto(`${server.base}/passport/P-OX-2601-Nd`);
    const verdict = page.getByRole("status").filter({ hasText: "checks passed" });
    await verdict
      .filter({ hasText: "Not accepted yet. 15 of 16 checks passed; open: issuer trusted." })
      .waitFor();
    await page.getByRole("checkbox", { name: /gave me another way/ }).check();
    await verdict.filter({ hasText: "Accepted. 16 of 16 checks passed." }).waitFor();
    await page.getByRole("img", { name: /^map: .*chromatograph.* in IN/ }).waitFor();
    assert.deepEqual(posted, [], "nothing is sent to be verified elsewhere");
  } finally {
    await context.close();
  }
});

test("a buyer: one digit of the bundle changed, and the page says which check fails", async () => {
  const context = await newContext(browser);
  try {
    const page = await context.newPage();
    await page.route("**/api/certify/bundle**", async (route) => {
      const answer = await route.fetch();
      const text = await answer.text();
      await route.fulfill({
        response: answer,
        body: text.replace(/"mass_mg":(\d+)/, (_, mg) => `"mass_mg":${Number(mg) + 1}`),
      });
    });
    await page.goto(`${server.base}/passport/P-OX-2601-Nd`);
    await page
      .getByRole("status")
      .filter({ hasText: /^Not accepted\. .* failed: .*disclosed content/ })
      .waitFor();
  } finally {
    await context.close();
  }
});
