import type { BarePorts } from "../../src/app/core/ports.ts";

/** A calculation is worked out from its input alone. */
export const peek = (ports: BarePorts) => ports.store; // must not compile: TS2339
