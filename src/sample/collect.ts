import type { Consignment, Line, RowRecord } from "../intake/index.ts";
import type { Dice } from "./dice.ts";
import type { Driver } from "./driver.ts";
import { manifestOf } from "./manifest.ts";
import { COLLECTIONS, COLUMNS, PARTIES, SAMPLE_COUNTRY, SITES } from "./places.ts";
import { scalesOf, type Weights } from "./weights.ts";

const RECYCLER = "sample-recycler";
const KG = 1_000_000;
/** Made-up weights per piece, kg, to give each pallet a plausible load. */
const PIECE_KG = { drive: 0.62, phone: 0.17, other: 0.9 };
/** What a pallet weighs empty. */
const TARE_MG = 210 * KG;
/** Magnets found per drive, kg, about the catalogue's typical value. */
export const MAGNETS_PER_DRIVE_KG = 0.012;
/** A calibration holds a year; the last one was some weeks before the story. */
const CALIBRATED_DAYS = 40;
/** What is ground off in dismantling and burnt off in demagnetising, reckoned from the weight of the filters. */
const RECKONED_MG = { dust: 200_000, burnt: 20_000 };

export async function register(driver: Driver): Promise<void> {
  for (const party of PARTIES)
    await driver.do("programme register-party", "auditor@sample-recycler", { ...party, sample: true });
  for (const site of SITES)
    await driver.do("programme register-site", `planner@${site.party}`, { ...site, country: SAMPLE_COUNTRY });
  const day = (days: number) =>
    new Date(driver.clock.now().getTime() + days * 86_400_000).toISOString().slice(0, 10);
  const [from, to] = [day(-CALIBRATED_DAYS), day(365 - CALIBRATED_DAYS)];
  for (const { site, party } of SITES)
    for (const scale of scalesOf(site))
      await driver.do("programme register-unit", `planner@${party}`, {
        ...{ ...scale, site, kind: "scale" },
        calibration: { certificate: `K-${scale.unit}`, from, to },
      });
  for (const column of COLUMNS)
    await driver.do("programme register-unit", "planner@sample-refiner", { ...column, kind: "column" });
}

/** One consignment from the truck to a demagnetised magnet lot; answers the lot and its site. */
export async function collect(
  driver: Driver,
  { dice, weights }: { readonly dice: Dice; readonly weights: Weights },
  given: (typeof COLLECTIONS)[number],
): Promise<{ readonly lot: string; readonly site: string } | undefined> {
  const { consignment, zip, state, name, drives, phones, other } = given;
  const { site } = await driver.do<{ site: string }>("intake receive", `intake lead@${RECYCLER}`, {
    consignment,
    owner: RECYCLER,
    from_zip: zip,
    from_name: `${name} (sample)`,
    ...("customer" in given ? { customer: given.customer } : {}),
    collected_in: { country: SAMPLE_COUNTRY, region: state },
    feedstock: { class: "post_consumer_device", evidence: `declaration of ${name}, SD-${consignment}` },
  });
  const load = (count: number, each: number) => Math.round(count * each * KG * (1 + 0.01 * dice.normal()));
  const bearing =
    load(drives, PIECE_KG.drive) + load(phones, PIECE_KG.phone) + load(other, PIECE_KG.other) / 2;
  const pallets = [
    { pallet: `${consignment}-P1`, stream: "data_bearing", net: weights.put(`${consignment}-D`, bearing) },
    {
      ...{ pallet: `${consignment}-P2`, stream: "other" },
      net: weights.put(`${consignment}-O`, load(other, PIECE_KG.other) / 2),
    },
  ].map(({ net, ...pallet }) => {
    const { mass: gross, scale } = weights.read(`${site}-floor`, net + TARE_MG);
    return { ...pallet, gross, tare: weights.read(scale, TARE_MG).mass, tare_kind: "taken", scale };
  });
  driver.clock.advance(1);
  await driver.do("intake weigh-pallets", `weigher@${RECYCLER}`, { consignment, pallets });
  driver.clock.advance(2);
  const text = manifestOf(dice, given);
  await driver.do("intake read-manifest", `intake lead@${RECYCLER}`, {
    consignment,
    name: `${consignment}-manifest.csv`,
    text,
  });
  driver.clock.advance(20);
  await driver.do("intake open-lots", `intake lead@${RECYCLER}`, { consignment });
  // The last consignment is left as it came: there is always one that waits.
  if (consignment === COLLECTIONS.at(-1)?.consignment) return undefined;
  await settleRows(driver, consignment);
  await destroyMedia(driver, consignment, site);
  const lot = await takeMagnets(driver, weights, {
    ...{ consignment, site },
    magnets: Math.round(drives * MAGNETS_PER_DRIVE_KG * (1 + 0.03 * dice.normal()) * KG),
  });
  return { lot, site };
}

