import type { Scope } from "../../src/app/core/use-case.ts";

/** A collection is named as the books name it: "promise" instead of "promises" would find nothing and check nothing. */
export const promised = (scope: Scope, lot: string) => scope.get("promise", lot); // must not compile: TS2345
