import type { Answer } from "../../src/app/use-cases.ts";

/** What a use case answers is what its function returns: a field that was renamed there is missed here. */
export const mass = (answer: Answer<"orders/allocate">) => answer.mass_kg; // must not compile: TS2551
