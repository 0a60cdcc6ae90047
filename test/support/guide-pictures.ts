import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import type { Browser, Page } from "playwright-core";
import { slugOf } from "../../src/web/guide/guide.ts";
import { GUIDES } from "../../src/web/guide/guides.ts";
import { asPerson, openAt } from "./guide-walk.ts";
import { shrink } from "./snapshots.ts";

const FOLDER = "src/web/guide/pictures";
const SHOWN = { width: 1280, height: 720 };

interface Pressed {
  setAttribute(name: string, value: string): void;
}

/** A ring round what is to be pressed, the same in every picture. */
const RING = "outline: 4px solid #c2410c !important; outline-offset: 3px !important;";

export const guidePictureOf = (role: string): string => `${FOLDER}/${slugOf(role)}.webp`;

/** The page of the first thing a role does, as its sample person sees it, half as large, with what is pressed marked. */
export async function guidePicture(given: {
  readonly browser: Browser;
  readonly darkroom: Page;
  readonly base: string;
  readonly role: string;
}): Promise<string> {
  const { browser, darkroom, base, role } = given;
  const guide = GUIDES[role];
  const first = guide?.does[0];
  if (!guide || !first) throw new Error(`there is no guide of a ${role}`);
  const context = await asPerson(browser, base, guide.person);
  try {
    const page = await context.newPage();
    await page.setViewportSize(SHOWN);
    const press = await openAt(page, base, first);
    await page.waitForLoadState("networkidle");
    await press.evaluate((element: Pressed, ring) => element.setAttribute("style", ring), RING);
    await press.scrollIntoViewIfNeeded();
    return await shrink(darkroom, await page.screenshot({ animations: "disabled" }), 2);
  } finally {
    await context.close();
  }
}

export const keepGuidePicture = (role: string, picture: string): void => {
  mkdirSync(FOLDER, { recursive: true });
  writeFileSync(guidePictureOf(role), Buffer.from(picture, "base64"));
};

export const keptGuidePicture = (role: string): string =>
  readFileSync(guidePictureOf(role)).toString("base64");
