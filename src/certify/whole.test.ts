import assert from "node:assert/strict";
import { test } from "node:test";
import { certificateOf, impurities } from "../../test/support/passport-world.ts";
import { certifiedMetal } from "./certified-metal.ts";
import { checkSpecification, claimAboveCertified, findSpecification } from "./index.ts";
import { partsAboveWhole, type Stated } from "./whole.ts";

const line = (analyte: string, pct: number, u_pct?: number) => ({
  ...{ analyte, mg_per_kg: String(pct * 10_000) },
  ...(u_pct === undefined ? {} : { u: String(u_pct * 10_000) }),
});
const SAND = line("SiO2", 50);

test("C28: parts above the whole are an analysis of nothing; totals may read slightly above it, and no doubt excuses more than a percent", () => {
  const above = (results: Stated["results"], more: Omit<Stated, "results"> = {}) =>
    partsAboveWhole({ results, ...more }) !== undefined;
  assert.equal(above([line("SiO2", 90), line("Fe2O3", 90)], { reo_pct: "0" }), true);
  assert.equal(above([], { reo_pct: "99.9", loi_pct: "50" }), true);
  assert.equal(above([SAND], { reo_pct: "99.5" }), true);
  assert.equal(above([line("LOI", 50)], { reo_pct: "99.5" }), true, "as a line");
  assert.equal(above([], { reo_pct: "99.9", loi_pct: "0.6" }), false, "100.5");
  assert.equal(above([], { reo_pct: "99.9", loi_pct: "0.7" }), true);
  assert.equal(above([line("SiO2", 0.7, 0.1)], { reo_pct: "99.9" }), false, "within its doubt");
  assert.equal(above([line("SiO2", 2, 50)], { reo_pct: "99.9" }), true, "however wide the doubt");
  assert.equal(
    above([{ analyte: "SiO2", mg_per_kg: "<500000" }], { reo_pct: "99.9" }),
    false,
    "there may be none",
  );
  assert.equal(
    above([line("H2O", 30), line("CO2", 20)], { reo_pct: "50", loi_pct: "50" }),
    false,
    "counted once",
  );
  assert.equal(above([line("H2O", 60)], { reo_pct: "50", loi_pct: "50" }), true);
  assert.equal(above([SAND, line("H2O", 49)]), false, "nobody measured the oxide");
  assert.equal(above([line("Nd2O3", 90), line("Pr6O11", 30)]), true, "of all oxide");
  assert.equal(above([line("Nd2O3", 88, 0.2), line("Pr6O11", 12, 0.2)]), false);
  assert.equal(above(impurities("22"), { reo_pct: "99.6", loi_pct: "0.3" }), false);
});

test("C28: what was found beside the oxide bounds it, its metal and its grade, where nobody measured it or wrongly", () => {
  const { reo_pct: _, loi_pct: __, ...plain } = certificateOf("L", 1_000_000);
  const metal = (of: object) => certifiedMetal(1_000_000, { ...plain, ...of })[0]?.mg ?? Number.NaN;
  const all = metal({ reo_pct: "100" });
  const part = (of: object) => Number((metal(of) / all).toFixed(3));
  assert.equal(part({}), 0.995, "as the grades ask");
  assert.equal(part({ results: [...plain.results, SAND] }), 0.5);
  assert.equal(part({ loi_pct: "90" }), 0.1);
  assert.equal(part({ loi_pct: "90", reo_pct: "99.9" }), 0.1, "older certificates were not refused");
  const fourN = findSpecification("4N");
  assert.ok(fourN);
  const meets = (of: object) => checkSpecification({ ...plain, ...of }, fourN).meets;
  assert.equal(meets({}), "yes");
  assert.equal(meets({ loi_pct: "1.0" }), "yes");
  assert.equal(meets({ loi_pct: "1.6" }), "no");
  assert.equal(meets({ results: [...plain.results, SAND] }), "no");
  assert.equal(meets({ reo_pct: "0" }), "no");
  const carbonate = { product: { id: "X", name: "X", form: "carbonate", elements: ["Nd"] } };
  assert.equal(meets({ ...carbonate, reo_pct: "60", loi_pct: "39" }), "yes", "a carbonate is no oxide");
});

test("C28: no more metal is claimed than is certified, beyond its doubt and a tenth", () => {
  const certificate = certificateOf("L", 1_000_000);
  const [{ mg } = { mg: 0 }] = certifiedMetal(1_000_000, certificate);
  const held = { mass_mg: { best: 1_000_000, moves: {} }, elements_mg: {} };
  const above = (claimed: number, of: object = {}) =>
    claimAboveCertified(
      { mass_mg: 1_000_000, certificate: { ...certificate, ...of }, held },
      { "F-1": { Nd: Math.round(claimed) } },
    ) !== undefined;
  assert.equal(above(mg), false);
  assert.equal(above(1.1 * mg), false);
  assert.equal(above(1.12 * mg), true);
  assert.equal(above(mg, { reo_pct: "50" }), true);
});
