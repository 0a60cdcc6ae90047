import { CODES_BY_STATUS } from "../../src/api/statuses.ts";
import { unpublishedIn } from "../../test/support/published-answers.ts";
import type { Ask } from "./ask.ts";

/** What came back. */
export interface Told {
  readonly status: number;
  readonly text: string;
}

/** A claim that did not hold. Faults of one kind are one. */
export class Broken extends Error {
  override readonly name = "Broken";
  readonly kind: string;

  constructor(kind: string, message: string) {
    super(message);
    this.kind = kind;
  }
}

/** Refusals for want of room or time, which are no faults. */
const FULL = new Set(["too_busy", "too_many_jobs"]);

/** What was said with an entry may be shown with what it folds to. */
const FREE_TEXT = /"additionalProperty":"(?:note|_[^"]*)"/;

/** The answer is one that was published: never a fault, a refusal with its code and status, an answer of its shape. */
export function checkAnswer(ask: Ask, { status, text }: Told, { deep }: { readonly deep: boolean }): void {
  const path = `${ask.useCase.room}/${ask.useCase.verb}`;
  const body = readJson(path, status, text);
  if (status >= 400) {
    const { code } = body as { code?: unknown };
    if (status >= 500 && !FULL.has(String(code)))
      throw new Broken(`${path} ${status}`, `it answered ${status}`);
    const lawful = (CODES_BY_STATUS as Readonly<Record<number, readonly string[]>>)[status] ?? [];
    if (!lawful.includes(String(code)))
      throw new Broken(`${path} ${status} ${code}`, `${code} is no code of ${status}`);
    return;
  }
  const odd = deep ? unpublishedIn(path, body).filter((one) => !FREE_TEXT.test(one)) : [];
  if (odd.length > 0) throw new Broken(odd[0]?.replace(/\d+/g, "N") ?? path, odd.join("; "));
}

function readJson(path: string, status: number, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new Broken(
      `${path} no JSON`,
      `it answered ${status} with what is no JSON: ${text.slice(0, 200)} (${cause})`,
    );
  }
}

/** An answer without what is never twice the same: how long it took, when it was asked, and whether it was given before. */
export function lasting({ status, text }: Told): string {
  const body = JSON.parse(text) as Record<string, unknown>;
  const {
    run,
    repeated: _,
    ...rest
  } = Array.isArray(body) ? { all: body, run: undefined, repeated: undefined } : body;
  const { seconds: __, ...ran } = (run ?? {}) as Record<string, unknown>;
  return `${status >= 400 ? status : "done"} ${JSON.stringify([rest, ran])}`;
}

export function checkAlike(ask: Ask, first: Told, again: Told): void {
  const [one, other] = [lasting(first), lasting(again)];
  if (one === other) return;
  const path = `${ask.useCase.room}/${ask.useCase.verb}`;
  throw new Broken(
    `${path} twice`,
    `asked twice it answered ${one.slice(0, 500)} and then ${other.slice(0, 500)}`,
  );
}
