import { must } from "../red.ts";
import type { Body } from "./read.ts";
import type { Seen, SeenLot } from "./seen.ts";

/**
 * Doubts with arithmetic of the auditor's own: what errs by itself and what an instrument shares stand apart, a draw is known by its
 * weighing and what is left by difference, two readings of one mass are combined by what they do not share. It follows the mass of
 * every lot cause by cause, from what entries say was read.
 */
export type Causes = ReadonlyMap<string, number>;

/** Beyond so many standard uncertainties a difference is more than chance. */
const SIGMAS = 3;
/** Figures in entries are doubles; what was lumped keeps its spread and, of a few readings, loses next to nothing of what is shared. */
const ALIKE = 1e-6;

export const causesOf = (measured: Body): Causes => new Map(Object.entries<number>(measured["moves"]));

const length = (of: Iterable<number>): number => Math.hypot(...of);
const spreadOf = (causes: Causes): number => length(causes.values());
const near = (a: number, b: number): boolean =>
  Math.abs(a - b) <= ALIKE * Math.max(1, Math.abs(a), Math.abs(b));

/** A sum of causes, each times its factor: what is shared adds before it is squared. */
export function summed(terms: readonly (readonly [factor: number, causes: Causes])[]): Causes {
  const all = new Map<string, number>();
  for (const [factor, causes] of terms)
    for (const [cause, move] of causes) all.set(cause, (all.get(cause) ?? 0) + factor * move);
  return all;
}

/** A known value and a reading: the mean of least variance of the two, when they agree within chance. */
function combined(known: Mass, read: Mass): Mass | undefined {
  const [ours, theirs] = [spreadOf(known.causes) ** 2, spreadOf(read.causes) ** 2];
  let both = 0;
  for (const [cause, move] of known.causes) both += move * (read.causes.get(cause) ?? 0);
  const off = ours + theirs - 2 * both;
  if (Math.abs(read.best - known.best) > SIGMAS * Math.sqrt(Math.max(0, off)) + 1) return undefined;
  const weight = off <= 0 ? 0 : Math.min(1, Math.max(0, (ours - both) / off));
  return {
    best: known.best + weight * (read.best - known.best),
    causes: summed([
      [1 - weight, known.causes],
      [weight, read.causes],
    ]),
  };
}

interface Mass {
  readonly best: number;
  readonly causes: Causes;
}

const massOf = (part: Body): Mass => ({
  best: Number(part["mass_mg"].best),
  causes: causesOf(part["mass_mg"]),
});

const SAME = "a mass is as doubtful as what it was read and combined from";

function alike(what: string, said: Mass, mine: Mass): void {
  must(Math.abs(said.best - mine.best) <= 1, SAME, () => `${what}: ${said.best} mg, ${mine.best} mg`);
  const [theirs, ours] = [spreadOf(said.causes), spreadOf(mine.causes)];
  must(near(theirs, ours), SAME, () => `${what}: ${theirs} mg, ${ours} mg`);
}

/** What is drawn of a whole lot is the lot; of a part no less doubtful than nothing. What is left is the lot less that. */
export function drawOf(lot: SeenLot, input: Body): void {
  const taken = massOf(input);
  if (taken.best === lot.mass) alike(`all of ${lot.lot}`, taken, { best: lot.mass, causes: lot.causes });
  lot.causes =
    taken.best === lot.mass
      ? new Map()
      : summed([
          [1, lot.causes],
          [-1, taken.causes],
        ]);
}

/** Nobody weighs what is delivered: a part errs by itself, as its share of the lot does. */
export function deliverOf(lot: SeenLot, mass_mg: number, shipment: string): void {
  if (mass_mg === lot.mass) lot.causes = new Map();
  else {
    const own = (spreadOf(lot.causes) * mass_mg) / lot.mass;
    lot.causes = summed([
      [1, lot.causes],
      [-1, new Map([[`reading:${shipment}/${lot.lot}`, own]])],
    ]);
  }
}

