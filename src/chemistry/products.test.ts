import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import {
  checkRatio,
  elementCeiling_mg,
  elementsOf,
  leastMass_mg,
  metalFraction,
  type Product,
  partsOf,
  singleOxide,
  TRADED_PRODUCTS,
} from "./index.ts";

const NDPR: Product = {
  product: "NdPr-oxide",
  name: "NdPr oxide, 75 to 80 % Nd2O3",
  form: "oxide",
  elements: ["Nd", "Pr"],
  ratio: { Nd: { from: 0.75, to: 0.8 }, Pr: { from: 0.2, to: 0.25 } },
};
const fraction = (product: Product, element: string) =>
  metalFraction(product, element)?.toDecimalPlaces(6).toString();

test("X30: a single oxide is a product by its formula; what is no oxide of one metal is none", () => {
  assert.deepEqual(elementsOf("Nd2O3"), ["Nd"]);
  assert.deepEqual(elementsOf("Pr2O3"), ["Pr"]);
  for (const none of ["NdPrO3", "NdPr-oxide", "Nd", "O2", ""]) assert.deepEqual(elementsOf(none), [], none);
  assert.deepEqual(elementsOf(NDPR), ["Nd", "Pr"]);
  assert.equal(TRADED_PRODUCTS.length, 16);
  assert.equal(
    metalFraction(singleOxide("Pr2O3") as Product, "Pr")
      ?.toDecimalPlaces(4)
      .toString(),
    "0.8545",
  );
});

test("X30: the metal in each form follows from atomic weights", () => {
  assert.equal(fraction(NDPR, "Nd"), "0.857356");
  assert.equal(fraction(NDPR, "Pr"), "0.827704");
  assert.equal(fraction(NDPR, "Dy"), undefined);
  // By hand: 2*144.242 / (2*144.242 + 3*12.011 + 9*15.999), 144.242 / (144.242 + 3*35.45)
  assert.equal(fraction({ ...NDPR, form: "carbonate" }, "Nd"), "0.61575");
  assert.equal(fraction({ ...NDPR, form: "chloride" }, "Nd"), "0.575605");
  assert.equal(fraction({ ...NDPR, form: "metal" }, "Nd"), "1");
  assert.equal(fraction({ ...NDPR, formulas: { Pr: "Pr2O3" } }, "Pr"), "0.854472");
});

test("X31: each element is bounded by its own fraction, and all of them together by the mass", () => {
  const most = elementCeiling_mg(NDPR, 1_000_000);
  assert.equal(Math.round(most["Nd"] ?? 0), 857_356);
  assert.equal(Math.round(most["Pr"] ?? 0), 827_704);
  assert.equal(Math.round(leastMass_mg(NDPR, { Nd: 857_356, Pr: 827_704 })), 2_000_000);
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 1e12 }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (mass, part) => {
        const ceiling = elementCeiling_mg(NDPR, mass);
        const held = { Nd: part * (ceiling["Nd"] ?? 0), Pr: (1 - part) * (ceiling["Pr"] ?? 0) };
        assert.ok(Math.abs(leastMass_mg(NDPR, held) - mass) <= 1e-9 * mass, "a whole mass is filled");
      },
    ),
  );
});

test("X32: the ratio is of oxide by mass, as it is quoted; of a metal, of metal", () => {
  // 75 kg of Nd2O3 and 25 kg of Pr6O11.
  const held = { Nd: 0.857_356 * 75, Pr: 0.827_704 * 25, Fe: 9 };
  assert.deepEqual(
    Object.entries(partsOf(NDPR, held)).map(([e, part]) => [e, part.toFixed(4)]),
    [
      ["Nd", "0.7500"],
      ["Pr", "0.2500"],
    ],
  );
  assert.deepEqual(partsOf({ ...NDPR, form: "metal" }, { Nd: 3, Pr: 1 }), { Nd: 0.75, Pr: 0.25 });
  assert.deepEqual(partsOf(NDPR, { Fe: 1 }), {});
  const within = (nd: number) =>
    checkRatio({ ...NDPR, form: "metal" }, { Nd: nd, Pr: 1 }).map((c) => c.within);
  assert.deepEqual(within(3), [true, true], "the bounds belong to the band");
  assert.deepEqual(within(4), [true, true]);
  assert.deepEqual(within(2.9), [false, false]);
  assert.deepEqual(checkRatio(NDPR, {}), []);
});
