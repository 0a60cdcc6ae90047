import type { ProductSample } from "../../../src/assay/index.ts";
import type { Lot } from "../../../src/ledger/index.ts";
import type { Chance } from "../chance.ts";
import { approver, firmAt, operator, PRODUCT_LABORATORY, REFINER } from "../firms.ts";
import { isOxide, type Life, type Move, mg, partOf, standing, WHY } from "../move.ts";
import { by } from "../teller.ts";

/** The rare earths that a certificate of analysis must have looked for, in the order they are printed. */
const RARE = ["Y2O3", "La2O3", "CeO2", "Pr6O11", "Nd2O3", "Sm2O3", "Eu2O3", "Gd2O3", "Tb4O7"].concat(
  ...["Dy2O3", "Ho2O3", "Er2O3", "Tm2O3", "Yb2O3", "Lu2O3"],
);
const OTHERS = ["Fe2O3", "SiO2", "CaO"];

const oxides = async (life: Life): Promise<readonly Lot[]> => (await standing(life)).filter(isOxide);

/** Lots that have no passport of their own; they may be parts of one that has. */
async function withoutPassport(life: Life, lots: readonly Lot[]): Promise<readonly Lot[]> {
  const standing = (await life.books.all("passport")).filter(({ revoked }) => !revoked);
  return lots.filter(({ id }) => standing.every(({ lot }) => lot !== id));
}

/** Mostly pure, now and then not, now and then with something that nobody looked for. */
function results(oxide: string, chance: Chance): object[] {
  const much = chance.odds(0.15) ? "900" : "12";
  const forgotten = chance.odds(0.1) ? "Lu2O3" : "";
  return [...RARE, ...OTHERS]
    .filter((analyte) => analyte !== oxide && analyte !== forgotten)
    .map((analyte) =>
      analyte === "Gd2O3" ? { analyte, mg_per_kg: much, u: "2" } : { analyte, mg_per_kg: "<1" },
    );
}

const chemist = by(`chemist@${PRODUCT_LABORATORY}`);

const reportOf = (life: Life, sample: string, lot: Lot, chance: Chance): object => ({
  ...{ sample, side: "product", laboratory: PRODUCT_LABORATORY, method: "ICP-MS" },
  ...{ analysed_on: life.books.now.slice(0, 10), results: results(lot.notes["oxide"] ?? "", chance) },
  ...{ reo_pct: "99.6", loi_pct: "0.3" },
});

/** Sampled, analysed, released, certified; it may end anywhere on the way. */
async function certify(life: Life, chance: Chance) {
  const lots = await oxides(life);
  const lot = chance.some(chance.odds(0.8) ? await withoutPassport(life, lots) : lots);
  if (lot) await certifyLot(life, chance, lot, lots);
}

async function certifyLot(life: Life, chance: Chance, lot: Lot, lots: readonly Lot[]) {
  const sample = life.name("Q");
  const other = lots.find((one) => one.id !== lot.id && one.notes["oxide"] === lot.notes["oxide"]);
  const takes = (id: string) => ({ lot: id, drums: [`${sample}-${id}`], increments_count: 4 });
  const composite = other && chance.odds(0.15) ? [takes(lot.id), takes(other.id)] : [];
  await life.say(
    "assay sample",
    { sample, lot: lot.id, purpose: "product", portions: [{ side: "product" }], composite },
    by(`sampler@${firmAt(lot.place)}`),
  );
  if (chance.odds(0.05)) return;
  await life.say("assay report", reportOf(life, sample, lot, chance), chemist);
  if (chance.odds(0.05)) return;
  const side = { sample, side: "product" };
  await life.say("assay release", side, by(`quality manager@${PRODUCT_LABORATORY}`));
  for (const part of composite.length > 0 ? composite : [{ lot: lot.id }])
    await release(life, chance, part.lot, sample);
  if (chance.odds(0.6)) await issueOf(life, lot, chance);
}

