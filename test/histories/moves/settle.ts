import type { Shipment } from "../../../src/ship/index.ts";
import type { Chance } from "../chance.ts";
import { AGREEMENTS, BUYERS, firmAt, manager, REFINER, SELLERS, termsOf } from "../firms.ts";
import { isOxide, type Life, type Move, mg, onHand, WHY } from "../move.ts";
import { exchanges } from "./assay.ts";

const IDS = Object.keys(AGREEMENTS) as (keyof typeof AGREEMENTS)[];

async function propose(life: Life, chance: Chance) {
  const id = chance.pick(IDS);
  const amount_per_kg = String(chance.whole(20, 40));
  const changes = [
    {},
    { toll: { amount_per_kg, basis: "returned_oxide" } },
    { toll: { amount_per_kg, basis: "dry_feed" } },
    { currency: "EUR" },
    { effective: { from: "2026-01-01", to: chance.pick(["2026-03-03", "2026-12-31"]) } },
    { effective: { from: "2026-04-01", to: null } },
  ];
  const agreement = termsOf(id, chance.pick(changes));
  const party = chance.odds(0.5) ? AGREEMENTS[id] : REFINER;
  await life.say("settle agree", { agreement, why: WHY }, manager(party));
}

async function accept(life: Life, chance: Chance) {
  const agreement = chance.some(await life.books.all("agreement"));
  const open = chance.some(agreement?.terms.filter(({ accepted }) => !accepted) ?? []);
  if (!agreement || !open) return;
  const { id, parties } = agreement.agreement;
  const proposer = open.proposed?.by.party;
  const other = proposer === parties.supplier ? parties.processor : parties.supplier;
  const from = chance.odds(0.2) ? { from: "2026-03-02" } : {};
  const asked = { agreement: id, version: open.version, ...from };
  await life.say("settle accept", asked, manager(chance.odds(0.9) ? other : parties.supplier));
}

const receiptsOf = (lot: string, shipments: readonly Shipment[]): readonly Shipment[] =>
  shipments
    .filter(({ received }) => received?.lots.some((weighed) => weighed.lot === lot))
    .sort((a, b) => ((a.received?.at ?? "") < (b.received?.at ?? "") ? -1 : 1));

/** The shipment that brought a lot to the refiner first; where none did, the first of all. */
export function broughtBy(lot: string, shipments: readonly Shipment[]): Shipment | undefined {
  const receipts = receiptsOf(lot, shipments);
  const elsewhere = receipts.filter(({ from }) => firmAt(from) !== REFINER);
  return elsewhere.find(({ to }) => firmAt(to) === REFINER) ?? elsewhere[0] ?? receipts[0];
}

async function settle(life: Life, chance: Chance) {
  const done = (await exchanges(life)).filter(({ state }) => state === "exchanged" || chance.odds(0.05));
  const sample = chance.some(done);
  const shipments = await life.books.all("shipment");
  const first = sample && broughtBy(sample.lot, shipments);
  const shipment = sample && chance.odds(0.1) ? chance.some(receiptsOf(sample.lot, shipments)) : first;
  if (!sample || !shipment) return;
  const last = await life.books.look("statement", sample.lot);
  const known = (await life.books.all("agreement")).map((one) => one.agreement.id);
  const of = IDS.filter((id) => AGREEMENTS[id] === sample.firms?.supplier && known.includes(id));
  const agreement = last && chance.odds(0.9) ? last.agreement : (chance.some(of) ?? chance.pick(IDS));
  const why = last || chance.odds(0.1) ? { why: WHY } : {};
  const asked = { agreement, sample: sample.sample, shipment: shipment.shipment, ...why };
  const stated = chance.odds(0.1) ? { moisture_pct: "0.5" } : {};
  await life.say("settle lot", { ...asked, ...stated }, manager(chance.odds(0.9) ? REFINER : "rec-b"));
}

/** One party proposes to move a settled lot to other terms, and mostly the other agrees. */
async function move(life: Life, chance: Chance) {
  const statements = chance.some(await life.books.all("statement"));
  if (!statements) return;
  const { lot } = statements;
  const supplier = statements.issued.at(-1)?.statement.parties.supplier ?? "rec-a";
  const known = (await life.books.all("agreement")).map(({ agreement }) => agreement.id);
  // Mostly between agreements of the same two firms: of others it is refused.
  const near = known.filter((id) => (AGREEMENTS as Record<string, string>)[id] === supplier);
  const agreement = statements.move?.agreement ?? chance.pick(chance.odds(0.8) ? near : IDS);
  const results = chance.odds(0.3) ? { results: "corrected" } : {};
  const other = chance.some(receiptsOf(lot, await life.books.all("shipment")))?.shipment;
  const shipment = other !== undefined && chance.odds(0.2) ? { shipment: other } : {};
  const moisture = chance.odds(0.2) ? { moisture_pct: chance.pick(["0.4", "3"]) } : {};
  const asked = { lot, agreement, ...results, ...shipment, ...moisture, why: WHY };
  const two = chance.odds(0.5) ? [supplier, REFINER] : [REFINER, supplier];
  for (const party of chance.odds(0.7) ? two : two.slice(1))
    await life.say("settle move-lot", asked, manager(party));
}

async function giveBack(life: Life, chance: Chance) {
  const lot = chance.some((await onHand(life)).filter(isOxide));
  if (!lot) return;
  const owing = (await life.books.all("account")).map(({ agreement }) => agreement);
  const agreement = owing.length > 0 && chance.odds(0.9) ? chance.pick(owing) : chance.pick(IDS);
  const mass = chance.odds(0.5) ? { mass: mg(chance.part(lot.mass_mg.best)) } : {};
  await life.say("settle return-oxide", { agreement, lot: lot.id, ...mass }, manager(REFINER));
}

async function passTitle(life: Life, chance: Chance) {
  const lots = [...(await onHand(life)), ...(await life.books.all("lot", { state: "in_transit" }))];
  const lot = chance.some(chance.odds(0.7) ? lots.filter(isOxide) : lots);
  if (!lot) return;
  const to = chance.pick([...SELLERS, ...SELLERS, ...BUYERS]);
  const actor = manager(chance.odds(0.9) ? lot.owner : firmAt(lot.place));
  await life.say("settle pass-title", { lot: lot.id, to, why: WHY }, actor);
}

export const SETTLE: readonly Move[] = [
  { name: "propose", weight: 3, play: propose },
  { name: "accept", weight: 4, play: accept },
  { name: "settle", weight: 9, play: settle },
  { name: "move-lot", weight: 3, play: move },
  { name: "return", weight: 6, play: giveBack },
  { name: "pass-title", weight: 4, play: passTitle },
];
