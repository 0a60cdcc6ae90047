import { z } from "zod";
import { GENESIS } from "../../ledger/index.ts";
import { done } from "../../quantity/index.ts";
import { query } from "../core/use-case.ts";

export const head = query({
  room: "ledger",
  verb: "head",
  line: true,
  summary:
    "The last entry of the log, by its number and hash: noted elsewhere, it finds whatever is written anew, set back or cut off.",
  input: z.strictObject({}),
  example: {},
  async answer(ports) {
    const last = await ports.store.head();
    return done(
      last ? { seq: last.seq, hash: last.hash, time: last.time } : { seq: 0, hash: GENESIS, time: null },
    );
  },
});
