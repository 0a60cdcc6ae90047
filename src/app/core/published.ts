import { readFileSync } from "node:fs";
import type { UseCase } from "./use-case.ts";

export type Json = Readonly<Record<string, unknown>>;

interface Published {
  readonly answers: Readonly<Record<string, Json>>;
  readonly refusals: Readonly<Record<string, Readonly<Record<string, Json>>>>;
  readonly definitions: Readonly<Record<string, Json>>;
}

let read: Published | undefined;

/** Schemas written down from the types of the use cases (`npm run publish-types`); read when they are first asked for. */
export function published(): Published {
  read ??= JSON.parse(
    readFileSync(new URL("../../contract/published.json", import.meta.url), "utf8"),
  ) as Published;
  return read;
}

const pathOf = ({ room, verb }: Pick<UseCase, "room" | "verb">) => `${room}/${verb}`;

/** What a use case answers, as JSON Schema; one that is not on the list has none. */
export const answerSchema = (useCase: Pick<UseCase, "room" | "verb">): Json =>
  published().answers[pathOf(useCase)] ?? {};

/** The codes a use case may refuse with beside the common ones, each with what else such a refusal names. */
export const refusalsOf = (useCase: Pick<UseCase, "room" | "verb">): Readonly<Record<string, Json>> =>
  published().refusals[pathOf(useCase)] ?? {};
