import { z } from "zod";
import { command } from "../../src/app/core/use-case.ts";
import { done } from "../../src/quantity/index.ts";

/** Whom a command concerns is said with it: one that says nothing would be open to everyone, unseen. */
const forgotten = {
  room: "settle",
  verb: "forgive",
  summary: "A command that does not say whom it concerns.",
  input: z.strictObject({ lot: z.string() }),
  example: { lot: "L-1" },
  decide: async () => done({ entries: [], answer: {} }),
} as const;
export const forgive = command(forgotten); // must not compile: TS2741
