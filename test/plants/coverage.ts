import type { Contents } from "../../src/ledger/index.ts";
import { K_90, type Measured, spread } from "../../src/quantity/index.ts";
import type { Matter } from "./matter.ts";

/** Of what is whole milligrams half of one is rounding. */
const ROUNDING_MG = 0.5;
/** Where doubt exceeds this part of a content it carries no claim, and its interval is not that of a normal. */
const NO_CLAIM = 1 / 3;

/** How often 90 % intervals held the truth, by what they were intervals of. Each plant counts alike in each. */
export class Coverage {
  private readonly cells = new Map<string, { plants: number; held: number; seen: number; squares: number }>();
  private readonly plant = new Map<string, { held: number; seen: number }>();

  note(value: Measured, truth_mg: number, cells: readonly string[]): void {
    const sd = spread(value);
    if (sd > NO_CLAIM * value.best) return;
    const held = Math.abs(value.best - truth_mg) <= K_90 * sd + ROUNDING_MG;
    for (const name of cells) {
      const cell = this.plant.get(name) ?? { held: 0, seen: 0 };
      cell.seen++;
      if (held) cell.held++;
      this.plant.set(name, cell);
    }
  }

  /** Intervals of a lot's mass and of each of its elements. */
  noteLot(lot: Pick<Contents, "mass_mg" | "elements_mg">, truth: Matter, by: readonly string[]): void {
    this.note(
      lot.mass_mg,
      truth.mass_mg,
      by.map((cell) => `mass, ${cell}`),
    );
    for (const [element, content] of Object.entries(lot.elements_mg))
      this.note(
        content,
        truth.elements_mg[element] ?? 0,
        by.map((cell) => `content, ${cell}`),
      );
  }

  /** A plant is over: its intervals are not independent of each other, those of the next one are. */
  nextPlant(): void {
    for (const [name, { held, seen }] of this.plant) {
      const cell = this.cells.get(name) ?? { plants: 0, held: 0, seen: 0, squares: 0 };
      const part = held / seen;
      cell.plants++;
      cell.held += part;
      cell.squares += part * part;
      cell.seen += seen;
      this.cells.set(name, cell);
    }
    this.plant.clear();
  }

  /** Of each cell how much was covered, how sure that is, and from how many plants and intervals. */
  figures(): readonly { cell: string; covered: number; sd: number; plants: number; intervals: number }[] {
    return [...this.cells]
      .map(([cell, { plants, held, squares, seen }]) => {
        const covered = held / plants;
        const variance = Math.max(0, squares / plants - covered * covered);
        return { cell, covered, sd: Math.sqrt(variance / plants), plants, intervals: seen };
      })
      .sort((a, b) => (a.cell < b.cell ? -1 : 1));
  }
}
