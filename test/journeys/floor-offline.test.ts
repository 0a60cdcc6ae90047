import assert from "node:assert/strict";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { serve } from "@hono/node-server";
import type { Page } from "playwright-core";
import { createApi } from "../../src/api/index.ts";
import { useCases } from "../../src/app/use-cases.ts";
import { newContext, openBrowser } from "../support/browser.ts";
import { memoryPorts } from "../support/memory-ports.ts";

/** A copy of the built app, so that a new version of it can be put in its place. */
const webDir = mkdtempSync(join(tmpdir(), "didym-web-"));
cpSync("build/web", webDir, { recursive: true });
after(() => rmSync(webDir, { recursive: true }));

/** A server on one port all the time, so that it can go away and come back. */
async function server(port = 0) {
  const stopping = new AbortController();
  const app = createApi({
    signIn: "offered",
    ports: memoryPorts(),
    useCases,
    webDir,
    stopping: stopping.signal,
  });
  return new Promise<{ port: number; stop: () => Promise<void> }>((resolve) => {
    const running = serve({ fetch: app.fetch, port, hostname: "127.0.0.1" }, (address: AddressInfo) =>
      resolve({
        port: address.port,
        stop: () =>
          new Promise((stopped) => {
            stopping.abort();
            running.close(() => stopped());
            if ("closeAllConnections" in running) running.closeAllConnections();
          }),
      }),
    );
  });
}

/** Waits until this phone keeps the page as it is served now. */
async function untilKept(page: Page): Promise<void> {
  const served = readFileSync(join(webDir, "index.html"), "utf8");
  for (let tries = 0; tries < 200; tries++) {
    const kept = await page.evaluate("caches.match('/floor').then((found) => found?.text())");
    if (kept === served) return;
    await page.waitForTimeout(50);
  }
  assert.fail("the page was never kept");
}

const version = (page: Page) =>
  page.evaluate("document.querySelector('meta[name=version-of-this-test]')?.content ?? 'first'");

test("W23: a phone that had the floor open opens it without a connection, and never an old one with it", async () => {
  const first = await server();
  const at = `http://127.0.0.1:${first.port}`;
  const browser = await openBrowser();
  const context = await newContext(browser, { width: 390 });
  let now = first;
  try {
    const page = await context.newPage();
    await page.goto(`${at}/floor`);
    await untilKept(page);
    await now.stop();
    await page.goto(`${at}/floor`);
    await page.getByRole("heading", { name: "Which lot?" }).waitFor();
    assert.equal(await version(page), "first");
    await page.goto(`${at}/floor/L-1`);
    await page.getByText("the server cannot be reached").first().waitFor();
    await page.getByRole("heading", { name: "L-1" }).waitFor();

    // A new version is served: it is shown at once, and then it is the one that is kept.
    const html = readFileSync(join(webDir, "index.html"), "utf8");
    const next = html.replace("<title>", '<meta name="version-of-this-test" content="second"><title>');
    writeFileSync(join(webDir, "index.html"), next);
    now = await server(first.port);
    await page.goto(`${at}/floor`);
    assert.equal(await version(page), "second");
    await untilKept(page);

    // Half a version, whose assets this page does not have, is not kept: the whole one still opens.
    writeFileSync(join(webDir, "index.html"), next.replace(/\/assets\/index-[\w-]+\.js/, "/assets/gone.js"));
    await page.evaluate(
      "navigator.serviceWorker.ready.then(({ active }) => active.postMessage({ assets: [] }))",
    );
    // Time in which it would be kept, were it kept.
    await page.waitForTimeout(800);
    await now.stop();
    await page.goto(`${at}/floor`);
    await page.getByRole("heading", { name: "Which lot?" }).waitFor();
    assert.equal(await version(page), "second");
  } finally {
    await browser.close();
    await now.stop().catch(() => {});
  }
});
