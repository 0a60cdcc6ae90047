import { ATOMIC_WEIGHTS, type Element, findSeries, isElement } from "../chemistry/index.ts";
import { done, type Refusal, type Result, refuse } from "../quantity/index.ts";

/** A way of separating: ligand and its constants, sorbent, flow. Figures marked as guesses in their source stay marked. */
export interface SeparationSystem {
  readonly id: string;
  readonly title: string;
  readonly series: string;
  readonly presaturant: string;
  readonly displacer: string;
  readonly ligand_mol_per_m3: number;
  readonly bed: {
    readonly void_fraction: number;
    readonly particle_porosity: number;
    readonly particle_radius_m: number;
    readonly capacity_mol_per_m3_bed: number;
  };
  readonly fluid: {
    readonly viscosity_Pa_s: number;
    readonly density_kg_per_m3: number;
    readonly diffusivity_m2_per_s: number;
    readonly pore_diffusivity_m2_per_s: number;
  };
  readonly superficial_velocity_m_per_s: number;
  /** Elements that must be out of the feed, and the most of them, as moles per mole of what is separated. */
  readonly impurity_mole_ratio_max: number;
  readonly evidence: string;
}

/** EDTA on a strong-acid resin held in the copper form. Capacity, particle and flow are planning values until a plant's own are fitted. */
export const EDTA_COPPER: SeparationSystem = {
  id: "edta-copper",
  title: "EDTA displacement on a copper-form strong-acid resin",
  series: "EDTA-1978NLb",
  presaturant: "Cu",
  displacer: "Na",
  ligand_mol_per_m3: 90,
  bed: { void_fraction: 0.38, particle_porosity: 0.3, particle_radius_m: 3e-5, capacity_mol_per_m3_bed: 567 },
  fluid: {
    viscosity_Pa_s: 1e-3,
    density_kg_per_m3: 1000,
    diffusivity_m2_per_s: 5e-10,
    pore_diffusivity_m2_per_s: 1e-10,
  },
  superficial_velocity_m_per_s: 2e-4,
  impurity_mole_ratio_max: 0.02,
  evidence:
    "presaturant from the abstract of WO2021173291A1; particle, capacity, diffusivities and flow are guesses to be fitted to the plant's own runs",
};

export const SYSTEMS: readonly SeparationSystem[] = [EDTA_COPPER];

export interface Species {
  readonly name: string;
  readonly role: "presaturant" | "product" | "displacer";
  readonly affinity: number;
}

/** Presaturant and displacer stand this factor outside the train; the boundaries inside it do not depend on it (own check, column knowledge). */
const OUTSIDE = 40;

export type SystemRefusal = Refusal<"series_unknown" | "element_without_constant" | "too_few_products">;

/**
 * The train in order of elution. The stronger an element's complex, the sooner it leaves, so its affinity for the resin is the
 * inverse of its constant; neighbours differ by 10 to the difference of log K (F1).
 */
export function trainOf(
  system: SeparationSystem,
  elements: readonly string[],
): Result<Species[], SystemRefusal> {
  const series = findSeries(system.series);
  if (!series)
    return refuse("series_unknown", "series", `no series ${system.series} of stability constants is known`);
  if (elements.length < 2)
    return refuse("too_few_products", "feed", "there is nothing to separate in fewer than two elements");
  const constants: { name: string; logK: number }[] = [];
  for (const name of elements) {
    const logK = isElement(name) ? series.logK[name] : undefined;
    if (logK === undefined) {
      return refuse(
        "element_without_constant",
        `feed.${name}`,
        `${system.series} holds no constant for ${name}; take a series that does`,
      );
    }
    constants.push({ name, logK });
  }
  constants.sort((a, b) => b.logK - a.logK);
  const strongest = constants[0]?.logK ?? 0;
  const products: Species[] = constants.map(({ name, logK }) => ({
    name,
    role: "product",
    affinity: OUTSIDE * 10 ** (strongest - logK),
  }));
  const last = products.at(-1)?.affinity ?? OUTSIDE;
  return done([
    { name: system.presaturant, role: "presaturant", affinity: 1 },
    ...products,
    { name: system.displacer, role: "displacer", affinity: OUTSIDE * last },
  ]);
}

/** Moles of each element in milligrams of it. */
export const molesOf = (element: Element, mass_mg: number): number =>
  mass_mg / 1000 / Number(ATOMIC_WEIGHTS[element]);

export interface Feed {
  /** Moles of what is separated. */
  readonly moles: number;
  readonly mole_fractions: Readonly<Record<string, number>>;
}

export type FeedRefusal = Refusal<"feed_not_clean" | "feed_empty">;

/**
 * What a lot brings to the columns: mole fractions of the elements the series knows, from `share_min` on. The others must have
 * been removed before: more of them than the system bears is refused (F2).
 */
export function feedOf(
  system: SeparationSystem,
  elements_mg: Readonly<Record<string, { readonly best: number }>>,
  share_min = 1e-4,
): Result<Feed, FeedRefusal> {
  const known = findSeries(system.series)?.logK ?? {};
  const moles: Record<string, number> = {};
  let wanted = 0;
  let foreign = 0;
  for (const [element, { best }] of Object.entries(elements_mg)) {
    if (!isElement(element) || best <= 0) continue;
    const n = molesOf(element, best);
    if (known[element] === undefined) foreign += n;
    else {
      moles[element] = n;
      wanted += n;
    }
  }
  if (wanted <= 0)
    return refuse("feed_empty", "lot", "the lot holds none of the elements this system separates");
  const ratio = foreign / wanted;
  if (ratio > system.impurity_mole_ratio_max) {
    return refuse(
      "feed_not_clean",
      "lot",
      `other metals are ${(100 * ratio).toFixed(1)} mol % of the feed, at most ${100 * system.impurity_mole_ratio_max} % may be: remove them first`,
      {
        mole_ratio: ratio,
      },
    );
  }
  const kept = Object.entries(moles).filter(([, n]) => n / wanted >= share_min);
  const total = kept.reduce((sum, [, n]) => sum + n, 0);
  return done({
    moles: total,
    mole_fractions: Object.fromEntries(kept.map(([element, n]) => [element, n / total])),
  });
}
