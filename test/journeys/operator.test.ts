import assert from "node:assert/strict";
import { test } from "node:test";
import type { Page } from "playwright-core";
import { appJourney } from "../support/app-journey.ts";

const app = appJourney();

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
      await key(page, "2927.6");
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
