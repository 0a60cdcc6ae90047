import assert from "node:assert/strict";
import { test } from "node:test";
import { gzipSync } from "node:zlib";
import type { Page } from "playwright-core";
import { appJourney } from "../support/app-journey.ts";

const app = appJourney({});
const SCRIPT_BYTES_MAX = 250 * 1024;

test("W24: the overview loads less than 250 KB of compressed script, and the server sends it compressed", async () => {
  const scripts: Promise<{ url: string; bytes: number; encoding: string | undefined }>[] = [];
  const prepare = (page: Page) => {
    page.on("response", (response) => {
      const { pathname } = new URL(response.url());
      if (!pathname.endsWith(".js")) return;
      scripts.push(
        response.body().then((body) => ({
          url: pathname,
          bytes: gzipSync(body).length,
          encoding: response.headers()["content-encoding"],
        })),
      );
    });
  };
  const walk = async (page: Page) => {
    await page.getByRole("heading", { level: 1 }).waitFor();
    await page.waitForLoadState("load");
  };
  await app.visit("/", walk, { prepare });
  const loaded = await Promise.all(scripts);
  const bytes = loaded.reduce((sum, script) => sum + script.bytes, 0);
  assert.ok(loaded.length > 3, "routes are split");
  assert.ok(bytes < SCRIPT_BYTES_MAX, `${bytes} bytes: ${JSON.stringify(loaded)}`);
  for (const { url, encoding, bytes: size } of loaded) if (size > 2_000) assert.equal(encoding, "gzip", url);
});
