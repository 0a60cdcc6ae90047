import { LINE_CLASSES } from "../../src/identify/classify/classes.ts";
import {
  type Classifier,
  classProbabilities,
  type Example,
  packWeights,
  train,
  unpackWeights,
} from "../../src/identify/classify/classifier.ts";
import { featuresOf } from "../../src/identify/classify/features.ts";
import { seededRandom } from "../../src/identify/doubt/random.ts";
import { readLine } from "../../src/identify/reading/reading.ts";
import { type Corpus, familyOf, fifthOf, type Sample, SEED } from "./corpus.ts";
import { type CleanDevice, strangeLines, writeDown } from "./noise.ts";

const SETTINGS = { passes: 6, rate: 0.25, l2: 2e-6 };

interface Weighted extends Sample {
  readonly weight: number;
}

/** Manifest lines as they are, plus model strings written down by our own recipe, plus strange things. */
export function gather(corpus: Corpus, strangeWords: readonly string[]): Weighted[] {
  const random = seededRandom(SEED, "noise");
  const out: Weighted[] = corpus.lines.map((line) => ({ ...line, weight: 1 }));
  const shares = new Map<string, number>();
  for (const line of corpus.lines) shares.set(line.label, (shares.get(line.label) ?? 0) + 1);
  const sources: {
    device: CleanDevice;
    label: Sample["label"];
    family: string;
    name: string;
    copies: number;
  }[] = [
    ...corpus.drives.map((d) => ({
      device: { ...d, bus: d.bus },
      label: d.kind,
      family: d.family,
      name: d.model,
      copies: 3,
    })),
    ...corpus.computers.map((c) => ({
      device: { kind: c.label, vendor: c.vendor, model: c.model, capacity_bytes: null, bus: null },
      label: c.label,
      family: familyOf(`${c.vendor} ${c.model}`),
      name: `${c.vendor} ${c.model}`,
      copies: c.label === "notebook" || c.label === "desktop" ? 1 : 4,
    })),
    ...corpus.apple.map((a) => ({
      device: { kind: a.label, vendor: "Apple", model: a.model, capacity_bytes: null, bus: null },
      label: a.label,
      family: familyOf(a.model),
      name: a.model,
      copies: 4,
    })),
  ];
  const copies = new Map<string, number>();
  for (const s of sources) copies.set(s.label, (copies.get(s.label) ?? 0) + s.copies);
  for (const s of sources) {
    // Recipe lines of a class weigh together as much as its real lines do, so that the mix of classes stays.
    const weight = Math.min(1, (2 * Math.max(20, shares.get(s.label) ?? 0)) / (copies.get(s.label) ?? 1));
    for (let i = 0; i < s.copies; i++)
      out.push({
        line: writeDown(s.device, random),
        label: s.label,
        family: s.family,
        nameless: false,
        model: s.name,
        weight,
      });
  }
  for (const [i, line] of strangeLines(1500, strangeWords, SEED).entries())
    out.push({ line, label: "unknown", family: `strange ${i}`, nameless: false, model: "", weight: 0.6 });
  return out;
}

const exampleOf = (sample: Weighted): Example => ({
  buckets: featuresOf(readLine(sample.line)).buckets,
  label: LINE_CLASSES.indexOf(sample.label),
  weight: sample.weight,
});

export interface Trained extends Classifier {
  readonly packed: ReturnType<typeof packWeights>;
}

/** Trains on the samples given and packs, with the temperature given. */
function trainOn(samples: readonly Weighted[], temperature: number): Trained {
  const random = seededRandom(SEED, "shuffle");
  const weights = train(samples.map(exampleOf), () => random.next(), SETTINGS);
  const packed = packWeights(weights, temperature);
  return { ...unpackWeights(packed), packed };
}

/** The fifth whose lines set the temperature; never one that judges. */
const innerFifth = (family: string): number => fifthOf(`temperature ${family}`);

/** Learns a corpus: first without a fifth of its families, which then set the temperature, then from all of it. */
export function learn(corpus: Corpus, strangeWords: readonly string[]): Trained {
  const samples = gather(corpus, strangeWords);
  const trial = trainOn(
    samples.filter((s) => innerFifth(s.family) !== 0),
    1,
  );
  const temperature = fitTemperature(
    trial,
    corpus.lines.filter((s) => innerFifth(s.family) === 0),
  );
  return trainOn(samples, temperature);
}

/** The temperature under which lines of families not seen are given their true probability. */
export function fitTemperature(model: Classifier, heldOut: readonly Sample[]): number {
  let best = { temperature: 1, loss: Number.POSITIVE_INFINITY };
  const seen = heldOut.map((s) => ({
    buckets: featuresOf(readLine(s.line)).buckets,
    label: LINE_CLASSES.indexOf(s.label),
  }));
  for (let t = 0.3; t <= 3.01; t += 0.05) {
    let loss = 0;
    for (const s of seen)
      loss -= Math.log(
        Math.max(1e-9, classProbabilities({ ...model, temperature: t }, s.buckets)[s.label] ?? 0),
      );
    if (loss < best.loss) best = { temperature: Math.round(t * 100) / 100, loss };
  }
  return best.temperature;
}
