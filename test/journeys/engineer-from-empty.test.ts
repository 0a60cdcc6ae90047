import assert from "node:assert/strict";
import { test } from "node:test";
import { appJourney } from "../support/app-journey.ts";
import { ownLoop, ranAs } from "../support/own-loop.ts";
import { fill, putOnBooks, say } from "../support/steps.ts";

const app = appJourney({ empty: true });

test("a process engineer, from empty: a campaign is planned on what stands in stock, cut by hand, run, and compared", () =>
  app.visit("/campaigns", async (page) => {
    await page.getByText("No campaign is planned yet.").waitFor();
    await ownLoop(app.base, "refinable");
    await page.getByRole("link", { name: "Plan a campaign" }).click();
    await fill(page, { "lot *": "FEED", "column 1 *": "column-1" });
    for (const [k, [element, purity]] of Object.entries({ Nd: "0.9999", Pr: "0.99", Dy: "0.99" }).entries()) {
      await page.getByRole("button", { name: "Add to targets" }).click();
      await page.getByLabel("element", { exact: true }).nth(k).fill(element);
      await page.getByLabel(`${element} *`, { exact: true }).fill(purity);
    }
    await page.getByText(/^More: campaign/).click();
    await fill(page, { campaign: "K-1" });
    await putOnBooks(page);

    await page.goto(`${app.base}/campaigns/K-1`);
    await page
      .getByRole("slider", { name: /Nd, end of the cut$/ })
      .first()
      .waitFor();
    const products = page.getByRole("region", { name: "yield and purity by product" });
    const planned = await products.getByRole("row").filter({ hasText: /^Nd/ }).innerText();
    assert.match(planned, /99\.99\d* %[\s\S]*not run/);
    const titles = await page.getByRole("heading", { level: 2 }).allInnerTexts();
    assert.deepEqual(titles.slice(0, 3), ["Plan", "Yield and purity", "Column: zone I"]);

    await say(app.base, "refine/record-run", ranAs("K-1"), "process engineer@my-refiner");
    await products
      .getByRole("row")
      .filter({ hasText: /^Nd[\s\S]*± [\d.]+ %/ })
      .waitFor();
    await page.getByRole("heading", { name: "How S-5 closes" }).waitFor();
    await page.getByText("What came out equals what went in, named losses included.").waitFor();
  }));
