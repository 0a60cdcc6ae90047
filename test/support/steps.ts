import assert from "node:assert/strict";
import type { Page } from "playwright-core";

/** Fills the fields of a form as a person does, by their labels; a name to choose is chosen by its value or its words. */
export async function fill(page: Page, fields: Readonly<Record<string, string>>): Promise<void> {
  for (const [label, value] of Object.entries(fields)) {
    const place = page.getByLabel(label, { exact: true }).first();
    await place.waitFor();
    const tag = await place.evaluate((of) => (of as { tagName: string }).tagName);
    if (tag === "SELECT") await place.selectOption(value);
    else await place.fill(value);
  }
}

/** Sends the form of a command that is open, and sees it written. */
export async function putOnBooks(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Put it on the books" }).click();
  await page.getByText("Written as entry").waitFor();
}

/** Opens the form of a command, fills it in and sees it written. */
export async function doIt(
  page: Page,
  base: string,
  act: string,
  fields: Readonly<Record<string, string>>,
): Promise<void> {
  await page.goto(`${base}/do/${act}`);
  await fill(page, fields);
  await putOnBooks(page);
}

/** States which party acts from now on, in the menu beside the page. */
export async function speakFor(page: Page, party: string): Promise<void> {
  await page.getByLabel("of", { exact: true }).selectOption({ label: party });
}

/** Two parties and a site, typed in by hand: what any day on empty books begins with. */
export async function registerOwn(page: Page, base: string): Promise<void> {
  for (const [party, name, kind] of [
    ["own-recycler", "Own Recycler", "recycler"],
    ["own-refiner", "Own Refiner", "refiner"],
  ] as const) {
    await doIt(page, base, "programme/register-party", { "party *": party, "name *": name, "kind *": kind });
  }
  await page.goto(`${base}/do/programme/register-site`);
  await page.getByRole("button", { name: "Add a capability" }).click();
  await fill(page, {
    "site *": "north",
    "party *": "own-recycler",
    "name *": "North centre",
    "ZIP code *": "46204",
    "capability 1": "intake",
  });
  await putOnBooks(page);
}

let said = 0;

/** A command as another writes it, beside the page that is walked. */
export async function say(
  base: string,
  act: string,
  body: object,
  actor = "intake lead@own-recycler",
): Promise<void> {
  const response = await fetch(`${base}/api/${act}`, {
    method: "POST",
    headers: {
      "content-type": "application/json",
      "idempotency-key": `said-${said++}`,
      "didym-actor": actor,
    },
    body: JSON.stringify(body),
  });
  assert.ok(response.ok, await response.text());
}
