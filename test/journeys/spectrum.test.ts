import assert from "node:assert/strict";
import { test } from "node:test";
import { appJourney } from "../support/app-journey.ts";
import { madeSpectra } from "../support/made-spectra.ts";

const app = appJourney({ empty: true });

test("an operator: a spectrum dropped shows material, fit and composition; a broken one says why", async () => {
  await app.visit("/spectrum", async (page) => {
    const file = page.getByLabel("Choose a spectrum file");
    const made = madeSpectra(9, 41);
    const coated = madeSpectra(60, 42).find(({ coat }) => coat?.element === "Ni");
    assert.ok(coated);
    const rows = [...made, coated].map(({ spectrum }, k) =>
      JSON.stringify({ ...spectrum, id: `piece ${k}` }),
    );
    rows.push(JSON.stringify({ id: "cut off", e0_keV: 3.5, step_keV: 0.02, counts: [1, 2, 3] }));
    const give = (name: string, text: string) =>
      file.setInputFiles({ name, mimeType: "text/plain", buffer: Buffer.from(text) });
    await give("sample.jsonl", rows.join("\n"));
    await page.getByRole("heading", { name: "piece 0: sintered NdFeB magnet" }).waitFor();
    await page.getByRole("img", { name: /Spectrum with its fit; lines marked: .*Nd Lα/ }).waitFor();

    const choose = page.getByLabel("Spectrum", { exact: true });
    await choose.selectOption({ label: "piece 9" });
    await page.getByText(/Under a coat of Ni/).waitFor();
    await page
      .getByText(/do not come through the coat/)
      .first()
      .waitFor();
    await choose.selectOption({ label: "cut off" });
    await page.getByText(/3 channels; a spectrum has/).waitFor();

    await give("holiday.txt", "sun and sea");
    await page.getByText(/holiday.txt was not read/).waitFor();
  });
});
