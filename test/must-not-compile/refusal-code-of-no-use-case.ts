import type { RefusalAt } from "../../src/app/use-cases.ts";

/** What a use case may refuse with is known by its path, exactly. */
export const code: RefusalAt<"orders/allocate">["code"] = "passport_missing"; // must not compile: TS2322
