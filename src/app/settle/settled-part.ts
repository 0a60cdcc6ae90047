import { Decimal } from "decimal.js";
import type { Contents, Lot, StepRecord } from "../../ledger/index.ts";
import { showMass } from "../../quantity/index.ts";
import type { SettledBefore, Statement, StatementIssued } from "../../settle/index.ts";
import type { Scope } from "../core/use-case.ts";

/** So much of a lot, or of a metal in it, may be lost by a count or an assay before it is too uncertain what is in it: our estimate, evidence C. */
const MOST_LOST = 0.05;

type Known =
  | { readonly settled: readonly SettledBefore[] }
  | { readonly unknown: string; readonly why: string };

/** A lot that this one was made from, as it was settled. */
interface SettledLot {
  readonly lot: string;
  readonly issued: StatementIssued;
  /** What was measured in it, by element: its shares are of that, whatever was agreed on since. */
  readonly measured_mg: Readonly<Record<string, { readonly best: number }>>;
}

/**
 * How much of a lot's metal is settled in other lots: their shares in it when it was made, each as much as was paid for it. Where
 * that does not tell all of it, it is unknown, and why: a lot of which no share is followed; a step on the way that did not close; a
 * lot on the way that was found to hold less, or more than was made (S57).
 */
export async function settledPart(
  scope: Scope,
  lot: Lot,
  settled: readonly string[],
  before: "before" | "since" = "before",
): Promise<Known> {
  const settledLots: SettledLot[] = [];
  for (const id of settled) {
    const issued = (await scope.get("statement", id))?.issued.at(-1);
    const feed = await scope.get("feed", id);
    if (!issued || !feed) return { unknown: id, why: `no share of ${id} is followed` };
    settledLots.push({ lot: id, issued, measured_mg: feed.declared_mg ?? feed.measured_mg });
  }
  if (settledLots.length === 0) return { settled: [] };
  const way = await wayFrom(scope, lot, { settled: new Set(settled), before });
  const why = way.uncertain ?? (way.other ? undefined : `nothing else went into ${lot.id}`);
  const made = (await scope.get("step", lot.made_by))?.outputs.find((output) => output.lot === lot.id);
  if (why !== undefined || !made)
    return { unknown: settled.join(", "), why: why ?? `no step made ${lot.id}` };
  const parts: SettledBefore[] = [];
  for (const one of settledLots) {
    const mine = paidOf(one, made);
    if (!mine)
      return { unknown: one.lot, why: `nothing is followed of a metal that ${one.lot} is settled on` };
    parts.push(...mine);
  }
  return { settled: parts };
}

/**
 * What was paid of a settled lot goes on with its shares. They may be of less than was paid (S53), or of more, where both firms agree
 * on less since (S59): then each stands for as much more, or less. Rounded up: nothing is paid twice.
 */
function paidOf({ lot, issued, measured_mg }: SettledLot, made: Contents): SettledBefore[] | undefined {
  const { statement } = issued;
  const parts: SettledBefore[] = [];
  for (const { element, oxide } of statement.elements) {
    if (oxide === undefined) continue;
    const paid_mg = containedIn(statement, element);
    const claimable_mg = measured_mg[element]?.best ?? 0;
    const share_mg = made.feeds_mg[lot]?.[element] ?? 0;
    if (paid_mg.isZero()) continue;
    if (claimable_mg <= 0) return undefined;
    const mg = paid_mg.div(claimable_mg).times(share_mg).ceil();
    if (mg.isZero()) continue;
    const metal_kg = showMass(mg.toNumber(), "kg");
    const brought_mg = Math.max(1, made.elements_mg[element]?.best ?? 0);
    const part_pct = Decimal.min(100, mg.times(100).div(brought_mg))
      .toDecimalPlaces(6, Decimal.ROUND_UP)
      .toFixed();
    parts.push({ lot, agreement: statement.agreement.id, element, metal_kg, part_pct });
  }
  return parts;
}

const containedIn = ({ lines }: Statement, element: string): Decimal =>
  new Decimal(lines.find(({ id }) => id === `${element}.contained_metal`)?.value ?? 0).times(1_000_000);

interface Way {
  /** Why it is not known how much went on from the settled lots to this one. */
  readonly uncertain?: string;
  /** Whether anything else that holds metal joined it. */
  readonly other: boolean;
}

async function wayFrom(
  scope: Scope,
  lot: Lot,
  { settled, before }: { readonly settled: ReadonlySet<string>; readonly before: "before" | "since" },
): Promise<Way> {
  const open = [lot];
  const looked = new Set([lot.id]);
  const steps = new Set<string>();
  let lost = 0;
  let other = false;
  for (let next = open.pop(); next; next = open.pop()) {
    const step = await scope.get("step", next.made_by);
    // What settling a lot found of it makes nothing uncertain of what went into it.
    const found = next === lot && before === "since" ? undefined : uncertainIn(next);
    const uncertain = found ?? (step && openIn(step));
    if (uncertain !== undefined) return { uncertain, other };
    if (step && !steps.has(step.step)) lost += lostOf(step, settled);
    if (step) steps.add(step.step);
    if (lost > MOST_LOST) return { uncertain: `of what is settled a twentieth was lost on the way`, other };
    other ||= step?.additions.some(({ elements_mg }) => Object.keys(elements_mg).length > 0) ?? false;
    for (const { lot: id } of next.parents) {
      if (looked.has(id) || settled.has(id)) continue;
      looked.add(id);
      const parent = await scope.get("lot", id);
      if (parent && (await descends(scope, parent, settled))) open.push(parent);
      else other = true;
    }
  }
  return { other };
}

/** Whether the step that made a lot gave it a share of one of these. */
async function descends(scope: Scope, lot: Lot, settled: ReadonlySet<string>): Promise<boolean> {
  const made = (await scope.get("step", lot.made_by))?.outputs.find((output) => output.lot === lot.id);
  return Object.keys(made?.feeds_mg ?? {}).some((feed) => settled.has(feed));
}

function uncertainIn({ id, raised = [], remeasured_mg = {}, opened }: Lot): string | undefined {
  if (raised.length > 0) return `more ${raised[0]} was found in ${id} than was made`;
  const lost = Object.entries(remeasured_mg).find(([name, mg]) => {
    const made = name === "mass" ? opened.mass_mg.best : (opened.elements_mg[name]?.best ?? 0);
    return -mg > MOST_LOST * made + 1;
  });
  return lost && `less ${lost[0]} was found in ${id} than was made`;
}

/** What part of the shares of settled lots a step drew and gave to nothing: lost by what it states, once and again (S76). */
function lostOf({ inputs, outputs }: StepRecord, settled: ReadonlySet<string>): number {
  const shares = (parts: readonly Contents[]) =>
    parts
      .flatMap(({ feeds_mg }) => Object.entries(feeds_mg))
      .flatMap(([feed, elements]) => (settled.has(feed) ? Object.values(elements) : []))
      .reduce((sum, mg) => sum + mg, 0);
  const drawn = shares(inputs);
  return drawn === 0 ? 0 : 1 - shares(outputs) / drawn;
}

function openIn({ step, closure }: StepRecord): string | undefined {
  const balances = [["mass", closure.mass] as const, ...Object.entries(closure.elements)];
  const [name] = balances.find(([, { closes }]) => !closes) ?? [];
  return name && `${name} of the step ${step} does not close`;
}
