import assert from "node:assert/strict";
import { test } from "node:test";
import { bookWith, KG, out, perform, stepOf } from "../../test/support/ledger.ts";
import { take } from "./index.ts";

const taken = async (book: Awaited<ReturnType<typeof bookWith>>, lot: string, taking: "returned") =>
  (await book.get("taking", lot))?.[taking] ?? {};

test("L35: by the fourth rules a product has what was returned of its own metal, and parts of a mixture their share", async () => {
  const of = (name: string, mass: number, oxide: string) => ({
    ...out(name, mass * KG),
    kind: "oxide",
    notes: { oxide },
  });
  const book = await bookWith([
    { id: "ND", mass_mg: 300 * KG, elements: { Nd: 257 * KG } },
    { id: "DY", mass_mg: 20 * KG, elements: { Dy: 17 * KG } },
  ]);
  await take(book, { taking: "returned", lot: "DY", by: "X-1", mass_mg: 20 * KG });
  await perform(
    book,
    stepOf({
      inputs: [{ lot: "ND" }, { lot: "DY" }],
      outputs: [{ ...out("MIX", 320 * KG), kind: "liquor" }],
    }),
  );
  const mixed = (await taken(book, "MIX", "returned"))["X-1"] ?? 0;
  assert.equal(mixed, Math.round((320 * KG * 17) / 274));
  const halves = [out("M-1", 160 * KG), out("M-2", 160 * KG)].map((one) => ({ ...one, kind: "liquor" }));
  await perform(book, { ...stepOf({ inputs: [{ lot: "MIX" }], outputs: halves }), step: "S-HALF" });
  for (const lot of ["M-1", "M-2"])
    assert.ok(Math.abs(((await taken(book, lot, "returned"))["X-1"] ?? 0) - mixed / 2) <= 1);
  const apart = (Nd: number, Dy: number) => ({
    by: "transfer" as const,
    fractions: { Nd: { best: Nd, sd: 0 }, Dy: { best: Dy, sd: 0 } },
  });
  const products = [
    { ...of("ND-2", 145, "Nd2O3"), content: apart(0.99, 0) },
    { ...of("DY-2", 9, "Dy2O3"), content: apart(0, 1) },
    { ...out("REST", 6 * KG), kind: "liquor", content: apart(0.01, 0) },
  ];
  await perform(book, {
    ...stepOf({ inputs: [{ lot: "M-1" }], outputs: products as never }),
    step: "S-APART",
  });
  assert.deepEqual(await taken(book, "ND-2", "returned"), {}, "none of its neodymium went back");
  assert.deepEqual(await taken(book, "DY-2", "returned"), { "X-1": 9 * KG }, "all of its dysprosium did");
});
