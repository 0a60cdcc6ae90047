import assert from "node:assert/strict";
import type { AddressInfo } from "node:net";
import { after, before, test } from "node:test";
import { serve } from "@hono/node-server";
import type { Browser, Page } from "playwright-core";
import { createApi } from "../../src/api/index.ts";
import { perform } from "../../src/app/core/perform.ts";
import type { CommandAnswering } from "../../src/app/core/use-case.ts";
import { wasDone } from "../../src/app/jobs/carry-out.ts";
import { work } from "../../src/app/jobs/worker.ts";
import { findUseCase, useCases } from "../../src/app/use-cases.ts";
import { threadRunner } from "../../src/main/job-threads.ts";
import { portsOn } from "../../src/main/ports.ts";
import { postgresQueue } from "../../src/store/job-queue.ts";
import { newContext, openBrowser } from "../support/browser.ts";
import { freshDatabase, poolOn } from "../support/database.ts";

/** The app on PostgreSQL with a worker, as `npm start` runs it; two consignments wait for their manifests. */
let base: string;
let browser: Browser;
const ends: (() => unknown)[] = [];
// Asked for by the file, not by its first hook: it is dropped when whoever asked for it ends.
const config = await freshDatabase();
const pool = poolOn(config, 8);

before(async () => {
  const ports = portsOn(pool);
  const actor = { role: "intake lead", party: "sample-recycler", verified: false };
  const say = async (room: string, verb: string, input: object, key: string) => {
    const command = findUseCase(room, verb) as CommandAnswering<object>;
    const done = await perform(ports, command, { request: { key, actor }, input });
    assert.ok(done.ok, done.ok ? "" : done.refusal.message);
  };
  await say(
    ...(["programme", "register-party"] as const),
    { party: "sample-recycler", name: "Sample recycler", kind: "recycler", sample: true },
    "party",
  );
  await say(
    ...(["programme", "register-site"] as const),
    {
      ...{ site: "plainfield", party: "sample-recycler", name: "Sample centre", zip: "46168" },
      ...{ capabilities: ["intake"], status: "open" },
    },
    "site",
  );
  for (const consignment of ["C-1", "C-2"])
    await say("intake", "receive", { consignment, owner: "sample-recycler", from_zip: "60601" }, consignment);
  const onFault = (error: Error) => console.error(error);
  const working = work({
    ...{ queue: postgresQueue(pool), onFault, run: threadRunner(config, onFault), name: "journey" },
    ...{ wasDone: (claim) => wasDone(ports, claim), pollMs: 50, beatMs: 100 },
  });
  const stopping = new AbortController();
  const app = createApi({
    signIn: "offered",
    ports,
    useCases,
    webDir: "build/web",
    stopping: stopping.signal,
  });
  base = await new Promise((resolve) => {
    const server = serve({ fetch: app.fetch, port: 0, hostname: "127.0.0.1" }, ({ port }: AddressInfo) =>
      resolve(`http://127.0.0.1:${port}`),
    );
    ends.push(() => server.close());
  });
  ends.push(
    () => stopping.abort(),
    () => working.stop(),
    () => pool.end(),
  );
  browser = await openBrowser();
});

after(async () => {
  await browser?.close();
  for (const end of ends) await end();
});

/** Sample data: a manifest of so many rows, no two alike. */
const manifest = (rows: number) =>
  `description,qty,serial\n${Array.from({ length: rows }, (_, i) => `Seagate ST2000DM008 2TB 3.5 HDD pallet ${i},1,SAMPLE-${i}\n`).join("")}`;

async function visit(path: string, walk: (page: Page) => Promise<void>): Promise<void> {
  const context = await newContext(browser);
  try {
    const page = await context.newPage();
    await page.goto(base + path);
    await walk(page);
  } finally {
    await context.close();
  }
}

async function drop(page: Page, rows: number): Promise<void> {
  await page.locator("input[type=file]").setInputFiles({
    ...{ name: `sample-${rows}.csv`, mimeType: "text/csv", buffer: Buffer.from(manifest(rows)) },
  });
  await page.getByRole("button", { name: "Read it" }).click();
}

test("J11: a manifest of 10,000 rows shows how far it is, goes on through a reload and elsewhere, and is read once", async () => {
  await visit("/consignments/C-1", async (page) => {
    await drop(page, 10_000);
    const bar = page.getByRole("progressbar");
    await bar.waitFor();
    await page.reload();
    await bar.waitFor();
    await page.getByText(/of 10000 rows identified|writing 10000 rows/).waitFor();
    await page.getByRole("link", { name: "All work" }).click();
    await page.getByRole("heading", { name: "Under way" }).waitFor();
    await page.getByText("sample-10000.csv").first().waitFor();
    await page.getByRole("cell", { name: "done" }).waitFor({ timeout: 60_000 });
    await page.getByRole("link", { name: "intake: read manifest" }).click();
    await page.getByRole("heading", { name: "What came of it" }).waitFor();
    await page.goto(`${base}/consignments/C-1`);
    await page.getByText("10000 kept").waitFor();
    assert.equal(await page.getByText("sample-10000.csv").count(), 1);
    assert.equal(await page.getByRole("progressbar").count(), 0);
  });
  const read = await portsOn(pool).store.entries({ after: 0, limit: 10, kind: "manifest_read" });
  assert.equal(read.length, 1);
});

test("J11, J4: cancelled on the page it stops, nothing of it is written, and what was given is still there", async () => {
  await visit("/consignments/C-2", async (page) => {
    await drop(page, 40_000);
    await page.getByText(/of 40000 rows identified/).waitFor();
    await page.getByRole("button", { name: "Cancel" }).click();
    await page.getByText("cancelled; nothing was written").waitFor();
    assert.equal(await page.getByRole("progressbar").count(), 0);
    assert.equal(await page.getByText("No manifest was read yet.").count(), 1);
    assert.ok(await page.getByRole("button", { name: "Read it" }).isEnabled());
  });
  const read = await portsOn(pool).store.entries({ after: 0, limit: 10, kind: "manifest_read" });
  assert.ok(read.every(({ body }) => (body as { consignment: string }).consignment !== "C-2"));
});

test("J11, W25: the form of a long calculation is its progress, then its answer, at an address that finds it again", async () => {
  await visit("/do/refine/design", async (page) => {
    const answer = await page.request.post(`${base}/api/jobs`, {
      data: { use_case: "refine/design", input: findUseCase("refine", "design")?.example },
    });
    assert.equal(answer.status(), 202);
    const { job } = (await answer.json()) as { job: string };
    await page.goto(`${base}/do/refine/design?job=${job}`);
    await page.getByRole("heading", { name: "Worked out" }).waitFor({ timeout: 60_000 });
    await page.reload();
    await page.getByRole("heading", { name: "Worked out" }).waitFor();
    await page.getByRole("button", { name: "Once more" }).click();
    await page.getByRole("button", { name: "Work it out" }).waitFor();
    assert.ok(!page.url().includes(job));
  });
});
