import { readText } from "../cli/index.ts";
import { headInWord, readHeadOrHeads, readHeads } from "../store/read-heads.ts";

/** Heads that were noted in a file, one JSON a line; `-` is standard input. */
export async function headsOfFile(file: string, stdin: AsyncIterable<Uint8Array>) {
  const text = await readText(file, stdin);
  return text.ok ? readHeads(text.value, file) : text;
}

/** A head as a word, or the head or heads in the file that it names. */
export async function headsOfWord(word: string, stdin: AsyncIterable<Uint8Array>) {
  const inWord = headInWord(word);
  if (inWord) return inWord;
  const text = await readText(word, stdin);
  return text.ok ? readHeadOrHeads(text.value, word) : text;
}
