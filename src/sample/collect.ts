import type { Consignment, Line, RowRecord } from "../intake/index.ts";
import type { Dice } from "./dice.ts";
import type { Driver } from "./driver.ts";
import { manifestOf } from "./manifest.ts";
import { COLLECTIONS, COLUMNS, PARTIES, SAMPLE_COUNTRY, SITES } from "./places.ts";

const RECYCLER = "sample-recycler";
const KG = 1_000_000;
/** Made-up weights per piece, kg, to give each pallet a plausible load. */
const PIECE_KG = { drive: 0.62, phone: 0.17, other: 0.9 };
/** Magnets found per drive, kg, about the catalogue's typical value. */
export const MAGNETS_PER_DRIVE_KG = 0.012;

export const kg = (mass_mg: number): string => `${(mass_mg / KG).toFixed(6)} kg`;

export async function register(driver: Driver): Promise<void> {
  for (const party of PARTIES)
    await driver.do("programme register-party", "auditor@sample-recycler", { ...party, sample: true });
  for (const site of SITES)
    await driver.do("programme register-site", `planner@${site.party}`, { ...site, country: SAMPLE_COUNTRY });
  for (const { site, party } of SITES) {
    const scales = [
      { unit: `${site}-floor`, name: "Floor scale", scale_sd: "100 g" },
      { unit: `${site}-bench`, name: "Bench scale", scale_sd: "5 g" },
    ];
    for (const scale of scales)
      await driver.do("programme register-unit", `planner@${party}`, { ...scale, site, kind: "scale" });
  }
  for (const column of COLUMNS)
    await driver.do("programme register-unit", "planner@sample-refiner", { ...column, kind: "column" });
}

/** One consignment from the truck to a demagnetised magnet lot; answers the lot and its site. */
export async function collect(
  driver: Driver,
  dice: Dice,
  given: (typeof COLLECTIONS)[number],
): Promise<{ readonly lot: string; readonly site: string } | undefined> {
  const { consignment, zip, state, name, drives, phones, other } = given;
  const { site } = await driver.do<{ site: string }>("intake receive", `intake lead@${RECYCLER}`, {
    consignment,
    owner: RECYCLER,
    from_zip: zip,
    from_name: `${name} (sample)`,
    collected_in: { country: SAMPLE_COUNTRY, region: state },
    feedstock: { class: "post_consumer_device", evidence: `declaration of ${name}, SD-${consignment}` },
  });
  const load = (count: number, each: number) =>
    Math.round(count * each * (1 + 0.01 * dice.normal()) * 10) / 10;
  const tare = 210;
  const pallets = [
    {
      pallet: `${consignment}-P1`,
      stream: "data_bearing",
      net: load(drives, PIECE_KG.drive) + load(phones, PIECE_KG.phone) + load(other, PIECE_KG.other) / 2,
    },
    { pallet: `${consignment}-P2`, stream: "other", net: load(other, PIECE_KG.other) / 2 },
  ].map(({ net, ...pallet }) => ({
    ...pallet,
    gross: `${(net + tare).toFixed(1)} kg`,
    tare: `${tare} kg`,
    scale: `${site}-floor`,
  }));
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
  const lot = await takeMagnets(driver, dice, { consignment, site, drives });
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
  dice: Dice,
  { consignment, site, drives }: { consignment: string; site: string; drives: number },
): Promise<string> {
  const devices = await driver.opened(`${consignment}-D`);
  const whole = devices.mass_mg.best;
  const magnets = Math.round(drives * MAGNETS_PER_DRIVE_KG * (1 + 0.03 * dice.normal()) * KG);
  const dust = Math.round(whole * 0.0004);
  const bench = `${site}-bench`;
  const floor = `${site}-floor`;
  driver.clock.advance(40);
  await driver.do("prepare step", `operator@${RECYCLER}`, {
    step: `S-${consignment}-1`,
    kind: "dismantle",
    site,
    inputs: [{ lot: devices.id }],
    outputs: [
      { lot: `${consignment}-MAG`, kind: "magnets", mass: kg(magnets), scale: bench },
      {
        lot: `${consignment}-SCRAP`,
        kind: "steel_aluminium_boards",
        mass: kg(whole - magnets - dust),
        scale: floor,
      },
    ],
    losses: [{ place: "dust", mass: kg(dust), sd: "200 g" }],
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
        lot: `${consignment}-DEM`,
        kind: "magnets",
        mass: kg(magnets - burnt),
        scale: bench,
        content: { by: "rest" },
      },
    ],
    losses: [{ place: "burnt adhesive and coating", mass: kg(burnt), sd: "20 g" }],
  });
  return `${consignment}-DEM`;
}
