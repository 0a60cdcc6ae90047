import { assert } from "../quantity/index.ts";
import { Dice } from "./dice.ts";

const KG = 1_000_000;
export const kg = (mass_mg: number): string => `${(mass_mg / KG).toFixed(6)} kg`;

/** What the sample's scales are stated to err by, each reading by itself and all of one scale together, and what they show. */
const SCALES = {
  floor: { name: "Floor scale", repeatability_mg: 80_000, bias_mg: 60_000, division_mg: 20_000 },
  bench: { name: "Bench scale", repeatability_mg: 4_000, bias_mg: 3_000, division_mg: 1_000 },
} as const;

export type ScaleKind = keyof typeof SCALES;

/** How the scales of a site are registered. */
export const scalesOf = (site: string) =>
  (Object.keys(SCALES) as ScaleKind[]).map((kind) => ({
    unit: `${site}-${kind}`,
    name: SCALES[kind].name,
    repeatability_sd: `${SCALES[kind].repeatability_mg / 1000} g`,
    bias_sd: `${SCALES[kind].bias_mg / 1000} g`,
  }));

/**
 * What there really is, and what scales say of it. Each scale is off by a bias of its own, drawn once, and each reading by luck:
 * no figure of the story is made to fit another. Dice of their own, so that the story beside them stays as it is.
 */
export class Weights {
  private readonly dice: Dice;
  private readonly biases = new Map<string, number>();
  private readonly there = new Map<string, number>();

  constructor(seed: number) {
    this.dice = new Dice(seed);
  }

  /** What a lot really weighs, in milligrams. */
  of(lot: string): number {
    const mass = this.there.get(lot);
    assert(mass !== undefined, `${lot} was made in the story`);
    return mass;
  }

  /** A lot is there, whatever anybody reads. */
  put(lot: string, mass_mg: number): number {
    this.there.set(lot, Math.round(mass_mg));
    return this.of(lot);
  }

  /** What a scale shows of a mass. */
  read(scale: string, mass_mg: number): { readonly mass: string; readonly scale: string } {
    const kind = scale.slice(scale.lastIndexOf("-") + 1) as ScaleKind;
    const { repeatability_mg, bias_mg, division_mg } = SCALES[kind];
    const bias = this.biases.get(scale) ?? bias_mg * this.dice.normal();
    this.biases.set(scale, bias);
    const shown = mass_mg + bias + repeatability_mg * this.dice.normal();
    return { mass: kg(Math.round(shown / division_mg) * division_mg), scale };
  }

  /** A lot that is made, and what a scale shows of it. */
  made(lot: string, mass_mg: number, scale: string) {
    return { lot, ...this.read(scale, this.put(lot, mass_mg)) };
  }

  /** What somebody reckons of a mass that no scale saw, with the doubt he gives it. */
  reckoned(mass_mg: number, sd_mg: number): { readonly mass: string; readonly sd: string } {
    const sd_g = Math.round(sd_mg / 1000);
    return { mass: kg(Math.max(1, Math.round(mass_mg + sd_mg * this.dice.normal()))), sd: `${sd_g} g` };
  }
}
