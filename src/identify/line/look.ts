import { type Classifier, classProbabilities } from "../classify/classifier.ts";
import { type Evidence, evidenceOf } from "../classify/evidence.ts";
import { type Features, featuresOf } from "../classify/features.ts";
import { type Candidate, findModels, type ModelIndex, numberedModel } from "../classify/model-index.ts";
import type { SecondOpinion } from "../classify/second-opinion.ts";
import { type LineReading, readLine } from "../reading/reading.ts";

/** What a reader of lines has learned: the first opinion, the second, and the listed models a line may name. */
export interface Learned {
  readonly classifier: Classifier;
  readonly opinion: SecondOpinion;
  readonly index: ModelIndex;
}

/** A line as it was read, with all that speaks for one class or another. */
export interface Look {
  readonly reading: LineReading;
  readonly features: Features;
  readonly plain: string;
  readonly known: readonly Candidate[];
  readonly evidence: Evidence;
}

/** Reads a line and gathers the evidence, without a verdict. */
export function lookAt(text: string, learned: Pick<Learned, "classifier" | "index">): Look {
  const reading = readLine(text);
  const features = featuresOf(reading);
  const plain = reading.words.join(" ");
  const numbered = numberedModel(learned.index, reading.words);
  const known = numbered ? [numbered] : reading.words.length === 0 ? [] : findModels(learned.index, plain);
  const first = classProbabilities(learned.classifier, features.buckets);
  return { reading, features, plain, known, evidence: evidenceOf(reading, features.drive, known, first) };
}
