import type { Agreement } from "../../src/settle/index.ts";

/** A charge per kilogram says of what: a lot of magnets and the oxide made of it differ by three. */
export const toll: Agreement["toll"] = { amount_per_kg: "30" }; // must not compile: TS2741
