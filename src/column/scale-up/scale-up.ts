import { done, type Result, refuse } from "../../quantity/index.ts";
import type { KeptOutlet } from "../outlet/kept-outlet.ts";
import { type Assumed, assumptionsOf } from "./assumed.ts";
import type { Consumable } from "./consumables.ts";
import { consumablesOf, type DiameterSheet, type Drawn, sheetOf } from "./diameter-sheet.ts";
import { draws } from "./drawn.ts";
import { cutsOf, mixedFor, outletOf } from "./drawn-column.ts";
import { type Ladder, ladderOf } from "./ladder.ts";
import { readScaleUp, type ScaleUp, type ScaleUpRefusal } from "./read-scale-up.ts";

export interface ScaleUpAnswer {
  readonly basis: string;
  /** The column as it is today first, then the others from small to large. */
  readonly diameters: readonly DiameterSheet[];
  readonly ladder: Ladder;
  readonly consumables: readonly Consumable[];
  readonly assumptions: readonly Assumed[];
  readonly doubt: {
    readonly from: "calibration" | "distributor and resin alone";
    readonly parameters: readonly string[];
    readonly samples: number;
    readonly seed: number;
    /** Drawn columns that could not be simulated; they count as making nothing. */
    readonly not_simulated: number;
  };
  /** How far the yields of paths all alike would move on twice the cells. */
  readonly numerics: { readonly cells: number; readonly yield_moves: Readonly<Record<string, number>> };
  readonly warnings: readonly string[];
}

/** One column at other diameters: same bed length, beads, velocity and feed; everything that changes, with its doubt. */
export function scaleUp(
  json: unknown,
  told: (part: number, said: string) => void = () => {},
): Result<ScaleUpAnswer, ScaleUpRefusal> {
  const read = readScaleUp(json);
  if (!read.ok) return read;
  const scale = read.value;
  const { input } = scale;
  const unknown = input.permits.findIndex(
    ({ consumable }) => !consumablesOf(scale).some(({ name }) => name === consumable),
  );
  if (unknown >= 0)
    return refuse(
      "input_malformed",
      `permits[${unknown}].consumable`,
      `${input.permits[unknown]!.consumable} is none of ${consumablesOf(scale)
        .map((c) => c.name)
        .join(", ")}`,
    );
  const best = outletOf(scale, [], input.cells);
  if (!best.ok) return refuse(best.refusal.code, `simulation.${best.refusal.at}`, best.refusal.message);
  const finer = outletOf(scale, [], 2 * input.cells);
  const drawn = draws(input.samples, input.seed, scale).map((deviates, k): Drawn => {
    if (k % 10 === 0) told((0.8 * k) / input.samples, `${k} of ${input.samples} drawn columns simulated`);
    if (scale.names.length === 0) return { deviates, kept: best.value };
    const ran = outletOf(scale, deviates.parameters, input.cells);
    return { deviates, kept: ran.ok ? ran.value : undefined };
  });
  const others = [...new Set(input.to_diameters_m)]
    .filter((d) => d !== input.diameter_m)
    .sort((a, b) => a - b);
  const all = [input.diameter_m, ...others];
  const diameters = all.map((diameter_m, k) => {
    told(0.8 + (0.2 * k) / all.length, `${k} of ${all.length} diameters worked out`);
    return sheetOf(scale, diameter_m, { best: best.value, drawn });
  });
  const yields = (kept: KeptOutlet) => cutsOf(scale, mixedFor(scale, kept, 0));
  const [coarse, fine] = [yields(best.value), finer.ok ? yields(finer.value) : undefined];
  const yield_moves = Object.fromEntries(
    Object.keys(input.specifications).map((name) => [
      name,
      fine === undefined ? Number.NaN : (fine[name]?.yield ?? 0) - (coarse[name]?.yield ?? 0),
    ]),
  );
  const not_simulated = drawn.filter(({ kept }) => kept === undefined).length;
  return done({
    basis:
      "same bed length, beads, velocity, feed and inlet as the column that is scaled; every path of a bed simulated as that column, paths unlike by the distributor; what calibration tells of today's column is taken to hold",
    diameters,
    ladder: ladderOf(scale, Math.max(...all)),
    consumables: consumablesOf(scale),
    assumptions: assumptionsOf(input),
    doubt: {
      from: scale.names.length > 0 ? "calibration" : "distributor and resin alone",
      ...{ parameters: scale.names, samples: input.samples, seed: input.seed, not_simulated },
    },
    numerics: { cells: input.cells, yield_moves },
    warnings: warningsOf(scale, { not_simulated, yield_moves, diameters }),
  });
}

/** Yields that move by more than this on a finer grid are not yet those of the model. */
const yield_move_most = 0.005;

function warningsOf(
  { input, names }: ScaleUp,
  found: {
    readonly not_simulated: number;
    readonly yield_moves: Readonly<Record<string, number>>;
    readonly diameters: readonly DiameterSheet[];
  },
): string[] {
  const rough = Object.entries(found.yield_moves).filter(([, move]) => !(Math.abs(move) <= yield_move_most));
  const closed = found.diameters.filter(({ pressure }) => pressure.total_Pa === null);
  return [
    ...(names.length === 0
      ? [
          "nothing is said of how well the column is known: chances are of the distributor and the resin alone, and too good",
        ]
      : []),
    ...(input.calibration?.converged === false
      ? ["the calibration says that it did not converge: its doubt is not to be relied on"]
      : []),
    ...(input.vessel === undefined ? ["no vessel rating is stated: no pressure was held against one"] : []),
    ...(input.permits.length === 0 ? ["no permit limit is stated: nothing was held against one"] : []),
    ...rough.map(
      ([name, move]) =>
        `the yield of ${name} moves by ${(100 * Math.abs(move)).toFixed(1)} points on twice the cells: state more cells`,
    ),
    ...closed.map(({ diameter_m }) => `at ${diameter_m} m the bed closes under this flow`),
    ...(found.not_simulated > 0
      ? [`${found.not_simulated} drawn columns could not be simulated and count as making nothing`]
      : []),
  ];
}
