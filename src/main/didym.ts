import { enableCompileCache } from "node:module";
import { fileURLToPath } from "node:url";

// Compiled code is kept between runs: most of a short command's time is reading its own source. Where the folder
// cannot be written, nothing is kept and everything works.
enableCompileCache(fileURLToPath(new URL("../../node_modules/.cache/didym", import.meta.url)));

const { commandLine } = await import("./command-line.ts");
process.exitCode = await commandLine(process.argv.slice(2));
