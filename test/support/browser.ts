import { existsSync } from "node:fs";
import { type Browser, chromium as playwright } from "playwright-core";

/** Chromium from npm; CHROMIUM_PATH comes first, an installed one last. */
async function executable(): Promise<string> {
  const given = process.env["CHROMIUM_PATH"];
  if (given) return given;
  if (process.platform === "linux" && process.arch === "x64") {
    // Set before the import: the package then unpacks the system libraries a bare machine lacks.
    process.env["AWS_EXECUTION_ENV"] ??= "AWS_Lambda_nodejs22.x";
    const { default: packaged } = await import("@sparticuz/chromium");
    return packaged.executablePath();
  }
  const installed = ["/usr/bin/chromium", "/usr/bin/google-chrome"].find(existsSync);
  if (installed) return installed;
  throw new Error("no Chromium was found; set CHROMIUM_PATH");
}

export async function openBrowser(): Promise<Browser> {
  // The package's own arguments ask for a single process, which ends at the second page context: not used.
  const args = [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
  ];
  return playwright.launch({ executablePath: await executable(), args, headless: true });
}

/** A page context as a user in the United States has it. */
export const newContext = (browser: Browser, options: { width?: number; dark?: boolean } = {}) =>
  browser.newContext({
    locale: "en-US",
    timezoneId: "America/Indiana/Indianapolis",
    viewport: { width: options.width ?? 1280, height: 900 },
    colorScheme: options.dark ? "dark" : "light",
    reducedMotion: "reduce",
  });
