import { z } from "zod";
import { done } from "../../quantity/index.ts";
import { query } from "../core/use-case.ts";
import { corrects } from "./corrections.ts";

export const entryKinds = query({
  room: "ledger",
  verb: "entry-kinds",
  summary:
    "The kinds of entry the books know: the room each belongs to, its words, and whether it can correct.",
  input: z.strictObject({}),
  example: {},
  async answer() {
    // Loaded when asked for: the list stands on every room that writes.
    const { ENTRY_KINDS } = await import("../../contract/entry-kinds.ts");
    return done({ items: ENTRY_KINDS.map((known) => ({ ...known, corrects: corrects(known.kind) })) });
  },
});
