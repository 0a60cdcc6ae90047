import { indexModels, readModels } from "../../src/identify/classify/model-index.ts";
import type { Learned } from "../../src/identify/line/look.ts";
import { type Corpus, type DriveRow, familyOf, fifthOf, readCorpus, type Sample } from "./corpus.ts";
import { learn } from "./learn.ts";
import { packIndex } from "./pack-index.ts";
import { STRANGE_WORDS } from "./strange-words.ts";

/** How the data is parted: whole families never seen, or single models of families that may be seen. */
export type Parting = "families" | "models";

export const FIFTHS = [0, 1, 2, 3, 4] as const;

const keyOf = (parting: Parting, family: string, model: string): string =>
  parting === "families" ? family : `model ${model}`;

/** The corpus without one fifth: not its lines, not its model strings, not its strange words. */
export function without(corpus: Corpus, parting: Parting, fifths: readonly number[]): Corpus {
  const kept = (family: string, model: string): boolean =>
    !fifths.includes(fifthOf(keyOf(parting, family, model)));
  return {
    lines: corpus.lines.filter((s) => kept(s.family, s.model)),
    drives: corpus.drives.filter((d) => kept(d.family, d.model)),
    computers: corpus.computers.filter((c) =>
      kept(familyOf(`${c.vendor} ${c.model}`), `${c.vendor} ${c.model}`),
    ),
    apple: corpus.apple.filter((a) => kept(familyOf(a.model), a.model)),
  };
}

/** What was learned without a fifth, and what that fifth holds. */
export interface HeldOut {
  readonly learned: Learned;
  readonly corpus: Corpus;
  readonly held: readonly Sample[];
  readonly heldDrives: readonly DriveRow[];
  readonly strangeWords: readonly string[];
}

/** What is learned without a fifth; its temperature comes from another fifth than the one that judges. */
export function learnWithout(folder: string, parting: Parting, fifth: number): HeldOut {
  const all = readCorpus(folder);
  const tested = readCorpus(folder, true);
  const words = STRANGE_WORDS.filter((word) => fifthOf(word) !== fifth);
  const corpus = without(all, parting, [fifth]);
  const { classifier, opinion } = learn(corpus, words);
  return {
    learned: { classifier, opinion, index: indexModels(readModels(packIndex(corpus))) },
    corpus,
    held: tested.lines.filter((s) => fifthOf(keyOf(parting, s.family, s.model)) === fifth),
    heldDrives: tested.drives.filter((d) => fifthOf(keyOf(parting, d.family, d.model)) === fifth),
    strangeWords: STRANGE_WORDS.filter((word) => fifthOf(word) === fifth),
  };
}
