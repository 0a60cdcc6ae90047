import { z } from "zod";
import { done, refuse } from "../../quantity/index.ts";
import { FIRMS } from "../core/concerns.ts";
import { action } from "../core/use-case.ts";

export const rebuild = action({
  room: "ledger",
  verb: "rebuild",
  long: true,
  known: true,
  summary: "Fold every view again from the entries; says whether they came out to the same bytes.",
  input: z.strictObject({}),
  example: {},
  async run({ rebuild, progress, store }, { request: { actor } }) {
    const kind = actor.verified ? (await store.load("party", actor.party))?.record.kind : undefined;
    // It is work for the books of all: those who keep them ask for it.
    if (actor.verified && (kind === undefined || !FIRMS.includes(kind)))
      return refuse(
        "not_allowed",
        "actor",
        `ledger rebuild is for a recycler or refiner, not for ${actor.party}`,
      );
    return rebuild
      ? done(await rebuild(progress))
      : refuse("no_rebuild", "ledger", "the views of these books are kept nowhere else");
  },
});
