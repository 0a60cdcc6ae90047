import { done, type Result, readStrictly, refuse } from "../../quantity/index.ts";
import type { ColumnRefusal } from "../refusals.ts";
import { readConcentrations } from "./concentrations.ts";
import { faultOfCuts } from "./cuts.ts";
import { SimulationInput } from "./schema.ts";
import type { Simulation } from "./simulation.ts";
import { readSolid } from "./solid.ts";
import { readTimes } from "./times.ts";
import { readTransport } from "./transport.ts";

/** Reads and checks a simulation; a refusal names the field. */
export function readSimulation(json: unknown): Result<Simulation, ColumnRefusal> {
  const read = readStrictly(SimulationInput, json);
  if (!read.ok) return read;
  const input = read.value;
  const names = input.species.map((s) => s.name);
  const twice = names.findIndex((name, i) => names.indexOf(name) !== i);
  if (twice >= 0)
    return refuse("species_named_twice", `species[${twice}].name`, `${names[twice]} is named twice`);
  const listed = readConcentrations(input, names);
  if (!listed.ok) return listed;
  const times = readTimes(input);
  if (!times.ok) return times;
  const fault = faultOfCuts(input, names);
  if (fault !== undefined) return fault;
  const { initial_liquid, inlet } = listed.value;
  const level = (c: readonly number[]) => c.reduce((a, b) => a + b, 0);
  const normality = Math.max(level(initial_liquid), ...inlet.map((step) => level(step.c)));
  if (normality <= 0)
    return refuse("normality_missing", "inlet", "no liquid holds anything: nothing would move");
  const transport = readTransport(input);
  if (!transport.ok) return transport;
  const affinities = input.species.map((s) => s.affinity);
  const solid = readSolid(input, { names, affinities, initial_liquid });
  if (!solid.ok) return solid;
  const end_s = inlet.at(-1)?.until_s ?? 0;
  return done({
    input,
    names,
    affinities,
    ...transport.value,
    normality,
    initial_liquid,
    initial_solid: solid.value,
    inlet,
    end_s,
    times_s: times.value,
  });
}
