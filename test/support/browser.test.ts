import assert from "node:assert/strict";
import { test } from "node:test";
import { newContext, openBrowser } from "./browser.ts";

test("a browser opens, speaks English, holds two contexts, and draws what the trade writes", {
  timeout: 60_000,
}, async () => {
  const browser = await openBrowser();
  try {
    const contexts = await Promise.all([
      newContext(browser),
      newContext(browser, { width: 375, dark: true }),
    ]);
    const pages = await Promise.all(contexts.map((context) => context.newPage()));
    for (const page of pages)
      await page.setContent("<p><span id=a>Nd₂O₃ ± µg</span><br><span id=b></span></p>");
    const [wide, narrow] = pages;
    assert.equal(await wide?.evaluate("navigator.language"), "en-US");
    assert.equal(await wide?.evaluate("new Intl.NumberFormat().format(1234.5)"), "1,234.5");
    assert.equal(await narrow?.evaluate("innerWidth"), 375);
    assert.equal(await narrow?.evaluate("matchMedia('(prefers-color-scheme: dark)').matches"), true);
    assert.ok(
      Number(await wide?.evaluate("document.getElementById('a').offsetWidth")) > 30,
      "letters have a width",
    );
  } finally {
    await browser.close();
  }
});
