import assert from "node:assert/strict";
import { test } from "node:test";
import { findUseCase } from "../../src/app/use-cases.ts";
import { refuse } from "../../src/quantity/index.ts";
import type { Ask } from "./ask.ts";
import { Books } from "./books.ts";
import { type Copy, type Stand, standBefore } from "./stands.ts";
import { treeOf } from "./tree.ts";

const VERB = "programme register-party";
const useCase = findUseCase("programme", "register-party");
assert.ok(useCase);
const ASK: Ask = { useCase, input: treeOf({ party: "p-1", name: "P", kind: "recycler" }), key: "k-1" };
const HOW = { twice: true, deep: false };

/** The stand, with stores that were broken on purpose. */
async function broken(breakIt: (store: Copy["store"]) => Partial<Copy["store"]>): Promise<Books> {
  const stand = await standBefore(VERB);
  const copy = () => {
    const whole = stand.copy();
    return { ...whole, store: Object.assign(whole.store, breakIt({ ...whole.store })) };
  };
  return new Books({ ...stand, copy } satisfies Stand);
}
const kindOf = (asking: Promise<unknown>) =>
  asking.then(
    () => "nothing found",
    (error) => (error as { kind?: string }).kind ?? String(error),
  );

test("P8: nothing is found in books that are whole", async () => {
  const books = await broken(() => ({}));
  assert.equal(await kindOf(books.ask(ASK, HOW)), "nothing found");
  assert.equal(await kindOf(books.close()), "nothing found");
});

test("P8: a command that is refused and wrote all the same is found", async () => {
  const books = await broken(({ append }) => ({
    async append(batch) {
      await append(batch);
      return refuse("clock_far_from_books", "clock", "written, and refused");
    },
  }));
  assert.equal(await kindOf(books.ask(ASK, HOW)), "programme/register-party wrote");
});

test("P8: an entry that was written and folds to nothing is found", async () => {
  const books = await broken(({ load }) => ({
    load: async (collection, id) => (id === "p-1" ? undefined : load(collection, id)),
  }));
  assert.equal(await kindOf(books.ask(ASK, { ...HOW, twice: false })), "nothing found");
  assert.equal(await kindOf(books.close()), "views");
});
