import type { ContentBasis, LaboratoryDoubt } from "../../src/ledger/index.ts";
import type { Dice } from "../../src/sample/dice.ts";
import type { Matter } from "./matter.ts";

type Assay = Extract<ContentBasis, { by: "assay" }>;

/** A laboratory as it really is: a bias for each element, drawn once from what it states, and an error of each report. */
export class Laboratory {
  readonly name: string;
  private readonly repeatability: number;
  private readonly bias_sd: number;
  private readonly dice: Dice;
  private readonly bias = new Map<string, number>();

  constructor(name: string, given: { repeatability: number; bias_sd: number; dice: Dice }) {
    this.name = name;
    this.repeatability = given.repeatability;
    this.bias_sd = given.bias_sd;
    this.dice = given.dice;
  }

  /** What it reports of a part; `wet` is how much of the sample was water that the part has not. */
  assay(of: Matter, wet = 0): Assay {
    const mg_per_kg: Record<string, { best: number; sd: number }> = {};
    const doubts: Record<string, LaboratoryDoubt> = {};
    for (const [element, mg] of Object.entries(of.elements_mg)) {
      const bias = this.bias.get(element) ?? this.dice.normal();
      this.bias.set(element, bias);
      const errs = 1 + this.bias_sd * bias + this.repeatability * this.dice.normal();
      const best = Math.max(0, (mg / of.mass_mg) * 1e6 * (1 - wet) * errs);
      const [random, shared] = [best * this.repeatability, best * this.bias_sd];
      mg_per_kg[element] = { best, sd: Math.hypot(random, shared) };
      doubts[element] = { random, shared, bias: `${this.name}/${element}` };
    }
    return { by: "assay", mg_per_kg, laboratory: this.name, doubts };
  }
}
