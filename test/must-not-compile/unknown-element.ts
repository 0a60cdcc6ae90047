import type { Element } from "../../src/chemistry/index.ts";

/** An element is a symbol that has an atomic weight on file. */
export const element: Element = "Dd"; // must not compile: TS2322
