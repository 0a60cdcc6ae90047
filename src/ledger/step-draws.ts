import {
  combine,
  done,
  type Measured,
  type Refusal,
  type Result,
  refuse,
  spread,
} from "../quantity/index.ts";
import { drawWeighed, takenUnweighed } from "./draw.ts";
import { type Contents, type Lot, type LotId, thereSince } from "./lot.ts";
import { oldScaleInHalves } from "./old-scale.ts";
import type { StepCommand } from "./step.ts";
import { isBefore } from "./time.ts";
import { weighed } from "./weighing.ts";

/** A draw that is asked for, with the lot as it stands before it. */
export interface AskedDraw {
  readonly lot: Lot;
  readonly mass_mg: number;
  /** What was read when it was taken, where it was weighed by itself. */
  readonly read_mg?: Measured;
}

export type DrawRefusal = Refusal<
  | "step_empty"
  | "lot_unknown"
  | "lot_not_on_hand"
  | "lot_not_here"
  | "lot_named_twice"
  | "mass_not_positive"
  | "mass_exceeds_lot"
  | "time_before_input"
>;

/** The draws of a step, in its order (L10 to L12). */
export function checkDraws(
  lots: ReadonlyMap<LotId, Lot>,
  command: StepCommand,
): Result<readonly AskedDraw[], DrawRefusal> {
  if (command.inputs.length === 0 || command.outputs.length + command.losses.length === 0) {
    return refuse("step_empty", "inputs", "a step has at least one input and one output or loss");
  }
  const seen = new Set<LotId>();
  const asked: AskedDraw[] = [];
  for (const [i, input] of command.inputs.entries()) {
    const at = `inputs[${i}].lot`;
    const known = lots.get(input.lot);
    const lot = known && oldScaleInHalves(known);
    if (!lot) return refuse("lot_unknown", at, `no lot ${input.lot} is on the books`);
    if (seen.has(input.lot)) return refuse("lot_named_twice", at, `${input.lot} is drawn on twice`);
    seen.add(input.lot);
    if (lot.state !== "on_hand") return refuse("lot_not_on_hand", at, `${input.lot} is ${lot.state}`);
    if (lot.place !== command.site) {
      return refuse("lot_not_here", at, `${input.lot} is at ${lot.place}, the step at ${command.site}`);
    }
    if (isBefore(command.at, thereSince(lot)))
      return refuse(
        "time_before_input",
        "at",
        `${input.lot} came to ${lot.place} at ${thereSince(lot)}, after ${command.at}`,
      );
    const mass_mg = input.mass_mg ?? lot.mass_mg.best;
    if (mass_mg <= 0) return refuse("mass_not_positive", `inputs[${i}].mass_mg`, "a draw takes something");
    if (mass_mg > lot.mass_mg.best) {
      return refuse(
        "mass_exceeds_lot",
        `inputs[${i}].mass_mg`,
        `${input.lot} holds ${lot.mass_mg.best} mg, ${mass_mg} mg is asked`,
        { held_mg: lot.mass_mg.best, asked_mg: mass_mg },
      );
    }
    const { doubt_mg, scale } = input;
    const read_mg =
      doubt_mg === undefined || scale === undefined
        ? undefined
        : weighed({ mass_mg, doubt_mg, scale }, `${command.step}/drawn/${i}`);
    asked.push({ lot, mass_mg, ...(read_mg === undefined ? {} : { read_mg }) });
  }
  return done(asked);
}

const isWhole = ({ lot, mass_mg }: AskedDraw): boolean => mass_mg === lot.mass_mg.best;

/**
 * What a step draws, each with the doubt of how it is known (L4). A whole lot is what the books say of it; a part that was weighed
 * when it was taken is that reading. A part that was not is known by what the step made of it where the two are the same to the
 * milligram; else it errs by itself, by no more than its share of the lot does or than what the step weighed.
 *
 * `made_mg` is what the step weighed of its draws: outputs and losses less additions.
 */
export function drawnOf(
  step: string,
  asked: readonly AskedDraw[],
  made_mg: Measured,
): ({ readonly lot: LotId } & Contents)[] {
  const known = (draw: AskedDraw) => (isWhole(draw) ? draw.lot.mass_mg : draw.read_mg);
  const others = asked.flatMap((draw) => known(draw) ?? []);
  const left_mg = combine([[1, made_mg], ...others.map((mass_mg) => [-1, mass_mg] as const)]);
  const alone = others.length === asked.length - 1;
  return asked.map((draw, i) => {
    const { lot, mass_mg } = draw;
    if (alone && mass_mg === left_mg.best && !known(draw))
      return { lot: lot.id, ...drawWeighed(lot, left_mg).taken };
    const unweighed = { mass_mg, own: `${step}/drawn/${i}`, most_mg: spread(made_mg) };
    return { lot: lot.id, ...drawWeighed(lot, known(draw) ?? takenUnweighed(lot, unweighed)).taken };
  });
}
