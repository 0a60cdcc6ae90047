import type { OrderRefusal } from "../../src/orders/index.ts";
import { refuse } from "../../src/quantity/index.ts";
import type { Result } from "../../src/quantity/result.ts";

/** A room refuses only with the codes it has said it refuses with. */
export function promise(): Result<number, OrderRefusal> {
  return refuse("alredy_promised", "mass", "a misspelt code"); // must not compile: TS2322
}
