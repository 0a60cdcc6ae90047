import assert from "node:assert/strict";
import { test } from "node:test";
import { bookWith, decideOn, KG, out, stepOf } from "../../test/support/ledger.ts";
import { inHalves } from "../quantity/index.ts";
import { take } from "./index.ts";

/** An oxide lot of ten kilograms, of which `mass_mg` is taken. */
async function oxideTaken(taking: "claimed" | "promised", mass_mg: number) {
  const book = await bookWith([{ id: "OX", mass_mg: 10 * KG, elements: { Nd: 8 * KG } }]);
  await take(book, { taking, lot: "OX", by: "X-1", mass_mg });
  return book;
}

test("L36: a loss draws only what is not claimed and not promised, whether parts are made beside it or none", async () => {
  const lost = (mass_mg: number, doubt = 0) => ({
    ...{
      place: "a friend's",
      mass_mg,
      doubt_mg: inHalves(doubt),
      scale: "B",
      content: { by: "share" } as const,
    },
  });
  for (const taking of ["claimed", "promised"] as const) {
    const book = await oxideTaken(taking, 7 * KG);
    const drawn = (mass_mg: number, more: object) =>
      decideOn(book, stepOf({ inputs: [{ lot: "OX", mass_mg }], outputs: [], ...more }));
    const code = (answer: ReturnType<typeof drawn>) => (answer.ok ? "done" : answer.refusal.code);
    assert.equal(code(drawn(3 * KG, { losses: [lost(3 * KG)] })), "done", "what is free may be lost");
    assert.equal(code(drawn(4 * KG, { losses: [lost(4 * KG)] })), "already_promised", taking);
    const part = (mass_mg: number) => ({ outputs: [out("A", mass_mg)], losses: [lost(10 * KG - mass_mg)] });
    assert.equal(code(drawn(10 * KG, part(7 * KG))), "done", "the part holds all that is taken");
    assert.equal(code(drawn(10 * KG, part(6.9 * KG))), "already_promised");
    const wide = { outputs: [{ ...out("A", 6 * KG), doubt_mg: inHalves(KG) }], losses: [lost(4 * KG, KG)] };
    assert.equal(code(drawn(10 * KG, wide)), "already_promised", "however wide the doubt");
  }
});
