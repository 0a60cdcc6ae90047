import assert from "node:assert/strict";
import { after, test } from "node:test";
import type { Page } from "playwright-core";
import { appJourney } from "../support/app-journey.ts";
import { newContext } from "../support/browser.ts";
import { CLIENT, type DirectoryServer, directoryServer } from "../support/directory-server.ts";
import { fill, putOnBooks } from "../support/steps.ts";
import { withPasskeys } from "../support/virtual-passkeys.ts";

const app = appJourney({ empty: true, signIn: true });
/** By its name, which has passkeys; the directory is at an address of its own, so that it is another site. */
const base = () => app.base.replace("127.0.0.1", "localhost");
const PARTY = "north-refining";
const ROLES = [
  ["chemists", "chemist"],
  ["planners", "planner"],
] as const;

async function theirDirectory(): Promise<DirectoryServer> {
  const callbacks = [`${base()}/api/auth/directory/${PARTY}/callback`];
  const directory = await directoryServer({ at: "127.0.0.1", callbacks });
  after(() => directory.close());
  directory.members.set("ann", { name: "Ann of the directory", groups: ["chemists"] });
  directory.members.set("bob", { name: "Bob", groups: ["visitors"] });
  return directory;
}

async function someone(width: number): Promise<Page> {
  return (await newContext(app.browser, { width })).newPage();
}

async function firstAdministrator(): Promise<Page> {
  const page = await someone(1280);
  await withPasskeys(page);
  await page.goto(base() + ((await app.firstLink()) ?? ""));
  const firm = { "Name of your firm": "North Refining", "What it is": "refiner" };
  await fill(page, { "Your name": "The administrator", ...firm });
  await page.getByRole("button", { name: "Make a passkey" }).click();
  await page.waitForURL(`${base()}/`);
  return page;
}

/** The form made from the schema, and the secret beside it. */
async function nameDirectory(page: Page, directory: DirectoryServer): Promise<void> {
  await page.goto(`${base()}/people`);
  await page.getByRole("link", { name: "Name your directory" }).click();
  await fill(page, { "issuer *": directory.issuer, "client id *": CLIENT.client_id, "claim *": "groups" });
  for (const [nth, [value, role]] of ROLES.entries()) {
    if (nth > 0) await page.getByRole("button", { name: "Add another role" }).click();
    const row = page.getByRole("group", { name: `role ${nth + 1}` });
    await row.getByLabel(/^value/).fill(value);
    await row.getByLabel(/^role/).fill(role);
  }
  await putOnBooks(page);
  await page.goto(`${base()}/people`);
  await page.getByText(`${base()}/api/auth/directory/${PARTY}/callback`).waitFor();
  await page.getByLabel("Client secret").fill(CLIENT.client_secret);
  await page.getByRole("button", { name: "Keep the secret" }).click();
  await page.getByText(/One is kept/).waitFor();
}

const byDirectory = (page: Page) =>
  page.getByRole("link", { name: "Sign in with North Refining's directory" }).click();

async function signInThere(page: Page, login: string): Promise<void> {
  await page.goto(base());
  await byDirectory(page);
  await page.waitForURL(/\/interaction\//);
  await page.locator("input[name=login]").fill(login);
  await page.locator("input[name=password]").fill("what the directory asks for");
  await page.locator("button[type=submit]").click();
}

test("Z80 to Z85: an administrator names the firm's directory; its people sign in by it, change their role there, and leave there", async () => {
  const directory = await theirDirectory();
  const admin = await firstAdministrator();
  await nameDirectory(admin, directory);

  const ann = await someone(1280);
  await signInThere(ann, "ann");
  await ann.getByText("Signed in as chemist of North Refining.").waitFor();
  await ann.getByRole("heading", { name: "Overview" }).waitFor();
  await ann.goto(`${base()}/people`);
  await ann.getByRole("rowheader", { name: "Ann of the directory" }).waitFor();

  await ann.goto(`${base()}/me`);
  await ann.getByText(/You sign in by it, in the role that it gives/).waitFor();

  const bob = await someone(390);
  await signInThere(bob, "bob");
  // Once it is known that nobody is signed in, this stands in the place of every page, and still says why.
  await bob.getByRole("button", { name: "Sign in with a passkey" }).waitFor();
  await bob.getByText(/nothing that is a role here/).waitFor();

  directory.members.set("ann", { name: "Ann of the directory", groups: ["planners"] });
  app.wait(0.1);
  await ann.goto(base());
  await ann.getByText("Signed in as planner of North Refining.").waitFor();

  directory.members.delete("ann");
  app.wait(0.1);
  await ann.goto(base());
  await ann.getByRole("heading", { name: "Sign in" }).waitFor();
  assert.equal(await ann.getByText("Signed in as").count(), 0);
});
