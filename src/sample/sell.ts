import { readOxide, TRADED_OXIDE } from "../chemistry/index.ts";
import { type Lot, productOf } from "../ledger/index.ts";
import { assert } from "../quantity/index.ts";
import type { Dice } from "./dice.ts";
import type { Driver } from "./driver.ts";
import { kg } from "./weights.ts";

const RECYCLER = "sample-recycler";
const REFINER = "sample-refiner";

const LABORATORY = "sample-lab-b";
/** What a laboratory's limit of detection is, mg/kg: ICP-MS, matrix-matched. */
const LIMIT = 1;

/** Samples an oxide lot, has it analysed, certifies it on that, returns it against the metal account, and gives it its passport. */
export async function certify(
  driver: Driver,
  dice: Dice,
  given: { readonly lot: string; readonly agreement: string },
): Promise<string> {
  const { lot, agreement } = given;
  const of = await driver.opened(lot);
  const oxide = productOf(of) ?? "";
  const sample = `Q-${lot}`;
  await driver.do("assay sample", `sampler@${REFINER}`, {
    ...{
      sample,
      lot,
      purpose: "product",
      increments_count: 24,
      method: "increments from each drum, riffled",
    },
    portions: [
      { side: "product", seal: `${sample}-1`, mass: "50 g" },
      { side: "retained", seal: `${sample}-2`, mass: "50 g" },
    ],
  });
  driver.clock.advance(44);
  await driver.do("assay report", `chemist@${LABORATORY}`, {
    ...{ sample, side: "product", laboratory: LABORATORY },
    method: "ICP-MS with reaction gas, matrix-matched",
    analysed_on: driver.clock.now().toISOString().slice(0, 10),
    results: [
      ...impuritiesOf(dice, of, oxide),
      { analyte: "Fe2O3", mg_per_kg: "<3" },
      { analyte: "SiO2", mg_per_kg: "21", u: "3" },
      { analyte: "CaO", mg_per_kg: "34", u: "4" },
    ],
    reo_pct: "99.62",
    loi_pct: "0.33",
  });
  driver.clock.advance(4);
  await driver.do("assay release", `quality manager@${LABORATORY}`, { sample, side: "product" });
  await driver.do("certify release", `approver@${REFINER}`, {
    ...{ lot, sample, convention: "half_limit" },
    check: oxide === "Nd2O3" ? ["2N5", "3N", "4N", "GB-Nd2O3-4N"] : ["2N5", "3N", "4N"],
  });
  await driver.do("settle return-oxide", `accountant@${REFINER}`, { agreement, lot });
  const { passport } = await driver.do<{ passport: string }>("certify issue", `approver@${REFINER}`, {
    lot,
    issuer: REFINER,
    passport: `P-${lot}`,
  });
  return passport;
}

/** What the laboratory finds of the other rare earths: what the books follow into the oxide, read with luck and its own doubt. */
function impuritiesOf(dice: Dice, lot: Pick<Lot, "mass_mg" | "elements_mg">, oxide: string) {
  const others = Object.entries(TRADED_OXIDE).filter(([, o]) => o !== oxide && o !== "Sc2O3");
  return others.map(([element, analyte]) => {
    const read = readOxide(analyte);
    assert(read.ok, `${analyte} is an oxide`);
    const held_mg = lot.elements_mg[element]?.best ?? 0;
    const there = (1e6 * held_mg) / lot.mass_mg.best / read.value.metalFraction.toNumber();
    const found = there * (1 + 0.02 * dice.normal());
    return found < LIMIT
      ? { analyte, mg_per_kg: `<${LIMIT}` }
      : { analyte, mg_per_kg: found.toFixed(1), u: Math.max(0.1, found * 0.04).toFixed(1) };
  });
}

export async function registerBuyers(driver: Driver): Promise<void> {
  for (const [buyer, segment] of [
    ["sample-buyer-a", "commercial"],
    ["sample-buyer-b", "defence"],
  ] as const) {
    await driver.do("orders register-buyer", `commercial manager@${RECYCLER}`, {
      buyer,
      segment,
      trial_limit: "5 kg",
    });
    await driver.do("orders qualify", `commercial manager@${RECYCLER}`, {
      buyer,
      to: "trial",
      why: "specification agreed",
      evidence: `Q-${buyer}-1`,
    });
  }
}

/** A trial order is shipped, its buyer qualified, and a larger order left to be allocated. */
export async function sell(
  driver: Driver,
  given: {
    readonly lot: string;
    readonly oxide: string;
    readonly passport: string;
    readonly specification: string;
  },
): Promise<void> {
  const { lot, oxide, passport, specification } = given;
  const place = (buyer: string, order: string, mass: string, due: string) =>
    driver.do("orders place", `commercial manager@${RECYCLER}`, {
      order,
      buyer,
      seller: RECYCLER,
      oxide,
      specification,
      mass,
      due,
    });
  const soon = (days: number) =>
    new Date(driver.clock.now().getTime() + days * 86_400_000).toISOString().slice(0, 10);
  await place("sample-buyer-a", "O-2601", "4 kg", soon(20));
  driver.clock.advance(24);
  await driver.do("orders allocate", `planner@${RECYCLER}`, { order: "O-2601", lot, mass: "4 kg" });
  driver.clock.advance(24);
  await driver.do("orders ship", `operator@${REFINER}`, {
    order: "O-2601",
    lot,
    passport,
    carrier: "sample-carrier",
    shipment: "D-2601",
  });
  driver.clock.advance(24 * 12);
  await driver.do("orders qualify", `commercial manager@${RECYCLER}`, {
    buyer: "sample-buyer-a",
    to: "qualified",
    why: "trial met the specification",
    evidence: "QA-2026-031",
  });
  await place("sample-buyer-a", "O-2602", "60 kg", soon(45));
  await driver.do("orders allocate", `planner@${RECYCLER}`, { order: "O-2602", lot, mass: kg(40_000_000) });
  await place("sample-buyer-b", "O-2603", "5 kg", soon(60));
}
