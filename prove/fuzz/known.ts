import type { Dice } from "../../src/sample/dice.ts";

/** So many values of a name are remembered, and so many words of any. */
const OF_A_NAME_MAX = 200;
const WORDS_MAX = 5000;
const WORD_LENGTH_MAX = 80;

/** What stands on the books and in examples, by the name of its field: inputs made of it get past the first refusals. */
export class Known {
  private readonly byName = new Map<string, Set<unknown>>();
  private readonly words = new Set<string>();
  private lists = new Map<string, readonly unknown[]>();
  private allWords: readonly string[] = [];

  learn(value: unknown, name = ""): void {
    if (Array.isArray(value)) {
      for (const item of value) this.learn(item, name);
      return;
    }
    if (typeof value === "object" && value !== null) {
      for (const [inner, of] of Object.entries(value)) this.learn(of, inner);
      return;
    }
    const values = this.byName.get(name) ?? new Set();
    if (values.size < OF_A_NAME_MAX) values.add(value);
    this.byName.set(name, values);
    const short = typeof value === "string" && value.length <= WORD_LENGTH_MAX;
    if (short && this.words.size < WORDS_MAX) this.words.add(value);
    this.lists.clear();
    this.allWords = [];
  }

  /** A value that some field of this name holds. */
  of(dice: Dice, name: string): unknown {
    const held = this.lists.get(name) ?? [...(this.byName.get(name) ?? [])];
    this.lists.set(name, held);
    return held.length === 0 ? undefined : dice.pick(held);
  }

  word(dice: Dice): string {
    if (this.allWords.length === 0) this.allWords = [...this.words];
    return dice.pick(this.allWords);
  }
}
