import type { Scope } from "../../src/app/core/use-case.ts";

/** What decides cannot write: entries are returned, and written all or none. */
export const sneak = (scope: Scope) => scope.store.append; // must not compile: TS2339
