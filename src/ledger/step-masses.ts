import type { Measured } from "../quantity/index.ts";
import type { Contents, Lot, LotId } from "./lot.ts";
import type { StepCommand } from "./step.ts";
import { weighAnew } from "./weigh-anew.ts";
import { weighed } from "./weighing.ts";

/** What was weighed in a step, in its order. */
export interface Masses {
  readonly added: readonly Measured[];
  readonly made: readonly Measured[];
  readonly lost: readonly Measured[];
  /** What the scale said of the one output, where the step weighed one lot anew. */
  readonly read?: Measured;
}

/** Every weighing of a step under a name of its own; a lot that is merely weighed anew keeps what both weighings say (L41). */
export function massesOf(
  command: StepCommand,
  drawn: readonly ({ readonly lot: LotId } & Contents)[],
  lots: ReadonlyMap<LotId, Lot>,
): Masses {
  const { step, additions, outputs, losses } = command;
  const added = additions.map((a, i) => weighed(a, `${step}/added/${i}`));
  const made = outputs.map((o, i) => weighed(o, `${step}/${i}`));
  const lost = losses.map((l, i) => weighed(l, `${step}/lost/${i}`));
  const [input, ...others] = drawn;
  const [reading, ...more] = made;
  const [output] = outputs;
  const lot = input && lots.get(input.lot);
  const whole = input?.mass_mg.best === lot?.mass_mg.best;
  const same = output?.kind === lot?.kind && output?.content.by === "share";
  const alone = others.length + more.length + added.length + lost.length === 0;
  if (!input || !reading || !whole || !same || !alone) return { added, made, lost };
  const anew = weighAnew(input, reading);
  return anew.agrees ? { added, made: [anew.held.mass_mg], lost, read: reading } : { added, made, lost };
}
