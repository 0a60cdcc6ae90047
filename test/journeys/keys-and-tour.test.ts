import assert from "node:assert/strict";
import { test } from "node:test";
import type { Page } from "playwright-core";
import { appJourney } from "../support/app-journey.ts";

const app = appJourney();

async function onPage(path: string, walk: (page: Page) => Promise<void>): Promise<void> {
  await app.visit(path, async (page) => {
    await page.waitForLoadState("networkidle");
    await walk(page);
  });
}

const title = (page: Page) => page.locator("h1").innerText();

test("a newcomer: the tour leads from the truck to the books, and every stop exists", async () => {
  await onPage("/", async (page) => {
    await page.getByRole("button", { name: "Take the two-minute tour" }).click();
    await page.locator("h1", { hasNotText: /^Overview$/ }).waitFor();
    const tour = page.getByRole("complementary", { name: "tour" });
    const titles: string[] = [];
    for (;;) {
      await page.waitForLoadState("networkidle");
      await page.locator("h1").waitFor();
      titles.push(await title(page));
      assert.equal(await page.getByRole("alert").count(), 0, `nothing is refused at ${titles.at(-1)}`);
      const next = tour.getByRole("button", { name: /^Next/ });
      if ((await next.count()) === 0) break;
      await next.click();
      await page.locator("h1", { hasNotText: new RegExp(`^${titles.at(-1)}$`) }).waitFor();
    }
    assert.equal(titles[0], "C-2601");
    assert.equal(titles.at(-1), "Books");
    assert.equal(titles.length, 8);
    await tour.getByRole("button", { name: "Close" }).click();
    assert.equal(await tour.count(), 0);
  });
});

test("the keyboard: the palette finds a lot by the beginning of its number and opens it", async () => {
  await onPage("/", async (page) => {
    await page.keyboard.press("Control+k");
    await page.getByRole("combobox", { name: /number/ }).waitFor();
    await page.keyboard.type("OX-2601-N");
    await page
      .getByRole("option", { name: /^OX-2601-Nd/ })
      .first()
      .waitFor();
    await page.keyboard.press("Enter");
    await page.waitForURL("**/lots/OX-2601-Nd");
  });
});

test("the keyboard: what is typed while the palette is still on its way is in it, and opens no other page", async () => {
  await onPage("/", async (page) => {
    await page.route("**/palette*.js", async (route) => {
      await new Promise((later) => setTimeout(later, 500));
      await route.continue();
    });
    await page.keyboard.press("Control+k");
    await page.keyboard.type("new n");
    const field = page.getByRole("combobox", { name: /number/ });
    await field.waitFor();
    assert.equal(await field.inputValue(), "new n");
    assert.equal(new URL(page.url()).pathname, "/");
  });
});

test("the keyboard: g and a letter open a page, but not while somebody writes", async () => {
  await onPage("/", async (page) => {
    await page.keyboard.press("g");
    await page.keyboard.press("b");
    await page.waitForURL("**/books");
    await page.keyboard.press("n");
    await page.waitForURL("**/consignments/new");
    await page.getByLabel(/ZIP/).first().fill("");
    await page.getByLabel(/ZIP/).first().press("g");
    await page.keyboard.press("b");
    assert.match(page.url(), /consignments\/new$/);
    await page.locator("h1").click();
    await page.keyboard.press("?");
    await page.getByRole("dialog", { name: "Keys" }).waitFor();
  });
});
