import type { Scope } from "../../src/app/core/use-case.ts";

/** A collection is named as the books name it: "takings" instead of "taking" would find nothing and check nothing. */
export const promised = (scope: Scope, lot: string) => scope.get("takings", lot); // must not compile: TS2345
