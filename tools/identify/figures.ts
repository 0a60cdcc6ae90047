import { LINE_CLASSES, type LineClass } from "../../src/identify/classify/classes.ts";

/** One judged line: what it is, and what was said of it. */
export interface Judged {
  readonly label: LineClass;
  readonly classes: Readonly<Record<LineClass, number>>;
  readonly nameless: boolean;
}

export interface Bin {
  readonly said: number;
  readonly right: number;
  readonly count: number;
}

const BINS = 10;
const isDrive = (label: LineClass): boolean => label === "hdd" || label === "ssd";

export function likeliest(classes: Judged["classes"]): LineClass {
  let top: LineClass = "unknown";
  for (const name of LINE_CLASSES) if (classes[name] > classes[top]) top = name;
  return top;
}

/** Share of lines whose likeliest class is the true one. */
export const accuracyOf = (judged: readonly Judged[]): number =>
  judged.filter((j) => likeliest(j.classes) === j.label).length / Math.max(1, judged.length);

/** The Brier score of all classes together (Brier 1950): 0 is perfect, 2 the worst. */
export function brierOf(judged: readonly Judged[]): number {
  let sum = 0;
  for (const { label, classes } of judged)
    for (const name of LINE_CLASSES) sum += (classes[name] - (name === label ? 1 : 0)) ** 2;
  return sum / Math.max(1, judged.length);
}

/** Lines by how sure was said, ten bins of equal width, with how often that was right. */
export function reliability(judged: readonly Judged[]): Bin[] {
  const bins = Array.from({ length: BINS }, () => ({ said: 0, right: 0, count: 0 }));
  for (const { label, classes } of judged) {
    const top = likeliest(classes);
    const bin = bins[Math.min(BINS - 1, Math.floor(classes[top] * BINS))];
    if (!bin) continue;
    bin.said += classes[top];
    bin.right += top === label ? 1 : 0;
    bin.count++;
  }
  return bins
    .filter((bin) => bin.count > 0)
    .map((bin) => ({ said: bin.said / bin.count, right: bin.right / bin.count, count: bin.count }));
}

/** Expected calibration error: the mean distance of what was said from what came true. */
export function calibrationError(judged: readonly Judged[]): number {
  let sum = 0;
  for (const bin of reliability(judged)) sum += Math.abs(bin.said - bin.right) * bin.count;
  return sum / Math.max(1, judged.length);
}

/** Accuracy on the surest nine lines in ten. */
export function surestAccuracy(judged: readonly Judged[], share = 0.9): number {
  const top = (j: Judged): number => j.classes[likeliest(j.classes)];
  const sorted = [...judged].sort((a, b) => top(b) - top(a));
  return accuracyOf(sorted.slice(0, Math.round(sorted.length * share)));
}

export interface LineFigures {
  readonly lines: number;
  readonly accuracy: number;
  readonly brier: number;
  readonly calibration: number;
  readonly surest: number;
  readonly drives: number;
  readonly computers: number;
  readonly hddRecall: number;
  readonly hddPrecision: number;
  readonly namelessBrier: number;
  readonly namelessCalibration: number;
}

/** All figures of a set of judged lines. */
export function figuresOf(judged: readonly Judged[]): LineFigures {
  const said = judged.filter((j) => likeliest(j.classes) === "hdd");
  const hard = judged.filter((j) => j.label === "hdd");
  const both = said.filter((j) => j.label === "hdd").length;
  const nameless = judged.filter((j) => j.nameless);
  return {
    lines: judged.length,
    accuracy: accuracyOf(judged),
    brier: brierOf(judged),
    calibration: calibrationError(judged),
    surest: surestAccuracy(judged),
    drives: accuracyOf(judged.filter((j) => isDrive(j.label))),
    computers: accuracyOf(
      judged.filter((j) => ["notebook", "desktop", "server", "all_in_one"].includes(j.label)),
    ),
    hddRecall: both / Math.max(1, hard.length),
    hddPrecision: both / Math.max(1, said.length),
    namelessBrier: brierOf(nameless),
    namelessCalibration: calibrationError(nameless),
  };
}
