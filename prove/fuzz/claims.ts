import { CODES_BY_STATUS } from "../../src/api/statuses.ts";
import { isFreeText } from "../../src/quantity/index.ts";
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
function withoutFreeText(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutFreeText);
  if (typeof value !== "object" || value === null) return value;
  const named = Object.entries(value).filter(([name]) => !isFreeText(name));
  return Object.fromEntries(named.map(([name, inner]) => [name, withoutFreeText(inner)]));
}

/** The answer is one that was published: never a fault, a refusal with its code and status, an answer of its shape. */
export function checkAnswer(ask: Ask, { status, text }: Told, { deep }: { readonly deep: boolean }): void {
  const path = `${ask.useCase.room}/${ask.useCase.verb}`;
  const body = readJson(path, status, text);
  if (status >= 400) {
    const { code } = body as { code?: unknown };
    if (status >= 500 && !FULL.has(String(code)))
      throw new Broken(`${path} ${status}`, `it answered ${status}`);
    const lawful = (CODES_BY_STATUS as Readonly<Record<number, readonly string[]>>)[status] ?? [];
    // The parser's own refusal of an address that is too long stands before the API.
    if (!lawful.includes(String(code)) && code !== "headers_too_large")
      throw new Broken(`${path} ${status} ${code}`, `${code} is no code of ${status}`);
    return;
  }
  const odd = deep && unpublishedIn(path, body).length > 0 ? unpublishedIn(path, withoutFreeText(body)) : [];
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

const INSTANT = /\d{4}-\d\d-\d\dT[\d:.]+Z/g;
const BEGUN = new Date().toISOString();

/** An answer without what is never twice the same: how long it took, when it was asked, and whether it was given before. */
function lasting({ status, text }: Told): string {
  const body = JSON.parse(text) as Record<string, unknown>;
  const { run, repeated: _, ...rest } = Array.isArray(body) ? { all: body } : (body as Json);
  const { seconds: __, ...ran } = (run ?? {}) as Json;
  const kept = JSON.stringify([rest, ran]).replace(INSTANT, (at) => (at > BEGUN ? "now" : at));
  return `${status >= 400 ? status : "done"} ${kept}`;
}

type Json = Record<string, unknown>;

export function checkAlike(ask: Ask, first: Told, again: Told): void {
  const [one, other] = [lasting(first), lasting(again)];
  if (one === other) return;
  const path = `${ask.useCase.room}/${ask.useCase.verb}`;
  throw new Broken(
    `${path} twice`,
    `asked twice it answered ${one.slice(0, 500)} and then ${other.slice(0, 500)}`,
  );
}
