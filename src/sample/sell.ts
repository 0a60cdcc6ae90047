import { TRADED_OXIDE } from "../chemistry/index.ts";
import type { Lot } from "../ledger/index.ts";
import { kg } from "./collect.ts";
import type { Dice } from "./dice.ts";
import type { Driver } from "./driver.ts";

const RECYCLER = "sample-recycler";
const REFINER = "sample-refiner";

/** Certifies an oxide lot, returns it against the metal account, and gives it its passport. */
export async function certify(
  driver: Driver,
  dice: Dice,
  given: { readonly lot: string; readonly purity_ppm: number; readonly agreement: string },
): Promise<string> {
  const { lot, purity_ppm, agreement } = given;
  const { notes } = await driver.ask<Lot & Record<string, unknown>>("ledger lot", { lot });
  const oxide = notes["oxide"] ?? "";
  const neighbours = Object.values(TRADED_OXIDE).filter((o) => o !== oxide && o !== "Sc2O3");
  const main = oxide === "Nd2O3" ? "Pr6O11" : "Nd2O3";
  const results = neighbours.map((analyte) =>
    analyte === main
      ? {
          analyte,
          mg_per_kg: (purity_ppm * (0.8 + 0.1 * dice.uniform())).toFixed(1),
          u: (purity_ppm * 0.05).toFixed(1),
        }
      : { analyte, mg_per_kg: "<1" },
  );
  driver.clock.advance(48);
  await driver.do("certify release", `approver@${REFINER}`, {
    lot,
    sample: `Q-${lot}`,
    laboratory: "sample-lab-b",
    method: "ICP-MS with reaction gas, matrix-matched",
    convention: "half_limit",
    results: [
      ...results,
      { analyte: "Fe2O3", mg_per_kg: "<3" },
      { analyte: "SiO2", mg_per_kg: "21", u: "3" },
      { analyte: "CaO", mg_per_kg: "34", u: "4" },
    ],
    reo_pct: "99.62",
    loi_pct: "0.33",
    analysed_on: driver.clock.now().toISOString().slice(0, 10),
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
