import { PRODUCTS, type Settings, simulationInput } from "./settings.ts";

export interface ScaleUpField {
  readonly name: (typeof NAMES)[number];
  readonly label: string;
  readonly hint?: string;
  readonly start: string;
}

const NAMES = [
  "diameter_m",
  "to_m",
  "yield_percent",
  "rating_bar",
  "fittings_bar",
  "modulus_MPa",
  "spread_low",
  "spread_high",
  "demand_kg",
  "copper_kg",
  "ligand_kg",
  "draws",
  "cells",
] as const;

export type ScaleUpNumbers = Readonly<Record<ScaleUpField["name"], string>>;

export const SCALE_UP_FIELDS: readonly ScaleUpField[] = [
  { name: "diameter_m", label: "Diameter today, m", hint: "18 inches are 0.457", start: "0.457" },
  {
    name: "to_m",
    label: "Diameters to look at, m",
    hint: "up to six; 5 feet are 1.524",
    start: "0.914, 1.524",
  },
  { name: "yield_percent", label: "Least yield of each product, %", start: "75" },
  { name: "rating_bar", label: "Vessel is rated for, bar", hint: "empty: not held against one", start: "3" },
  { name: "fittings_bar", label: "Fittings take, bar", start: "0.3" },
  { name: "modulus_MPa", label: "Modulus of the bed, MPa", hint: "empty: a guess, said as one", start: "" },
  {
    name: "spread_low",
    label: "Velocities differ by, at least, %",
    hint: "of a good distributor",
    start: "0.2",
  },
  { name: "spread_high", label: "at most, %", hint: "one standard deviation", start: "1" },
  { name: "demand_kg", label: "Oxide wanted, kg a day", hint: "empty: one column", start: "" },
  { name: "copper_kg", label: "Copper, at most kg a day", hint: "of your permit; empty: none", start: "" },
  { name: "ligand_kg", label: "Ligand, at most kg per kg of oxide", hint: "empty: none", start: "" },
  { name: "draws", label: "Columns drawn", hint: "more are surer and take longer", start: "100" },
  { name: "cells", label: "Cells of each", hint: "more are nearer and take longer", start: "160" },
];

export const START_NUMBERS = Object.fromEntries(
  SCALE_UP_FIELDS.map(({ name, start }) => [name, start]),
) as ScaleUpNumbers;

/** Sample doubt of the column under the sliders: what a calibration of one good curve might leave. */
export const sampleCalibration = (settings: Settings): string => {
  const { bed, species } = simulationInput(settings, { cells: 60, points: 2 });
  const last = species.at(-2);
  const parameters = {
    capacity_mol_per_m3_bed: { best: bed.capacity_mol_per_m3_bed, sd_relative: 0.02 },
    [`affinity:${last?.name}`]: { best: last?.affinity, sd_relative: 0.05 },
  };
  return JSON.stringify({ parameters }, null, 1);
};

interface Form {
  readonly settings: Settings;
  readonly numbers: ScaleUpNumbers;
  /** JSON as `didym column calibrate` answers it; empty where there is none. */
  readonly calibration: string;
  readonly dispersivity_sd?: number;
}

/** The same input as `didym column scale-up` takes, or which field is not yet one. */
export function scaleUpInput(form: Form): { input?: Record<string, unknown>; fault?: string } {
  const { settings, numbers } = form;
  const calibration = calibrationOf(form);
  if (calibration.fault !== undefined) return { fault: calibration.fault };
  const optional = SCALE_UP_FIELDS.filter(({ hint }) => hint?.includes("empty")).map(({ name }) => name);
  const wrong = SCALE_UP_FIELDS.find(({ name }) => {
    const text = numbers[name].trim();
    return text === ""
      ? !optional.includes(name)
      : !text.split(",").every((part) => Number(part) > 0 && part.trim() !== "");
  });
  if (wrong && !(wrong.name === "fittings_bar" && Number(numbers.fittings_bar) === 0))
    return { fault: `${wrong.label.split(",")[0]}: a number above 0 is needed` };
  const of = (name: ScaleUpField["name"]) => Number(numbers[name]);
  const given = (name: ScaleUpField["name"]) => numbers[name].trim() !== "";
  const { id: _id, ask: _ask, ...simulation } = simulationInput(settings, { cells: 60, points: 2 });
  const specification = { purity_min: settings.purity / 100, yield_min: of("yield_percent") / 100 };
  return {
    input: {
      simulation,
      diameter_m: of("diameter_m"),
      to_diameters_m: numbers.to_m.split(",").map(Number),
      ...(calibration.value === undefined ? {} : { calibration: calibration.value }),
      specifications: Object.fromEntries(PRODUCTS.map((name) => [name, specification])),
      ...(given("rating_bar")
        ? { vessel: { rating_Pa: of("rating_bar") * 1e5, fittings_Pa: of("fittings_bar") * 1e5 } }
        : {}),
      ...(given("modulus_MPa") ? { resin: { modulus_Pa: of("modulus_MPa") * 1e6 } } : {}),
      spread: { velocity_sd_fraction: [of("spread_low") / 100, of("spread_high") / 100] },
      ...(given("demand_kg") ? { demand_kg_oxide_per_day: of("demand_kg") } : {}),
      samples: of("draws"),
      cells: of("cells"),
      permits: [
        ...(given("copper_kg")
          ? [{ name: "copper to water", consumable: "copper", per: "day", kg_max: of("copper_kg") }]
          : []),
        ...(given("ligand_kg")
          ? [{ name: "ligand", consumable: "EDTA", per: "kg_oxide", kg_max: of("ligand_kg") }]
          : []),
      ],
    },
  };
}

function calibrationOf({ settings, calibration, dispersivity_sd }: Form): {
  value?: unknown;
  fault?: string;
} {
  if (calibration.trim() !== "") {
    try {
      return { value: JSON.parse(calibration) };
    } catch {
      return { fault: "Calibration: this is not the JSON that didym column calibrate prints" };
    }
  }
  const { dispersivity_m } = settings;
  if (dispersivity_m === undefined || !(dispersivity_sd !== undefined && dispersivity_sd > 0)) return {};
  return {
    value: { parameters: { dispersivity_m: { best: dispersivity_m, sd_relative: dispersivity_sd } } },
  };
}
