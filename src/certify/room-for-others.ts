import type { Mix, StepMade } from "./descent.ts";
import { isRecovered } from "./less-recovered.ts";
import { NOT_STATED } from "./not-stated.ts";

type Input = StepMade["inputs"][number];

/**
 * How much of an element lots that are not stated to be waste may have brought into a lot, in milligrams: what their whole weight
 * would hold of it if it were what their manifest names, however many pieces that counts; all of their weight where it names nothing.
 */
export class RoomForOthers {
  private readonly known = new Map<string, { readonly mass_mg: number; readonly room_mg: Mix }>();

  /** Of what a step made, once that is known of what it drew on: however it divides what it draws, one part may hold all of it. */
  take(
    lot: string,
    step: StepMade,
    {
      elements,
      mixOf,
    }: {
      readonly elements: readonly string[];
      readonly mixOf: (lot: string, element: string) => Mix | undefined;
    },
  ): void {
    const mass_mg =
      step.outputs?.find((output) => output.lot === lot)?.mass_mg.best ?? Number.POSITIVE_INFINITY;
    const room_mg: Record<string, number> = {};
    for (const element of elements) {
      const brought = step.inputs.reduce((sum, input) => sum + this.broughtBy(input, element, mixOf), 0);
      room_mg[element] = Math.min(brought, mass_mg);
    }
    this.known.set(lot, { mass_mg, room_mg });
  }

  of(lot: string, element: string): number {
    return this.known.get(lot)?.room_mg[element] ?? 0;
  }

  private broughtBy(
    input: Input,
    element: string,
    mixOf: (lot: string, element: string) => Mix | undefined,
  ): number {
    const drawn_mg = Math.max(0, input.mass_mg?.best ?? 0);
    const made = this.known.get(input.lot);
    if (made)
      return made.mass_mg > 0 ? this.of(input.lot, element) * Math.min(1, drawn_mg / made.mass_mg) : 0;
    const mix = mixOf(input.lot, element) ?? { [NOT_STATED]: 1 };
    const others = Object.entries(mix).reduce(
      (sum, [part, share]) => sum + (isRecovered(part) ? 0 : share),
      0,
    );
    return drawn_mg * others * gradeOf(input, element);
  }
}

/** What part of a lot an element is, by the kinds of things its manifest names. */
function gradeOf({ elements_mg }: Input, element: string): number {
  const all = Object.values(elements_mg).reduce((sum, { best }) => sum + Math.max(0, best), 0);
  return all > 0 ? Math.max(0, elements_mg[element]?.best ?? 0) / all : 1;
}

/** A mix of which no more is recovered than this; what is more is of the classes that claim less. */
export function recoveredAtMost(mix: Mix, most: number): Mix {
  const names = Object.keys(mix);
  const partOf = (of: readonly string[]) => of.reduce((sum, name) => sum + (mix[name] ?? 0), 0);
  const others = names.filter((name) => !isRecovered(name));
  const [recovered, rest] = [partOf(names.filter(isRecovered)), partOf(others)];
  const least = Math.max(0, most);
  if (recovered <= least) return mix;
  const told: Record<string, number> = {};
  for (const name of names)
    told[name] = (mix[name] ?? 0) * (isRecovered(name) ? least / recovered : (1 - least) / rest);
  return rest > 0 ? told : { ...told, [NOT_STATED]: 1 - least };
}
