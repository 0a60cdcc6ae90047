import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { Browser } from "playwright-core";
import { newContext, openBrowser } from "../support/browser.ts";
import { type SampleServer, sampleServer } from "../support/sample-server.ts";

let browser: Browser;
let server: SampleServer;

before(async () => {
  server = await sampleServer({ empty: true });
  browser = await openBrowser();
});

after(async () => {
  await browser?.close();
  server?.close();
});

test("what another writes is shown without asking again", async () => {
  const context = await newContext(browser);
  const say = async (act: string, key: string, body: object) => {
    const response = await fetch(`${server.base}/api/${act}`, {
      method: "POST",
      headers: {
        "content-type": "application/json",
        "idempotency-key": key,
        "didym-actor": "auditor@sample-recycler",
      },
      body: JSON.stringify(body),
    });
    assert.ok(response.ok, await response.text());
  };
  try {
    const page = await context.newPage();
    const listening = page.waitForResponse((r) => r.url().endsWith("/api/events"));
    await page.goto(`${server.base}/books`);
    await listening;
    await page.getByRole("heading", { name: "Books", exact: true }).waitFor();
    const count = page.getByText(/^1 of 1 entries/);
    assert.equal(await count.count(), 0);
    await say("programme/register-party", "live-1", {
      party: "sample-recycler",
      name: "Sample recycler",
      kind: "recycler",
      sample: true,
    });
    await count.first().waitFor({ timeout: 10_000 });
  } finally {
    await context.close();
  }
});
