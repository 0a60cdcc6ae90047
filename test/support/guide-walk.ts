import type { Browser, BrowserContext, Locator, Page } from "playwright-core";
import { type Doing, samplePage } from "../../src/web/guide/guide.ts";
import { newContext } from "./browser.ts";

/** Signed in as one of the sample people, as a press on their door does it. */
export async function asPerson(browser: Browser, base: string, person: string): Promise<BrowserContext> {
  const context = await newContext(browser);
  const answer = await context.request.post(`${base}/api/auth/sample`, {
    data: { person },
    headers: { origin: base },
  });
  if (!answer.ok()) throw new Error(`${person} cannot come in: ${answer.status()}`);
  return context;
}

/** All that was asked for is there: nothing is loading. */
export async function settled(page: Page): Promise<void> {
  await page.locator("h1").first().waitFor();
  await page.getByRole("status", { name: "loading" }).first().waitFor({ state: "detached" });
}

/** Where links lead, each once. */
export async function hrefsOf(links: Locator): Promise<readonly string[]> {
  const hrefs = new Set<string>();
  for (const link of await links.all()) hrefs.add((await link.getAttribute("href")) ?? "");
  return [...hrefs];
}

/** What a guide tells to press: a link, a button, or a field by its label. */
export const pressed = (page: Page, press: string): Locator =>
  page
    .locator("main")
    .getByRole("link", { name: press, exact: true })
    .or(page.locator("main").getByRole("button", { name: press, exact: true }))
    .or(page.locator("main").getByLabel(press, { exact: true }))
    .filter({ visible: true })
    .first();

/** Opens the page where something is done, and waits until what is to be pressed stands there. */
export async function openAt(page: Page, base: string, { on, press }: Doing): Promise<Locator> {
  await page.goto(base + samplePage(on));
  await settled(page);
  const found = pressed(page, press);
  await found.waitFor().catch((cause: unknown) => {
    throw new Error(`${samplePage(on)} has nothing called "${press}" to press`, { cause });
  });
  return found;
}
