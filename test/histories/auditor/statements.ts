import { must } from "../red.ts";
import { type Elsewhere, settledElsewhere, toSettle } from "./elsewhere.ts";
import type { Body } from "./read.ts";
import type { Reading, Seen } from "./seen.ts";
import { aboveSent, weigh } from "./weights.ts";

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

/** A part that is settled elsewhere is stated to six places of a percent. */
const nearly = (a: number, b: number): boolean => Math.abs(a - b) <= 1e-7 * Math.max(1, Math.abs(b));

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
  const waits = checkMoisture(seen, body, value("moisture"), written);
  const restated = written.find((one) => one["lot"] === lot && one["why"] === "assay_agreed");
  const elsewhere = settledElsewhere(seen, body);
  let may = elsewhere;
  let due = waits;
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
    const owed = Number(said["returnable_oxide_kg"]);
    const payable = (of: Elsewhere) =>
      (toSettle(of, element, contained) / fraction) * (Number(guaranteed_recovery_pct) / 100);
    may = may.filter((of) => nearly(owed, payable(of)));
    must(
      may.length > 0,
      "oxide owed is what is payable of it",
      () => `${element}: ${owed} kg, ${elsewhere.map(payable).join(" or ")} kg`,
    );
    if (!restated) continue;
    const held = Number(restated["after"].elements_mg[element]?.best ?? 0);
    const there = restated["after"].mass_mg.best * dry * (agreed.pct / 100);
    must(
      Math.abs(held - there) <= ROUNDING_MG,
      "a statement restates the lot to what it agrees",
      () => `${element} of ${lot}: ${held} mg, ${there} mg`,
    );
  }
  seen.elsewhere.set(lot, may[0] ?? new Map());
  must(statement.status === (due ? "provisional" : "final"), rule, () => `${lot} is ${statement.status}`);
}

/** The weight that a statement is of, known before what it restates is read. */
export function agreedOn(seen: Seen, body: Body): void {
  const { lot, shipment, statement } = body;
  const value = (line: string) =>
    Number((statement.lines as Body[]).find(({ id }) => id === line)?.["value"]);
  const mg = Math.round(value("net_wet") * MG_PER_KG);
  // Claims end at the sender's weight where the receiver's is above it by more than chance, and not by water alone.
  const sent = aboveSent(seen, `${shipment}|${lot}`, mg);
  const dry_mg = mg * (1 - value("moisture") / 100);
  const waits = (statement.umpire_due as string[]).includes("moisture");
  const above = sent !== undefined && (waits || dry_mg > sent);
  seen.agreedOn.set(lot, above ? sent : mg);
  if (above) seen.aboveSent.add(lot);
  else seen.aboveSent.delete(lot);
  // A count of before the receipt is not of what was received.
  const held = seen.lots.get(lot);
  const received_at = seen.receivedAt.get(`${shipment}|${lot}`) ?? 0;
  if (held?.counted !== undefined && held.counted < received_at) held.counted = undefined;
  must(
    (body["received_above_sent"] !== undefined) === (sent !== undefined),
    "a statement of more than was sent says so",
    () => `${lot}: ${mg} mg, ${sent} mg`,
  );
}

/** The weight that a statement is of stays the lot's for money, until both firms say otherwise. */
export function settledOn(seen: Seen, { lot, sample, statement }: Body): void {
  const line = (name: string) => (statement.lines as Body[]).find(({ id }) => id === name);
  const wet = line("net_wet");
  const waits = (statement.umpire_due as string[]).includes("moisture");
  seen.before.set(lot, { sample, pct: Number(line("moisture")?.["value"]), waits });
  seen.settledOn.set(lot, Math.round(Number(wet?.["value"]) * MG_PER_KG));
  for (const { element } of statement.elements as Body[]) {
    const contained = line(`${element}.contained_metal`);
    if (contained) seen.paid.set(`${lot}|${element}`, Number(contained["value"]) * MG_PER_KG);
  }
}

/** Percentage points that two laboratories' moistures may differ by; their doubts here are far below that. */
const MOISTURE_LIMIT = 1;

