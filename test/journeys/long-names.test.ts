import assert from "node:assert/strict";
import { test } from "node:test";
import type { Page } from "playwright-core";
import { appJourney } from "../support/app-journey.ts";
import { say } from "../support/steps.ts";

const app = appJourney({ empty: true });

/** The longest name the contract takes, in one word that cannot be broken at a space. */
const long = (start: string): string => start.padEnd(64, "x");
const WORDS = "A firm whose name is as long as some names of firms in this trade are ".repeat(3).trim();
const [PARTY, REFINER, SITE, SCALE, LOT] = ["party", "refiner", "site", "scale", "C"].map(long) as [
  string,
  string,
  string,
  string,
  string,
];

async function fillTheBooks(): Promise<void> {
  const write = (act: string, body: object) => say(app.base, act, body, `intake lead@${PARTY}`);
  await write("programme/register-party", { party: PARTY, name: WORDS, kind: "recycler" });
  await write("programme/register-party", { party: REFINER, name: WORDS, kind: "refiner" });
  await write("programme/register-site", {
    site: SITE,
    party: PARTY,
    name: WORDS,
    zip: "46204",
    capabilities: ["intake", "dismantle", "store"],
  });
  await write("programme/register-unit", {
    unit: SCALE,
    site: SITE,
    kind: "scale",
    name: WORDS,
    scale_sd: "0.1 kg",
  });
  await write("intake/receive", {
    consignment: LOT.slice(0, 60),
    owner: PARTY,
    from_zip: "46204",
    from_name: WORDS,
    site: SITE,
    pallets: [{ pallet: long("P"), gross: "99999.999 kg", tare: "18.5 kg", scale: SCALE }],
  });
  const text = `description,qty\n${"Seagate ST2000DM008 2TB 3.5 HDD ".repeat(9)}${long("y")},99999\n${long("z")},many\n`;
  await write("intake/read-manifest", { consignment: LOT.slice(0, 60), name: `${long("m")}.csv`, text });
  await write("intake/open-lots", { consignment: LOT.slice(0, 60) });
}

/** What sticks out over the right edge of the screen, and not of a part that scrolls by itself. */
const sticksOut = (page: Page): Promise<string> =>
  page.evaluate(
    `document.documentElement.scrollWidth <= innerWidth ? "" : [...document.querySelectorAll("body *")].filter((e) => e.getBoundingClientRect().right > innerWidth + 1 && !e.closest(".scroll")).slice(-1).map((e) => e.outerHTML.slice(0, 200)).join()`,
  );

test("W10: names as long as the contract takes fit a phone on every page they stand on", async () => {
  await fillTheBooks();
  const { items } = (await (await fetch(`${app.base}/api/ledger/lots`)).json()) as {
    items: { id: string }[];
  };
  const lot = items[0]?.id ?? "";
  const consignment = LOT.slice(0, 60);
  const paths = [
    "/",
    "/consignments",
    `/consignments/${consignment}`,
    `/consignments/${consignment}/destruction`,
    "/lots",
    `/lots/${lot}`,
    `/floor/${lot}`,
    `/labels?lots=${lot}`,
    `/stocktake?site=${SITE}`,
    "/account",
    "/plan",
    "/books",
    "/ship",
    "/orders",
    "/do/ship/send",
  ];
  const wide: string[] = [];
  await app.visit(
    "/",
    async (page) => {
      for (const path of paths) {
        await page.goto(app.base + path);
        await page.waitForLoadState("networkidle");
        const out = await sticksOut(page);
        if (out !== "") wide.push(`${path.replaceAll(/x{9,}/g, "x…")}: ${out}`);
      }
    },
    { width: 390 },
  );
  assert.deepEqual(wide, []);
});
