import { existsSync } from "node:fs";
import { findModels, indexModels, readModels } from "../src/identify/classify/model-index.ts";
import { WEIGHTS } from "../src/identify/classify/weights.ts";
import { identifyLine } from "../src/identify/line/identify-line.ts";
import { readLine } from "../src/identify/reading/reading.ts";
import { caseFile } from "../test/support/cases.ts";
import { readCorpus } from "../tools/identify/corpus.ts";
import { figuresOf, type Judged, type LineFigures, likeliest } from "../tools/identify/figures.ts";
import { FIFTHS, learnWithout, type Parting } from "../tools/identify/held-out.ts";
import { learn } from "../tools/identify/learn.ts";
import { packIndex } from "../tools/identify/pack-index.ts";
import { STRANGE_WORDS, UNLIKE_ANYTHING } from "../tools/identify/strange-words.ts";
import { ngramJudge, regexJudge } from "./identify-baselines.ts";
import { reliabilityPicture } from "./reliability-picture.ts";

const FOLDER = caseFile("identify");
export const lineDataIsThere = (): boolean => existsSync(`${FOLDER}/manifest_lines_dev.csv`);

interface Row {
  readonly what: string;
  readonly figure: string;
}
const three = (x: number): string => x.toFixed(3);

/** The figures of one way of judging lines, as rows of the table. */
function rowsOf(name: string, f: LineFigures): Row[] {
  return [
    {
      what: `${name}: ${f.lines} lines, fifteen classes`,
      figure: `accuracy ${three(f.accuracy)}, Brier ${three(f.brier)}, calibration error ${three(f.calibration)}`,
    },
    {
      what: `${name}: surest nine in ten; drives; computers`,
      figure: `accuracy ${three(f.surest)}; ${three(f.drives)}; ${three(f.computers)}`,
    },
    {
      what: `${name}: hard drives`,
      figure: `recall ${three(f.hddRecall)}, precision ${three(f.hddPrecision)}`,
    },
    {
      what: `${name}: lines without a model number`,
      figure: `Brier ${three(f.namelessBrier)}, calibration error ${three(f.namelessCalibration)}`,
    },
  ];
}

/** What is judged in one fifth: lines by three judges, clean drive strings, strange lines. */
export interface FifthJudged {
  readonly ours: readonly Judged[];
  readonly regex: readonly Judged[];
  readonly ngram: readonly Judged[];
  readonly strings: readonly DriveString[];
  readonly strange: readonly boolean[];
}
interface DriveString {
  readonly hdd: boolean;
  readonly p: number;
  readonly form: boolean | null;
  readonly size: boolean | null;
}

export function judgeFifth(parting: Parting, fifth: number, baselines: boolean): FifthJudged {
  const { learned, held, heldDrives, corpus, strangeWords } = learnWithout(FOLDER, parting, fifth);
  const judgedBy = (judge: (line: string) => Judged["classes"]): Judged[] =>
    held.map((s) => ({ label: s.label, nameless: s.nameless, classes: judge(s.line) }));
  return {
    ours: judgedBy((line) => identifyLine(line, {}, { learned }).classes),
    regex: baselines ? judgedBy(regexJudge) : [],
    ngram: baselines ? judgedBy(ngramJudge(corpus)) : [],
    strings: heldDrives.map((d) => {
      const { classes, drive } = identifyLine(d.model, {}, { learned });
      const size = drive?.capacity_bytes ?? 0;
      return {
        hdd: d.kind === "hdd",
        p: (classes.hdd + 1e-9) / (classes.hdd + classes.ssd + 2e-9),
        form: d.kind === "hdd" && d.form_factor !== "" ? drive?.form_factor === d.form_factor : null,
        size: d.capacity_bytes === null ? null : Math.abs(size / d.capacity_bytes - 1) <= 0.1,
      };
    }),
    strange: [...strangeWords, ...(fifth === 0 ? UNLIKE_ANYTHING : [])].map((line) => {
      const { classes } = identifyLine(line, {}, { learned });
      const top = likeliest(classes);
      return top === "unknown" || classes[top] < 0.6;
    }),
  };
}

const share = (all: readonly (boolean | null)[]): string => {
  const known = all.filter((x) => x !== null);
  return `${three(known.filter(Boolean).length / Math.max(1, known.length))} of ${known.length}`;
};

