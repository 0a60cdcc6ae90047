import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { caseFile } from "../test/support/cases.ts";

/*
 * Writes src/identify/xrf/atomic-data.ts: edges, jump ratios, yields, lines and attenuation of the elements that magnets,
 * coats, tubes and detectors are made of, from the tables of xraylib 4.0.0 as extracted in the identification data.
 */

const ELEMENTS = "B C O Al Si Ti Cr Mn Fe Co Ni Cu Zn Ga Sr Zr Nb Mo Rh Ba La Ce Pr Nd Sm Gd Tb Dy Ho".split(
  " ",
);

/** Which vacancy a line fills; lines whose shell is not told apart here are left out. */
const SHELL_OF: Readonly<Record<string, string>> = Object.fromEntries([
  ...["Ka1", "Ka2", "Kb1", "Kb2", "Kb3"].map((line) => [line, "K"]),
  ...["Lb3", "Lb4", "Lg2", "Lg3"].map((line) => [line, "L1"]),
  ...["Lb1", "Lg1", "Ln"].map((line) => [line, "L2"]),
  ...["La1", "La2", "Lb2", "Ll", "Lb5", "Lb6"].map((line) => [line, "L3"]),
]);

const from = caseFile("identify", "xrf_atomic_data.json");
if (!existsSync(from)) {
  console.error(`the tables are not at ${from}`);
  process.exit(1);
}
const source = JSON.parse(readFileSync(from, "utf8"));
const rows: string[] = [];
for (const element of ELEMENTS) {
  const { edges_keV, jump, fluor_yield, lines, mu_total_cm2_g, tau_photo_cm2_g } = source.elements[element];
  const shells = Object.keys(edges_keV)
    .filter((shell) => edges_keV[shell] && fluor_yield[shell])
    .map((shell) => `${shell}:${[edges_keV[shell], jump[shell], fluor_yield[shell]].join(",")}`);
  const kept = Object.entries<{ keV: number | null; rate: number | null }>(lines)
    .filter(([name, { keV, rate }]) => SHELL_OF[name] && keV && rate)
    .map(([name, { keV, rate }]) => `${SHELL_OF[name]}:${name},${keV},${rate}`);
  rows.push(
    [element, shells.join(" "), kept.join(" "), mu_total_cm2_g.join(" "), tau_photo_cm2_g.join(" ")].join(
      "|",
    ),
  );
}
const header = `// Made by tools/xrf-atomic-data.ts; do not edit. Facts from xraylib 4.0.0 (BSD-3-Clause): T. Schoonjans et al.,
// Spectrochimica Acta B 66 (2011) 776.
// One element a line: symbol | shell:edge keV,jump ratio,fluorescence yield | shell:line,keV,rate | total attenuation
// cm2/g | photoelectric cm2/g, both on the grid.
`;
writeFileSync(
  join(import.meta.dirname, "..", "src", "identify", "xrf", "atomic-data.ts"),
  `${header}// biome-ignore format: one line\nexport const GRID_KEV = ${JSON.stringify(source.energy_grid_keV)};\n// biome-ignore format: one line\nexport const ELEMENT_ROWS = ${JSON.stringify(rows.join("\n"))};\n`,
);
