import assert from "node:assert/strict";
import { test } from "node:test";
import type { Page } from "playwright-core";
import { appJourney } from "../support/app-journey.ts";
import { newContext } from "../support/browser.ts";
import { fill, putOnBooks } from "../support/steps.ts";
import { withPasskeys } from "../support/virtual-passkeys.ts";

const app = appJourney({ empty: true, signIn: true });
/** By its name: an address has no passkeys. */
const base = () => app.base.replace("127.0.0.1", "localhost");

/** Someone's browser with a device of their own, and a phone's width. */
async function someone(width = 1280): Promise<Page> {
  const page = await (await newContext(app.browser, { width })).newPage();
  await withPasskeys(page);
  return page;
}

async function joinBy(page: Page, link: string, fields: Readonly<Record<string, string>>): Promise<void> {
  await page.goto(base() + link);
  await fill(page, fields);
  await page.getByRole("button", { name: "Make a passkey" }).click();
  await page.waitForURL(`${base()}/`);
}

async function seesAs(page: Page, words: string): Promise<void> {
  await page.getByText(words).waitFor();
}

const signIn = (page: Page) => page.getByRole("button", { name: "Sign in with a passkey" }).click();

async function linkFor(admin: Page, press: () => Promise<void>): Promise<string> {
  await press();
  const link = await admin.getByTestId("link").innerText();
  assert.match(link, /\/join#didym_[0-9a-f]{64}$/);
  return new URL(link).pathname + new URL(link).hash;
}

async function inviteAs(admin: Page, role: string): Promise<string> {
  await admin.goto(`${base()}/people`);
  await admin.getByLabel("As", { exact: true }).selectOption(role);
  return linkFor(admin, () => admin.getByRole("button", { name: "Make the link" }).click());
}

test("Z31 Z37 Z38 Z39 Z7: the first administrator by the link of the start, who invites a second; a lost phone; a leaver", async () => {
  const admin = await someone();
  const link = (await app.firstLink()) ?? "";
  await joinBy(admin, link, {
    ...{ "Your name": "The administrator", "Name of your firm": "North Refining", "What it is": "refiner" },
  });
  await seesAs(admin, "Signed in as administrator of North Refining.");

  const chemist = await someone();
  await joinBy(chemist, await inviteAs(admin, "chemist"), { "Your name": "The chemist" });
  await seesAs(chemist, "Signed in as chemist of North Refining.");
  await chemist.getByRole("button", { name: "Sign out" }).click();
  await chemist.getByRole("heading", { name: "Sign in" }).waitFor();
  await signIn(chemist);
  await chemist.getByRole("heading", { name: "Overview" }).waitFor();
  await chemist.goto(`${base()}/me`);
  await chemist.getByRole("heading", { name: "Passkeys (1)" }).waitFor();
  await chemist.getByText("The chemist").first().waitFor();

  await admin.goto(`${base()}/people`);
  await admin.getByRole("rowheader", { name: "The chemist" }).waitFor();
  const recovery = await linkFor(admin, () => admin.getByRole("button", { name: /^New way in for/ }).click());
  const found = await someone(390);
  await joinBy(found, recovery, { "Your name": "The chemist" });
  await chemist.context().clearCookies();
  await chemist.goto(base());
  await signIn(chemist);
  await chemist.getByText(/nobody's way in here/).waitFor();

  await admin.goto(`${base()}/people`);
  await admin.getByRole("link", { name: "Left" }).click();
  await putOnBooks(admin);
  await found.context().clearCookies();
  await found.goto(base());
  await signIn(found);
  await found.getByText(/nobody's way in here/).waitFor();
});

test("Z31 W33: opened by its address, this machine's page goes on by its name; a link that was used says so", async () => {
  const page = await someone();
  await page.goto(`${app.base}/join#didym_0`);
  await page.waitForURL(`${base()}/join#didym_0`);
  await page.getByText(/this link is nobody's/i).waitFor();
  await page.goto(`${app.base}/sign-in`);
  const by = page.getByRole("link", { name: "Sign in with a passkey" });
  assert.equal(await by.getAttribute("href"), `${base()}/sign-in`);
});
