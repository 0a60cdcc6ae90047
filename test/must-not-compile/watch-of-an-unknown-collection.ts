import type { Scope } from "../../src/app/core/use-case.ts";

/** What is only watched is named as the books name it, too. */
export const watched = (scope: Scope, lot: string) => scope.watch("promise", lot); // must not compile: TS2345
