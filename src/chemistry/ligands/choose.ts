import { done, refuse } from "../../quantity/index.ts";
import { RARE_EARTHS } from "../elements.ts";
import { STABILITY_SERIES, type StabilitySeries } from "../stability.ts";
import { COMPANION_SERIES, type CompanionSeries } from "./companions.ts";
import { type FrontHold, frontHolds } from "./front.ts";
import { HYDROLYSIS, HYDROLYSIS_SOURCE } from "./hydrolysis.ts";
import { pHWindow } from "./ph-window.ts";
import { findProtonation, type Protonation } from "./protonation.ts";
import { type Selectivity, sameIonicStrength, selectivity, seriesOf } from "./selectivity.ts";
import { dissolved, saturation } from "./solution.ts";

export interface LigandQuestion {
  readonly ligand: string;
  readonly series?: string | undefined;
  /** Amounts of elements and of companion ions (Fe3+), in any one unit of amount. */
  readonly feed?: Readonly<Record<string, number>> | undefined;
  readonly ligand_mol_per_m3: number;
  readonly pH: number;
  readonly presaturant: string;
}

/** Below this a neighbour pair cannot be parted: half of a band's ideal loading is lost well before. A choice, as 1 - 1/1.1 is 9 % loading. */
export const ALPHA_USABLE_MIN = 1.1;
/** Ten times the ionic strength of the series; a choice, beyond which the constants are another solution's. */
const LIGAND_MAX_MOL_PER_M3 = 1000;
/** A companion bound to more than this share travels with the ligand. A choice. */
const LEAK_SHARE = 0.01;

export const LIGANDS: readonly string[] = [...new Set(STABILITY_SERIES.map((s) => s.ligand))];

/** What a ligand does with a feed. Refusals: ligand_unknown, series_unknown, series_mixed, constant_missing, ph_out_of_range, amount_not_positive, ligand_too_strong. */
export function chooseLigand(question: LigandQuestion) {
  const ligand = LIGANDS.find((l) => l.toLowerCase() === question.ligand.toLowerCase());
  if (ligand === undefined)
    return refuse(
      "ligand_unknown",
      "ligand",
      `no rare-earth series of "${question.ligand}"; known are ${LIGANDS.join(", ")}`,
    );
  if (!(question.pH >= 0 && question.pH <= 14))
    return refuse("ph_out_of_range", "pH", `pH ${question.pH} is outside 0 to 14`);
  if (question.ligand_mol_per_m3 > LIGAND_MAX_MOL_PER_M3)
    return refuse(
      "ligand_too_strong",
      "ligand_mol_per_m3",
      `constants at 0.1 M say nothing of a ligand above ${LIGAND_MAX_MOL_PER_M3} mol/m3`,
    );
  if (!(question.ligand_mol_per_m3 > 0))
    return refuse("amount_not_positive", "ligand_mol_per_m3", "the ligand concentration is above 0");
  const known = seriesOf(ligand);
  const series = question.series === undefined ? known : known.filter((s) => s.id === question.series);
  const [lead] = series;
  if (lead === undefined)
    return refuse(
      "series_unknown",
      "series",
      `no series "${question.series}" of ${ligand}; known are ${known.map((s) => s.id).join(", ")}`,
    );
  const feed = question.feed ?? everyElement(series);
  for (const [name, amount] of Object.entries(feed))
    if (!(amount > 0 && Number.isFinite(amount)))
      return refuse("amount_not_positive", `feed.${name}`, `the amount of ${name} is above 0`);
  return answer({ ...question, ligand, feed }, series, lead);
}

/** Elements that every series gives; asked without a feed, the answer is about them in equal amounts. */
const everyElement = (series: readonly StabilitySeries[]): Record<string, number> =>
  Object.fromEntries(
    Object.keys(series[0]?.logK ?? {})
      .filter((e) => series.every((s) => Object.hasOwn(s.logK, e)))
      .map((e) => [e, 1]),
  );

type Full = LigandQuestion & { readonly feed: Readonly<Record<string, number>> };

