import type { Consumable } from "./consumables.ts";
import type { Cuts } from "./drawn-column.ts";
import type { ScaleUp } from "./read-scale-up.ts";

export interface CycleStep {
  readonly name: string;
  readonly volume_m3: number;
  readonly duration_s: number;
  readonly tank_m3: number;
}

/** Steps of one cycle of one column, each with what it lets in and the tank that holds it. */
export function stepsOf(scale: ScaleUp, area_m2: number): CycleStep[] {
  const { input, read, simulation } = scale;
  const us = read.input.flow.superficial_velocity_m_per_s;
  const bed_m3 = area_m2 * read.input.bed.length_m;
  const step = (name: string, volume_m3: number): CycleStep => ({
    ...{ name, volume_m3, duration_s: volume_m3 / (us * area_m2) },
    tank_m3: volume_m3 * (1 + input.tanks.margin_fraction),
  });
  const inlets = simulation.inlet.map(({ until_s, mol_per_m3 }, i) => {
    const lasts = until_s - (simulation.inlet[i - 1]?.until_s ?? 0);
    return step(namedAfter(scale, mol_per_m3, i), us * area_m2 * lasts);
  });
  const { wash_bed_volumes, regeneration_excess, regeneration_mol_per_m3 } = input.cycle;
  const presaturant = regeneration_mol_per_m3 ?? read.initial_liquid.reduce((sum, c) => sum + c, 0);
  const held = read.input.bed.capacity_mol_per_m3_bed / (presaturant || read.normality);
  return [
    ...inlets,
    ...(wash_bed_volumes > 0 ? [step("wash", wash_bed_volumes * bed_m3)] : []),
    step("regenerate", held * (1 + regeneration_excess) * bed_m3),
  ];
}

/** A step of the inlet by what it lets in: the products are loaded, the displacer displaces. */
function namedAfter(scale: ScaleUp, holds: Readonly<Record<string, number>>, i: number): string {
  const role = (name: string) => scale.simulation.species.find((s) => s.name === name)?.role;
  const roles = Object.keys(holds)
    .filter((name) => holds[name]! > 0)
    .map(role);
  const name =
    roles.includes("product") || roles.includes("other")
      ? "load"
      : roles.includes("displacer")
        ? "displace"
        : "rinse";
  const same = scale.simulation.inlet.filter((_, k) => k < i).length > 0 && scale.simulation.inlet.length > 2;
  return same ? `${name} ${i + 1}` : name;
}

/** What the cuts take, each in a tank of its own. */
export function cutTanks(scale: ScaleUp, area_m2: number, cuts: Cuts): CycleStep[] {
  const us = scale.read.input.flow.superficial_velocity_m_per_s;
  return Object.entries(cuts).flatMap(([name, cut]) => {
    if (cut === undefined) return [];
    const duration_s = cut.to_s - cut.from_s;
    const volume_m3 = us * area_m2 * duration_s;
    return [
      {
        name: `cut ${name}`,
        volume_m3,
        duration_s,
        tank_m3: volume_m3 * (1 + scale.input.tanks.margin_fraction),
      },
    ];
  });
}

/** What one cycle takes of a consumable and does not get back, kg. */
export function taken_kg(
  scale: ScaleUp,
  area_m2: number,
  steps: readonly CycleStep[],
  of: Consumable,
): number {
  const { read } = scale;
  const bed_m3 = area_m2 * read.input.bed.length_m;
  const by = {
    displacer_mol: () => displacer_mol(scale, area_m2),
    capacity_mol: () => bed_m3 * read.input.bed.capacity_mol_per_m3_bed,
    bed_m3: () => bed_m3,
    liquid_m3: () => steps.reduce((sum, step) => sum + step.volume_m3, 0),
  };
  return of.kg * by[of.per]() * (1 - of.recovered_fraction);
}

function displacer_mol({ read, simulation }: ScaleUp, area_m2: number): number {
  const us = read.input.flow.superficial_velocity_m_per_s;
  const displacers = simulation.species.flatMap((s, i) => (s.role === "displacer" ? [i] : []));
  let from_s = 0;
  let sum = 0;
  for (const { until_s, c } of read.inlet) {
    sum += displacers.reduce((total, i) => total + c[i]!, 0) * (until_s - from_s);
    from_s = until_s;
  }
  return sum * us * area_m2;
}
