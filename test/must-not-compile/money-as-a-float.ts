import type { Agreement } from "../../src/settle/index.ts";

/** Amounts are decimal text: a binary float misses a splitting limit by its last digit. */
export const toll = (agreement: Agreement): Agreement["toll"] => ({
  ...agreement.toll,
  amount_per_kg: 22.4, // must not compile: TS2322
});
