import { z } from "zod";
import { readPlainJson } from "../contract/plain-input.ts";
import { done, type Refusal, type Result, readStrictly, refuse } from "../quantity/index.ts";
import type { NotedHead } from "./noted-heads.ts";

/** What `ledger head` answers; the time is said by the hash too, and is not looked at. */
const HeadShape = z.strictObject({
  seq: z.number().int().min(0).max(Number.MAX_SAFE_INTEGER),
  hash: z.string().regex(/^[0-9a-f]{64}$/, "64 hexadecimal digits, as `ledger head` answers them"),
  time: z.string().nullable().optional(),
});

export type HeadsRefusal = Refusal<
  "heads_missing" | "json_malformed" | "json_ambiguous" | "input_malformed" | "field_unknown"
>;

/**
 * Heads as somebody noted them: one JSON `{seq, hash}` a line (P76). A line that is none is refused at its place, `line 3`; so is a
 * file that notes nothing, which would find nothing either.
 */
export function readHeads(text: string, file: string): Result<readonly NotedHead[], HeadsRefusal> {
  const heads: NotedHead[] = [];
  for (const [i, line] of text.split("\n").entries()) {
    if (line.trim() === "") continue;
    const read = readHead(line);
    if (!read.ok) return atLine(read.refusal, { file, line: i + 1 });
    heads.push(read.value);
  }
  return heads.length > 0 ? done(heads) : refuse("heads_missing", file, `${file} notes no head`);
}

function readHead(line: string): Result<NotedHead, HeadsRefusal> {
  const json = readPlainJson(line, "");
  if (!json.ok) return json;
  const read = readStrictly(HeadShape, json.value);
  return read.ok ? done({ seq: read.value.seq, hash: read.value.hash }) : read;
}

function atLine(refusal: HeadsRefusal, { file, line }: { readonly file: string; readonly line: number }) {
  const inside = refusal.at === "" || refusal.at === "input" ? "" : `.${refusal.at}`;
  return {
    ok: false as const,
    refusal: {
      ...refusal,
      at: `line ${line}${inside}`,
      message: `${file}, line ${line}: ${refusal.message}`,
    },
  };
}

const PLAIN = /^(\d{1,15}):([0-9a-f]{64})$/;

/** One head as a word of the command line: `seq:hash`, or the JSON itself. Undefined where it is neither, and may be a file. */
export function headInWord(word: string): Result<readonly NotedHead[], HeadsRefusal> | undefined {
  const plain = PLAIN.exec(word.trim());
  if (plain) return done([{ seq: Number(plain[1]), hash: String(plain[2]) }]);
  return word.trim().startsWith("{") ? readHeadOrHeads(word, "--head") : undefined;
}

/** One JSON, on however many lines, or one a line. */
export function readHeadOrHeads(text: string, file: string): Result<readonly NotedHead[], HeadsRefusal> {
  const whole = readHead(text);
  return whole.ok ? done([whole.value]) : readHeads(text, file);
}
