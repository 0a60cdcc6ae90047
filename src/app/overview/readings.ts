import {
  ALL_MASS,
  CLOSURE_K,
  furthestRun,
  type Instrument,
  type PairedTest,
  pairsApart,
  type Run,
} from "../../ledger/index.ts";
import { readingsOfUnit, type Unit } from "../../programme/index.ts";
import { readBeside } from "../ledger/instrument.ts";

/** What the readings of many steps tell together, and no step alone. */
export interface ReadingFinding {
  readonly finding: "run" | "scale" | "pair";
  readonly id: string;
  readonly link: string;
  readonly what: string;
  /**
   * What is missing, gained: negative; of a scale what it reads less than others, more: negative; of two scales what the receiver
   * reads less. Of laboratories, which differ in mg/kg, it is said in words.
   */
  readonly residual_mg?: number;
  readonly sd_mg?: number;
  readonly sigmas: number;
  readonly why: string;
}

/** Of each site the element, or the mass, whose months leave more open than chance; the furthest from nothing where several do (L39). */
export function runsBeyondChance(runs: readonly Run[]): ReadingFinding[] {
  return [...Map.groupBy(runs, ({ site }) => site)]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([site, of]) => {
      const months = [...of].sort((a, b) => (a.month < b.month ? -1 : 1));
      const names = [...new Set(months.flatMap(({ open }) => Object.keys(open)))].sort();
      const beyond = names.flatMap((element) => {
        const sum = furthestRun(months, element);
        return sum && Math.abs(sum.z) > CLOSURE_K ? [{ element, ...sum }] : [];
      });
      const [furthest] = beyond.sort((a, b) => Math.abs(b.z) - Math.abs(a.z));
      if (!furthest) return [];
      const { element, from, to, mg, sd_mg, z } = furthest;
      return {
        ...{ finding: "run" as const, id: site, link: `/account?element=${encodeURIComponent(element)}` },
        ...{ what: element, residual_mg: mg, sd_mg, sigmas: Math.abs(z) },
        why: `steps and counts ${from === to ? `of ${from}` : `from ${from} to ${to}`}, added up`,
      };
    });
}

const percentOf = (p: number): string => (p < 1e-4 ? "less than 0.01 %" : `${(100 * p).toPrecision(2)} %`);

/** Scales and laboratories of shippers and receivers that differ by more than chance (L51). */
export const pairsBeyondChance = (tests: readonly PairedTest[]): ReadingFinding[] =>
  pairsApart(tests).map(({ of, shipper, receiver, pairs_count, difference, sd, z, p }) => {
    const chance = `two as they are stated differ so much in ${percentOf(p)} of cases`;
    const [lots, samples] = pairs_count === 1 ? ["lot", "sample"] : ["lots", "samples"];
    const about = {
      ...{ finding: "pair" as const, id: `${shipper} and ${receiver}`, link: "/ship", sigmas: Math.abs(z) },
    };
    if (of === ALL_MASS) {
      const why = `sender's and receiver's scales, over ${pairs_count} ${lots}: ${chance}`;
      return { ...about, what: "scales", residual_mg: -difference, sd_mg: sd, why };
    }
    const by = `${Math.round(Math.abs(difference)).toLocaleString("en-US")} mg/kg ${difference < 0 ? "less" : "more"}`;
    return { ...about, what: of, why: `the receiver finds ${by}, over ${pairs_count} ${samples}: ${chance}` };
  });

/** Scales that read others' lots further off than is stated of them (L40). */
export async function scalesOff(
  units: readonly Unit[],
  instruments: readonly Instrument[],
): Promise<ReadingFinding[]> {
  const byName = new Map(instruments.map((of) => [of.instrument, of]));
  const found: ReadingFinding[] = [];
  for (const unit of units) {
    const readings = readingsOfUnit(unit);
    if (!readings) continue;
    const { off, z, bias_mg, bias_sd_mg, stated, pairs_count } = await readBeside(
      { id: unit.id, readings },
      async (name) => byName.get(name),
    );
    if (!off) continue;
    found.push({
      ...{ finding: "scale", id: unit.id, link: `/scales/${encodeURIComponent(unit.id)}`, what: "scale" },
      ...{ residual_mg: -bias_mg, sd_mg: Math.hypot(stated.bias_mg, bias_sd_mg), sigmas: Math.abs(z) },
      why: `by ${pairs_count === 1 ? "one lot" : `${pairs_count} lots`} that ${pairs_count === 1 ? "was" : "were"} weighed twice`,
    });
  }
  return found;
}
