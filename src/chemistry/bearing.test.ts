import assert from "node:assert/strict";
import { test } from "node:test";
import { measured } from "../quantity/index.ts";
import { madeOf, type Product, singleOxide, whyNot } from "./index.ts";

const KG = 1_000_000;
const ND = singleOxide("Nd2O3") as Product;
const held = (mass_kg: number, elements_kg: Readonly<Record<string, number>>, sd = 0) => ({
  mass_mg: measured(mass_kg * KG, 0, "scale"),
  elements_mg: Object.fromEntries(
    Object.entries(elements_kg).map(([e, kg]) => [e, measured(kg * KG, kg * KG * sd, `lab/${e}`)]),
  ),
});
const is = (product: Product, what: ReturnType<typeof held>) => whyNot(product, what) === undefined;

test("X33: a lot is called a product where its elements make about what it weighs", () => {
  // 10 kg of Nd2O3 hold 8.57356 kg of neodymium.
  assert.equal(Math.round(madeOf(ND, held(10, { Nd: 8.57356 })).best), 10 * KG);
  assert.ok(is(ND, held(10, { Nd: 8.57 })));
  assert.ok(is(ND, held(10, { Nd: 8.16 })), "a twentieth is moisture and others");
  assert.ok(!is(ND, held(10, { Nd: 8.12 })));
  assert.ok(!is(ND, held(10, { Nd: 8.6 })), "more than it weighs");
  assert.ok(!is(ND, held(10, {})));
  assert.ok(!is(ND, held(10, { Dy: 8.57 })));
  assert.match(whyNot(ND, held(88.69, { Nd: 7.431 })) ?? "", /makes 8\.667\d* kg of Nd2O3, of 88\.69 kg/);
});

test("X33: its doubt counts, however wide, for a twentieth at most", () => {
  assert.ok(is(ND, held(10, { Nd: 8.0 }, 0.01)));
  assert.ok(!is(ND, held(10, { Nd: 7.6 }, 0.5)), "a doubt as wide as the lot proves nothing");
  assert.ok(is(ND, held(10, { Nd: 8.9 }, 0.02)));
  assert.ok(!is(ND, held(10, { Nd: 9.1 }, 0.5)));
});

test("X33: carbonates and chlorides hold water; mixtures are in their ratio", () => {
  const salt = (form: Product["form"]): Product => ({ product: "P", name: "P", form, elements: ["Nd"] });
  // With eight waters a carbonate holds 47.1 % of neodymium, with six a chloride 40.2 %.
  assert.ok(is(salt("carbonate"), held(10, { Nd: 4.71 })));
  assert.ok(is(salt("chloride"), held(10, { Nd: 4.02 })));
  assert.ok(!is(salt("carbonate"), held(10, { Nd: 2.5 })));
  assert.ok(!is(salt("metal"), held(10, { Nd: 8.57 })), "an oxide is no metal");
  const mixed: Product = {
    ...{ product: "NdPr", name: "NdPr", form: "oxide", elements: ["Nd", "Pr"] },
    ratio: { Nd: { from: 0.75, to: 0.8 }, Pr: { from: 0.2, to: 0.25 } },
  };
  const parts = (nd: number) => held(10, { Nd: 8.57356 * nd, Pr: 8.27704 * (1 - nd) });
  assert.ok(is(mixed, parts(0.78)) && is(mixed, parts(0.71)) && is(mixed, parts(0.84)));
  assert.ok(!is(mixed, parts(0.6)) && !is(mixed, parts(0.9)));
});
