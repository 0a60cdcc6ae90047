import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { appJourney } from "../support/app-journey.ts";
import { fill, putOnBooks, registerOwn } from "../support/steps.ts";

const app = appJourney({ empty: true });
const told = appJourney();

const MANIFEST =
  "QTY 120 Seagate ST4000DM004 4TB\n40 x Dell Latitude 7490 no HDD\n7 x Kestrel KX-200\ngarden gnome";

test("an intake lead: pastes a manifest, sees what it holds and what to measure, corrects a line and sees it learn", async () => {
  await app.visit("/identify", async (page) => {
    await page.getByLabel(/^Lines of text/).fill(MANIFEST);
    await page.getByRole("button", { name: "Read it" }).click();
    const table = page.getByRole("region", { name: "lines as they were read" });
    const row = (text: string) => table.getByRole("row").filter({ hasText: text });
    await row("ST4000DM004").getByText("hdd").waitFor();
    assert.match(
      await row("ST4000DM004").innerText(),
      /\d+ \(\d+ to [\d,]+\)/,
      "grams of Nd with an interval",
    );
    await row("Latitude").getByText("notebook").waitFor();
    assert.equal(await row("Kestrel").getByText("set top box").count(), 0);

    await page.getByRole("button", { name: "Weigh it up" }).click();
    await page
      .getByRole("status")
      .filter({ hasText: /Measure next|Stop measuring/ })
      .waitFor();

    await page.getByRole("button", { name: "Correct line 3" }).click();
    const form = page.getByRole("region", { name: "Correct a line" });
    await form.getByLabel("It is").selectOption("set_top_box");
    await form.getByLabel("How you know").fill("opened one: a receiver");
    await form.getByRole("button", { name: "Learn it" }).click();
    await row("Kestrel").getByText("set top box").waitFor();
    assert.match(await row("Kestrel").innerText(), /stated/);

    await page.getByLabel(/^Lines of text/).fill("kx-200 KESTREL (bad)");
    await page.getByRole("button", { name: "Read it" }).click();
    await row("kx-200").getByText("set top box").waitFor();
  });
});

test("an intake lead: what is not text is refused in words", async () => {
  await app.visit("/identify", async (page) => {
    const picture = {
      name: "photo.jpg",
      mimeType: "image/jpeg",
      buffer: Buffer.from([0xff, 0xd8, 0xff, 0x00]),
    };
    const [chooser] = await Promise.all([
      page.waitForEvent("filechooser"),
      page.getByRole("button", { name: "Choose a file" }).click(),
    ]);
    await chooser.setFiles(picture);
    await page.getByRole("alert").filter({ hasText: "not UTF-8 text" }).waitFor();
  });
});

test("an intake lead: settles rows in place, takes them away as a file, records destruction and prints labels", () =>
  told.visit("/consignments", async (page) => {
    await page.getByText("Nothing yet today.").waitFor();
    await page.getByText(/^7,852 devices that can hold data need/).waitFor();
    await page.getByRole("region", { name: "consignments" }).getByRole("link", { name: "C-2606" }).click();

    const findings = page.getByRole("region", { name: "findings by row and column" });
    const [file] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("button", { name: "Download these rows" }).click(),
    ]);
    assert.equal(file.suggestedFilename(), "C-2606-manifest-findings.csv");
    assert.match(readFileSync(await file.path(), "utf8"), /^row,state,what is wrong,cell 1[\s\S]*12 tons/);
    await findings.getByRole("button", { name: "Settle row 104" }).click();
    await fill(page, {
      "What it is (empty: no device)": "tray of loose 3.5 SATA hard drives",
      Pieces: "3",
      "How you know *": "counted on the floor",
    });
    await page.getByRole("button", { name: "Add row 104 as a line" }).click();
    await findings.getByText("Line 103: counted on the floor").waitFor();
    for (const row of [105, 106]) {
      await findings.getByRole("button", { name: `Settle row ${row}` }).click();
      await fill(page, { "How you know *": "packing, no device" });
      await page.getByRole("button", { name: `Set row ${row} aside` }).click();
      await findings
        .getByRole("row")
        .filter({ hasText: `${row}` })
        .getByText("Set aside: packing")
        .waitFor();
    }

    await page.getByRole("link", { name: "Record their destruction" }).click();
    await fill(page, {
      "How they were destroyed *": "shredded to 6 mm",
      "With which machine *": "drive shredder",
      "How that was verified *": "count and particle size",
      "Destroyed by (a role) *": "operator",
      "Validated by (another role) *": "operator",
      "What is left goes to *": "magnet recovery",
    });
    await page.getByLabel("103", { exact: true }).uncheck();
    const send = page.getByRole("button", { name: "Record 7,852 devices as destroyed" });
    await send.click();
    await page.getByRole("alert").filter({ hasText: "who sanitized does not validate" }).waitFor();
    await fill(page, { "Validated by (another role) *": "approver" });
    await send.click();
    await page.getByRole("status").filter({ hasText: "7,852 devices recorded, 3 still open." }).waitFor();
    await page.getByLabel("103", { exact: true }).check();
    await page.getByRole("button", { name: "Record 3 devices as destroyed" }).click();
    await page.getByRole("link", { name: "Issue the certificate" }).click();
    await page.getByRole("button", { name: "Put it on the books" }).click();
    await page.getByText("Written as entry").waitFor();
    await page.goto(`${told.base}/consignments/C-2606`);
    await page.getByText("all sanitized").waitFor();
    await page.getByRole("link", { name: "Print their labels" }).click();
    await page.getByRole("img", { name: /C-2606-D/ }).waitFor();
  }));

test("an intake lead, from empty: a truck by its ZIP code, its manifest, its lots", () =>
  app.visit("/", async (page) => {
    await registerOwn(page, app.base);
    await page.goto(app.base);
    await page.getByRole("region", { name: "Begin with your own" }).getByText("2 registered").waitFor();
    await page.getByRole("link", { name: "Register a scale or column" }).first().click();
    await page.getByText(/^More: .*doubt of the scale/).click();
    await fill(page, {
      "unit *": "north-floor",
      "site *": "north",
      "name *": "Floor scale",
      "kind *": "scale",
      "doubt of the scale": "0.1 kg",
    });
    await putOnBooks(page);
    await page.goto(`${app.base}/consignments`);
    await page.getByText("Every data-bearing device has its destruction record").waitFor();
    await page.getByRole("link", { name: "New consignment" }).click();
    await page.getByLabel("ZIP code").fill("46204");
    await page.getByText("offered").waitFor();
    await fill(page, { "Pallet 1": "P-1", Gross: "412.5 kg", Tare: "18.5 kg" });
    await page.getByRole("button", { name: "Receive", exact: true }).click();
    await page.getByText("No manifest was read yet.").waitFor();
    await page
      .getByLabel("Manifest as CSV, or lines of text")
      .fill("description,qty\nWDC WD10EZEX 1TB 3.5 HDD,6\n");
    await page.getByRole("button", { name: "Read it" }).click();
    await page.getByText("1 kept").waitFor();
    await page.getByRole("button", { name: "Open lots" }).click();
    await page.getByRole("link", { name: "Print their labels" }).waitFor();
    await page.goto(`${app.base}/consignments`);
    await page.getByText(/^6 devices that can hold data need/).waitFor();
  }));
