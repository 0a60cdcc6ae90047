import { z } from "zod";
import { done, refuse } from "../../quantity/index.ts";
import { errand } from "../core/use-case.ts";

export const rebuild = errand({
  room: "ledger",
  verb: "rebuild",
  long: true,
  summary: "Fold every view again from the entries; says whether they came out to the same bytes.",
  input: z.object({}),
  example: {},
  async run({ rebuild, tell }) {
    return rebuild
      ? done(await rebuild(tell))
      : refuse("no_rebuild", "ledger", "the views of these books are kept nowhere else");
  },
});
