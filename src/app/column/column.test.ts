import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { z } from "zod";
import { theUseCase } from "../../../test/story/world.ts";
import { memoryPorts } from "../../../test/support/memory-ports.ts";
import { withRun } from "../core/run.ts";
import type { AnyCalculation } from "../core/use-case.ts";

interface Computed {
  readonly code: string;
  readonly at: string;
  readonly value: Record<string, unknown>;
}

async function compute(verb: string, input: object): Promise<Computed> {
  const useCase = theUseCase(verb) as AnyCalculation;
  const answer = await withRun(memoryPorts(), useCase, input);
  if (!answer.ok) return { code: answer.refusal.code, at: answer.refusal.at, value: {} };
  return { code: "done", at: "", value: { ...answer.value } };
}

const simulation = theUseCase("column simulate").example as {
  species: { name: string; role: string; affinity: number }[];
};
const Affinities = z.record(z.string(), z.object({ affinity: z.number() }));
const Outlet = z.object({ mol_per_m3: z.record(z.string(), z.array(z.number())) });

describe("columns, where select, simulate and the steps of the loop meet", () => {
  it("the affinities that select answers are those that simulate takes: elements leave in the order it says", async () => {
    const { value } = await compute("column select", { ligand: "EDTA", feed: { Nd: 0.75, Pr: 0.25 } });
    const found = Affinities.parse(value["affinities"]);
    const species = simulation.species.map((s) => ({
      ...s,
      affinity: 20 * (found[s.name]?.affinity ?? 0) || s.affinity,
    }));
    const run = await compute("column simulate", { ...simulation, species });
    const curves = Outlet.parse(run.value["outlet"]).mol_per_m3;
    const peak = (name: string) => {
      const curve = curves[name] ?? [];
      return curve.indexOf(Math.max(...curve));
    };
    assert.deepEqual(value["order"], ["Nd", "Pr"]);
    assert.ok(peak("Nd") < peak("Pr"), `${peak("Nd")} ${peak("Pr")}`);
  });

  it("K2: what a simulation answers says how well each species is conserved", async () => {
    const { value } = await compute("column simulate", simulation);
    const balance = z.record(z.string(), z.object({ relative_error: z.number() })).parse(value["balance"]);
    assert.deepEqual(Object.keys(balance).sort(), simulation.species.map((s) => s.name).sort());
    for (const { relative_error } of Object.values(balance)) assert.ok(Math.abs(relative_error) <= 1e-8);
  });

  it("K8, KD7, KC6: bad input is refused by the name of its field", async () => {
    const [nd] = simulation.species;
    const twice = await compute("column simulate", { ...simulation, species: [nd, nd] });
    assert.notEqual(twice.code, "done");
    assert.match(twice.at, /species/);
    const select = await compute("column select", { ligand: "NTA", feed: { Nd: 1, Pr: 1 } });
    assert.equal(select.code, "ligand_unknown");
    const design = theUseCase("column design").example as object;
    const refused = await compute("column design", {
      ...design,
      specifications: { Xx: { purity_min: 0.9 } },
    });
    assert.notEqual(refused.code, "done");
    assert.match(refused.at, /specifications/);
  });

  it("law 6: the same input gives the same answer, and its run names it", async () => {
    const [one, two] = [
      await compute("column simulate", simulation),
      await compute("column simulate", simulation),
    ];
    const { run: first, ...a } = one.value;
    const { run: second, ...b } = two.value;
    assert.deepEqual(a, b);
    const sha = (run: unknown) => z.object({ input_sha256: z.string().length(64) }).parse(run).input_sha256;
    assert.equal(sha(first), sha(second));
  });
});
