import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { readSimulation, simulate } from "../src/column/index.ts";
import { caseFile } from "../test/support/cases.ts";

interface Point {
  readonly asked: number;
  readonly error: number;
  readonly estimate: number;
  readonly seconds: number;
  readonly cells: number;
}

interface Case {
  readonly name: string;
  readonly reference: string;
  readonly step_s: number;
  /** CADET-Core e7df44f2, release build, its best settings found: L1 error and seconds of the process, same kind of machine. */
  readonly cadet: readonly (readonly [number, number])[];
}

const CASES: readonly Case[] = [
  {
    name: "A-equilibrium",
    reference: caseFile("column", "A-lrm-displacement-reference.csv"),
    step_s: 1,
    cadet: [
      [2.89e-2, 0.57],
      [1.12e-2, 1.93],
      [3.45e-3, 6.36],
      [1.05e-3, 19.6],
    ],
  },
  {
    name: "B-film",
    reference: caseFile("column", "B-lrmp-magnet-zone1-reference.csv"),
    step_s: 2,
    cadet: [
      [3.86e-2, 1.99],
      [1.33e-2, 6.95],
      [4.3e-3, 22],
      [1.17e-3, 118],
    ],
  },
];
const ASKS = [0.05, 0.02, 0.014, 0.01, 0.004, 0.002, 0.001];
const PRODUCTS = ["Dy", "Nd", "Pr"];
const REFINED_CELLS = 1500;

type Profile = Readonly<Record<string, readonly number[]>>;

/** One run of an example with other questions. */
function solve(name: string, ask: object) {
  const input = JSON.parse(readFileSync(`examples/column/${name}.json`, "utf8"));
  const read = readSimulation({ ...input, ask });
  if (!read.ok) throw new Error(read.refusal.message);
  const started = performance.now();
  const result = simulate(read.value);
  const seconds = (performance.now() - started) / 1000;
  if (!result.ok) throw new Error(result.refusal.message);
  return { ...result.value, seconds };
}

/** The outlet to compare with: the independent reference where it is there, else our own on a fine grid. */
function reference(one: Case): {
  times: { from: number; to: number; step: number };
  profile: Profile;
  own: boolean;
} {
  if (!existsSync(one.reference)) {
    const asked = JSON.parse(readFileSync(`examples/column/${one.name}.json`, "utf8")).ask.outlet_times_s;
    const times = { from: asked.from, to: asked.to, step: one.step_s };
    const { outlet } = solve(one.name, { outlet_times_s: times, cells: REFINED_CELLS });
    return { times, profile: outlet.mol_per_m3, own: true };
  }
  const [head = "", ...lines] = readFileSync(one.reference, "utf8").trim().split("\n");
  const rows = lines.map((line) => line.split(",").map(Number));
  const names = head.split(",");
  const last = JSON.parse(readFileSync(`examples/column/${one.name}.json`, "utf8")).inlet.at(-1).until_s;
  const times = { from: rows[0]?.[0] ?? 0, to: Math.min(last, rows.at(-1)?.[0] ?? 0), step: one.step_s };
  const count = Math.floor((times.to - times.from) / times.step + 1e-9) + 1;
  const at = Array.from({ length: count }, (_, k) => times.from + k * times.step);
  const profile = Object.fromEntries(
    PRODUCTS.map((product) => {
      const column = names.findIndex((name) => name.startsWith(`c_${product}_`));
      return [product, straight(rows, column, at)];
    }),
  );
  return { times, profile, own: false };
}

function straight(rows: readonly (readonly number[])[], column: number, times: readonly number[]): number[] {
  let k = 0;
  return times.map((time) => {
    while (k + 2 < rows.length && (rows[k + 1]?.[0] ?? 0) < time) k++;
    const [t0 = 0, t1 = 0] = [rows[k]?.[0], rows[k + 1]?.[0]];
    const [c0 = 0, c1 = 0] = [rows[k]?.[column], rows[k + 1]?.[column]];
    return c0 + ((time - t0) / (t1 - t0)) * (c1 - c0);
  });
}

function distance(profile: Profile, ours: Profile): number {
  let [off, size] = [0, 0];
  for (const product of PRODUCTS)
    for (const [k, c] of (profile[product] ?? []).entries()) {
      off += Math.abs((ours[product]?.[k] ?? 0) - c);
      size += c;
    }
  return off / size;
}

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[values.length >> 1] ?? 0;

