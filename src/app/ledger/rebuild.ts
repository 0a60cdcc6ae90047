import { z } from "zod";
import { done, refuse } from "../../quantity/index.ts";
import { action } from "../core/use-case.ts";

export const rebuild = action({
  room: "ledger",
  verb: "rebuild",
  long: true,
  summary: "Fold every view again from the entries; says whether they came out to the same bytes.",
  input: z.strictObject({}),
  example: {},
  async run({ rebuild, progress }) {
    return rebuild
      ? done(await rebuild(progress))
      : refuse("no_rebuild", "ledger", "the views of these books are kept nowhere else");
  },
});
