import type { Ports } from "../../src/app/core/ports.ts";

/** Keys sign and say who they are; nobody is handed the secret. */
export const secret = (ports: Ports) => ports.keys.secretOf("sample-refiner"); // must not compile: TS2339
