import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { identifyPiece, readSpectrum } from "../src/identify/index.ts";
import { caseFile } from "../test/support/cases.ts";
import { madeSpectra } from "../test/support/made-spectra.ts";

interface Known {
  readonly kind: string;
  readonly coat: string;
  readonly um: number;
  readonly wt: (element: string) => number;
  readonly spectrum: { readonly counts: readonly number[] };
}

const ELEMENTS = ["Nd", "Pr", "Dy", "Co"];
const rms = (errors: readonly number[]) =>
  Math.sqrt(errors.reduce((sum, e) => sum + e * e, 0) / errors.length);

const sample = (count: number, seed: number): Known[] =>
  madeSpectra(count, seed).map(({ kind, coat, wt_pct, spectrum }) => ({
    kind,
    coat: coat?.element ?? "",
    um: coat?.um ?? 0,
    wt: (element) => wt_pct[element] ?? 0,
    spectrum,
  }));

/** The development spectra, where they are. */
function developed(): Known[] {
  const folder = caseFile("identify");
  if (!existsSync(folder)) return [];
  const [head = "", ...rows] = readFileSync(join(folder, "xrf_synth_dev_answers.csv"), "utf8")
    .trim()
    .split("\n");
  const names = head.split(",");
  return readFileSync(join(folder, "xrf_synth_dev_spectra.jsonl"), "utf8")
    .trim()
    .split("\n")
    .map((line, k) => {
      const row = Object.fromEntries((rows[k] ?? "").split(",").map((value, i) => [names[i], value]));
      return {
        kind: row["kind"] ?? "",
        coat: row["coating"] ?? "",
        um: Number(row["coating_um"]),
        wt: (element: string) => Number(row[element]),
        spectrum: JSON.parse(line),
      };
    });
}

/** Counts in windows of 0.2 keV over all counts, square-rooted: what the baselines look at. */
function windows({ spectrum: { counts } }: Known): number[] {
  const total = counts.reduce((sum, count) => sum + count, 0);
  const sums = new Array<number>(Math.ceil(counts.length / 10)).fill(0);
  counts.forEach((count, i) => {
    sums[Math.floor(i / 10)]! += count / total;
  });
  return sums.map(Math.sqrt);
}

function nearest(train: readonly (readonly [number[], Known])[], of: number[]): Known {
  let best = train[0]![1];
  let least = Number.POSITIVE_INFINITY;
  for (const [features, known] of train) {
    const far = features.reduce((sum, value, k) => sum + (value - of[k]!) ** 2, 0);
    if (far < least) [least, best] = [far, known];
  }
  return best;
}

/** Ridge regression in its dual form: as many unknowns as spectra. */
function ridge(train: readonly number[][], values: readonly number[], penalty: number) {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const n = train.length;
  const dot = (a: readonly number[], b: readonly number[]) =>
    a.reduce((sum, value, k) => sum + value * b[k]!, 0);
  const gram = train.map((a, i) => train.map((b, j) => dot(a, b) + (i === j ? penalty : 0)));
  const weights = values.map((value) => value - mean);
  for (let i = 0; i < n; i++) {
    for (let r = i + 1; r < n; r++) {
      const factor = gram[r]![i]! / gram[i]![i]!;
      if (factor === 0) continue;
      for (let c = i; c < n; c++) gram[r]![c]! -= factor * gram[i]![c]!;
      weights[r]! -= factor * weights[i]!;
    }
  }
  for (let i = n - 1; i >= 0; i--) {
    for (let c = i + 1; c < n; c++) weights[i]! -= gram[i]![c]! * weights[c]!;
    weights[i]! /= gram[i]![i]!;
  }
  return (features: readonly number[]) =>
    mean + train.reduce((sum, row, k) => sum + weights[k]! * dot(row, features), 0);
}

function figures(name: string, truths: readonly Known[]) {
  let [material, coat, coats, thick, inside, intervals] = [0, 0, 0, 0, 0, 0];
  const errors: Record<string, number[]> = Object.fromEntries(ELEMENTS.map((e) => [e, []]));
  const times_ms: number[] = [];
  for (const known of truths) {
    const spectrum = readSpectrum(known.spectrum);
    if (!spectrum.ok) throw new Error(spectrum.refusal.message);
    const start = performance.now();
    const piece = identifyPiece(spectrum.value).identity;
    times_ms.push(performance.now() - start);
    if (piece.material === known.kind) material++;
    if ((piece.coat?.element ?? "") === known.coat) coat++;
    if (piece.coat && known.coat) {
      coats++;
      if (Math.abs(piece.coat.thickness_um.best / known.um - 1) <= 0.25) thick++;
    }
    for (const element of ELEMENTS) {
      const found = piece.wt_pct[element];
      if (known.kind !== "NdFeB_sintered" || !found || "refused" in found) continue;
      if (!known.coat) errors[element]?.push(found.best - known.wt(element));
      if (known.wt(element) === 0) continue;
      intervals++;
      if (known.wt(element) >= found.lo90 && known.wt(element) <= found.hi90) inside++;
    }
  }
  times_ms.sort((a, b) => a - b);
  const n = truths.length;
  const all = Object.entries(errors).map(([e, list]) => `${e} ${rms(list).toFixed(2)}`);
  return [
    {
      what: `${name}, ${n} spectra: material, coat found, thickness within 25 %`,
      figure: `${(material / n).toFixed(3)}, ${(coat / n).toFixed(3)}, ${thick} of ${coats}`,
    },
    { what: `${name}: bare sintered magnets, root mean square error, wt%`, figure: all.join(", ") },
    {
      what: `${name}: 90 % intervals of Nd, Pr, Dy, Co that hold the truth`,
      figure: `${inside} of ${intervals} (${((100 * inside) / intervals).toFixed(0)} %)`,
    },
    {
      what: `${name}: one spectrum, median and slowest`,
      figure: `${times_ms[n >> 1]?.toFixed(0)} ms, ${times_ms.at(-1)?.toFixed(0)} ms`,
    },
  ];
}

/** The fit and two baselines on the same spectra: nearest neighbour and ridge on windows, taught by others of the kind. */
export function benchXrf(): { readonly what: string; readonly figure: string }[] {
  const test = sample(180, 9001);
  const train = sample(360, 9002);
  const taught = train.map((known) => [windows(known), known] as const);
  const right = test.filter((known) => nearest(taught, windows(known)).kind === known.kind).length;
  const sintered = (of: readonly Known[]) =>
    of.filter(({ kind, coat }) => kind === "NdFeB_sintered" && coat === "");
  const rows = sintered(train);
  const baseline = ELEMENTS.map((element) => {
    const predict = ridge(
      rows.map(windows),
      rows.map(({ wt }) => wt(element)),
      1e-4,
    );
    const errors = sintered(test).map((known) => predict(windows(known)) - known.wt(element));
    return `${element} ${rms(errors).toFixed(2)}`;
  });
  const dev = developed();
  return [
    ...figures("own generator, seed 9001", test),
    {
      what: "the same, nearest neighbour among 360 (seed 9002): material",
      figure: (right / test.length).toFixed(3),
    },
    { what: "the same, ridge on 0.2 keV windows: root mean square error, wt%", figure: baseline.join(", ") },
    ...(dev.length > 0 ? figures("development spectra (L shell factors fitted to them)", dev) : []),
  ];
}
