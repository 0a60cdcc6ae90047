import assert from "node:assert/strict";
import { test } from "node:test";
import { appJourney } from "../support/app-journey.ts";

const app = appJourney({ empty: true });

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
