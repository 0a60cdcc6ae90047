// Takes the pictures of the README from a running sample programme: `node tools/screenshots.ts [http://127.0.0.1:4680]`
import { mkdirSync } from "node:fs";
import type { BrowserContext } from "playwright-core";
import { openBrowser } from "../test/support/browser.ts";
import { asPerson, settled } from "../test/support/guide-walk.ts";

const base = process.argv[2] ?? "http://127.0.0.1:4680";
/** Who sees the page as the README tells of it: the auditor sees both firms. */
const PICTURES = [
  ["/", "overview", "auditor"],
  ["/column", "column", "auditor"],
  ["/passport/P-OX-2601-Nd", "passport", "buyer-a"],
] as const;

/** Long enough for a column to be simulated and a passport verified. */
const SETTLE_MS = 2_500;

mkdirSync("docs/images", { recursive: true });
const browser = await openBrowser();

async function take(context: BrowserContext, path: string, name: string): Promise<void> {
  const page = await context.newPage();
  await page.goto(base + path);
  await settled(page);
  await page.waitForLoadState("networkidle");
  await page.waitForTimeout(SETTLE_MS);
  await page.screenshot({ path: `docs/images/${name}.png` });
  console.log(`docs/images/${name}.png`);
}

try {
  for (const [path, name, person] of PICTURES) {
    const context = await asPerson(browser, base, person);
    await take(context, path, name);
    await context.close();
  }
} finally {
  await browser.close();
}
