import type { Lot } from "../ledger/index.ts";
import { collect, register } from "./collect.ts";
import { Dice } from "./dice.ts";
import type { Driver } from "./driver.ts";
import { leaveSomethingOpen } from "./open-step.ts";
import { COLLECTIONS } from "./places.ts";
import { checkLaboratories } from "./reference.ts";
import { dissolve, separate, toOxide, worthDrying } from "./refine.ts";
import { certify, registerBuyers, sell } from "./sell.ts";
import { agree, deliver } from "./settle.ts";
import { Weights } from "./weights.ts";

/** Mean purities the sample campaigns are designed for. */
const TARGETS = { Dy: 0.999, Nd: 0.9999, Pr: 0.999 };

/** The sample programme: seventeen simulated weeks from trucks to oxide in a buyer's hand, through the product's own use cases. */
export async function tellStory(driver: Driver, log: (line: string) => void): Promise<void> {
  const dice = new Dice(20260105);
  const weights = new Weights(20260107);
  const luck = { dice, weights };
  await register(driver);
  await agree(driver);
  await registerBuyers(driver);
  log("sample programme: collecting");
  const settled: string[] = [];
  for (const collection of COLLECTIONS) {
    driver.clock.advance(40);
    const magnets = await collect(driver, luck, collection);
    if (!magnets) continue;
    const last = collection.consignment === "C-2605";
    if (last) await shipOnly(driver, weights, magnets);
    else if ((await deliver(driver, luck, magnets)) === "final") settled.push(magnets.lot);
  }
  log("sample programme: refining");
  const feed = await dissolve(driver, weights, { lots: settled.slice(0, 3), batch: "R-2601" });
  const fractions = await separate(driver, luck, {
    feed,
    batch: "R-2601",
    targets: targetsFor(await driver.opened(feed)),
  });
  const oxides: { lot: string; element: string; passport: string }[] = [];
  for (const [element, fraction] of Object.entries(fractions)) {
    if (!worthDrying(await driver.opened(fraction), element)) continue;
    const lot = await toOxide(driver, weights, { fraction, element, lot: `OX-2601-${element}` });
    const passport = await certify(driver, dice, { lot, agreement: "A-2026-01" });
    oxides.push({ lot, element, passport });
  }
  log("sample programme: selling");
  const neodymium = oxides.reduce((a, b) => (b.lot.endsWith("Nd") ? b : a));
  await sell(driver, {
    lot: neodymium.lot,
    oxide: "Nd2O3",
    passport: neodymium.passport,
    specification: "4N",
  });
  await checkLaboratories(driver);
  await leaveSomethingOpen(driver, weights);
}

/** The latest lot is on the road: something is always on its way. */
async function shipOnly(
  driver: Driver,
  weights: Weights,
  { lot, site }: { lot: string; site: string },
): Promise<void> {
  await driver.do("ship send", "weigher@sample-recycler", {
    shipment: `B-${lot}`,
    from: site,
    to: "noblesville",
    carrier: "sample-carrier",
    lots: [{ lot, ...weights.read(`${site}-bench`, weights.of(lot)), pieces: 4, seals: [`${lot}-S1`] }],
  });
}

/** Asks the stated purity of what is there; what is a trace is asked for less. */
function targetsFor(feed: Lot): Record<string, number> {
  return Object.fromEntries(
    Object.entries(TARGETS).filter(([element]) => (feed.elements_mg[element]?.best ?? 0) > 0),
  );
}
