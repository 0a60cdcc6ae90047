/** One column in the kernel's own terms: arrays over species, everything per volume of bed, SI units. */
export interface Problem {
  /** Cell thicknesses from inlet to outlet. */
  readonly grid: Float64Array;
  /** Thickness of the ordinary cells before the outlet. */
  readonly fine_m: number;
  /** a_i of q_i = Lambda a_i c_i / sum_j a_j c_j. */
  readonly affinity: Float64Array;
  /** Volume that moves with the liquid over bed volume: total porosity, or the void when there is a film. */
  readonly mobile_fraction: number;
  readonly superficial_m_per_s: number;
  /** Axial dispersion times mobile fraction. */
  readonly dispersion_m2_per_s: number;
  readonly capacity_mol_per_m3: number;
  readonly film: Film | undefined;
  /** Liquid at the start, per volume of liquid; the same everywhere. */
  readonly liquid_mol_per_m3: Float64Array;
  /** What particle (solid and pore liquid), or solid alone without a film, holds at the start, per bed volume. */
  readonly particle_mol_per_m3: Float64Array;
  readonly inlet: readonly Feed[];
  /** Largest total concentration among the start and the inlets. */
  readonly normality_mol_per_m3: number;
  /** Whether liquids of different total concentration meet. */
  readonly uneven: boolean;
  /** Courant number of the train: time step over the time its front takes through a cell in which something moves. */
  readonly courant_number: number;
  /** Usual steps that one may be while all changes are small; 1 where cells are unequal: those are not all watched. */
  readonly stretch_most: number;
  /** Cells that change less than this part of the normality, and differ less from their neighbours, may sleep; 0: none. */
  readonly still_fraction: number;
  /** How often the liquid along the bed is kept for a picture, if it is. */
  readonly frame_every_s?: number;
  /** Cells times species solved at most, all steps together. */
  readonly work_max: number;
}

export interface Film {
  /** Exchange between moving liquid and pores, per bed volume: 3 (1 - void) k_f / R. */
  readonly exchange_per_s: number;
  /** Pore liquid over bed volume. */
  readonly pore_fraction: number;
}

export interface Feed {
  readonly until_s: number;
  readonly liquid_mol_per_m3: Float64Array;
}

/** Speed of the train: liquid over the part of the moving ions that is in the moving liquid. */
export function trainSpeed_m_per_s(problem: Problem): number {
  const pore = problem.film?.pore_fraction ?? 0;
  const storage = problem.mobile_fraction + pore;
  return problem.superficial_m_per_s / (storage + problem.capacity_mol_per_m3 / problem.normality_mol_per_m3);
}
