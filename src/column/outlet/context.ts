import type { SimulationInput } from "../input/schema.ts";
import { type Curve, left_mol_per_m2 } from "./curve.ts";

/** What a cut needs to know of a species. */
export type Species = Pick<SimulationInput["species"][number], "name" | "role">;

/** What cuts are made from. */
export interface CutContext {
  readonly curve: Curve;
  readonly species: readonly Species[];
  /** What was fed of each species, mol per m2 of bed. */
  readonly fed_mol_per_m2: ArrayLike<number>;
  /** Earliest and latest time a cut may have. */
  readonly from_s: number;
  readonly to_s: number;
}

/** Species that count in the purity of a cut. */
export const counted = (species: Species): boolean => species.role === "product" || species.role === "other";

/** What leaves between two times, per species, mol per m2 of bed. */
export const collected_mol_per_m2 = (context: CutContext, from_s: number, to_s: number): number[] =>
  context.species.map(
    (_, i) => left_mol_per_m2(context.curve, i, to_s) - left_mol_per_m2(context.curve, i, from_s),
  );
