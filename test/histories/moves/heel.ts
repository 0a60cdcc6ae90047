import type { Lot } from "../../../src/ledger/index.ts";
import type { Chance } from "../chance.ts";
import { firmAt, LABORATORIES, manager, operator, REFINER, SITES, scaleAt, WORKS } from "../firms.ts";
import { isOxide, type Life, type Move, mg, partOf, standing } from "../move.ts";
import { by } from "../teller.ts";
import { reportOf } from "./assay.ts";

/** A lot goes from one site to another, and weighs there what it weighed here. */
async function carried(life: Life, lot: string, mass_mg: number, [from, to]: readonly [string, string]) {
  const shipment = life.name("B");
  const lots = (site: string) => [{ lot, mass: mg(mass_mg), scale: scaleAt(site) }];
  const asked = { shipment, from, to, carrier: "car" };
  await life.say("ship send", { ...asked, lots: lots(from) }, by(`weigher@${firmAt(from)}`));
  await life.say("ship receive", { shipment, lots: lots(to) }, by(`weigher@${firmAt(to)}`));
  return shipment;
}

/** A heel of a settled lot is at its supplier's again, where metal that nobody settled is put to it. */
async function blended(life: Life, chance: Chance, settled: Lot): Promise<{ lot: string; mass_mg: number }> {
  const yard = Object.entries(SITES).find(([, firm]) => firm === settled.owner)?.[0] ?? "yard-a";
  const [heel, lot] = [life.name("L"), life.name("L")];
  const drawn = Math.max(1, Math.floor(settled.mass_mg.best / chance.pick([2, 20, 200])));
  await life.say(
    "prepare step",
    {
      ...{ step: life.name("S"), kind: "split", site: WORKS, inputs: [{ lot: settled.id, mass: mg(drawn) }] },
      outputs: [partOf(settled, heel, drawn)],
    },
    operator(REFINER),
  );
  await carried(life, heel, drawn, [WORKS, yard]);
  const put = chance.pick([2, 10]) * drawn;
  const metals = { Nd: { best: 224_000, sd: 900 }, Pr: { best: 52_000, sd: 200 } };
  const content = { by: "assay", laboratory: LABORATORIES.supplier, mg_per_kg: metals };
  const step = { step: life.name("S"), kind: "blend", site: yard, inputs: [{ lot: heel }] };
  const additions = [{ name: "magnets bought", mass: mg(put), sd: "1 g", content }];
  const outputs = [partOf(settled, lot, drawn + put)];
  await life.say("prepare step", { ...step, additions, outputs }, operator(settled.owner));
  return { lot, mass_mg: drawn + put };
}

/** It is delivered, assayed and settled: less what is settled already. */
async function heel(life: Life, chance: Chance) {
  const statement = chance.some(await life.books.all("statement"));
  const settled = (await standing(life)).find(({ id }) => id === statement?.lot);
  if (!statement || settled?.place !== WORKS || isOxide(settled) || settled.owner === REFINER) return;
  if (settled.mass_mg.best < 1_000_000) return;
  const { lot, mass_mg } = await blended(life, chance, settled);
  const yard = Object.entries(SITES).find(([, firm]) => firm === settled.owner)?.[0] ?? "yard-a";
  const shipment = await carried(life, lot, mass_mg, [yard, WORKS]);
  const sample = life.name("Y");
  const portions = (["supplier", "processor", "umpire"] as const).map((side) => ({
    ...{ side, seal: `${sample}-${side}`, mass: "150 g" },
  }));
  await life.say("assay sample", { sample, lot, increments_count: 20, portions }, by(`sampler@${REFINER}`));
  for (const side of ["supplier", "processor"] as const)
    await life.say("assay report", reportOf(sample, side, chance, 0), by(`chemist@${LABORATORIES[side]}`));
  const asked = { agreement: statement.agreement, sample, shipment };
  await life.say("settle lot", asked, manager(REFINER));
}

export const HEEL: readonly Move[] = [{ name: "heel", weight: 2, play: heel }];
