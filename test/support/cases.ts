// Where the worked cases are: a folder beside the checkout that a stranger's clone does not have.
import { existsSync } from "node:fs";
import { join, relative } from "node:path";

/** DIDYM_CASES names another folder; `npm test` names one that is not there when it runs the readers a second time. */
export const CASES =
  process.env["DIDYM_CASES"] ?? join(import.meta.dirname, "..", "..", "..", "shared", "cases");

export const caseFile = (...path: string[]): string => join(CASES, ...path);

/** For a test that reads a file of the cases: whether it is skipped, and why. */
export const skipWithout = (file: string): string | false =>
  !existsSync(file) && `the cases are not here: ${relative(CASES, file)}`;