/** What every balance of a step says of its doubt is what moves its parts; a lot that was only weighed anew holds both readings. */
export function checkStep(body: Body): void {
  const sides = [
    ...[...body["inputs"], ...body["additions"]].map((part: Body) => [1, part] as const),
    ...[...body["outputs"], ...body["losses"]].map((part: Body) => [-1, part] as const),
  ];
  const { mass, elements } = body["closure"];
  const open = summed(sides.map(([sign, part]) => [sign, causesOf(part["mass_mg"])] as const));
  checkBalance(`${body["step"]}, mass`, mass, { open, parts: sides.length });
  for (const [element, balance] of Object.entries<Body>(elements)) {
    const what = `${body["step"]}, ${element}`;
    checkBalance(what, balance, {
      open: new Map(Object.entries<number>(balance["moves_mg"])),
      parts: sides.length,
    });
    let left = 0;
    for (const [sign, part] of sides) left += sign * (part["elements_mg"][element]?.best ?? 0);
    must(
      left === balance["residual_mg"],
      BALANCE,
      () => `${what}: ${left} mg open, ${balance["residual_mg"]} mg`,
    );
  }
  const [input, output] = [body["inputs"][0], body["outputs"][0]];
  if (output?.["read_mg"] === undefined) return;
  const mine = combined(massOf(input), massOf({ mass_mg: output["read_mg"] }));
  must(mine !== undefined, SAME, () => `${output["lot"]} holds two readings that differ by more than chance`);
  alike(output["lot"], massOf(output), mine);
  for (const [element, { best }] of Object.entries<Body>(output["elements_mg"]))
    must(
      best <= (input["elements_mg"][element]?.best ?? 0),
      "to weigh a lot anew makes no metal",
      () => `${output["lot"]}: ${best} mg of ${element}`,
    );
}

const BALANCE = "a balance states what moves it";
/** Causes of one reading alone, and those that were lumped. */
const single = (cause: string): boolean => cause.startsWith("reading:") || cause.startsWith("small:");

function checkBalance(
  what: string,
  balance: Body,
  { open, parts }: { readonly open: Causes; readonly parts: number },
): void {
  const [all, own] = [spreadOf(open), length([...open].filter(([c]) => single(c)).map(([, move]) => move))];
  const shared = length([...open].filter(([c]) => !single(c)).map(([, move]) => move));
  const said = [balance["sd_mg"], balance["sd_random_mg"], balance["sd_shared_mg"]];
  must(
    near(said[0], all) && near(said[1], own) && near(said[2], shared),
    BALANCE,
    () => `${what}: ${said.join(", ")} mg, ${all}, ${own}, ${shared} mg`,
  );
  const closes = Math.abs(balance["residual_mg"]) <= SIGMAS * all + parts;
  must(closes === balance["closes"], BALANCE, () => `${what}: ${balance["residual_mg"]} mg open, ${all} mg`);
}

/** Counts are kept until what they restate is written: it comes in the same command. */
export function count(seen: Seen, body: Body): void {
  seen.counts.clear();
  for (const line of body["counts"] as Body[]) seen.counts.set(line["lot"], line);
}

/** What an old entry says of a scale, one cause for all it ever read: half in quadrature is the bias that its readings share now. */
function oldInHalves(causes: Causes): Causes {
  const halves = new Map<string, number>();
  for (const [cause, move] of causes) {
    const scale = /^scale:([^/]+)$/.exec(cause)?.[1];
    const names = scale === undefined ? [cause] : [cause, `bias:${scale}`];
    for (const name of names)
      halves.set(name, (halves.get(name) ?? 0) + (scale === undefined ? move : move / Math.SQRT2));
  }
  return halves;
}

/**
 * A lot that was counted holds the books' mass and the count's together where they agree, and else what was found; any other new
 * measurement says itself what its mass errs by.
 */
export function restate(seen: Seen, lot: SeenLot, body: Body): void {
  const said = massOf(body["after"]);
  const line = body["why"] === "stocktake" ? seen.counts.get(lot.lot) : undefined;
  const off = line?.["off_moves_mg"] as Record<string, number> | undefined;
  if (line && off && !line["kept"]) {
    const known = { best: lot.mass, causes: oldInHalves(lot.causes) };
    const read = {
      best: Number(line["counted_mg"]),
      causes: summed([
        [1, known.causes],
        [1, new Map(Object.entries(off))],
      ]),
    };
    const both = combined(known, read);
    must(
      (both !== undefined) === line["agrees"],
      SAME,
      () => `the count of ${lot.lot} agrees: ${line["agrees"]}`,
    );
    // What was missing and is found is what it was before it was missed, weighed once more.
    const found = lot.mass === 0 && lot.missed ? (combined(lot.missed, read) ?? read) : undefined;
    alike(`${lot.lot}, counted`, said, found ?? both ?? read);
  }
  const missed = said.best === 0 && body["why"] === "stocktake" && lot.mass > 0;
  lot.missed = missed ? { best: lot.mass, causes: lot.causes } : undefined;
  lot.causes = said.causes;
}

/** What the books answer of a lot's mass errs as the auditor has it. */
export const checkSpread = (lot: SeenLot, said: Body): void =>
  alike(`${lot.lot} in the books`, massOf(said), { best: lot.mass, causes: lot.causes });
