import { table } from "../quantity/index.ts";
import { Dice } from "./dice.ts";
import type { Driver } from "./driver.ts";

const REFERENCE = "RM-MAGNET-1";
/** About the sample magnets; the scatter of single results is what an ICP-OES laboratory may see within itself. */
const VALUES = { Nd: { best: 226_000, sd: 1_100 }, Dy: { best: 13_500, sd: 90 } };
const RESULTS = 26;
const HOURS_BETWEEN = 60;

/** In standard deviations: one laboratory has a bad week and finds its way back, the other only a result to look at twice. */
const OFF: Readonly<Record<string, Readonly<Record<number, number>>>> = table({
  "sample-lab-a": { 17: 2.2 },
  "sample-lab-b": { 12: -2.3, 13: -2.6, 21: 3.4 },
});

/** Both laboratories measure one reference material all along; dice of their own, so that the story beside it stays as it is. */
export async function checkLaboratories(driver: Driver): Promise<void> {
  const dice = new Dice(20260106);
  const end = driver.clock.now().getTime();
  const at = (nth: number) => new Date(end - (RESULTS - nth) * HOURS_BETWEEN * 3_600_000).toISOString();
  await driver.do("assay register-reference", "quality manager@sample-lab-a", {
    reference: REFERENCE,
    name: "milled sintered magnet (sample data)",
    source: "made up for the sample programme",
    at: at(0),
    mg_per_kg: VALUES,
  });
  for (let nth = 0; nth < RESULTS; nth++) {
    for (const laboratory of Object.keys(OFF)) {
      const off = OFF[laboratory]?.[nth];
      const values = Object.entries(VALUES).map(([element, { best, sd }]) => {
        const z = off ?? Math.max(-1.8, Math.min(1.8, 0.8 * dice.normal()));
        return [element, Math.round(best + z * sd)] as const;
      });
      await driver.do("assay measure-reference", `chemist@${laboratory}`, {
        check: `Q-${laboratory.slice(-1)}-${String(nth + 1).padStart(2, "0")}`,
        reference: REFERENCE,
        laboratory,
        method: "ICP-OES after acid digestion",
        at: at(nth),
        mg_per_kg: Object.fromEntries(values),
      });
    }
  }
}