/** What could not be read is looked at on the floor: the tray holds drives, the rest is no device of its own. */
async function settleRows(driver: Driver, consignment: string): Promise<void> {
  const { items } = await driver.ask<{ items: RowRecord[] }>("intake findings", { consignment, limit: 500 });
  driver.clock.advance(5);
  // All rejected rows, those settled before an interruption too: a story told again asks the same.
  for (const { row, cells } of items.filter((row) => !row.kept)) {
    const found = cells.includes("unlabelled tray")
      ? { text: "tray of loose 3.5 SATA hard drives", class: "hdd", quantity: 3, why: "counted on the floor" }
      : { why: "looked at on the floor: packing and cable ends, no device" };
    await driver.do("intake resolve-row", `intake lead@${RECYCLER}`, { consignment, row, ...found });
  }
}

async function destroyMedia(driver: Driver, consignment: string, site: string): Promise<void> {
  const { items } = await driver.ask<{ items: Line[] }>("intake lines", { consignment, limit: 500 });
  const at = driver.clock.now().toISOString();
  const records = items
    .filter((line) => line.data_bearing !== "no")
    .map((line) => ({
      row: line.row,
      revision: "2",
      media: { type: line.class, manufacturer: "as on the line", model: line.text.slice(0, 60) },
      devices: line.quantity,
      method: "destroy",
      technique: "storage part punched and shredded to 6 mm after the magnets are taken out",
      tool: "drive press",
      verification: { method: "count and particle size", result: "passed" },
      sanitized_by: "operator",
      validated_by: "approver",
      place: site,
      at,
      destination: "magnet recovery and metal recycling",
    }));
  driver.clock.advance(30);
  await driver.do("intake sanitize", `operator@${RECYCLER}`, { consignment, records });
  const after = await driver.ask<Consignment & Record<string, unknown>>("intake show", { consignment });
  if (after.open_devices !== 0)
    throw new Error(`${consignment} still has ${after.open_devices} open devices`);
  await driver.do("intake issue-certificate", `approver@${RECYCLER}`, { consignment });
}

async function takeMagnets(
  driver: Driver,
  weights: Weights,
  { consignment, site, magnets }: { consignment: string; site: string; magnets: number },
): Promise<string> {
  const whole = weights.of(`${consignment}-D`);
  const dust = Math.round(whole * 0.0004);
  const bench = `${site}-bench`;
  driver.clock.advance(40);
  await driver.do("prepare step", `operator@${RECYCLER}`, {
    step: `S-${consignment}-1`,
    kind: "dismantle",
    site,
    inputs: [{ lot: `${consignment}-D` }],
    outputs: [
      { ...weights.made(`${consignment}-MAG`, magnets, bench), kind: "magnets" },
      {
        ...weights.made(`${consignment}-SCRAP`, whole - magnets - dust, `${site}-floor`),
        kind: "steel_aluminium_boards",
      },
    ],
    losses: [{ place: "dust", ...weights.reckoned(dust, RECKONED_MG.dust) }],
  });
  if (!SITES.find((s) => s.site === site)?.capabilities.some((c) => c === "demagnetise"))
    return `${consignment}-MAG`;
  const burnt = Math.round(magnets * 0.006);
  driver.clock.advance(8);
  await driver.do("prepare step", `operator@${RECYCLER}`, {
    step: `S-${consignment}-2`,
    kind: "demagnetise",
    site,
    inputs: [{ lot: `${consignment}-MAG` }],
    outputs: [
      {
        ...weights.made(`${consignment}-DEM`, magnets - burnt, bench),
        kind: "magnets",
        content: { by: "rest" },
      },
    ],
    losses: [{ place: "burnt adhesive and coating", ...weights.reckoned(burnt, RECKONED_MG.burnt) }],
  });
  return `${consignment}-DEM`;
}
