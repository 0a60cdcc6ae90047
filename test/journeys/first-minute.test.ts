import assert from "node:assert/strict";
import { test } from "node:test";
import type { Page } from "playwright-core";
import { PEOPLE } from "../../src/sample/people.ts";
import { appJourney } from "../support/app-journey.ts";
import { newContext } from "../support/browser.ts";
import { asPerson, hrefsOf, settled } from "../support/guide-walk.ts";

const app = appJourney({ signIn: true });

/** What the server refuses while a page is open, whether the page says so or not. */
function listenTo(page: Page): string[] {
  const refused: string[] = [];
  page.on("response", (answer) => {
    if (answer.status() >= 400) refused.push(`${answer.status()} ${new URL(answer.url()).pathname}`);
  });
  return refused;
}

/** The doors of a party, in the order of their people; a second one of a role has a 2 behind it. */
const doorsOf = (party: string) => PEOPLE.filter((one) => one.party === party);
const titleOf = (party: string) => party.replaceAll("-", " ").replace(/^./, (c) => c.toUpperCase());

async function pressDoor(page: Page, { party, person, role }: (typeof PEOPLE)[number]): Promise<void> {
  const before = doorsOf(party).filter((one) => one.role === role);
  const name = before[0]?.person === person ? role : `${role} 2`;
  await page
    .getByRole("region", { name: titleOf(party), exact: true })
    .getByRole("button", { name, exact: true })
    .click();
}

/** What a firm reads does not depend on the role, so one of each party opens all of the menu. */
async function openMenu(page: Page): Promise<void> {
  const steps = page.getByRole("navigation", { name: "steps of the loop" }).getByRole("link");
  for (const step of await steps.all()) {
    await step.click();
    await settled(page);
    assert.equal(await page.getByRole("alert").count(), 0, page.url());
  }
}

/** Whatever the page of a lot offers opens, with a form to fill in. */
async function openActs(page: Page, lot: string): Promise<void> {
  const path = `${app.base}/lots/${lot}`;
  await page.goto(path);
  await settled(page);
  const acts = page.getByRole("navigation", { name: "what can be done" }).getByRole("link");
  for (const href of await hrefsOf(acts)) {
    await page.goto(app.base + href);
    await settled(page);
    await page.getByRole("button", { name: "Put it on the books" }).waitFor();
  }
}

const seen = new Set<string>();
/** Somebody of each role, and of each party; all of them with DIDYM_LOOKS=all. */
const TRIED = PEOPLE.filter(
  ({ person, role, party }) =>
    process.env["DIDYM_LOOKS"] === "all" ||
    PEOPLE.find((one) => one.role === role)?.person === person ||
    doorsOf(party)[0]?.person === person,
);
/** A customer's first page is of its own. */
const firstPageOf = (role: string) => (role === "customer" ? "What you handed over" : "Overview");
const waitingFor = (role: string) => (role === "customer" ? "What waits" : "Waits for you");

for (const one of TRIED)
  test(`W52: ${one.person}: one press, and the first page says what waits; what is offered opens`, async () => {
    const context = await newContext(app.browser);
    try {
      const page = await context.newPage();
      await page.goto(app.base);
      await page.getByRole("heading", { name: "Sample people" }).waitFor();
      // Who is nobody yet is refused; from the door on nothing is.
      await page.waitForLoadState("networkidle");
      const refused = listenTo(page);
      await pressDoor(page, one);
      await page.getByRole("heading", { name: firstPageOf(one.role) }).waitFor();
      const waits = page.getByRole("region", { name: waitingFor(one.role), exact: true });
      await waits.waitFor();
      assert.ok(
        (await waits.getByRole("listitem").count()) > 0 || (await waits.getByText(/^Nothing/).count()) > 0,
      );
      await settled(page);
      if (!seen.has(one.party)) await openMenu(page);
      const offered = `${one.party} ${one.role}`;
      if (!seen.has(offered)) {
        const lots = await page.evaluate(
          "fetch('/api/ledger/lots?limit=1&state=on_hand').then((r) => r.json())",
        );
        const [lot] = (lots as { items: { id: string }[] }).items;
        if (lot) await openActs(page, lot.id);
      }
      seen.add(one.party).add(offered);
      assert.deepEqual(refused, []);
    } finally {
      await context.close();
    }
  });

/** What the pages of both a lot and a consignment could offer, by the words on it. */
const OFFERED = ["New consignment", "Record the split", "Record their destruction", "Promise it", "Release"];

test("W54: who may give no command of the trade is offered none, and reads whose it is", async () => {
  const context = await asPerson(app.browser, app.base, "auditor");
  try {
    const page = await context.newPage();
    const paths = [
      "/consignments",
      "/consignments/C-2606",
      "/lots/C-2606-D",
      "/orders/O-2602",
      "/laboratory",
      "/settle",
    ];
    for (const path of paths) {
      await page.goto(app.base + path);
      await settled(page);
      for (const name of OFFERED)
        assert.equal(await page.getByText(name, { exact: true }).count(), 0, `${path} offers ${name}`);
      // Anybody may say that something went wrong.
      const forms = page.locator("main form, main a[href^='/do/']:not([href^='/do/trust/open-incident'])");
      assert.equal(await forms.count(), 0, `${path} offers a form`);
    }
    await page.goto(`${app.base}/consignments/C-2606/destruction`);
    await page.getByText("Recording it is for operator, data technician.").waitFor();
  } finally {
    await context.close();
  }
});
