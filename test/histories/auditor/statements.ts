import { must } from "../red.ts";
import type { Body } from "./read.ts";
import type { Reading, Seen } from "./seen.ts";

/** Standard atomic weights (CIAAW), and the atoms of metal and of oxygen in the oxide that is owed. */
const OXYGEN = 15.999;
const OXIDES: Readonly<Record<string, readonly [weight: number, metal: number, oxygen: number]>> = {
  Nd: [144.242, 2, 3],
  Pr: [140.90766, 6, 11],
  Dy: [162.5, 2, 3],
};
/** Decimals against doubles. */
const CLOSE = 1e-9;
const MG_PER_KG = 1e6;
/** A content rounds to a whole milligram. */
const ROUNDING_MG = 1;

const close = (a: number, b: number): boolean => Math.abs(a - b) <= CLOSE * Math.max(1, Math.abs(b));

/** In percent: a value, or half of the limit that it is below, as these terms read it. */
const read = (reading: Reading): number => (reading.best ?? (reading.below ?? 0) / 2) / 10_000;

interface Agreed {
  readonly pct: number;
  readonly due: boolean;
}

/** What settles of two or three assays: the mean up to the limit, rule 5 with an umpire, the lower one while it is awaited. */
function agreedOf(seen: Seen, sample: string, element: string, limit: number): Agreed | undefined {
  const of = (side: string) => seen.reports.get(`${sample}|${side}|${element}`);
  const [supplier, processor, umpire] = [of("supplier"), of("processor"), of("umpire")];
  if (!supplier || !processor) return undefined;
  const [s, p] = [read(supplier), read(processor)];
  if (supplier.below !== undefined && processor.below !== undefined)
    return { pct: Math.min(s, p), due: false };
  if (Math.abs(s - p) <= limit + CLOSE) return { pct: (s + p) / 2, due: false };
  if (!umpire) return { pct: Math.min(s, p), due: true };
  return { pct: byUmpire(read(umpire), s, p), due: false };
}

function byUmpire(u: number, s: number, p: number): number {
  const [low, high] = [Math.min(s, p), Math.max(s, p)];
  if (u < low) return low;
  if (u > high) return high;
  if (u === low || u === high || close(u - low, high - u)) return u;
  return (u + (u - low < high - u ? low : high)) / 2;
}

/** A statement is of the weight and the results in force, under terms that it names; what it restates is what it agrees. */
export function checkStatement(seen: Seen, body: Body, written: readonly Body[]): void {
  const { lot, sample, shipment, statement } = body;
  const terms = seen.terms.get(`${statement.agreement.id} ${statement.agreement_version}`) as
    | Body
    | undefined;
  must(terms !== undefined, "a statement names its terms", () => `${lot}: ${statement.agreement.id}`);
  const received_mg = seen.received.get(`${shipment}|${lot}`) ?? 0;
  const settled_mg = seen.settledOn.get(lot);
  const value = (id: string): number =>
    Number((statement.lines as Body[]).find((line) => line["id"] === id)?.["value"]);
  const dry = 1 - value("moisture") / 100;
  // A weight that was corrected since is no money by one firm's word.
  const kept = settled_mg !== undefined && close(value("net_wet"), settled_mg / MG_PER_KG);
  const wet_mg = kept ? settled_mg : received_mg;
  const rule = "a statement is of the weight and the results in force";
  must(
    close(value("net_wet"), wet_mg / MG_PER_KG),
    rule,
    () => `${lot}: ${value("net_wet")} kg, ${wet_mg} mg`,
  );
  const restated = written.find((one) => one["lot"] === lot && one["why"] === "assay_agreed");
  let due = false;
  for (const { element, splitting_limit_pct, guaranteed_recovery_pct } of terms["elements"] as Body[]) {
    const agreed = agreedOf(seen, sample, element, Number(splitting_limit_pct));
    const said = (statement.elements as Body[]).find((one) => one["element"] === element);
    must(agreed !== undefined && said !== undefined, rule, () => `${lot}: ${element} is missing`);
    due ||= agreed.due;
    must(
      close(Number(said["final_pct"]), agreed.pct),
      rule,
      () => `${element}: ${said["final_pct"]}, ${agreed.pct}`,
    );
    const [weight, metal, oxygen] = OXIDES[element] ?? [1, 1, 0];
    const fraction = (metal * weight) / (metal * weight + oxygen * OXYGEN);
    const contained = (wet_mg / MG_PER_KG) * dry * (agreed.pct / 100);
    const kg = (contained / fraction) * (Number(guaranteed_recovery_pct) / 100);
    const owed = Number(said["returnable_oxide_kg"]);
    must(close(owed, kg), "oxide owed is what is payable of it", () => `${element}: ${owed} kg, ${kg} kg`);
    if (!restated) continue;
    const held = Number(restated["after"].elements_mg[element]?.best ?? 0);
    const there = restated["after"].mass_mg.best * dry * (agreed.pct / 100);
    must(
      Math.abs(held - there) <= ROUNDING_MG,
      "a statement restates the lot to what it agrees",
      () => `${element} of ${lot}: ${held} mg, ${there} mg`,
    );
  }
  must(statement.status === (due ? "provisional" : "final"), rule, () => `${lot} is ${statement.status}`);
}

/** The weight that a statement is of stays the lot's for money, until both firms say otherwise. */
/** The weight that a statement is of, known before what it restates is read. */
export function agreedOn(seen: Seen, { lot, statement }: Body): void {
  const wet = (statement.lines as Body[]).find(({ id }) => id === "net_wet");
  seen.agreedOn.set(lot, Math.round(Number(wet?.["value"]) * MG_PER_KG));
}

export function settledOn(seen: Seen, { lot, statement }: Body): void {
  const wet = (statement.lines as Body[]).find((line) => line["id"] === "net_wet");
  seen.settledOn.set(lot, Math.round(Number(wet?.["value"]) * MG_PER_KG));
}

/** What a laboratory reported is in force until it corrects it; of each element the last word. */
export function report(seen: Seen, body: Body): void {
  const { sample, side, mg_per_kg } = body;
  const mine = `${sample}|${side}|`;
  for (const key of [...seen.reports.keys()]) if (key.startsWith(mine)) seen.reports.delete(key);
  for (const [element, reading] of Object.entries<Reading>(mg_per_kg))
    seen.reports.set(`${mine}${element}`, reading);
}

export function receive(seen: Seen, body: Body): void {
  for (const { lot, mass_mg } of body["lots"] as Body[])
    seen.received.set(`${body["shipment"]}|${lot}`, Number(mass_mg.best));
}

export function correctWeight(seen: Seen, body: Body): void {
  if (body["side"] === "receiver")
    seen.received.set(`${body["shipment"]}|${body["lot"]}`, Number(body["mass_mg"].best));
}

/** Terms by their number and version, in the order they were proposed. */
export function propose(seen: Seen, body: Body): void {
  const { id } = body["agreement"];
  let version = 1;
  while (seen.terms.has(`${id} ${version}`)) version++;
  seen.terms.set(`${id} ${version}`, body["agreement"]);
}
