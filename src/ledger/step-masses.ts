import { combine, type Measured } from "../quantity/index.ts";
import type { Contents, ElementContents, LotId } from "./lot.ts";
import { lumpedHeld } from "./lumped.ts";
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
  /** One lot comes out as the one lot it was: weighed, milled, repacked; what it is not assayed for anew it still holds. */
  readonly stays: boolean;
  /** Where the step weighed one lot anew: what the scale said, and what the lot holds by both weighings. */
  readonly anew?: { readonly read_mg: Measured; readonly elements_mg: ElementContents };
}

/** A step makes no metal: a mass that is read a little higher holds what there was, with the doubt of both weighings (L15). */
const noMore = (held: ElementContents, there: ElementContents): ElementContents =>
  Object.fromEntries(
    Object.entries(held).map(([element, content]) => [
      element,
      { ...content, best: Math.min(content.best, there[element]?.best ?? 0) },
    ]),
  );

/** Every weighing of a step under a name of its own; a lot that is merely weighed anew keeps what both weighings say (L41). */
export function massesOf(command: StepCommand, asked: readonly AskedDraw[]): Masses {
  const { step, additions, outputs, losses } = command;
  const added = additions.map((a, i) => weighed(a, `${step}/added/${i}`));
  const made = outputs.map((o, i) => weighed(o, `${step}/${i}`));
  const lost = losses.map((l, i) => weighed(l, `${step}/lost/${i}`));
  const signed = (sign: 1 | -1, all: readonly Measured[]) => all.map((mass_mg) => [sign, mass_mg] as const);
  const drawn = drawnOf(step, asked, combine([...signed(1, made), ...signed(1, lost), ...signed(-1, added)]));
  const [{ lot, mass_mg } = { lot: undefined, mass_mg: 0 }, ...others] = asked;
  const [reading, ...more] = made;
  const [output] = outputs;
  const stays = others.length + more.length + added.length === 0 && output?.kind === lot?.kind;
  const masses = { drawn, added, made, lost, stays };
  if (!lot || !reading || !stays || lost.length > 0 || mass_mg !== lot.mass_mg.best) return masses;
  if (output?.content.by !== "share") return masses;
  const anew = weighAnew(lot, reading);
  if (!anew.agrees) return masses;
  const held = lumpedHeld(
    { ...anew.held, elements_mg: noMore(anew.held.elements_mg, lot.elements_mg) },
    `${step}/${lot.id}`,
  );
  return { ...masses, made: [held.mass_mg], anew: { read_mg: reading, elements_mg: held.elements_mg } };
}
