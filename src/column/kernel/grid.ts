import { assert } from "../../quantity/index.ts";

/** Cell thicknesses from inlet to outlet, in metres; they add up to the length of the bed. */
export interface Grid {
  readonly size_m: Float64Array;
  /** Thickness of the ordinary cells at the outlet; only the boundary layer of the outlet has thinner ones. */
  readonly fine_m: number;
}

export interface GridChoice {
  readonly length_m: number;
  readonly cells: number;
  /** D over u, the thickness of the boundary layer that the zero-gradient outlet makes; 0: none. */
  readonly dispersion_length_m: number;
  /** How much finer the cells before the outlet are than those before them. */
  readonly refinement: number;
  /** Part of the bed before the outlet in which a front forgets the coarse cells it came through. */
  readonly fine_fraction: number;
}

/** Neighbouring cells differ by at most this ratio, so that third order survives the grading. */
const growth_ratio = 1.25;
/** Peclet number of the outlet cell. Measured on case A: 2 costs 2.6e-3 of the curve, 1 costs 1.1e-3, 0.5 costs 5e-4, 0.25 less than the rest at 600 cells. */
const outlet_cell_peclet = 0.25;
const dispersion_lengths_held = 2;
const halvings = 60;

/**
 * Cells in three sizes: coarse ones for most of the bed, finer ones before the outlet, and there, where the
 * zero-gradient end makes a boundary layer as thick as dispersion over velocity, thinner ones still. A self-sharpening front
 * takes its shape anew within some of its widths, so only the last part of its way needs to be resolved.
 */
export function gradedGrid(choice: GridChoice): Grid {
  assert(choice.cells >= 4, "a grid has at least four cells");
  let [low_m, high_m] = [0, choice.length_m * choice.refinement];
  for (let k = 0; k < halvings; k++) {
    const middle_m = (low_m + high_m) / 2;
    if (fromOutlet(choice, middle_m).length_m < choice.length_m) low_m = middle_m;
    else high_m = middle_m;
  }
  const { sizes_m, length_m, fine_m } = fromOutlet(choice, high_m);
  const stretch = choice.length_m / length_m;
  const size_m = sizes_m.reverse().map((cell_m) => cell_m * stretch);
  // A few cells inside the boundary layer of the outlet are none of them ordinary.
  return { size_m, fine_m: Math.min(fine_m * stretch, size_m[0]!) };
}

/** As many cells as asked for, from the outlet towards the inlet, where the coarse ones are so thick. */
function fromOutlet(choice: GridChoice, coarse_m: number) {
  const { cells, dispersion_length_m, refinement, fine_fraction } = choice;
  const fine_m = coarse_m / refinement;
  const thinnest_m = fine_m * growth_ratio ** -Math.floor(cells / 3);
  const sizes_m = new Float64Array(cells);
  let length_m = 0;
  let size_m =
    dispersion_length_m > 0
      ? Math.min(fine_m, Math.max(thinnest_m, outlet_cell_peclet * dispersion_length_m))
      : fine_m;
  for (let k = 0; k < cells; k++) {
    sizes_m[k] = size_m;
    length_m += size_m;
    if (length_m <= dispersion_lengths_held * dispersion_length_m) continue;
    size_m = Math.min(size_m * growth_ratio, length_m < fine_fraction * choice.length_m ? fine_m : coarse_m);
  }
  return { sizes_m, length_m, fine_m };
}
