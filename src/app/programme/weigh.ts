import type { Mass } from "../../contract/fields.ts";
import type { Weighing } from "../../ledger/index.ts";
import { biasOf, doubtAt, readingsOfUnit } from "../../programme/index.ts";
import { done, inHalves, readMass, refuse } from "../../quantity/index.ts";
import type { Scope } from "../core/use-case.ts";

export interface WeighedInput {
  readonly mass: Mass;
  readonly scale?: string | undefined;
  readonly sd?: Mass | undefined;
  /** Where the weight stands in the input. */
  readonly at: string;
}

/**
 * A weight with its doubt: from the registered scale, or as stated. A doubt stated as one figure is repeatability and bias alike.
 * Refusals: doubt_missing, scale_unknown, mass_outside_scale, and of the mass.
 */
export async function weigh(scope: Scope, site: string, given: WeighedInput) {
  const place = (field: string) => (given.at === "" ? field : `${given.at}.${field}`);
  const mass = readMass(given.mass as never, place("mass"));
  if (!mass.ok) return mass;
  const sd = given.sd === undefined ? undefined : readMass(given.sd as never, place("sd"));
  if (sd && !sd.ok) return sd;
  if (given.scale === undefined) {
    if (sd)
      return done<Weighing>({ mass_mg: mass.value, doubt_mg: inHalves(sd.value), scale: `stated:${site}` });
    return refuse(
      "doubt_missing",
      given.at || "scale",
      "name the scale the weight was read on, or state its standard uncertainty as sd",
    );
  }
  const scale = await scope.get("unit", given.scale);
  const readings = scale?.site === site ? readingsOfUnit(scale) : undefined;
  if (!readings)
    return refuse("scale_unknown", place("scale"), `no scale ${given.scale} is registered at ${site}`);
  const doubt_mg = sd ? inHalves(sd.value) : doubtAt(readings, mass.value);
  if (!doubt_mg)
    return refuse(
      "mass_outside_scale",
      place("mass"),
      `${given.scale} is not stated to weigh as much, or as little`,
    );
  return done<Weighing>({ mass_mg: mass.value, doubt_mg, scale: biasOf(given.scale, readings.calibration) });
}
