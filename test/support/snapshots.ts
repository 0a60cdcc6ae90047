import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { APP_PAGES } from "./app-pages.ts";
import { newContext } from "./browser.ts";

const FOLDER = "test/journeys/snapshots";

/** A quarter of the size is enough to see a page change, and a hundred pages stay a small folder. */
const SHRINK = 4;
const HEIGHT_MAX = 2_400;

/** A block of 8 by 8 small pixels has changed when its mean differs by more than this, of 255. */
const BLOCK_DIFFERS = 10;
/** More changed blocks than this part of the page is a change; less is how letters fall between pixels. */
const BLOCKS_MAX = 0.002;

export interface Look {
  readonly width: number;
  readonly dark: boolean;
}

export const LOOKS: readonly Look[] = [
  { width: 1280, dark: false },
  { width: 1280, dark: true },
  { width: 390, dark: false },
  { width: 390, dark: true },
];

/** Half of them tell a change of width and of colours alike, in half the time; DIDYM_LOOKS=all asks for the others too. */
export const LOOKS_TRIED: readonly Look[] = LOOKS.filter(
  ({ width, dark }) => process.env["DIDYM_LOOKS"] === "all" || dark === (width === 390),
);

export const fileOf = (path: string, { width, dark }: Look): string =>
  `${FOLDER}/${path.replaceAll(/[^A-Za-z0-9]+/g, "_").replace(/^_|_$/g, "") || "overview"}-${width}${dark ? "-dark" : ""}.webp`;

/** What differs from run to run and says nothing of the look: codes of addresses, keys, hashes. */
const HIDDEN = ".qr, .mono { visibility: hidden !important }";

/** Pages that show times of their own work look a little different each time. */
const LIVELY: readonly string[] = ["/column"];

/** Pictures are made small and compared in a blank page, which has what it takes and needs no library. */
export async function openDarkroom(browser: Browser): Promise<Page> {
  return (await browser.newContext()).newPage();
}

/** How wide this machine's letters are: with other fonts than the kept pictures have, nothing can be compared. */
export async function lettersWidth(darkroom: Page): Promise<number> {
  await darkroom.setContent('<span style="font: 40px system-ui">Didym 0123456789 quick fox</span>');
  return Math.round((await darkroom.locator("span").boundingBox())?.width ?? 0);
}

export async function shoot(
  context: BrowserContext,
  darkroom: Page,
  url: string,
  dark: boolean,
): Promise<string> {
  const page = await context.newPage();
  try {
    await page.emulateMedia({ colorScheme: dark ? "dark" : "light", reducedMotion: "reduce" });
    await page.goto(url);
    await page.waitForLoadState("networkidle");
    await page.addStyleTag({ content: HIDDEN }).catch(() => undefined);
    await page.evaluate("document.fonts.ready.then(() => undefined)");
    const full = await page.screenshot({ fullPage: true, animations: "disabled" });
    return await shrink(darkroom, full);
  } finally {
    await page.close();
  }
}

/** The picture at a quarter of its size, or so many times smaller, as WebP. */
export function shrink(darkroom: Page, png: Buffer, times = SHRINK): Promise<string> {
  return darkroom.evaluate(
    `(async () => {
      const image = new Image();
      image.src = "data:image/png;base64,${png.toString("base64")}";
      await image.decode();
      const canvas = document.createElement("canvas");
      canvas.width = Math.round(image.width / ${times});
      canvas.height = Math.round(Math.min(image.height, ${HEIGHT_MAX}) / ${times});
      const brush = canvas.getContext("2d");
      brush.imageSmoothingQuality = "high";
      brush.drawImage(image, 0, 0, image.width, canvas.height * ${times}, 0, 0, canvas.width, canvas.height);
      return canvas.toDataURL("image/webp", 0.7).split(",")[1];
    })()`,
  );
}

/** The part of the page that has changed, from 0 to 1; pages of other sizes have changed wholly. */
export async function changedPart(darkroom: Page, before: string, now: string): Promise<number> {
  return darkroom.evaluate(
    `(async () => {
      const read = async (base64) => {
        const image = new Image();
        image.src = "data:image/webp;base64," + base64;
        await image.decode();
        const canvas = document.createElement("canvas");
        canvas.width = image.width;
        canvas.height = image.height;
        const brush = canvas.getContext("2d");
        brush.drawImage(image, 0, 0);
        return brush.getImageData(0, 0, image.width, image.height);
      };
      const [a, b] = [await read("${before}"), await read("${now}")];
      if (a.width !== b.width || Math.abs(a.height - b.height) > 4) return 1;
      const height = Math.min(a.height, b.height);
      let blocks = 0, changed = 0;
      for (let top = 0; top < height; top += 8) {
        for (let left = 0; left < a.width; left += 8) {
          let sum = 0, count = 0;
          for (let y = top; y < Math.min(top + 8, height); y++) {
            for (let x = left; x < Math.min(left + 8, a.width); x++) {
              const at = 4 * (y * a.width + x);
              const bt = 4 * (y * b.width + x);
              for (let k = 0; k < 3; k++) { sum += Math.abs(a.data[at + k] - b.data[bt + k]); count++; }
            }
          }
          blocks++;
          if (sum / count > ${BLOCK_DIFFERS}) changed++;
        }
      }
      return changed / blocks;
    })()`,
  );
}

export const hasChanged = (part: number): boolean => part > BLOCKS_MAX;

/** Every page in one look, each given to the caller with the name it is kept by. */
export async function eachPage(
  given: { readonly browser: Browser; readonly darkroom: Page; readonly base: string; readonly look: Look },
  take: (file: string, picture: string) => Promise<void>,
): Promise<void> {
  const context = await newContext(given.browser, given.look);
  try {
    for (const [path] of APP_PAGES.filter(([page]) => !LIVELY.includes(page)))
      await take(
        fileOf(path, given.look),
        await shoot(context, given.darkroom, given.base + path, given.look.dark),
      );
  } finally {
    await context.close();
  }
}

export const keep = (file: string, picture: string): void => {
  mkdirSync(FOLDER, { recursive: true });
  writeFileSync(file, Buffer.from(picture, "base64"));
};

export const kept = (file: string): string => readFileSync(file).toString("base64");

const LETTERS = `${FOLDER}/letters.json`;

export const keepLetters = (width: number): void =>
  keep(LETTERS, Buffer.from(`{ "width": ${width} }\n`).toString("base64"));

export const keptLetters = (): number =>
  (JSON.parse(readFileSync(LETTERS, "utf8")) as { width: number }).width;
