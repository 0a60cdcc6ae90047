interface Bed {
  readonly superficial_m_per_s: number;
  readonly radius_m: number;
  readonly void_fraction: number;
}

/**
 * Axial dispersion on the interstitial velocity, m2/s: Chung and Wen, AIChE J. 14 (1968) 857, for Re below about 1000.
 * E = us 2R / (0.2 + 0.011 Re^0.48), with Re = rho us 2R / mu.
 */
export function chungWen_m2_per_s(
  bed: Bed & { readonly viscosity_Pa_s: number; readonly density_kg_per_m3: number },
): number {
  const diameter = 2 * bed.radius_m;
  const reynolds = (bed.density_kg_per_m3 * bed.superficial_m_per_s * diameter) / bed.viscosity_Pa_s;
  return (bed.superficial_m_per_s * diameter) / (0.2 + 0.011 * reynolds ** 0.48);
}

/**
 * Effective film coefficient, m/s: the film (Wilson and Geankoplis, Ind. Eng. Chem. Fundam. 5 (1966) 9: Sh = (1.09/eps) Pe^(1/3),
 * 0.0016 < Re < 55) in series with the pores (Glueckauf's linear driving force): 1/k = 1/kf + R / (5 ep Dp).
 */
export function filmCoefficient_m_per_s(
  bed: Bed & {
    readonly particle_porosity: number;
    readonly diffusivity_m2_per_s: number;
    readonly pore_diffusivity_m2_per_s: number;
  },
): number {
  const diameter = 2 * bed.radius_m;
  const peclet = (bed.superficial_m_per_s * diameter) / bed.diffusivity_m2_per_s;
  const film = ((1.09 / bed.void_fraction) * Math.cbrt(peclet) * bed.diffusivity_m2_per_s) / diameter;
  return 1 / (1 / film + bed.radius_m / (5 * bed.particle_porosity * bed.pore_diffusivity_m2_per_s));
}

/** Pressure drop of a bed of spheres, Pa: Ergun, Chem. Eng. Prog. 48 (1952) 89. */
export function pressureDrop_Pa(
  bed: Bed & {
    readonly length_m: number;
    readonly viscosity_Pa_s: number;
    readonly density_kg_per_m3: number;
  },
): number {
  const { superficial_m_per_s: u, void_fraction: e, viscosity_Pa_s: mu, density_kg_per_m3: rho } = bed;
  const d = 2 * bed.radius_m;
  const viscous = (150 * mu * (1 - e) ** 2 * u) / (e ** 3 * d ** 2);
  const inertial = (1.75 * rho * (1 - e) * u ** 2) / (e ** 3 * d);
  return (viscous + inertial) * bed.length_m;
}
