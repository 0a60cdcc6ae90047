import { SAMPLE_AGREEMENT } from "../app/settle/sample-agreement.ts";
import type { Dice } from "./dice.ts";
import type { Driver } from "./driver.ts";
import type { Weights } from "./weights.ts";

const RECYCLER = "sample-recycler";
const REFINER = "sample-refiner";
/** Composition of the sample magnets, wt %: about what was published for hard-disk magnets (Ueberschaar and Rotter 2015), terbium added as a trace. */
const MAGNET_WT_PCT = { Nd: 22.6, Pr: 3.1, Dy: 1.35, Tb: 0.06, Fe: 64.5, Co: 1.4, B: 0.95 } as const;

/** The recycler proposes the terms, the refiner accepts them. */
export async function agree(driver: Driver): Promise<void> {
  await driver.do("settle agree", `commercial manager@${RECYCLER}`, { agreement: SAMPLE_AGREEMENT });
  const agreement = SAMPLE_AGREEMENT.id;
  await driver.do("settle accept", `commercial manager@${REFINER}`, { agreement, version: 1 });
}

/** Ships a magnet lot to the refinery, weighs it anew, samples it, assays it twice, settles it. */
export async function deliver(
  driver: Driver,
  { dice, weights }: { readonly dice: Dice; readonly weights: Weights },
  given: { readonly lot: string; readonly site: string },
): Promise<"final" | "provisional"> {
  const { lot } = given;
  const shipment = await ship(driver, weights, given);
  driver.clock.advance(6);
  const sample = await takeSample(driver, lot);
  await assayTwice(driver, dice, { lot, sample });
  driver.clock.advance(20);
  const { statement } = await driver.do<{ statement: { status: "final" | "provisional" } }>(
    "settle lot",
    `commercial manager@${REFINER}`,
    { agreement: SAMPLE_AGREEMENT.id, sample, shipment },
  );
  return statement.status;
}

async function ship(
  driver: Driver,
  weights: Weights,
  { lot, site }: { readonly lot: string; readonly site: string },
): Promise<string> {
  const shipment = `B-${lot}`;
  const seals = [`${lot}-S1`];
  const there = weights.of(lot);
  const pieces = Math.max(1, Math.round(there / 60_000_000));
  await driver.do("ship send", `weigher@${RECYCLER}`, {
    shipment,
    from: site,
    to: "noblesville",
    carrier: "sample-carrier",
    description: "magnets from end-of-life devices, in steel drums",
    lots: [{ lot, ...weights.read(`${site}-bench`, there), pieces, seals }],
  });
  driver.clock.advance(70);
  await driver.do("ship receive", `weigher@${REFINER}`, {
    shipment,
    lots: [{ lot, ...weights.read("noblesville-bench", there), seals }],
  });
  return shipment;
}

async function takeSample(driver: Driver, lot: string): Promise<string> {
  const sample = `Y-${lot}`;
  await driver.do("assay sample", `sampler@${REFINER}`, {
    sample,
    lot,
    increments_count: 40,
    portions: [
      { side: "supplier", seal: `${sample}-1`, mass: "150 g" },
      { side: "processor", seal: `${sample}-2`, mass: "150 g" },
      { side: "umpire", seal: `${sample}-3`, mass: "150 g" },
    ],
    witnessed_by: [RECYCLER, REFINER],
  });
  return sample;
}

/** Two laboratories read the same truth, each with its own noise. */
async function assayTwice(
  driver: Driver,
  dice: Dice,
  { lot, sample }: { readonly lot: string; readonly sample: string },
): Promise<void> {
  const truth = Object.entries(MAGNET_WT_PCT).map(
    ([element, pct]) => [element, pct * 10_000 * (1 + 0.02 * dice.normal())] as const,
  );
  for (const [side, laboratory] of [
    ["supplier", "sample-lab-a"],
    ["processor", "sample-lab-b"],
  ] as const) {
    driver.clock.advance(60);
    await driver.do("assay report", `chemist@${laboratory}`, {
      sample,
      side,
      laboratory,
      method: "ICP-OES after acid digestion",
      mg_per_kg: Object.fromEntries(
        truth.map(([element, mg]) => [
          element,
          { best: Math.round(mg * (1 + 0.003 * dice.normal())), sd: Math.round(mg * 0.004) },
        ]),
      ),
      moisture_pct: { best: 0.4, sd: 0.02 },
    });
    // The last lot is settled on a result that nobody released: the books say so, and it waits to be seen to.
    if (lot !== "C-2604-DEM" || side === "supplier") {
      await driver.do("assay release", `quality manager@${laboratory}`, { sample, side });
    }
  }
}
