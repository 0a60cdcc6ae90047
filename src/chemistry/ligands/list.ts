import { STABILITY_SERIES } from "../stability.ts";
import { LIGANDS } from "./choose.ts";
import { COMPANION_SERIES } from "./companions.ts";
import { HYDROLYSIS, HYDROLYSIS_SOURCE } from "./hydrolysis.ts";
import { PROTONATIONS } from "./protonation.ts";

/** All that is on file, table by table, each with its temperature, ionic strength, grade and source. */
export function ligandsOnFile() {
  const grade = (table: { readonly confidence?: "C" }) => table.confidence ?? "as in its source";
  const every = [...new Set([...LIGANDS, ...COMPANION_SERIES.map((c) => c.ligand)])];
  return {
    ligands: every.map((ligand) => ({
      ligand,
      selects: LIGANDS.includes(ligand),
      rare_earths: STABILITY_SERIES.filter((s) => s.ligand === ligand).map((s) => ({
        id: s.id,
        temperature_C: s.temperature_C,
        ionic_strength_M: s.ionic_strength_M,
        medium: s.medium,
        logK: s.logK,
        source: s.source,
      })),
      companions: COMPANION_SERIES.filter((c) => c.ligand === ligand).map((c) => ({
        id: c.id,
        temperature_C: c.temperature_C ?? null,
        ionic_strength_M: c.ionic_strength_M,
        logK: c.logK,
        grade: grade(c),
        source: c.source,
      })),
      protonation: PROTONATIONS.filter((p) => p.ligand === ligand).map((p) => ({
        temperature_C: p.temperature_C ?? null,
        ionic_strength_M: p.ionic_strength_M,
        logBeta: p.logBeta,
        grade: grade(p),
        source: p.source,
      })),
    })),
    hydrolysis: {
      temperature_C: 25,
      ionic_strength_M: 0,
      grade: "C",
      source: HYDROLYSIS_SOURCE,
      ions: HYDROLYSIS,
    },
  };
}
