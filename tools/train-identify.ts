// Trains the line classifier and packs the model index: `node tools/train-identify.ts [FOLDER]`.
// Same folder, same bytes: every draw is seeded, nothing reads the clock into the output.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { caseFile } from "../test/support/cases.ts";
import { corpusIsThere, readCorpus } from "./identify/corpus.ts";
import { learn } from "./identify/learn.ts";
import { packIndex } from "./identify/pack-index.ts";
import { STRANGE_WORDS } from "./identify/strange-words.ts";

const ATTRIBUTION = "Drive and computer model strings: linuxhw/EnterpriseDrive and linuxhw/DMI, CC BY 4.0";

const folder = process.argv[2] ?? caseFile("identify");
if (!corpusIsThere(folder)) {
  console.error(`no manifest_lines_dev.csv in ${folder}: nothing to train from`);
  process.exit(2);
}
const corpus = readCorpus(folder);
const { packed, opinion } = learn(corpus, STRANGE_WORDS);

const room = join(import.meta.dirname, "..", "src", "identify", "classify");
const header = `// Made by tools/train-identify.ts from the identification data; do not edit.\n// ${ATTRIBUTION}.\n`;
writeFileSync(
  join(room, "weights.ts"),
  `${header}import type { PackedWeights } from "./classifier.ts";\n\nexport const WEIGHTS: PackedWeights = {\n  step: ${packed.step},\n  temperature: ${packed.temperature},\n  characters:\n    // biome-ignore format: one line\n    ${JSON.stringify(packed.characters)},\n};\n`,
);
writeFileSync(
  join(room, "models.ts"),
  `${header}// One model a line: name, class, and for drives form factor and size in GB.\n// biome-ignore format: one line\nexport const MODELS = ${JSON.stringify(packIndex(corpus))};\n`,
);
writeFileSync(
  join(room, "opinion.ts"),
  `${header}import type { SecondOpinion } from "./second-opinion.ts";\n\n// biome-ignore format: one line\nexport const OPINION: SecondOpinion = ${JSON.stringify(opinion)};\n`,
);
console.error(`${packed.characters.length} weights, ${Object.keys(opinion.facts).length} facts weighed`);
