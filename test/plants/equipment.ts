import type { Weighing } from "../../src/ledger/index.ts";
import type { Dice } from "../../src/sample/dice.ts";
import { Laboratory } from "./laboratory.ts";
import { Scale } from "./scale.ts";

const G = 1_000;
const KG = 1_000_000;
const BENCH_UP_TO_MG = 60 * KG;
const ODDS_OF_A_SWAP = 0.01;
const ODDS_OF_DRIFT = 0.05;
/** A scale that drifts is off by so many stated biases more at the end of its period. */
const DRIFT = 1.5;

/** Of plants that handle what is known to a part in thousands, such as oxides, how much surer contents are; weighing counts there. */
const FINE = { odds: 0.3, of: 0.03 };

export interface Equipment {
  /** How doubtful what is told and assayed is, against a plant that takes devices. */
  readonly doubtful: number;
  readonly scales: readonly Scale[];
  readonly laboratories: readonly Laboratory[];
  /** A real mass read on one of the scales that are fit for it. */
  weigh(mass_mg: number, given: { since: number; dice: Dice; quiet: boolean; where?: "tank" }): Weighing;
}

/** The scales and laboratories of one plant: alike in kind, each with doubts of its own. */
export function equip(dice: Dice): Equipment {
  const doubtful = dice.uniform() < FINE.odds ? FINE.of : 1;
  const about = (mg: number) => mg * 2 ** (2 * dice.uniform() - 1);
  const drift = () => (dice.uniform() < ODDS_OF_DRIFT ? DRIFT : 0);
  const flat = (name: string, repeatability: number, bias: number) =>
    new Scale(name, {
      readings: { repeatability: { sd: about(repeatability) }, bias: { sd: about(bias) } },
      ...{ drift: drift(), dice },
    });
  const benches = [flat("bench-1", 2 * G, 3 * G), flat("bench-2", 2 * G, 3 * G)];
  const floors = [flat("floor-1", 50 * G, 80 * G), flat("floor-2", 50 * G, 80 * G)];
  const tank = new Scale("tank", {
    readings: { repeatability: { relative: 0.0005 }, bias: { relative: 0.001 } },
    ...{ drift: drift(), dice },
  });
  const laboratories = ["lab-1", "lab-2"].map(
    (name) =>
      new Laboratory(name, {
        repeatability: doubtful * (0.004 + 0.006 * dice.uniform()),
        bias_sd: doubtful * (0.003 + 0.005 * dice.uniform()),
        dice,
      }),
  );
  return {
    doubtful,
    scales: [...benches, ...floors, tank],
    laboratories,
    weigh(mass_mg, { since, quiet, where }) {
      if (where === "tank") return tank.read(mass_mg, since);
      const fit = mass_mg < BENCH_UP_TO_MG ? benches : floors;
      const [used, other] = dice.uniform() < 0.7 ? fit : fit.toReversed();
      if (quiet) return (used as Scale).said(mass_mg);
      const stoodOn = dice.uniform() < ODDS_OF_A_SWAP ? other : used;
      const { mass_mg: read_mg } = (stoodOn as Scale).read(mass_mg, since);
      return (used as Scale).said(read_mg);
    },
  };
}
