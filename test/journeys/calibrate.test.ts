import assert from "node:assert/strict";
import { test } from "node:test";
import { readSimulation, simulate } from "../../src/column/index.ts";
import { SAMPLE, withNumber } from "../../src/web/column/experiment.ts";
import { appJourney } from "../support/app-journey.ts";

const app = appJourney({ empty: true });

const CAPACITY = 1510;

/** The outlet of the sample's column with a capacity of its own, every reading off by up to 1 mol/m³. */
function measuredCsv(): string {
  const times = Array.from({ length: 30 }, (_, k) => 10_600 + 120 * k);
  const column = withNumber(SAMPLE, ["bed", "capacity_mol_per_m3_bed"], CAPACITY);
  const read = readSimulation({ ...column, ask: { outlet_times_s: times, error_l1_max: 0.01 } });
  assert.ok(read.ok);
  const run = simulate(read.value);
  assert.ok(run.ok);
  const nd = run.value.outlet.mol_per_m3.Nd ?? [];
  return `time_s,Nd\n${times.map((t, k) => `${t},${((nd[k] ?? 0) + Math.sin(1.7 * k * k)).toFixed(1)}`).join("\n")}\n`;
}

test("a chemist: a bad curve is refused by its line; a curve of known capacity is fitted, the interval covers it, and a reload keeps it", async () => {
  await app.visit("/column/calibrate", async (page) => {
    const curve = page.getByLabel("Curve (CSV)");
    await curve.fill("time_s,Nd\n10600,0.1\n10800,x\n");
    await page.getByText("Line 3 column Nd").waitFor();
    assert.ok(await page.getByRole("button", { name: "Fit the curve" }).isDisabled());

    await curve.fill(measuredCsv());
    await page.getByRole("button", { name: "Fit the curve" }).click();
    const row = page.getByRole("row").filter({ hasText: "capacity" });
    await row.waitFor();
    const [, low, high] = /([\d.]+) to ([\d.]+)/.exec(await row.innerText()) ?? [];
    assert.ok(Number(low) <= CAPACITY && CAPACITY <= Number(high), `${low} to ${high} covers ${CAPACITY}`);
    const width = Number(high) / Number(low);
    assert.ok(width > 1 && width < 1.1, `${low} to ${high} is an interval that says something`);

    await page.reload();
    await row.waitFor();
    await page.getByRole("img", { name: /^Nd at the outlet: 30 readings/ }).waitFor();
  });
});
