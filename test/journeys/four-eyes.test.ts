import assert from "node:assert/strict";
import { test } from "node:test";
import type { Page } from "playwright-core";
import { appJourney } from "../support/app-journey.ts";
import { fill } from "../support/steps.ts";

const app = appJourney({ signIn: true });

async function be(page: Page, person: string, says: string): Promise<void> {
  await page.getByLabel("Be one of the sample people").selectOption(person);
  await page.getByText(`Signed in as ${says} of Sample Refiner.`).waitFor();
}

/** In by the first page, where each role of each firm has its door. */
async function enter(page: Page, role: string): Promise<void> {
  await page
    .getByRole("region", { name: "Sample refiner" })
    .getByRole("button", { name: role, exact: true })
    .click();
  await page.getByText(`Signed in as ${role} of Sample Refiner.`).waitFor();
}

/** A command given by who is signed in on the page, beside its forms. */
const command = (page: Page, path: string, body: object): Promise<number> =>
  page.evaluate(
    async ([to, text]) => {
      const headers = { "content-type": "application/json", "idempotency-key": crypto.randomUUID() };
      return (await fetch(`/api/${to}`, { method: "POST", headers, body: text })).status;
    },
    [path, JSON.stringify(body)] as const,
  );

test("Z63 Z64: two browsers: what one proposes waits in the other's list, and happens when the other approves it", () =>
  app.visit("/", (first) =>
    app.visit("/", async (second) => {
      await enter(second, "administrator");
      const rules = { party: "sample-refiner", four_eyes: "required", why: "certified firms do" };
      assert.equal(await command(second, "trust/rules", rules), 201);
      await enter(first, "approver");
      await first.goto(`${app.base}/do/certify/revoke?passport=P-OX-2601-Nd`);
      await fill(first, { "why *": "of another drum" });
      await first.getByRole("button", { name: "Put it on the books" }).click();
      await first.getByText(/certify revoke takes two people/).waitFor();
      await first.getByRole("button", { name: "Ask a second person" }).click();
      await first.getByText(/It waits for a second person as V-/).waitFor();
      await first.getByRole("link", { name: "See what waits" }).click();
      await first.getByRole("link", { name: "Take it back" }).waitFor();
      assert.equal(await first.getByRole("link", { name: "Approve", exact: true }).count(), 0);
      await second.goto(`${app.base}/approvals`);
      await second.getByText("not yours to approve").waitFor();
      await be(second, "refiner-approver-2", "approver");
      await second.getByRole("link", { name: "To approve 1" }).click();
      await second.getByRole("link", { name: "Approve", exact: true }).click();
      await second.getByRole("button", { name: "Put it on the books" }).click();
      await second.getByText("Written as entry").waitFor();
      // The first page hears of it without asking again.
      await first.getByText("Nothing waits for a second person.").waitFor();
      await first.getByRole("cell", { name: "approver @ sample-refiner" }).first().waitFor();
    }),
  ));