function pointsOf(one: Case): { points: Point[]; own: boolean } {
  const { times, profile, own } = reference(one);
  const points = ASKS.map((asked) => {
    const runs = Array.from({ length: asked < 0.005 ? 3 : 5 }, () =>
      solve(one.name, { outlet_times_s: times, error_l1_max: asked }),
    );
    const [first] = runs;
    if (first === undefined) throw new Error("nothing was run");
    return {
      asked,
      error: distance(profile, first.outlet.mol_per_m3),
      estimate: first.numerics.error_l1_estimate,
      seconds: median(runs.map((run) => run.seconds)),
      cells: first.numerics.cells,
    };
  });
  return { points, own };
}

/** Error asked and reached against seconds, as rows and as a picture in docs/images. */
export function benchCurve(reference_s: number): { what: string; figure: string }[] {
  const rows: { what: string; figure: string }[] = [];
  const drawn = CASES.map((one) => {
    const { points, own } = pointsOf(one);
    for (const p of points)
      rows.push({
        what: `${one.name}, L1 asked ${p.asked}: ${p.cells} cells, estimated ${p.estimate.toExponential(1)}, true ${p.error.toExponential(1)}${own ? ` (against ${REFINED_CELLS} cells of our own)` : ""}`,
        figure: `${p.seconds.toFixed(3)} s, ${(p.seconds / reference_s).toFixed(1)} x the reference`,
      });
    return { one, points };
  });
  for (const { one } of drawn) rows.push(growth(one));
  writeFileSync("docs/images/column-error-seconds.svg", picture(drawn));
  return rows;
}

/** Seconds over cells: steps grow with cells, so that twice the cells at a fixed step would be 1, with it 2. */
function growth(one: Case): { what: string; figure: string } {
  const { to } = reference(one).times;
  const seconds = [150, 300, 600].map((cells) =>
    median(Array.from({ length: 3 }, () => solve(one.name, { outlet_times_s: [to], cells }).seconds)),
  );
  const [few = 0, , many = 1] = seconds;
  return {
    what: `${one.name} on 150, 300, 600 cells with its companion; steps grow with cells`,
    figure: `${seconds.map((s) => s.toFixed(3)).join(", ")} s: cells^${(Math.log(many / few) / Math.log(4)).toFixed(2)}, per cell and step about the same`,
  };
}

const WIDE = 420;
const HIGH = 340;

function picture(drawn: readonly { readonly one: Case; readonly points: readonly Point[] }[]): string {
  const x = (seconds: number): number => 60 + ((Math.log10(seconds) + 2) / 5) * (WIDE - 80);
  const y = (error: number): number => HIGH - 50 - ((Math.log10(error) + 4) / 3) * (HIGH - 90);
  const line = (points: readonly (readonly [number, number])[], colour: string): string =>
    `<polyline fill="none" stroke="${colour}" stroke-width="2" points="${points.map(([e, s]) => `${x(s).toFixed(1)},${y(e).toFixed(1)}`).join(" ")}"/>${points.map(([e, s]) => `<circle cx="${x(s).toFixed(1)}" cy="${y(e).toFixed(1)}" r="3.5" fill="${colour}"/>`).join("")}`;
  const panel = ({ one, points }: (typeof drawn)[number], at: number): string => {
    const grid = [0.01, 0.1, 1, 10, 100]
      .map(
        (s) =>
          `<line x1="${x(s)}" x2="${x(s)}" y1="40" y2="${HIGH - 50}" stroke="#ddd"/><text x="${x(s)}" y="${HIGH - 32}" text-anchor="middle">${s}</text>`,
      )
      .concat(
        [0.0001, 0.001, 0.01, 0.1].map(
          (e) =>
            `<line x1="60" x2="${WIDE - 20}" y1="${y(e)}" y2="${y(e)}" stroke="#ddd"/><text x="54" y="${y(e) + 4}" text-anchor="end">${e * 100} %</text>`,
        ),
      )
      .join("");
    const ours = points.map((p) => [p.error, p.seconds] as const);
    return `<g transform="translate(${at * WIDE} 0)">${grid}${line(one.cadet, "#b45309")}${line(ours, "#1d4ed8")}<text x="60" y="26" font-weight="bold">${one.name}</text><text x="${WIDE / 2}" y="${HIGH - 12}" text-anchor="middle">seconds</text></g>`;
  };
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDE * drawn.length} ${HIGH}" font-family="sans-serif" font-size="12" role="img"><title>True L1 error of the outlet against seconds</title><rect width="100%" height="100%" fill="#fff"/>${drawn.map(panel).join("")}<text x="250" y="26" fill="#1d4ed8">Didym, ask.error_l1_max</text><text x="${WIDE + 200}" y="26" fill="#b45309">CADET-Core e7df44f2, graded grid</text></svg>\n`;
}
