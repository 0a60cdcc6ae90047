import type { ContentBasis, StepKind } from "../ledger/index.ts";

const rest: ContentBasis = { by: "rest" };
const none: ContentBasis = { by: "none" };
const transfer = (
  fractions: Readonly<Record<string, readonly [best: number, sd: number]>>,
): ContentBasis => ({
  by: "transfer",
  fractions: Object.fromEntries(
    Object.entries(fractions).map(([element, [best, sd]]) => [element, { best, sd }]),
  ),
});

/** The wet steps of refining. Their figures are defaults for planning; a run is booked on what its laboratory measured. */
export const WET_KINDS: readonly StepKind[] = [
  {
    kind: "dissolve",
    does: "dissolves magnet powder in acid; what stays is residue",
    capability: "dissolve",
    contents: { solution: transfer({ "*": [0.97, 0.01] }), "*": rest },
    losses: { "hydrogen and water vapour": none },
    evidence: "B",
    source:
      "almost full recovery in one pass: Kitagawa and Tsubota 2017 (IntechOpen), after corrosion in HCl",
    marks: {},
  },
  {
    kind: "remove_iron",
    does: "takes iron, the other transition metals and boron out of the solution before the columns",
    capability: "remove_iron",
    contents: {
      solution: transfer({
        "*": [0.985, 0.005],
        Fe: [0.0005, 0.0002],
        Al: [0.01, 0.005],
        Co: [0.02, 0.01],
        Ni: [0.02, 0.01],
        Cu: [0.02, 0.01],
        B: [0.02, 0.01],
      }),
      "*": rest,
    },
    losses: { "water vapour": none },
    evidence: "C",
    source:
      "estimate: iron must go first because its complex is far stronger than any rare earth's (log K 25.1 against 14.7 to 20)",
    marks: {},
  },
  {
    kind: "chromatograph",
    does: "separates a solution into fractions on ligand-assisted displacement columns",
    capability: "chromatograph",
    contents: { "*": rest },
    losses: { "held on the columns": { by: "share" }, "spent eluate": none },
    evidence: "A",
    source: "each fraction is assayed; nothing is taken from the design",
    marks: {},
  },
  {
    kind: "precipitate",
    does: "precipitates a fraction as oxalate and filters it",
    capability: "precipitate",
    forms: ["carbonate"],
    contents: { oxalate: transfer({ "*": [0.981, 0.005] }), "*": rest },
    losses: { filtrate: rest },
    evidence: "A",
    source: "98.1 % at 140 % of stoichiometric oxalic acid: Klemettinen et al., Aalto",
    marks: {},
  },
  {
    kind: "calcine",
    does: "fires oxalate to oxide",
    capability: "calcine",
    forms: ["oxide"],
    contents: { "*": rest },
    losses: { "carbon dioxide and water": none },
    evidence: "A",
    source: "conservation: the gas carries no metal",
    marks: {},
  },
];
