import assert from "node:assert/strict";
import { test } from "node:test";
import { gzipSync } from "node:zlib";
import type { Page } from "playwright-core";
import { appJourney } from "../support/app-journey.ts";

const app = appJourney();
const SCRIPT_BYTES_MAX = 250 * 1024;
/** Smaller files gain nothing by being compressed. */
const SMALL_BYTES = 2_000;

test("W24: the overview loads less than 250 KB of compressed script, and the server sends it compressed", async () => {
  const scripts = new Set<string>();
  const prepare = (page: Page) => {
    page.on("request", (request) => {
      if (request.resourceType() === "script") scripts.add(request.url());
    });
  };
  await app.visit("/", (page) => page.getByText("Where each element is").waitFor(), { prepare });
  let bytes = 0;
  for (const url of scripts) {
    const answer = await fetch(url);
    const size = gzipSync(await answer.arrayBuffer()).length;
    bytes += size;
    if (size > SMALL_BYTES) assert.equal(answer.headers.get("content-encoding"), "gzip", url);
  }
  assert.ok(scripts.size > 3, "routes are split");
  assert.ok(bytes < SCRIPT_BYTES_MAX, `${bytes} bytes in ${scripts.size} scripts`);
});
