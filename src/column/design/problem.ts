/** What a plant is designed for, every default filled in; species in order of elution. */
export interface Plant {
  readonly species: readonly PlantSpecies[];
  readonly normality_mol_per_m3: number;
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
  readonly presaturant: { readonly name: string; readonly affinity: number };
  readonly displacer: { readonly name: string; readonly affinity: number };
  readonly time: {
    /** Bed volumes that wash the void before a column is loaded and after the train has left, at the working velocity. */
    readonly wash_bed_volumes: number;
    /** Time to bring a column back to the presaturant, in s. */
    readonly regeneration_s: number;
  };
}

export interface PlantSpecies {
  readonly name: string;
  readonly mole_fraction: number;
  readonly affinity: number;
  /** Absent for a species that is only an impurity. */
  readonly specification: Specification | undefined;
  /** Grams of what is sold per mol of the species: its traded oxide where it is an element, else the mol itself. */
  readonly product_g_per_mol: number;
}

export interface Specification {
  readonly purity_min: number;
  /** By species, parts per million of the basis. */
  readonly impurities_ppm_max: Readonly<Record<string, number>>;
  readonly basis: "oxide_mass" | "mole";
}

/** One way to run it: all a search may change. */
export interface Choice {
  readonly superficial_m_per_s: number;
  readonly length_m: number;
  /** Share of the capacity loaded: zone I, the column for what leaves before its cut, the one for what leaves after. */
  readonly loading: { readonly first: number; readonly front: number; readonly rear: number };
}

/** How finely a column is solved: on so many cells, with or without the coarser companion that gives its error. */
export interface Grid {
  readonly cells: number;
  readonly estimated: boolean;
}

/** Part of an impurity that a cut may use up, so that cut times kept while the cycle settles still meet the specification. */
const IMPURITY_USED = 0.98;

/** Conditions a window must hold for a specification: mean purity, then each impurity limit, as weights on mol (see spec-window). */
export function conditionsOf(
  species: readonly PlantSpecies[],
  own: PlantSpecies,
  used = IMPURITY_USED,
): { readonly names: readonly string[]; readonly weights: readonly (readonly number[])[] } {
  const { specification } = own;
  if (!specification) return { names: [], weights: [] };
  const mass = (s: PlantSpecies) => (specification.basis === "mole" ? 1 : s.product_g_per_mol);
  const purity_min = 1 - used * (1 - specification.purity_min);
  const purity = species.map((s) => mass(s) * ((s === own ? 1 : 0) - purity_min));
  const limits = Object.entries(specification.impurities_ppm_max).flatMap(([name, ppm]) => {
    const impurity = species.find((s) => s.name === name);
    if (!impurity) return [];
    return [
      {
        name: `${name} in ${own.name}`,
        weights: species.map((s) => mass(s) * (used * ppm * 1e-6 - (s === impurity ? 1 : 0))),
      },
    ];
  });
  return {
    names: [`purity of ${own.name}`, ...limits.map((l) => l.name)],
    weights: [purity, ...limits.map((l) => l.weights)],
  };
}
