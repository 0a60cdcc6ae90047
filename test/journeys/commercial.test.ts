import assert from "node:assert/strict";
import { test } from "node:test";
import { appJourney } from "../support/app-journey.ts";
import { fill, putOnBooks, registerOwn, speakFor } from "../support/steps.ts";

const told = appJourney();
const blank = appJourney({ empty: true });

test("W18: a commercial manager: a new version of an agreement, read beside its terms; a statement opens its arithmetic", () =>
  told.visit("/settle", async (page) => {
    await speakFor(page, "Sample Recycler");
    const owed = page
      .getByRole("region", { name: "oxide owed" })
      .getByRole("row")
      .filter({ hasText: "Nd2O3" });
    const before = await owed.innerText();
    assert.match(before, /\d+\.\d{3}[\s\S]*owed/);
    await page.getByRole("link", { name: "Propose a new version" }).click();
    const reads = page.getByRole("region", { name: "How it reads" });
    await reads.getByText("Nd comes back as Nd2O3: 90 % of").waitFor();
    await reads.getByText(/Sample Refiner processes the feed of Sample Recycler/).waitFor();
    await reads.getByText("in force from Jan 1, 2026").waitFor();
    await fill(page, { "guaranteed recovery, % *": "" });
    await reads.getByText(/^Not yet an agreement: .*guaranteed_recovery_pct/).waitFor();
    await fill(page, { "guaranteed recovery, % *": "92.5" });
    await reads.getByText("Nd comes back as Nd2O3: 92.5 % of").waitFor();
    await page.getByRole("button", { name: "Put it on the books" }).click();
    await page.getByRole("alert").filter({ hasText: "a new version says why" }).waitFor();
    await page.getByText("More: why").click();
    await page.getByLabel("why", { exact: true }).pressSequentially("the column of March recovers more");
    await putOnBooks(page);
    await page.getByRole("link", { name: "Back to where you were" }).click();
    const proposed = page.getByRole("region", { name: /^Proposed: version 2 of Sample toll agreement/ });
    await proposed.getByText(/Nd comes back as Nd2O3: 92.5 % of/).waitFor();
    const agreement = page.getByRole("region", { name: /^Sample toll agreement/ });
    await agreement.getByText("Version 1").waitFor();
    await proposed.getByRole("link", { name: "Accept version 2" }).click();
    await page.getByRole("button", { name: "Put it on the books" }).click();
    await page.getByRole("alert").filter({ hasText: "not for sample-recycler" }).waitFor();
    await speakFor(page, "Sample Refiner");
    await putOnBooks(page);
    await page.getByRole("link", { name: "Back to where you were" }).click();
    await agreement.getByText("Version 2").waitFor();
    await agreement.getByRole("row").filter({ hasText: "Nd2O3" }).getByText("92.5").waitFor();

    assert.equal(await owed.innerText(), before, "what was settled before stays as it was agreed then");
    await page.getByRole("link", { name: "C-2601-DEM" }).click();
    const lines = page.getByRole("listitem").filter({ has: page.locator("details") });
    await lines.first().waitFor();
    const count = await lines.count();
    assert.ok(count > 20);
    for (let k = 0; k < count; k++) {
      await lines.nth(k).locator("summary").click();
      assert.notEqual(
        await lines.nth(k).locator("p.mono").first().innerText(),
        "",
        `line ${k} has no arithmetic`,
      );
    }
  }));

test("W30: a lot that is asked for is chosen among those somebody holds, with what it is and weighs", () =>
  told.visit("/do/settle/pass-title", async (page) => {
    const lot = page.getByLabel("lot *", { exact: true });
    await lot.locator('option[value="OX-2601-Nd"]').waitFor({ state: "attached" });
    assert.match((await lot.locator('option[value="OX-2601-Nd"]').textContent()) ?? "", /oxide, .*kg/);
    assert.equal(await lot.locator('option[value^="O-26"]').count(), 0, "orders are no lots");
  }));

test("W21: a statement printed from a dark screen is dark on white, with the arithmetic that was opened", () =>
  told.visit(
    "/settle/C-2601-DEM",
    async (page) => {
      await page.getByRole("button", { name: "Open the arithmetic of every line" }).click();
      await page.emulateMedia({ media: "print", colorScheme: "dark" });
      const [ink, paper] = (await page.evaluate(
        `[getComputedStyle(document.querySelector("h1")).color, getComputedStyle(document.body).backgroundColor]`,
      )) as [string, string];
      const light = (color: string) => Math.max(...(color.match(/\d+/g) ?? []).map(Number));
      assert.ok(light(ink) < 100 && light(paper) > 250, `${ink} on ${paper}`);
      await page.getByText("22.6777 %").first().waitFor();
      assert.equal(await page.getByRole("button", { name: "Print as it stands" }).isVisible(), false);
      assert.equal(await page.getByRole("navigation").first().isVisible(), false);
    },
    { dark: true },
  ));

test("a commercial manager, from empty: an agreement of one's own begins with the terms of a sample", () =>
  blank.visit("/", async (page) => {
    await registerOwn(page, blank.base);
    await page.goto(`${blank.base}/settle`);
    await page.getByText("No agreement is on the books").waitFor();
    await speakFor(page, "Own Recycler");
    await page.getByRole("link", { name: "Propose terms" }).click();
    await page.getByLabel("Begin with").selectOption({ value: "example" });
    await fill(page, {
      "id *": "OWN-1",
      "title *": "Own agreement",
      "supplier *": "own-recycler",
      "processor *": "own-refiner",
      "umpire rule *": "2",
      to: "2027-12-31",
    });
    const reads = page.getByRole("region", { name: "How it reads" });
    await reads.getByText("the umpire's assay is final (umpire rule 2)").waitFor();
    await reads.getByText("to Dec 31, 2027, both days included").waitFor();
    await putOnBooks(page);
    await page.goto(`${blank.base}/settle`);
    await page.getByRole("heading", { name: "Proposed: version 1 of Own agreement (OWN-1)" }).waitFor();
    await page.getByRole("link", { name: "Accept version 1" }).click();
    await speakFor(page, "Own Refiner");
    await putOnBooks(page);
    await page.goto(`${blank.base}/settle`);
    await page.getByRole("heading", { name: "Own agreement (OWN-1)" }).waitFor();
    await page.getByText("No lot was settled under this agreement yet.").waitFor();
  }));
