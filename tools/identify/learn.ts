import { LINE_CLASSES } from "../../src/identify/classify/classes.ts";
import {
  type Classifier,
  type Example,
  packWeights,
  train,
  unpackWeights,
} from "../../src/identify/classify/classifier.ts";
import { NAMELESS } from "../../src/identify/classify/evidence.ts";
import { featuresOf } from "../../src/identify/classify/features.ts";
import { indexModels, readModels } from "../../src/identify/classify/model-index.ts";
import {
  type Lesson,
  type SecondOpinion,
  secondOpinion,
  teachOpinion,
} from "../../src/identify/classify/second-opinion.ts";
import { seededRandom } from "../../src/identify/doubt/random.ts";
import { lookAt } from "../../src/identify/line/look.ts";
import { readLine } from "../../src/identify/reading/reading.ts";
import { type Corpus, familyOf, fifthOf, type Sample, SEED } from "./corpus.ts";
import { type CleanDevice, strangeLines, writeDown } from "./noise.ts";
import { packIndex } from "./pack-index.ts";

const SETTINGS = { passes: 6, rate: 0.25, l2: 2e-6 };
const OPINION_SETTINGS = { passes: 8, rate: 0.1, l2: 2e-4 };

/** The weight of a line that was really written; no line of the recipe weighs as much. */
const REAL = 1;
const RECIPE_MAX = 0.99;

interface Weighted extends Sample {
  readonly weight: number;
}

interface Source {
  readonly device: CleanDevice;
  readonly label: Sample["label"];
  readonly family: string;
  readonly name: string;
  readonly copies: number;
}

/** Names of phones and what runs their system are in no list of their own: they are taken from the lines. */
function androids(corpus: Corpus): Source[] {
  const seen = new Map<string, Source>();
  for (const { label, model, family } of corpus.lines) {
    if (label !== "android_device") continue;
    const [vendor = "", ...rest] = model.split(" ");
    seen.set(model, {
      device: { kind: label, vendor, model: rest.join(" "), capacity_bytes: null, bus: null },
      label,
      family,
      name: model,
      copies: 3,
    });
  }
  return [...seen.values()];
}

/** Manifest lines as they are, plus model strings written down by our own recipe, plus strange things. */
export function gather(corpus: Corpus, strangeWords: readonly string[]): Weighted[] {
  const random = seededRandom(SEED, "noise");
  const out: Weighted[] = corpus.lines.map((line) => ({ ...line, weight: REAL }));
  const shares = new Map<string, number>();
  for (const line of corpus.lines) shares.set(line.label, (shares.get(line.label) ?? 0) + 1);
  const sources: Source[] = [
    ...corpus.drives.map((d) => ({
      device: { ...d, bus: d.bus },
      label: d.kind,
      family: d.family,
      name: d.model,
      copies: 3,
    })),
    ...corpus.drives
      .filter((d) => d.capacity_bytes !== null)
      .map((d) => ({
        device: { ...d, nameless: true },
        label: d.kind,
        family: d.family,
        name: d.model,
        copies: 1,
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
    ...androids(corpus),
  ];
  const copies = new Map<string, number>();
  for (const s of sources) copies.set(s.label, (copies.get(s.label) ?? 0) + s.copies);
  for (const s of sources) {
    // Recipe lines of a class weigh together as much as its real lines do, so that the mix of classes stays.
    const weight = Math.min(
      RECIPE_MAX,
      (2 * Math.max(20, shares.get(s.label) ?? 0)) / (copies.get(s.label) ?? 1),
    );
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
  for (const [i, line] of strangeLines(3000, strangeWords, SEED).entries())
    out.push({ line, label: "unknown", family: `strange ${i}`, nameless: false, model: "", weight: 0.6 });
  return out;
}

const exampleOf = (sample: Weighted): Example => ({
  buckets: featuresOf(readLine(sample.line)).buckets,
  label: LINE_CLASSES.indexOf(sample.label),
  weight: sample.weight,
});

export interface Taught {
  readonly classifier: Classifier;
  readonly opinion: SecondOpinion;
  readonly packed: ReturnType<typeof packWeights>;
}

/** The first opinion: softmax regression over pieces of words, rounded as it is shipped. */
function firstOpinion(samples: readonly Weighted[]): Pick<Taught, "classifier" | "packed"> {
  const random = seededRandom(SEED, "shuffle");
  const weights = train(samples.map(exampleOf), () => random.next(), SETTINGS);
  const packed = packWeights(weights, 1);
  return { classifier: unpackWeights(packed), packed };
}

/** The part a sample is kept out with while the first opinion is formed that the second is taught by. */
const partOf = (sample: Sample): number => fifthOf(`second opinion ${sample.family}`);

/**
 * Learns a corpus. For each fifth of the families a first opinion and an index are made without it; what they say of
 * that fifth, beside what is known in plain words, teaches the second opinion. The first is then made from all.
 */
export function learn(corpus: Corpus, strangeWords: readonly string[]): Taught {
  const samples = gather(corpus, strangeWords);
  const lessons: Lesson[] = [];
  for (let part = 0; part < 5; part++) {
    const { classifier } = firstOpinion(samples.filter((s) => partOf(s) !== part));
    const index = indexModels(readModels(packIndex(withoutPart(corpus, part))));
    for (const sample of samples)
      if (partOf(sample) === part)
        lessons.push({
          evidence: lookAt(sample.line, { classifier, index }).evidence,
          label: LINE_CLASSES.indexOf(sample.label),
          weight: sample.weight,
        });
  }
  const random = seededRandom(SEED, "second opinion");
  const taught = teachOpinion(lessons, () => random.next(), OPINION_SETTINGS);
  const real = lessons.filter((lesson) => lesson.weight === REAL && lesson.evidence.facts.includes(NAMELESS));
  const opinion = { ...taught, nameless_temperature: fitTemperature(taught, real) };
  return { ...firstOpinion(samples), opinion };
}

/** The temperature under which lines that were really written, and name no model, are given their true probability. */
function fitTemperature(opinion: SecondOpinion, lessons: readonly Lesson[]): number {
  let best = { temperature: 1, loss: Number.POSITIVE_INFINITY };
  for (let t = 1; t <= 2.001; t += 0.05) {
    const tried = { ...opinion, nameless_temperature: t };
    let loss = 0;
    for (const { evidence, label } of lessons)
      loss -= Math.log(Math.max(1e-9, secondOpinion(tried, evidence)[label] ?? 0));
    if (loss < best.loss) best = { temperature: Math.round(t * 100) / 100, loss };
  }
  return best.temperature;
}

function withoutPart(corpus: Corpus, part: number): Corpus {
  const kept = (family: string): boolean => fifthOf(`second opinion ${family}`) !== part;
  return {
    lines: corpus.lines.filter((s) => kept(s.family)),
    drives: corpus.drives.filter((d) => kept(d.family)),
    computers: corpus.computers.filter((c) => kept(familyOf(`${c.vendor} ${c.model}`))),
    apple: corpus.apple.filter((a) => kept(familyOf(a.model))),
  };
}