function answer(question: Full, series: readonly StabilitySeries[], lead: StabilitySeries) {
  const { ligand } = question;
  const ions = Object.keys(question.feed).filter((name) => name.endsWith("+"));
  const elements = Object.keys(question.feed).filter((name) => !name.endsWith("+"));
  if (elements.length === 0) return refuse("constant_missing", "feed", "the feed names no rare earth");
  const chosen = selectivity(elements, series);
  if (!chosen.ok) return chosen;
  const ionicStrength_M = lead.ionic_strength_M;
  const companions = COMPANION_SERIES.find((c) => c.ligand === ligand && sameIonicStrength([lead, c]).ok);
  for (const ion of ions)
    if (companions?.logK[ion] === undefined)
      return refuse(
        "constant_missing",
        `feed.${ion}`,
        `no constant of ${ion} with ${ligand} at ${ionicStrength_M} M; known are ${Object.keys(companions?.logK ?? {}).join(", ") || "none"}`,
      );
  const protonation = findProtonation(ligand, ionicStrength_M);
  const solved =
    protonation && speciateFeed(question, { lead: best(elements, series), companions, protonation });
  if (solved && !solved.ok) return solved;
  const constants = best(elements, series);
  const front = frontOf(question, constants, companions);
  return done({
    ligand,
    series: series.map(({ id, temperature_C, ionic_strength_M, medium }) => ({
      id,
      temperature_C,
      ionic_strength_M,
      medium,
    })),
    order: chosen.value.order,
    pairs: chosen.value.pairs,
    unusable_pairs: chosen.value.pairs.filter((p) => p.alpha.lo < ALPHA_USABLE_MIN).map(unusable),
    reversals: reversals(chosen.value.order),
    affinities: chosen.value.affinities,
    ...(solved?.ok ? { speciation: solved.value } : {}),
    pH_window: pHWindow(question, constants, protonation),
    front,
    temperatures_C: temperatures([...series, companions, protonation]),
    sources: [
      ...[...series, ...(companions ? [companions] : []), ...(protonation ? [protonation] : [])].map(
        (s) => s.source,
      ),
      HYDROLYSIS_SOURCE,
    ],
    warnings: warnings(series, {
      companions,
      protonation,
      chosen: chosen.value,
      hydrolysing: ions.filter((i) => HYDROLYSIS[i]?.charge === 3),
    }),
  });
}

/** Lanthanides beside each other in the feed whose lighter one leaves first: the ligand turns around there. */
function reversals(order: readonly string[]) {
  const row = RARE_EARTHS.filter((e) => e !== "Sc" && e !== "Y" && order.includes(e));
  return row.slice(0, -1).flatMap((lighter, i) => {
    const heavier = row[i + 1] ?? lighter;
    return order.indexOf(lighter) < order.indexOf(heavier) ? [{ ahead: lighter, behind: heavier }] : [];
  });
}

const unusable = ({ ahead, behind, alpha }: Selectivity["pairs"][number]) => ({
  ahead,
  behind,
  why: alpha.hi < ALPHA_USABLE_MIN ? "every series is below" : "one series is below",
  alpha_min: ALPHA_USABLE_MIN,
});

/** Absolute constants of one series: that which gives the most of the elements, the earliest of equals. */
function best(elements: readonly string[], series: readonly StabilitySeries[]): StabilitySeries {
  const given = (s: StabilitySeries) => elements.filter((e) => Object.hasOwn(s.logK, e)).length;
  return series.reduce((a, b) => (given(b) > given(a) ? b : a));
}

interface Known {
  readonly lead: StabilitySeries;
  readonly companions: CompanionSeries | undefined;
  readonly protonation: Protonation;
}

/** In the train one ligand carries one metal: the feed is scaled to the ligand, all other ions with it. */
function speciateFeed(question: Full, known: Known) {
  const ligand_M = question.ligand_mol_per_m3 / 1000;
  const constants = new Map<string, number>();
  for (const name of Object.keys(question.feed)) {
    const logK = { ...known.companions?.logK, ...known.lead.logK }[name];
    if (logK !== undefined) constants.set(name, logK);
  }
  const sum = Object.values(question.feed).reduce((a, b) => a + b, 0);
  const totals: Record<string, number> = { L: ligand_M };
  for (const name of constants.keys()) totals[name] = ((question.feed[name] ?? 0) / sum) * ligand_M;
  const solution = { totals_M: totals, constants, protonation: known.protonation, pH: question.pH };
  const solved = dissolved(solution);
  if (!solved.ok) return solved;
  const { concentrations_M, residual } = solved.value;
  const complexed = Object.fromEntries(
    [...constants.keys()].map((name) => [name, (concentrations_M[`${name}L`] ?? 0) / (totals[name] ?? 1)]),
  );
  const metals = Object.keys(complexed);
  return done({
    pH: question.pH,
    complexed_share: complexed,
    free_ligand_mol_per_m3: freeLigand_M(concentrations_M) * 1000,
    residual,
    // Of each ion how many times over its solubility it stands; above 1 its hydroxide falls out.
    hydroxide_saturation: Object.fromEntries(
      metals.flatMap((name) => {
        const times = saturation(solution, solved.value, name);
        return times === undefined ? [] : [[name, times]];
      }),
    ),
    leaks: metals
      .filter((name) => name.endsWith("+") && (complexed[name] ?? 0) > LEAK_SHARE)
      .map((name) => ({
        ion: name,
        complexed_share: complexed[name] ?? 0,
        position: position(name, constants, question.feed),
        ligand_taken_share: ((complexed[name] ?? 0) * (totals[name] ?? 0)) / ligand_M,
      })),
  });
}