function stringFigures(strings: readonly DriveString[]): string {
  const right = strings.map((s) => s.p >= 0.5 === s.hdd);
  const brier = strings.reduce((sum, s) => sum + (s.p - (s.hdd ? 1 : 0)) ** 2, 0) / strings.length;
  const bins = Array.from({ length: 10 }, () => ({ said: 0, hdd: 0 }));
  for (const s of strings) {
    const bin = bins[Math.min(9, Math.floor(s.p * 10))];
    if (!bin) continue;
    bin.said += s.p;
    bin.hdd += s.hdd ? 1 : 0;
  }
  const ece = bins.reduce((sum, b) => sum + Math.abs(b.said - b.hdd), 0) / strings.length;
  return `${share(right)}, Brier ${brier.toFixed(4)}, calibration error ${three(ece)}`;
}

const named = (text: string): string => text.toUpperCase().replace(/\s+/g, " ").trim();

/** How often the listed model a line was written from is found again, of the lines that hold one. */
function retrieval(): Row {
  const corpus = readCorpus(FOLDER);
  const index = indexModels(readModels(packIndex(corpus)));
  const listed = new Set(index.models.map((m) => named(m.model)));
  const times: number[] = [];
  let [top1, top5, lines] = [0, 0, 0];
  for (const s of corpus.lines) {
    if (s.nameless || !listed.has(named(s.model))) continue;
    const started = performance.now();
    const found = findModels(index, readLine(s.line).words.join(" ")).map((c) => named(c.known.model));
    times.push(performance.now() - started);
    lines++;
    if (found[0] === named(s.model)) top1++;
    if (found.includes(named(s.model))) top5++;
  }
  times.sort((a, b) => a - b);
  return {
    what: `the listed model of a line found among ${index.models.length}, ${lines} lines`,
    figure: `first ${three(top1 / lines)}, in five ${three(top5 / lines)}, 95 in 100 under ${(times[Math.floor(times.length * 0.95)] ?? 0).toFixed(2)} ms`,
  };
}

/** The time training takes, and that it makes the same each time. */
function trainingRow(): Row {
  const started = performance.now();
  const once = learn(readCorpus(FOLDER), STRANGE_WORDS);
  const seconds = (performance.now() - started) / 1000;
  const same = once.packed.characters === WEIGHTS.characters;
  return {
    what: "training of all that is shipped, from the folder of lines",
    figure: `${seconds.toFixed(1)} s, ${same ? "the shipped weights again" : "not the shipped weights"}`,
  };
}

/** The figures of knowledge on held-out lines, each fifth of the families judged by what was learned without it. */
export function heldOutRows(draw: (name: string, svg: string) => void): Row[] {
  const fifths = FIFTHS.map((fifth) => judgeFifth("families", fifth, true));
  const seen = FIFTHS.map((fifth) => judgeFifth("models", fifth, false));
  const ours = fifths.flatMap((f) => f.ours);
  draw("identify-reliability", reliabilityPicture("All lines, families never seen", ours));
  draw(
    "identify-reliability-nameless",
    reliabilityPicture(
      "Lines without a model number",
      ours.filter((j) => j.nameless),
    ),
  );
  return [
    ...rowsOf("families never seen", figuresOf(ours)),
    ...rowsOf("same lines, regular expressions", figuresOf(fifths.flatMap((f) => f.regex))),
    ...rowsOf("same lines, logistic regression over n-grams", figuresOf(fifths.flatMap((f) => f.ngram))),
    ...rowsOf("models never seen, families may be", figuresOf(seen.flatMap((f) => f.ours))),
    { what: "drive strings, families never seen", figure: stringFigures(fifths.flatMap((f) => f.strings)) },
    { what: "drive strings, families may be seen", figure: stringFigures(seen.flatMap((f) => f.strings)) },
    {
      what: "drive strings, families never seen: form factor of hard drives",
      figure: share(fifths.flatMap((f) => f.strings.map((s) => s.form))),
    },
    {
      what: "drive strings, families never seen: size within 10 %",
      figure: share(fifths.flatMap((f) => f.strings.map((s) => s.size))),
    },
    {
      what: "strange lines said to be unknown or below 0.6, their words never seen",
      figure: share(fifths.flatMap((f) => f.strange)),
    },
    retrieval(),
    trainingRow(),
  ];
}
