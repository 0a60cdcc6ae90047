import { readFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { type DrawnResult, designPlant } from "../src/column/index.ts";
import { workerPool } from "../src/outside/worker-pool.ts";

/** Starts of the search, spread over the cube of its first steps by multiples of irrational numbers. */
const shiftOf = (k: number) =>
  [Math.SQRT2, Math.sqrt(3), Math.sqrt(5), Math.sqrt(7)].map((root) => 3 * ((k * root) % 1) - 1.5);

/** The magnet feed to 4N with recycle: one whole design, its doubt, and whether other starts find it again. */
export async function benchDesign(starts: number): Promise<{ rows: { what: string; figure: string }[] }> {
  const request = JSON.parse(readFileSync("examples/column/design-magnet-4N.json", "utf8"));
  const rows: { what: string; figure: string }[] = [];
  const timed = async (input: object) => {
    const started = performance.now();
    const answer = await designPlant(
      input,
      async (jobs) => (await workerPool.each("column sample", jobs)) as readonly DrawnResult[],
    );
    if (!answer.ok) throw new Error(answer.refusal.message);
    return { seconds: (performance.now() - started) / 1000, answer: answer.value };
  };
  const one = await timed(request);
  const yields = Object.entries(one.answer.products).map(
    ([name, p]) => `${name} ${(100 * p.yield).toFixed(2)} %`,
  );
  rows.push({
    what: "magnet feed to 4N (Pr in Nd at most 30 ppm) with recycle, final L1 0.1 %",
    figure: `${one.seconds.toFixed(1)} s`,
  });
  rows.push({ what: "its yields", figure: yields.join(", ") });
  rows.push({
    what: "its productivity, load, displacement, wash and regeneration counted",
    figure: `${one.answer.productivity.kg_oxide_per_m3_bed_day.toFixed(1)} kg oxide per m3 bed and day`,
  });
  const doubted = await timed({ ...request, doubt: { samples: 200 } });
  rows.push({
    what: `200 drawn two-zone plants with recycle, on ${availableParallelism()} threads`,
    figure: `${(doubted.seconds - one.seconds).toFixed(1)} s`,
  });
  const { length_m: _given, ...bed } = request.bed;
  const open = await timed({ ...request, bed, pareto: 6, error_l1_max: 0.02 });
  rows.push({
    what: "with the bed length searched too",
    figure: `${open.answer.productivity.kg_oxide_per_m3_bed_day.toFixed(1)} kg oxide per m3 bed and day at ${open.answer.zones[0]?.columns[0]?.length_m.toFixed(2)} m`,
  });
  rows.push({
    what: `its ${open.answer.pareto?.length} Pareto points: kg oxide per m3 bed and day, mol ligand per mol, least yield; ${open.seconds.toFixed(0)} s with the design`,
    figure: (open.answer.pareto ?? [])
      .map(
        (p) =>
          `${p.kg_per_m3_bed_day.toFixed(0)}, ${p.ligand_mol_per_mol.toFixed(2)}, ${(100 * p.yield_least).toFixed(2)} %`,
      )
      .join("; "),
  });
  const made: number[] = [];
  for (let k = 1; k <= starts; k++) {
    const { answer } = await timed({ ...request, start_shift: shiftOf(k), error_l1_max: 0.02 });
    made.push(answer.productivity.kg_oxide_per_m3_bed_day);
  }
  rows.push({
    what: `productivity found from ${starts} other starts (columns to 2 %)`,
    figure: `${Math.min(...made).toFixed(1)} to ${Math.max(...made).toFixed(1)} kg oxide per m3 bed and day, ${((Math.max(...made) / Math.min(...made) - 1) * 100).toFixed(1)} % apart, median ${made.toSorted((a, b) => a - b)[made.length >> 1]?.toFixed(1)}`,
  });
  return { rows };
}
