import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { WEIGHTS } from "../../src/identify/classify/weights.ts";
import { identifyLine } from "../../src/identify/index.ts";
import { caseFile, skipWithout } from "../../test/support/cases.ts";
import { readCorpus } from "./corpus.ts";
import { figuresOf } from "./figures.ts";
import { learnWithout } from "./held-out.ts";
import { learn } from "./learn.ts";
import { STRANGE_WORDS } from "./strange-words.ts";

const folder = caseFile("identify");
const skip = skipWithout(caseFile("identify", "manifest_lines_dev.csv"));

describe("I23: training", { skip }, () => {
  it("I23: the shipped weights are what training makes", () => {
    const { packed } = learn(readCorpus(folder), STRANGE_WORDS);
    assert.deepEqual({ ...packed }, { ...WEIGHTS });
  });

  it("I23: lines of families not seen: accuracy at least 0.88, Brier at most 0.17, drives 0.94", () => {
    const { learned, held } = learnWithout(folder, "families", 0);
    const figures = figuresOf(
      held.map((s) => ({ ...s, classes: identifyLine(s.line, {}, { learned }).classes })),
    );
    const said = JSON.stringify(figures);
    assert.ok(figures.accuracy >= 0.88 && figures.brier <= 0.17 && figures.drives >= 0.94, said);
  });

  it("I23: rows that stem from smartmontools do not teach", () => {
    assert.ok(readCorpus(folder, true).lines.length > readCorpus(folder).lines.length + 400);
  });

  it("I23: of the lines learned from and of smartmontools at least nine in ten are read right", () => {
    const lines = readCorpus(folder, true).lines;
    const right = lines.filter((sample) => identifyLine(sample.line).class === sample.label).length;
    assert.ok(right > 0.9 * lines.length, `${right} of ${lines.length}`);
  });
});