/** At which temperatures the constants were measured; nothing is corrected to another. Null where a table does not say. */
const temperatures = (tables: readonly ({ readonly temperature_C?: number } | undefined)[]) => [
  ...new Set(tables.flatMap((t) => (t ? [t.temperature_C ?? null] : []))),
];

/** Where an ion runs by its constant alone; its charge on the resin is not counted. */
function position(ion: string, constants: ReadonlyMap<string, number>, feed: Full["feed"]): string {
  const own = constants.get(ion) ?? 0;
  const rare = Object.keys(feed).flatMap((e) => (e.endsWith("+") ? [] : [constants.get(e) ?? 0]));
  if (own > Math.max(...rare)) return "ahead of every rare earth";
  return own < Math.min(...rare) ? "behind every rare earth" : "among the rare earths";
}

const freeLigand_M = (c: Readonly<Record<string, number>>): number =>
  Object.entries(c).reduce((sum, [name, v]) => sum + (/^(H\d+)?L$/.test(name) ? v : 0), 0);

function frontOf(question: Full, constants: StabilitySeries, companions: CompanionSeries | undefined) {
  const ion = `${question.presaturant}2+`;
  const own = companions?.logK[ion];
  if (own === undefined)
    return {
      presaturant: ion,
      holds: "unknown" as const,
      why: `no constant of ${ion} with ${question.ligand} at this ionic strength`,
      elements: {} as Readonly<Record<string, FrontHold>>,
    };
  const elements: Record<string, FrontHold> = {};
  for (const [element, logK] of Object.entries(constants.logK))
    if (Object.hasOwn(question.feed, element))
      elements[element] = frontHolds(logK, own, question.ligand_mol_per_m3 / 1000);
  const worst = Object.entries(elements).reduce((a, b) => (b[1].factor < a[1].factor ? b : a));
  return {
    presaturant: ion,
    holds: worst[1].holds,
    why: `${worst[0]} is nearest: the resin keeps it ${worst[1].factor.toPrecision(2)} times as long as ${ion} (${worst[1].lo.toPrecision(2)} to ${worst[1].hi.toPrecision(2)})`,
    elements,
  };
}

function warnings(
  series: readonly StabilitySeries[],
  has: {
    companions: CompanionSeries | undefined;
    protonation: Protonation | undefined;
    chosen: Selectivity;
    hydrolysing: readonly string[];
  },
): string[] {
  const lone = has.chosen.pairs.filter((p) => p.series.length === 1);
  return [
    "affinities come from 1:1 constants in solution; the sorbent's own preference is taken as 1 until it is fitted",
    ...(new Set(series.map((s) => s.temperature_C)).size > 1
      ? ["series at 20 and 25 C stand side by side in the bands; no constant is corrected for temperature"]
      : []),
    ...(lone.length > 0
      ? [
          `one series alone speaks of ${lone.map((p) => `${p.ahead}/${p.behind}`).join(", ")}; their doubt is a guess`,
        ]
      : []),
    ...(has.companions
      ? [
          `${has.companions.id} is set beside rare earths of another author at the same ionic strength; front and leaks carry that doubt`,
        ]
      : []),
    ...(has.hydrolysing.length > 0
      ? [
          `${has.hydrolysing.join(" and ")} hydrolyse in water: counted with hydroxide complexes of grade C, without mixed ones, without ageing of the hydroxide`,
        ]
      : []),
    ...(has.companions?.confidence === "C" || has.protonation?.confidence === "C"
      ? ["constants of grade C take part: remembered values of a critical compilation, to be confirmed"]
      : []),
    ...(has.protonation
      ? []
      : ["no speciation: protonation constants at this ionic strength are not on file"]),
  ];
}
