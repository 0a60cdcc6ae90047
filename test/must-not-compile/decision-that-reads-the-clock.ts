import type { Scope } from "../../src/app/core/use-case.ts";

/** A decision knows one instant, `now`, so that deciding again gives the same. */
export const later = (scope: Scope) => scope.ports.clock; // must not compile: TS2339