/** The certificate of analysis of a lot from a sample, be it of this lot or of another. */
async function release(life: Life, chance: Chance, lot: string, sample: string) {
  const before = await life.books.look("certificate", lot);
  const why = before || chance.odds(0.1) ? { why: WHY } : {};
  const check = chance.odds(0.8) ? ["4N", "3N"] : ["3N"];
  const asked = { lot, sample, convention: "half_limit", check, ...why };
  await life.say("certify release", asked, approver(REFINER));
}

const productSamples = async (life: Life): Promise<readonly ProductSample[]> =>
  (await life.books.all("sample")).filter((one) => one.purpose === "product");

/** An older sample is certified on once more: what it was drawn of may have been divided since. */
async function certifyAgain(life: Life, chance: Chance) {
  const sample = chance.some(await productSamples(life));
  const lot = chance.some(await oxides(life));
  if (sample && lot) await release(life, chance, lot.id, sample.sample);
}

async function correct(life: Life, chance: Chance) {
  const sample = chance.some(await productSamples(life));
  const lot = sample && (await life.books.look("lot", sample.lot));
  if (!sample || !lot) return;
  const again = { ...reportOf(life, sample.sample, lot, chance), corrects: WHY };
  await life.say("assay report", again, chemist);
  if (chance.odds(0.5)) return;
  const side = { sample: sample.sample, side: "product" };
  await life.say("assay release", side, by(`quality manager@${PRODUCT_LABORATORY}`));
}

async function issue(life: Life, chance: Chance) {
  const all = await oxides(life);
  const lots = chance.odds(0.8) ? await withoutPassport(life, all) : all;
  const certified = await life.books.all("certificate");
  const fit = lots.filter(({ id }) => certified.some(({ lot }) => lot === id));
  const lot = chance.some(fit.length > 0 && chance.odds(0.9) ? fit : lots);
  if (lot) await issueOf(life, lot, chance);
}

async function issueOf(life: Life, lot: Lot, chance: Chance) {
  const issuer = chance.odds(0.5) ? REFINER : lot.owner;
  await life.say("certify issue", { lot: lot.id, issuer, passport: life.name("P") }, approver(issuer));
}

/** What a passport describes is divided, and a part of it gets a passport of its own: parts of parts, with luck. */
async function divide(life: Life, chance: Chance) {
  const standing = (await life.books.all("passport")).filter(({ revoked }) => !revoked);
  const lots = (await oxides(life)).filter(({ id, mass_mg }) => {
    return mass_mg.best > 1_000_000 && standing.some(({ lot }) => lot === id);
  });
  const lot = chance.some(lots);
  if (!lot) return;
  const [name, half] = [life.name("L"), Math.floor(lot.mass_mg.best / 2)];
  const input = {
    ...{ step: life.name("S"), kind: "split", site: lot.place, inputs: [{ lot: lot.id, mass: mg(half) }] },
    outputs: [partOf(lot, name, half)],
  };
  if ((await life.say("prepare step", input, operator(firmAt(lot.place)))) !== "done") return;
  const part = await life.books.look("lot", name);
  if (part) await certifyLot(life, chance, part, [part]);
}

async function revoke(life: Life, chance: Chance) {
  const passport = chance.some((await life.books.all("passport")).filter(({ revoked }) => !revoked));
  if (!passport) return;
  const asked = { passport: passport.passport, why: WHY };
  await life.say("certify revoke", asked, approver(passport.issued_by ?? REFINER));
}

export const CERTIFY: readonly Move[] = [
  { name: "certify", weight: 7, play: certify },
  { name: "certify-again", weight: 2, play: certifyAgain },
  { name: "correct-product", weight: 2, play: correct },
  { name: "issue", weight: 7, play: issue },
  { name: "divide", weight: 4, play: divide },
  { name: "revoke", weight: 4, play: revoke },
];
