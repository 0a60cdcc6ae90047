import { readFileSync, writeFileSync } from "node:fs";
import { cpus, totalmem } from "node:os";

const PAGE = "docs/benchmarks.md";

export const machine = (): string =>
  `${cpus()[0]?.model ?? "unknown processor"}, ${cpus().length} cores, ${Math.round(totalmem() / 2 ** 30)} GB, Node ${process.version}`;

export const today = (): string => new Date().toISOString().slice(0, 10);

const sectionsOf = (page: string): string[] => page.split(/^## /m).map((text) => text.trimEnd());

/** The text of a section under its heading; nothing where there is none. */
export function readSection(name: string): string {
  const found = sectionsOf(readFileSync(PAGE, "utf8")).find((text) => text.startsWith(`${name}\n`));
  return found?.slice(name.length).trim() ?? "";
}

/** Replaces a section, or adds it at the end; the others stay as they are. */
export function writeSection(name: string, text: string): void {
  const sections = sectionsOf(readFileSync(PAGE, "utf8"));
  const at = sections.findIndex((section) => section.startsWith(`${name}\n`));
  sections.splice(at < 0 ? sections.length : at, 1, `${name}\n\n${text.trim()}`);
  writeFileSync(PAGE, `${sections.join("\n\n## ")}\n`);
}
