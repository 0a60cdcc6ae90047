import { createHash } from "node:crypto";
import type { Batch, NewEntry } from "../app/core/ports.ts";

/** What the last entry of a batch seals of the request it was written for (P70): no fold reads it, the audit does. */
export interface ForRequest {
  /** The digest that tells a repeat of the request from a reuse of its key. */
  readonly asked: string;
  /** SHA-256 of the exact text of the answer. */
  readonly answered: string;
}

export const answerText = ({ answer }: Pick<Batch, "answer">): string => JSON.stringify(answer ?? null);

export const digestOfAnswer = (text: string): string => createHash("sha256").update(text).digest("hex");

/** The entries of a batch, of which the last says what was asked and answered. */
export function entriesForRequest(batch: Batch): readonly NewEntry[] {
  const for_request: ForRequest = { asked: batch.request, answered: digestOfAnswer(answerText(batch)) };
  return batch.entries.map((entry, i) =>
    i === batch.entries.length - 1 ? { ...entry, body: { ...entry.body, for_request } } : entry,
  );
}

/** What an entry seals of its request; undefined in books of before it was kept. */
export function forRequestOf(body: Readonly<Record<string, unknown>>): ForRequest | undefined {
  const said = body["for_request"] as Partial<ForRequest> | undefined;
  return typeof said?.asked === "string" && typeof said.answered === "string"
    ? { asked: said.asked, answered: said.answered }
    : undefined;
}
