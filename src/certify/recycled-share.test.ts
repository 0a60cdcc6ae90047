import assert from "node:assert/strict";
import { test } from "node:test";
import { certificateOf } from "../../test/support/passport-world.ts";
import type { Product } from "../chemistry/index.ts";
import {
  type CertifiedLot,
  certifiedMetal,
  compareWithBooks,
  decideShare,
  recycledShare,
  untracedMetal,
} from "./index.ts";

const KG = 1_000_000;
const purity = (purity_pct: string, u_mg_per_kg = "0") => ({ purity_pct, u_mg_per_kg }) as never;
/** In grams. */
const metalOf = (of: object) =>
  certifiedMetal(100 * KG, { oxide: "Nd2O3", results: [], purity: purity("100"), ...of }).map(
    ({ elements, mg }) => [elements.join("+"), Math.round(mg / 1000)],
  );
const found = (best: number, sd = 0) => ({ best, moves: sd ? { laboratory: sd } : {} });
const lotOf = (neodymium: number, sd = 0, change: Partial<CertifiedLot> = {}): CertifiedLot => ({
  mass_mg: 100 * KG,
  certificate: { oxide: "Nd2O3", results: [], purity: purity("100"), reo_pct: "100" },
  held: { mass_mg: found(100 * KG), elements_mg: { Nd: found(neodymium, sd) } },
  ...change,
});
/** 100 kg of Nd2O3 hold 85.7356 kg of Nd: 2 * 144.242 / (2 * 144.242 + 3 * 15.999). */
const ALL = 85_735_600;

test("C27: certified metal is net mass times total oxide, purity and formula", () => {
  const [[, all] = []] = metalOf({ reo_pct: "100" });
  assert.equal(all, Math.round(ALL / 1000));
  assert.deepEqual(metalOf({ reo_pct: "50.0", purity: purity("90") }), [
    ["Nd", Math.round(Number(all) * 0.45)],
  ]);
  assert.deepEqual(metalOf({}), [["Nd", Math.round(Number(all) * 0.995)]], "nobody measured it");
  assert.deepEqual(metalOf({ reo_pct: "much" }), metalOf({}), "what cannot be read was not measured");
  assert.deepEqual(metalOf({ oxide: "no oxide" }), []);
  assert.deepEqual(metalOf({ oxide: "NdO99" }), metalOf({}), "a formula of little metal is but a name");
  assert.deepEqual(metalOf({ oxide: "Pr2O3", reo_pct: "100" }), [["Pr", 85_447]], "one that is known counts");
});

test("C27 C40: of metals, carbonates and several elements, as the laboratory found them", () => {
  const of = (product: Partial<Product>, results: object[] = [], more: object = {}) =>
    metalOf({
      ...{ oxide: "X", reo_pct: "100", results, ...more },
      product: { product: "X", name: "X", form: "oxide", elements: ["Nd", "Pr"], ...product },
    });
  const line = (analyte: string, mg_per_kg: string) => ({ analyte, mg_per_kg });
  // By hand: 75 kg of Nd2O3 hold 64.3017 kg of Nd, 25 kg of Pr6O11 20.6926 kg of Pr.
  const both = [line("Nd2O3", "750000"), line("Pr6O11", "250000")];
  assert.deepEqual(of({}, both), [
    ["Nd", 64_302],
    ["Pr", 20_693],
  ]);
  const halved = both.map(({ analyte, mg_per_kg }) => line(analyte, String(Number(mg_per_kg) / 2)));
  assert.deepEqual(of({}, halved), of({}, both), "stated half as large, it is still the whole of the mass");
  assert.deepEqual(of({}, both.slice(1)), [["Nd+Pr", 85_736]], "not told apart: as if all were neodymium");
  assert.deepEqual(of({ form: "metal", elements: ["Nd"] }), [["Nd", 100_000]]);
  const metals = [line("Nd", "800000"), line("Pr", "200000")];
  assert.deepEqual(of({ form: "metal" }, metals), [
    ["Nd", 80_000],
    ["Pr", 20_000],
  ]);
  // Nd2(CO3)3 is 61.58 % Nd; with 70 % of oxide measured in it, 60.01 kg.
  const carbonate = { form: "carbonate", elements: ["Nd"] } as const;
  const percent = (shown: ReturnType<typeof metalOf>) => (Number(shown[0]?.[1]) / 1000).toFixed(1);
  assert.equal(percent(of(carbonate, [], { reo_pct: undefined })), "61.6");
  assert.equal(percent(of(carbonate, [], { reo_pct: "70" })), "60.0");
});

