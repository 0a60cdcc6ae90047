import type { Answer } from "../../src/app/use-cases.ts";

/** A use case is named by a path that there is. */
export type Allocated = Answer<"orders/alocate">; // must not compile: TS2344
