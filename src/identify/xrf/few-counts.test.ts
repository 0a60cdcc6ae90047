import assert from "node:assert/strict";
import { test } from "node:test";
import { madeSpectra } from "../../../test/support/made-spectra.ts";
import { seededRandom } from "../doubt/random.ts";
import { identifyPiece, readSpectrum } from "../index.ts";

const SHARE = 0.01;
const SURE = 0.95;

/** The same piece seen for a hundredth of the time: each photon is kept with that chance, to its normal law or by halves. */
function dimmed(counts: readonly number[], next: { next(): number; normal(): number }): number[] {
  return counts.map((count) => {
    const mean = count * SHARE;
    if (mean > 30) return Math.max(0, Math.round(mean + Math.sqrt(mean) * next.normal()));
    // Poisson by its own sum of exponentials.
    let [kept, time] = [0, -Math.log(1 - next.next())];
    while (time < mean) {
      kept++;
      time -= Math.log(1 - next.next());
    }
    return kept;
  });
}

test("IX11: with few counts a material is not sure unless it is right, and no Dy is given below a coat", () => {
  const dice = seededRandom(41, "few counts");
  let [sure, right] = [0, 0];
  for (const { spectrum, kind, coat } of madeSpectra(80, 4_711)) {
    const read = readSpectrum({ ...spectrum, counts: dimmed(spectrum.counts, dice) });
    if (!read.ok) continue;
    const { material, material_p, wt_pct } = identifyPiece(read.value).identity;
    const top = Math.max(...Object.values(material_p));
    if (material === "unknown") assert.ok(top < 0.15, `unknown, and ${top}`);
    if (top > SURE) {
      sure++;
      if (material === kind) right++;
    }
    if (coat)
      assert.ok(wt_pct["Dy"] === undefined || "refused" in wt_pct["Dy"], `${kind} under ${coat.element}`);
    assert.ok(Math.abs(Object.values(material_p).reduce((a, b) => a + b, 0) - 1) < 1e-9);
  }
  assert.ok(sure >= 50 && right >= 0.93 * sure, `${right} of ${sure}`);
});
