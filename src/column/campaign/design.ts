import { done, type Result, refuse } from "../../quantity/index.ts";
import { pressureDrop_Pa } from "../correlations.ts";
import { type ColumnRefusal, lag } from "../read.ts";

/** One product in order of elution. */
export interface DesignProduct {
  readonly name: string;
  readonly mole_fraction: number;
  readonly affinity: number;
  /** Mean purity asked of it, over all products, as a fraction. */
  readonly purity_min: number;
}

export interface DesignInput {
  readonly products: readonly DesignProduct[];
  readonly length_m: number;
  readonly superficial_m_per_s: number;
  readonly normality_mol_per_m3: number;
  readonly bed: {
    readonly void_fraction: number;
    readonly particle_porosity: number;
    readonly particle_radius_m: number;
    readonly capacity_mol_per_m3_bed: number;
  };
  readonly dispersion_m2_per_s: number;
  readonly film_coefficient_m_per_s: number;
  readonly viscosity_Pa_s: number;
  readonly density_kg_per_m3: number;
}

export interface BoundaryZone {
  readonly between: readonly [string, string];
  readonly alpha: number;
  /** Length of the constant-pattern zone from the cut theta to 1 - theta. */
  readonly zone_m: number;
  readonly theta: number;
}

export interface Design {
  readonly basis: "closed form, own derivation from the constant-separation-factor model";
  readonly loading_fraction: number;
  readonly htu_m: number;
  readonly zones: readonly BoundaryZone[];
  readonly predicted: Readonly<
    Record<
      string,
      {
        readonly band_m: number;
        readonly yield_fraction: number | null;
        readonly valid: boolean;
        readonly why: string;
      }
    >
  >;
  readonly limits: string;
  readonly pressure_drop_Pa: number;
  readonly cycle_s: number;
}

/**
 * How much longer than ideal the bed must be for a boundary to have reached its constant pattern (group phi of the pair):
 * between 1.24 and 1.73 over the cases computed for x from 6 to 40; the middle of that map is planned with.
 */
const PHI = 1.5;

/**
 * Closed-form design of one displacement zone. Loading from the hardest pair: L_f = 1 / (1 + phi / (alpha - 1)). Boundary
 * zones L = HTU (alpha+1)/(alpha-1) ln((1-theta)/theta), with theta from the purity asked. A band loses to the zone behind it
 * lambda (T + (alpha-1)(1-2 theta)) and to the zone ahead lambda (alpha T - (alpha-1)(1-2 theta)), lambda = HTU/(alpha-1),
 * T = ln((1-theta)/theta). Not valid, and said so, where a band is shorter than what its boundaries take.
 */
export function designZone(input: DesignInput): Result<Design, ColumnRefusal> {
  const { products, bed } = input;
  if (products.length < 2)
    return refuse("design_impossible", "products", "there is nothing to separate in fewer than two products");
  const disorder = products.findIndex((p, i) => i > 0 && p.affinity <= (products[i - 1]?.affinity ?? 0));
  if (disorder >= 0)
    return refuse(
      "design_impossible",
      `products[${disorder}].affinity`,
      "products stand in order of elution, each kept longer than the one before",
    );
  const strange = products.findIndex(
    (p) => !(p.purity_min > 0 && p.purity_min < 1) || !(p.mole_fraction > 0),
  );
  if (strange >= 0)
    return refuse(
      "target_out_of_range",
      `products[${strange}]`,
      "a purity lies between 0 and 1, a mole fraction is above 0",
    );
  const u = input.superficial_m_per_s / bed.void_fraction;
  const pores = (1 - bed.void_fraction) * bed.particle_porosity;
  const behind = lag({
    u,
    capacity: bed.capacity_mol_per_m3_bed,
    porosity: bed.void_fraction,
    pores,
    normality: input.normality_mol_per_m3,
  });
  const k_m =
    (3 * (1 - bed.void_fraction) * input.film_coefficient_m_per_s) /
    (bed.particle_radius_m * bed.void_fraction);
  const htu_m = behind / k_m + input.dispersion_m2_per_s / behind;
  const alphas = products.slice(1).map((p, i) => p.affinity / (products[i]?.affinity ?? 1));
  const hardest = Math.min(...alphas);
  const loading_fraction = 1 / (1 + PHI / (hardest - 1));
  const zones = alphas.map((alpha, i) =>
    zoneOf(products[i] as DesignProduct, products[i + 1] as DesignProduct, { alpha, htu_m }),
  );
  const total_m = loading_fraction * input.length_m;
  const predicted = Object.fromEntries(
    products.map((p, i) => [p.name, predict(p, total_m, { htu_m, ahead: zones[i - 1], after: zones[i] })]),
  );
  const invalid = Object.entries(predicted).filter(([, p]) => !p.valid);
  const hardestAt = alphas.indexOf(hardest);
  return done({
    basis: "closed form, own derivation from the constant-separation-factor model",
    loading_fraction,
    htu_m,
    zones,
    predicted,
    limits:
      invalid.length > 0
        ? `${invalid.map(([name]) => name).join(", ")}: band shorter than its boundary zones; the simulation decides`
        : `${products[hardestAt]?.name}/${products[hardestAt + 1]?.name} is the hardest pair (selectivity ${hardest.toFixed(2)})`,
    pressure_drop_Pa: pressureDrop_Pa({
      length_m: input.length_m,
      superficial_m_per_s: input.superficial_m_per_s,
      radius_m: bed.particle_radius_m,
      void_fraction: bed.void_fraction,
      viscosity_Pa_s: input.viscosity_Pa_s,
      density_kg_per_m3: input.density_kg_per_m3,
    }),
    cycle_s: input.length_m / (u - behind),
  });
}

/** The local cut that a mean impurity allows: mean impurity is far below the local one, by about the zone's share of the band. */
function zoneOf(
  front: DesignProduct,
  rear: DesignProduct,
  given: { alpha: number; htu_m: number },
): BoundaryZone {
  const { alpha, htu_m } = given;
  const impurity = 1 - Math.max(front.purity_min, rear.purity_min);
  const theta = Math.min(0.2, 40 * impurity);
  const zone_m = htu_m * ((alpha + 1) / (alpha - 1)) * Math.log((1 - theta) / theta);
  return { between: [front.name, rear.name], alpha, zone_m, theta };
}

function predict(
  product: DesignProduct,
  total_m: number,
  given: { htu_m: number; ahead: BoundaryZone | undefined; after: BoundaryZone | undefined },
) {
  const band_m = product.mole_fraction * total_m;
  const loss = (zone: BoundaryZone | undefined, side: "front" | "rear") => {
    if (!zone) return 0;
    const lambda = given.htu_m / (zone.alpha - 1);
    const T = Math.log((1 - zone.theta) / zone.theta);
    const skew = (zone.alpha - 1) * (1 - 2 * zone.theta);
    return lambda * (side === "front" ? T + skew : zone.alpha * T - skew);
  };
  // Of the zone behind it a band is the front member, of the zone ahead of it the rear member.
  const lost = loss(given.after, "front") + loss(given.ahead, "rear");
  const valid = band_m > lost;
  return {
    band_m,
    yield_fraction: valid ? 1 - lost / band_m : null,
    valid,
    why: valid
      ? "band longer than its boundary zones"
      : "band shorter than its boundary zones: the closed form does not hold",
  };
}
