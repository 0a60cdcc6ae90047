/** A pure room imports nothing of Node. */
export { readFileSync } from "node:fs"; // must not compile: TS2591
