// Trains the line classifier and packs the model index: `node tools/train-identify.ts [FOLDER]`.
// Same folder, same bytes: every draw is seeded, nothing reads the clock into the output.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Corpus, corpusIsThere, readCorpus } from "./identify/corpus.ts";
import { fifthOf, fitTemperature, gather, learn } from "./identify/learn.ts";

const ATTRIBUTION = "Drive and computer model strings: linuxhw/EnterpriseDrive and linuxhw/DMI, CC BY 4.0";

/** The model index: one line a model, class letter, then what is known of it. */
function packIndex(corpus: Corpus): string {
  const seen = new Set<string>();
  const out: string[] = [];
  const add = (key: string, line: string): void => {
    const name = key.toUpperCase();
    if (seen.has(name)) return;
    seen.add(name);
    out.push(line);
  };
  const clean = (text: string): string =>
    text
      .replace(/[\t\n\\`$]/g, " ")
      .replace(/\s+/g, " ")
      .trim();
  for (const d of corpus.drives) {
    const name = clean(d.model);
    const size = d.capacity_bytes === null ? "" : String(Math.round(d.capacity_bytes / 1e9));
    if (name) add(name, `${name}\t${d.kind}\t${d.form_factor}\t${size}`);
  }
  for (const c of [...corpus.apple, ...corpus.computers]) {
    const name = clean(c.vendor === "Apple" && c.label !== "notebook" ? c.model : `${c.vendor} ${c.model}`);
    if (name) add(name, `${name}\t${c.label}`);
  }
  for (const line of corpus.lines)
    if (line.label === "android_device" && clean(line.model))
      add(clean(line.model), `${clean(line.model)}\t${line.label}`);
  return out.join("\n");
}

const folder = process.argv[2] ?? "../shared/cases/identify";
if (!corpusIsThere(folder)) {
  console.error(`no manifest_lines_dev.csv in ${folder}: nothing to train from`);
  process.exit(2);
}
const corpus = readCorpus(folder);
const samples = gather(corpus);
const trial = learn(
  samples.filter((s) => fifthOf(s.family) !== 0),
  1,
);
const temperature = fitTemperature(
  trial,
  corpus.lines.filter((s) => fifthOf(s.family) === 0),
);
const { packed } = learn(samples, temperature);

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
console.error(`${samples.length} samples, temperature ${temperature}`);