/** The mean of what the laboratories found, or the umpire's where they are too far apart; whether that is waited for. */
function checkMoisture(seen: Seen, { lot, sample }: Body, said: number, written: readonly Body[]): boolean {
  const of = (side: string) => seen.reports.get(`${sample}|${side}|moisture`)?.best;
  const [s, p, u] = [of("supplier"), of("processor"), of("umpire")];
  const agreed = seen.agreedMoisture.get(lot);
  const moved = written.some((body) => body["accepted"] !== undefined && body["from"] !== undefined);
  const before = seen.before.get(lot);
  // Both keep what it was settled on where they settle it otherwise in something else.
  if (moved && before !== undefined && !before.waits && close(said, before.pct)) return false;
  const apart = s !== undefined && p !== undefined && Math.abs(s - p) > MOISTURE_LIMIT;
  const waits = agreed === undefined && apart && u === undefined;
  const known = apart ? (u ?? Math.max(s, p)) : ((s ?? p ?? 0) + (p ?? s ?? 0)) / 2;
  must(
    close(said, agreed ?? known),
    "moisture is what laboratories found or both agreed",
    () => `${lot}: ${said} %, ${agreed ?? known} %`,
  );
  return waits;
}

/** What a consent covers: all that a correction changes, or what it names. */
function covers(seen: Seen, { sample, side }: Body, after: ReadonlyMap<string, Reading>): boolean {
  const named = seen.consents.get(`${sample}|${side}`);
  if (!named || named.includes("*")) return named !== undefined;
  const mine = `${sample}|${side}|`;
  const names = new Set([...seen.reports.keys(), ...after.keys()].filter((key) => key.startsWith(mine)));
  const changed = [...names].filter(
    (key) => JSON.stringify(seen.reports.get(key)) !== JSON.stringify(after.get(key)),
  );
  return changed.every((key) => named.includes(key.slice(mine.length)));
}

export function consent(seen: Seen, body: Body): void {
  seen.consents.set(`${body["sample"]}|${body["side"]}`, (body["for"] as string[] | undefined) ?? ["*"]);
}

/**
 * What a laboratory reported is in force until it corrects it; of each element the last word. After the exchange a side's own word
 * alone is not.
 */
export function report(seen: Seen, body: Body): void {
  const { sample, side, mg_per_kg, moisture_pct } = body;
  const mine = `${sample}|${side}|`;
  const after = new Map<string, Reading>();
  for (const [element, reading] of Object.entries<Reading>(mg_per_kg))
    after.set(`${mine}${element}`, reading);
  if (moisture_pct) after.set(`${mine}moisture`, moisture_pct);
  const both = ["supplier", "processor"].every((one) =>
    [...seen.reports.keys()].some((key) => key.startsWith(`${sample}|${one}|`)),
  );
  const consented = covers(seen, body, after);
  const alone = side !== "umpire" && body["corrects"] !== undefined && both && !consented;
  for (const of of alone ? [seen.alone] : [seen.alone, seen.reports])
    for (const key of [...of.keys()]) if (key.startsWith(mine)) of.delete(key);
  for (const [key, reading] of after) (alone ? seen.alone : seen.reports).set(key, reading);
  if (both && consented) seen.consents.delete(`${sample}|${side}`);
}

/** Both firms make money of what a side corrected alone, or of another moisture. */
export function moveLot(seen: Seen, body: Body): void {
  const { lot } = body;
  if (body["sample"] !== undefined) seen.agreedMoisture.delete(lot);
  if (body["moisture_pct"] !== undefined) seen.agreedMoisture.set(lot, Number(body["moisture_pct"]));
  if (body["results"] !== "corrected") return;
  const sample = body["sample"] ?? seen.before.get(lot)?.sample;
  for (const side of ["supplier", "processor"]) {
    const mine = `${sample}|${side}|`;
    const corrected = [...seen.alone].filter(([key]) => key.startsWith(mine));
    if (corrected.length === 0) continue;
    for (const key of [...seen.reports.keys()]) if (key.startsWith(mine)) seen.reports.delete(key);
    for (const [key, reading] of corrected) {
      seen.alone.delete(key);
      seen.reports.set(key, reading);
    }
  }
}

export function receive(seen: Seen, body: Body): void {
  for (const of of body["lots"] as Body[]) {
    const key = `${body["shipment"]}|${of["lot"]}`;
    seen.received.set(key, Number(of["mass_mg"].best));
    seen.receivedAt.set(key, Date.parse(body["at"]));
    weigh(seen, key, "received", of);
  }
}

export function correctWeight(seen: Seen, body: Body): void {
  const key = `${body["shipment"]}|${body["lot"]}`;
  weigh(seen, key, body["side"] === "receiver" ? "received" : "sent", body);
  if (body["side"] === "receiver") seen.received.set(key, Number(body["mass_mg"].best));
}

/** Terms by their number and version, in the order they were proposed. */
export function propose(seen: Seen, body: Body): void {
  const { id } = body["agreement"];
  let version = 1;
  while (seen.terms.has(`${id} ${version}`)) version++;
  seen.terms.set(`${id} ${version}`, body["agreement"]);
}
