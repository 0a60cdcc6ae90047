import assert from "node:assert/strict";
import { test } from "node:test";
import type { Page } from "playwright-core";
import { appJourney } from "../support/app-journey.ts";
import { fill, say } from "../support/steps.ts";

const app = appJourney();
const blank = appJourney({ empty: true });

const stepsOn = async (lot: string) => {
  const answer = await fetch(`${app.base}/api/ledger/lot?lot=${lot}`);
  return (await answer.json()) as { state: string; children: readonly string[] };
};

async function key(page: Page, text: string): Promise<void> {
  const names: Readonly<Record<string, string>> = { ".": "point" };
  for (const k of text) await page.getByRole("button", { name: names[k] ?? k, exact: true }).click();
}

test("an operator: weighs a step with big keys, sees that it closes, and a lost line loses nothing", async () => {
  await app.visit(
    "/floor",
    async (page) => {
      await page.getByLabel("or its number").fill("C-2606-D");
      await page.getByRole("link", { name: "C-2606-D" }).click();
      await page.getByRole("heading", { name: "dismantle" }).waitFor();

      await page.getByLabel("magnets").focus();
      await key(page, "80");
      await page.getByRole("status").filter({ hasText: "It does not close yet." }).waitFor();
      await page.getByLabel("steel and aluminium").focus();
      await key(page, "2953.1");
      await page.getByRole("status").filter({ hasText: "It closes." }).waitFor();

      await page.context().setOffline(true);
      await page.getByRole("button", { name: "Record" }).click();
      await page.getByText("Kept on this phone:").waitFor();
      assert.equal((await stepsOn("C-2606-D")).children.length, 0);

      await page.context().setOffline(false);
      await page.getByText("dismantle is on the books").waitFor();
      const lot = await stepsOn("C-2606-D");
      assert.equal(lot.children.length, 2, "sent once");
    },
    { width: 390 },
  );
});

/** Own books with one lot of drives at a centre, as the intake lead leaves them for the floor. */
async function oneLot(base: string): Promise<void> {
  const site = "north";
  await say(base, "programme/register-party", {
    party: "own-recycler",
    name: "Own Recycler",
    kind: "recycler",
  });
  await say(base, "programme/register-site", {
    ...{ site, party: "own-recycler", name: "North centre", zip: "46204" },
    capabilities: ["intake", "dismantle"],
  });
  const scale = { unit: "north-floor", site, kind: "scale", name: "Floor scale", scale_sd: "0.1 kg" };
  await say(base, "programme/register-unit", scale);
  await say(base, "intake/receive", {
    ...{ consignment: "C-1", owner: "own-recycler", from_zip: "46204", site },
    pallets: [{ pallet: "P-1", gross: "68.5 kg", tare: "18.5 kg", scale: "north-floor" }],
  });
  const text = "description,qty\nSeagate ST2000DM008 2TB 3.5 HDD,80\n";
  await say(base, "intake/read-manifest", { consignment: "C-1", name: "m.csv", text });
  await say(base, "intake/open-lots", { consignment: "C-1" });
}

test("an operator, from empty: finds the lot, weighs it apart, and takes a wrong weight back", async () => {
  const walk = async (page: Page) => {
    await oneLot(blank.base);
    const number = page.getByLabel("or its number");
    await number.fill("nothing like it");
    await page.getByText("No lot is called so.").waitFor();
    await number.fill("C-1");
    await page.getByRole("link", { name: "C-1-M" }).click();
    await page.getByRole("heading", { name: "dismantle" }).waitFor();
    await page.getByLabel("magnets").focus();
    await key(page, "2");
    await page.getByLabel("steel and aluminium").focus();
    await key(page, "48");
    await page.getByRole("status").filter({ hasText: "It closes." }).waitFor();
    await page.getByRole("button", { name: "Record" }).click();
    await page.getByText("dismantle is on the books").waitFor();
    await page.getByText("It made").first().waitFor();

    await page.getByRole("link", { name: "Take the step back" }).click();
    await page.getByRole("button", { name: "Take this step back…" }).first().click();
    await fill(page, { "Why is it taken back? *": "the wrong pallet stood on the scale" });
    await page.getByRole("button", { name: /^Take back / }).click();
    await page.getByText("the wrong pallet stood on the scale").first().waitFor();
    await page.goto(`${blank.base}/floor/C-1-M`);
    await page.getByRole("heading", { name: "dismantle" }).waitFor();
  };
  await blank.visit("/floor", walk, { width: 390 });
});
