// Which files read a module, themselves or through others.
import { existsSync, readFileSync } from "node:fs";
import { dirname, resolve } from "node:path";

const IMPORTED = /(?:\bfrom|\bimport|\bimport\()\s*["'](\.{1,2}\/[^"']+)["']/g;

/** Those of the files that import the module at any depth. */
export function readersOf(module: string, files: readonly string[]): string[] {
  const wanted = resolve(module);
  const imports = new Map<string, readonly string[]>();
  const importsOf = (file: string): readonly string[] => {
    const known = imports.get(file);
    if (known) return known;
    const text = existsSync(file) ? readFileSync(file, "utf8") : "";
    const found = [...text.matchAll(IMPORTED)].map((match) => resolve(dirname(file), match[1] ?? ""));
    imports.set(file, found);
    return found;
  };
  return files.filter((file) => {
    const seen = new Set([resolve(file)]);
    // A set that grows while it is walked is walked to its end.
    for (const one of seen) for (const next of importsOf(one)) seen.add(next);
    return seen.has(wanted);
  });
}