test("C27: the share is over what is certified, or what the books hold where that is more", () => {
  const share = (lot: CertifiedLot, mg: number) =>
    recycledShare(lot, { "F-1": { Nd: mg }, "F-2": { Fe: 5 } }).share.toFixed(4);
  assert.equal(share(lotOf(8_573_560), 8_573_560), "0.1000", "the books hold a tenth");
  assert.equal(share(lotOf(ALL), ALL), "1.0000");
  const low = { oxide: "Nd2O3", results: [], purity: purity("100"), reo_pct: "50" };
  assert.equal(share(lotOf(ALL, 0, { certificate: low }), ALL / 2), "0.5000", "too little is certified");
  assert.equal(share(lotOf(ALL, 0, { mass_mg: 50 * KG }), ALL / 4), "0.5000", "half of the lot");
  assert.equal(share(lotOf(0), 0), "0.0000");
});

const untraced = (lot: CertifiedLot) => untracedMetal(lot).map((one) => Math.round(one.mg / KG));

test("C25: metal that no record brought is found beyond its doubt and a hundredth, and no doubt excuses more than a tenth", () => {
  assert.deepEqual(untraced(lotOf(8_573_560)), [77]);
  assert.deepEqual(untraced(lotOf(ALL * 0.9901)), [], "a hundredth less");
  assert.deepEqual(untraced(lotOf(ALL * 0.985)), [1]);
  assert.deepEqual(untraced(lotOf(ALL * 0.985, 500_000)), [], "three times half a kilogram");
  assert.deepEqual(untraced(lotOf(ALL * 0.95, 50 * KG)), [], "any doubt excuses a twentieth");
  assert.deepEqual(untraced(lotOf(ALL * 0.85, 50 * KG)), [13], "and none three twentieths");
  const sure = { ...lotOf(ALL * 0.5).certificate, purity: purity("100", "900000") };
  assert.deepEqual(untraced(lotOf(ALL * 0.5, 0, { certificate: sure })), [43], "nor one of the laboratory");
  assert.deepEqual(untraced(lotOf(ALL * 1.5)), [], "the books hold more");
  const nothing = { mass_mg: found(100 * KG), elements_mg: {} };
  assert.deepEqual(untraced(lotOf(0, 0, { held: nothing })), [86], "what is not followed was not brought");
});

test("C25 C27: no passport on metal not traced, nor on next to nothing", () => {
  const code = (lot: CertifiedLot, mg: number) => {
    const decided = decideShare("L", lot, { "F-1": { Nd: mg } });
    return decided.ok ? decided.value : decided.refusal.code;
  };
  assert.equal(code(lotOf(ALL), ALL), "1.0000");
  assert.equal(code(lotOf(ALL / 10), ALL / 10), "metal_not_traced");
  assert.equal(code(lotOf(13), 13), "nothing_to_claim");
  assert.equal(code(lotOf(ALL), 4286), "nothing_to_claim", "0.00004999");
  assert.equal(code(lotOf(ALL), 4288), "0.0001");
});

test("C25: what is certified of several elements is compared with the books one by one", () => {
  const product: Product = { product: "X", name: "X", form: "oxide", elements: ["Nd", "Pr"] };
  const results = [
    { analyte: "Nd2O3", mg_per_kg: "750000" },
    { analyte: "Pr6O11", mg_per_kg: "250000" },
  ];
  const certificate = { ...certificateOf("L", 100 * KG), oxide: "X", product, results, reo_pct: "100" };
  const held = { mass_mg: found(100 * KG), elements_mg: { Nd: found(64_302_000), Pr: found(10_346_000) } };
  const lot = { mass_mg: 100 * KG, certificate: { ...certificate, purity: purity("100") }, held };
  assert.deepEqual(
    untracedMetal(lot).map(({ elements }) => elements),
    [["Pr"]],
    "half of the praseodymium",
  );
  assert.ok(compareWithBooks(held, lot.certificate).some(({ element }) => element === "Pr"));
});
