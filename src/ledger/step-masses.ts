import { combine, type Measured } from "../quantity/index.ts";
import type { Contents, LotId } from "./lot.ts";
import type { StepCommand } from "./step.ts";
import { type AskedDraw, drawnOf } from "./step-draws.ts";
import { weighAnew } from "./weigh-anew.ts";
import { weighed } from "./weighing.ts";

/** What was weighed in a step, in its order. */
export interface Masses {
  readonly drawn: readonly ({ readonly lot: LotId } & Contents)[];
  readonly added: readonly Measured[];
  readonly made: readonly Measured[];
  readonly lost: readonly Measured[];
  /** What the scale said of the one output, where the step weighed one lot anew. */
  readonly read?: Measured;
}

/** Every weighing of a step under a name of its own; a lot that is merely weighed anew keeps what both weighings say (L38). */
export function massesOf(command: StepCommand, asked: readonly AskedDraw[]): Masses {
  const { step, additions, outputs, losses } = command;
  const added = additions.map((a, i) => weighed(a, `${step}/added/${i}`));
  const made = outputs.map((o, i) => weighed(o, `${step}/${i}`));
  const lost = losses.map((l, i) => weighed(l, `${step}/lost/${i}`));
  const signed = (sign: 1 | -1, all: readonly Measured[]) => all.map((mass_mg) => [sign, mass_mg] as const);
  const drawn = drawnOf(step, asked, combine([...signed(1, made), ...signed(1, lost), ...signed(-1, added)]));
  const masses = { drawn, added, made, lost };
  const [{ lot, mass_mg } = { lot: undefined, mass_mg: 0 }, ...others] = asked;
  const [reading, ...more] = made;
  const [output] = outputs;
  const alone = others.length + more.length + added.length + lost.length === 0;
  if (!lot || !reading || !alone || mass_mg !== lot.mass_mg.best) return masses;
  if (output?.kind !== lot.kind || output.content.by !== "share") return masses;
  const anew = weighAnew(lot, reading);
  return anew.agrees ? { ...masses, made: [anew.held.mass_mg], read: reading } : masses;
}
