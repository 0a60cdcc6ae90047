import type { RefusalCode } from "../../src/api/statuses.ts";

/** Only what some use case or face refuses with has a status; each of these must have one (`src/api/statuses.ts`). */
export const codes: readonly RefusalCode[] = ["lot_unknown", "lot_lost"]; // must not compile: TS2322
