import { keepCompiled } from "./compiled.ts";

keepCompiled();
const { commandLine } = await import("./command-line.ts");
process.exitCode = await commandLine(process.argv.slice(2));
