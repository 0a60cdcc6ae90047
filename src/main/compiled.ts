import { enableCompileCache } from "node:module";
import { fileURLToPath } from "node:url";

/**
 * Compiled code is kept between runs, for this thread and those it starts: most of a short command's time, and of a thread's
 * start, is reading the program's own source. Where the folder cannot be written, nothing is kept and everything works.
 */
export function keepCompiled(): void {
  const folder = fileURLToPath(new URL("../../node_modules/.cache/didym", import.meta.url));
  process.env["NODE_COMPILE_CACHE"] ??= folder;
  enableCompileCache(folder);
}
