// Takes the pictures of the README from a running sample programme: `node tools/screenshots.ts [http://127.0.0.1:4680]`
import { mkdirSync } from "node:fs";
import { newContext, openBrowser } from "../test/support/browser.ts";

const base = process.argv[2] ?? "http://127.0.0.1:4680";
const PICTURES = [
  ["/", "overview"],
  ["/column", "column"],
  ["/passport/P-OX-2601-Nd", "passport"],
] as const;

/** Long enough for a column to be simulated and a passport verified. */
const SETTLE_MS = 2_500;

mkdirSync("docs/images", { recursive: true });
const browser = await openBrowser();
try {
  const context = await newContext(browser, { width: 1280 });
  const page = await context.newPage();
  for (const [path, name] of PICTURES) {
    await page.goto(base + path);
    await page.waitForLoadState("networkidle");
    await page.waitForTimeout(SETTLE_MS);
    await page.screenshot({ path: `docs/images/${name}.png` });
    console.log(`docs/images/${name}.png`);
  }
} finally {
  await browser.close();
}
