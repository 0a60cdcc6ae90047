// What the tests of the documents read in them: blocks of code, words in backticks, links.
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

export const root = fileURLToPath(new URL("../..", import.meta.url));

/** The documents of the repository, by their paths from its root. */
export const documents = (): string[] =>
  ["*.md", "docs/**/*.md", "src/**/*.md", "test/**/*.md", "examples/**/*.md", "bench/**/*.md"]
    .flatMap((pattern) => globSync(pattern, { cwd: root }))
    .sort();

export const textOf = (file: string): string => readFileSync(join(root, file), "utf8");

export interface Block {
  readonly file: string;
  /** The line its first line of code stands on. */
  readonly line: number;
  readonly language: string;
  readonly code: string;
}

const FENCE = /^[ \t]*```(\w*)[^\n]*\n([\s\S]*?)^[ \t]*```[ \t]*$/gm;

export function blocksOf(file: string): Block[] {
  const text = textOf(file);
  return [...text.matchAll(FENCE)].map(({ index, 1: language = "", 2: code = "" }) => ({
    file,
    line: text.slice(0, index).split("\n").length + 1,
    language,
    code,
  }));
}

/** A document without its blocks of code, lines kept. */
export const proseOf = (file: string): string =>
  textOf(file).replace(FENCE, (found) => found.replace(/[^\n]/g, ""));

interface Found {
  readonly line: number;
  readonly text: string;
}

const eachIn = (text: string, pattern: RegExp): Found[] =>
  [...text.matchAll(pattern)].map((match) => ({
    line: text.slice(0, match.index).split("\n").length,
    text: match[1] ?? "",
  }));

export const spansOf = (file: string): Found[] => eachIn(proseOf(file), /`([^`\n]+)`/g);

/** Links within the repository; what stands behind `#` is left out. */
export const linksOf = (file: string): Found[] =>
  eachIn(proseOf(file), /\]\(([^)\s#]+)[^)]*\)/g).filter(({ text }) => !/^[a-z]+:/.test(text));
