import { mkdtempSync, rmSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { serve } from "@hono/node-server";
import type { Page } from "playwright-core";
import { createApi } from "../src/api/index.ts";
import { useCases } from "../src/app/use-cases.ts";
import { openDatabase, portsOn } from "../src/main/ports.ts";
import { loadSample } from "../src/sample/index.ts";
import { newContext, openBrowser } from "../test/support/browser.ts";
import { writeManyLots } from "./store.ts";

interface Row {
  readonly what: string;
  readonly figure: string;
}

const LOTS = 100_000;
const ASKED_TIMES = 20;
/** What is slow is asked fewer times. */
const ASKED_MS_MAX = 6_000;
const PRESSED_TIMES = 10;
/** Between two moves of a slider: shorter than the rest after which it is simulated finely. */
const SLIDE_MS = 200;

const median = (all: readonly number[]): number => at(all, 0.5);
const at = (all: readonly number[], part: number): number => {
  const sorted = [...all].sort((a, b) => a - b);
  return sorted[Math.round(part * (sorted.length - 1))] ?? Number.NaN;
};

/** The app on books of a hundred thousand lots and more: answers of the API, and what a person waits for in Chromium. */
export async function benchApp(): Promise<readonly Row[]> {
  const dataDir = mkdtempSync(join(tmpdir(), "didym-bench-"));
  const database = await openDatabase({ dataDir, log: () => {} });
  const rows: Row[] = [];
  try {
    const ports = portsOn(database.pool, undefined, database.sealing);
    const log = () => {};
    await loadSample({
      portsAt: (clock) => portsOn(database.pool, clock, database.sealing),
      now: new Date(),
      log,
    });
    const began = performance.now();
    await writeManyLots(ports.store, LOTS);
    rows.push({
      what: `books of ${LOTS} lots written, entry by entry in batches`,
      figure: `${((performance.now() - began) / 1000).toFixed(0)} s`,
    });
    const app = createApi({ signIn: "offered", ports, useCases, webDir: "build/web" });
    const server = await new Promise<{ base: string; close(): void }>((resolve) => {
      const running = serve({ fetch: app.fetch, port: 0, hostname: "127.0.0.1" }, ({ port }: AddressInfo) =>
        resolve({ base: `http://127.0.0.1:${port}`, close: () => running.close() }),
      );
    });
    try {
      rows.push(...(await askedOf(server.base)), ...(await seenIn(server.base)));
    } finally {
      server.close();
    }
    rows.push({
      what: "memory of the server afterwards",
      figure: `${Math.round(process.memoryUsage().rss / 1e6)} MB`,
    });
  } finally {
    await database.close();
    rmSync(dataDir, { recursive: true, force: true });
  }
  return rows;
}

const ASKED: readonly (readonly [string, string])[] = [
  ["a page of lots", "/api/ledger/lots?limit=25&state=on_hand"],
  ["a page of lots of one kind", "/api/ledger/lots?limit=25&kind=oxide"],
  ["one lot", "/api/ledger/lot?lot=L-7-3"],
  ["its lineage", "/api/ledger/trace?lot=L-7-3&direction=up"],
  ["the newest entries", "/api/ledger/entries?limit=50&order=newest"],
  ["the overview", "/api/overview/now"],
  ["the plan", "/api/overview/plan"],
  ["a material balance over all", "/api/ledger/material-balance"],
  ["the books as of the last entry", "/api/ledger/as-of"],
];

async function askedOf(base: string): Promise<Row[]> {
  const rows: Row[] = [];
  for (const [what, path] of ASKED) {
    const times: number[] = [];
    let status = 0;
    const until = performance.now() + ASKED_MS_MAX;
    for (let i = 0; i < ASKED_TIMES && (i < 3 || performance.now() < until); i++) {
      const began = performance.now();
      const answer = await fetch(base + path);
      await answer.arrayBuffer();
      status = answer.status;
      times.push(performance.now() - began);
    }
    const figure = `${median(times).toFixed(0)} ms median, ${at(times, 0.95).toFixed(0)} ms 95 %`;
    rows.push({ what: `API: ${what}`, figure: status === 200 ? figure : `${figure} (answers ${status})` });
  }
  return rows;
}

interface TraceEvent {
  readonly name: string;
  readonly ph: string;
  readonly args: { readonly data?: { readonly interactionId?: number; readonly duration?: number } };
}

/** What Chromium's own trace says of each press: from the press to the next picture. */
async function pressed(page: Page, act: (i: number) => Promise<void>): Promise<string> {
  const browser = page.context().browser();
  if (!browser) throw new Error("a page of no browser cannot be traced");
  await browser.startTracing(page, { categories: ["devtools.timeline"] });
  for (let i = 0; i < PRESSED_TIMES; i++) await act(i);
  await page.waitForTimeout(200);
  const trace = JSON.parse((await browser.stopTracing()).toString()) as { traceEvents: TraceEvent[] };
  const kept = trace.traceEvents
    .filter(
      ({ name, ph, args }) => name === "EventTiming" && ph === "b" && (args.data?.interactionId ?? 0) > 0,
    )
    .map(({ args }) => args.data?.duration ?? Number.NaN);
  if (kept.length === 0) throw new Error("the trace tells of no press");
  return `${median(kept).toFixed(0)} ms median, ${Math.max(...kept).toFixed(0)} ms worst of ${kept.length} events`;
}

/** From the press on a slider of the column to the picture with the chromatogram that follows from it. */
async function slid(page: Page): Promise<string> {
  await page.locator('[data-fine="true"]').waitFor({ timeout: 60_000 });
  await page.evaluate(`{
    globalThis.slid = [];
    let began = 0;
    addEventListener("keydown", () => { began = performance.now(); }, true);
    new MutationObserver(() => {
      const from = began;
      began = 0;
      if (from > 0) requestAnimationFrame(() => slid.push(performance.now() - from));
    }).observe(document.querySelector("[data-fine]"), { subtree: true, childList: true, characterData: true });
  }`);
  await page.getByLabel(/^Loading/).focus();
  for (let i = 0; i < 2 * PRESSED_TIMES; i++) {
    await page.keyboard.press("ArrowRight");
    await page.waitForTimeout(SLIDE_MS);
  }
  const all = await page.evaluate<number[]>("slid");
  return `${median(all).toFixed(0)} ms median, ${at(all, 0.95).toFixed(0)} ms 95 % of ${all.length}`;
}

async function seenIn(base: string): Promise<Row[]> {
  const rows: Row[] = [];
  const browser = await openBrowser();
  try {
    const page = await (await newContext(browser)).newPage();
    let bytes = 0;
    const watch = await page.context().newCDPSession(page);
    await watch.send("Network.enable");
    watch.on("Network.loadingFinished", ({ encodedDataLength }) => {
      bytes += encodedDataLength;
    });
    await page.goto(base);
    await page.getByRole("heading", { level: 1 }).waitFor();
    await page.waitForTimeout(1000);
    const painted = await page.evaluate(
      () => performance.getEntriesByName("first-contentful-paint")[0]?.startTime ?? Number.NaN,
    );
    rows.push({
      what: "overview, first load: over the line; first contents painted",
      figure: `${Math.round(bytes / 1024)} KB; ${painted.toFixed(0)} ms`,
    });
    for (const path of ["/lots", "/books", "/account", "/plan"]) {
      const began = performance.now();
      await page.goto(base + path);
      await page.getByRole("heading", { level: 1 }).waitFor();
      await page.locator("table tbody tr, .empty, svg").first().waitFor({ timeout: 60_000 });
      rows.push({
        what: `page ${path}, loaded anew until its figures stand`,
        figure: `${(performance.now() - began).toFixed(0)} ms`,
      });
    }
    await page.goto(`${base}/lots`);
    await page.locator("tbody tr").first().waitFor();
    const state = page.getByLabel("State");
    rows.push({
      what: "lots: press on another state, to the next picture",
      figure: await pressed(page, async (i) => state.press(i % 2 ? "ArrowUp" : "ArrowDown")),
    });
    rows.push({
      what: "lots: press for the next page and back, to the next picture",
      figure: await pressed(page, async (i) => {
        await page
          .getByRole("button", { name: i % 4 < 2 ? "Next" : "Previous" })
          .first()
          .click();
        await page.waitForTimeout(150);
      }),
    });
    rows.push({
      what: "palette opened and typed in, to the next picture",
      figure: await pressed(page, async () => {
        await page.keyboard.press("Control+k");
        await page.keyboard.type("L-7-3", { delay: 20 });
        await page.keyboard.press("Escape");
      }),
    });
    await page.goto(`${base}/column`);
    rows.push({
      what: "column: a slider moved to the chromatogram redrawn (coarse, about 2 %)",
      figure: await slid(page),
    });
  } finally {
    await browser.close();
  }
  return rows;
}
