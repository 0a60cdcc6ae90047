import { spread } from "../quantity/index.ts";
import type { Content, Mix, StepMade } from "./descent.ts";

/** In standard uncertainties, by how much lots may hold more than they were estimated to. Our choice: one honest lot in forty is beyond it. */
const K_HELD = 2;

/**
 * How much of an element additions may have brought into a lot before anybody measured it, in milligrams: all of their weight, but not
 * what the lots themselves were estimated to hold. What a step adds is no lot, has no consignment, and states its content itself.
 */
export class RoomOfAdditions {
  private readonly known = new Map<
    string,
    { readonly mass_mg: number; readonly added_mg: number; readonly held_mg: Mix }
  >();

  /** Of what a step made, once that is known of what it drew on. */
  take(lot: string, step: StepMade, elements: readonly string[]): void {
    const made = step.outputs?.find((output) => output.lot === lot);
    const mass_mg = made?.mass_mg.best ?? Number.POSITIVE_INFINITY;
    const parts = step.inputs.map((input) => {
      const from = this.known.get(input.lot);
      const drawn_mg = Math.max(0, input.mass_mg?.best ?? 0);
      return { input, from, part: from && from.mass_mg > 0 ? Math.min(1, drawn_mg / from.mass_mg) : 0 };
    });
    const own_mg = step.additions.reduce((sum, { mass_mg: of }) => sum + (of?.best ?? 0), 0);
    const before_mg = parts.reduce((sum, { from, part }) => sum + (from?.added_mg ?? 0) * part, 0);
    const held_mg: Record<string, number> = {};
    for (const element of elements) {
      const brought = parts.reduce(
        (sum, { input, from, part }) =>
          sum + (from ? (from.held_mg[element] ?? 0) * part : mostOf(input.elements_mg[element])),
        0,
      );
      // Of what a step divides or sorts, each output holds what the books say of it, but never more than went in.
      const booked = made?.elements_mg ? mostOf(made.elements_mg[element]) : Number.POSITIVE_INFINITY;
      held_mg[element] = Math.min(brought, booked);
    }
    this.known.set(lot, { mass_mg, added_mg: Math.min(mass_mg, own_mg + before_mg), held_mg });
  }

  /** Of what was then settled in it. */
  of(lot: string, element: string, settled_mg: number): number {
    const made = this.known.get(lot);
    return made ? Math.min(made.added_mg, Math.max(0, settled_mg - (made.held_mg[element] ?? 0))) : 0;
  }
}

const mostOf = (content: Content | undefined): number =>
  content ? Math.max(0, content.best) + K_HELD * spread({ best: 0, moves: content.moves ?? {} }) : 0;
