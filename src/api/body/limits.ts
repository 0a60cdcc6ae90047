import type { UseCase } from "../../app/core/use-case.ts";

const MB = 1024 * 1024;

/** How large a body may be: as bytes, and as items, fields, lists and objects together. */
export interface BodyLimits {
  readonly bytes: number;
  readonly parts: number;
}

/** What a person or a scale says. A stocktake of ten thousand lots is nearly so large. */
const SAID: BodyLimits = { bytes: MB, parts: 100_000 };
/** What is only asked for: to end this, to make that anew. */
const ASKED: BodyLimits = { bytes: MB / 16, parts: 1000 };
/** Long work is kept as it was asked for, a file within it as one text. */
const KEPT: BodyLimits = { bytes: 16 * MB, parts: 100_000 };
/** Files and measurements: a manifest of 50,000 rows is a quarter of it. */
const MEASURED: BodyLimits = { bytes: 16 * MB, parts: 250_000 };

/** The limits of a use case's body, by what it takes. */
export function limitsOf(useCase: UseCase): BodyLimits {
  const { type, raw, files, long } = useCase;
  if (type === "action") return useCase.carries ? KEPT : ASKED;
  return type === "calculation" || raw !== undefined || files !== undefined || long ? MEASURED : SAID;
}
