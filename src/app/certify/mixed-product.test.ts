import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { theUseCase, type World, worldBefore } from "../../../test/story/world.ts";
import { sampled } from "../../../test/support/sampled.ts";
import { TRADED_OXIDE } from "../../chemistry/index.ts";
import type { AnyCalculation } from "../core/use-case.ts";

const at = { site: "noblesville" };
const weighed = (mass: string) => ({ mass, scale: "noblesville-floor" });
const PRODUCT = {
  ...{ product: "NdPr-magnet", name: "NdPr oxide as magnets hold it", form: "oxide", elements: ["Nd", "Pr"] },
  ratio: { Nd: { from: 0.85, to: 0.9 }, Pr: { from: 0.1, to: 0.15 } },
};
const traces = Object.entries(TRADED_OXIDE)
  .filter(([element]) => !["Nd", "Pr", "Sc"].includes(element))
  .map(([, analyte]) => ({ analyte, mg_per_kg: "<1" }));
const own = (nd: string, pr: string) => [
  { analyte: "Nd2O3", mg_per_kg: nd, u: "2000" },
  { analyte: "Pr6O11", mg_per_kg: pr, u: "2000" },
];

/** NdPr oxide out of the liquor, as far as its lot. */
async function made(output: object = { product: "NdPr-magnet" }, pr_sd = 230): Promise<World> {
  const world = await worldBefore("refine plan");
  await world.do("programme define-product", PRODUCT);
  const found = (Nd: number, Pr: number) => ({
    by: "assay",
    laboratory: "sample-lab-a",
    mg_per_kg: { Nd: { best: Nd, sd: Nd / 200 }, Pr: { best: Pr, sd: pr_sd } },
  });
  await world.do("prepare step", {
    ...{ step: "S-20", kind: "precipitate", ...at, inputs: [{ lot: "L-SOLUTION", mass: "1000 kg" }] },
    additions: [{ name: "oxalic acid", ...weighed("60 kg") }],
    outputs: [{ lot: "L-CAKE", kind: "oxalate", ...weighed("70 kg"), content: found(345_000, 46_000) }],
    losses: [{ place: "filtrate", mass: "990 kg", sd: "15 kg", content: { by: "rest" } }],
  });
  await world.do("prepare step", {
    ...{ step: "S-21", kind: "calcine", ...at, inputs: [{ lot: "L-CAKE" }] },
    outputs: [{ lot: "L-NDPR", kind: "oxide", ...weighed("32.3 kg"), ...output }],
    losses: [{ place: "carbon dioxide and water", ...weighed("37.7 kg") }],
  });
  return world;
}

const release = { lot: "L-NDPR", sample: "Q-20", convention: "half_limit", check: ["2N5", "4N"] };

interface Released {
  readonly purity_pct: string;
  readonly specifications: readonly {
    readonly meets: string;
    readonly checks: readonly {
      readonly limit: string;
      readonly result: string;
      readonly false_yes?: string;
    }[];
  }[];
}

describe("a product of two elements", () => {
  it("G8: a lot names a product that is known, and its notes do not say another", async () => {
    await assert.rejects(made({ product: "NdPr-unheard-of" }), /product_unknown/);
    await assert.rejects(made({ product: "NdPr-magnet", notes: { oxide: "Nd2O3" } }), /product_differs/);
    await assert.rejects(made({ product: "Nd2O3" }), /product_not_held/, "prepare R12");
    const world = await made();
    assert.deepEqual((await world.record("lot", "L-NDPR")).notes, { product: "NdPr-magnet" });
  });

  it("C40, C41: its own elements are no impurities, and their ratio is checked with its doubt", async () => {
    const world = await made();
    await sampled(world, { sample: "Q-20", lot: "L-NDPR", results: [...own("880000", "120000"), ...traces] });
    const said = (await world.do("certify release", release)) as unknown as Released;
    assert.equal(said.purity_pct, "99.99935");
    assert.deepEqual(
      said.specifications.map((s) => s.meets),
      ["yes", "yes"],
    );
    const ratio = said.specifications[0]?.checks.filter((c) => c.limit.startsWith("ratio"));
    assert.deepEqual(
      ratio?.map((c) => [c.limit, c.result]),
      [
        ["ratio Nd", "passed"],
        ["ratio Pr", "passed"],
      ],
    );
    assert.ok(ratio?.every((c) => c.false_yes !== undefined));
  });

  it("C41: outside its band it meets nothing; what was not measured is not checked", async () => {
    const meets = async (results: readonly object[]) => {
      const world = await made();
      await sampled(world, { sample: "Q-20", lot: "L-NDPR", results: [...results, ...traces] });
      const said = (await world.do("certify release", release)) as unknown as Released;
      return said.specifications[0]?.meets;
    };
    assert.equal(await meets(own("840000", "160000")), "no");
    assert.equal(await meets(own("880000", "120000").slice(1)), "unproven");
  });

  it("C45: an element that there may be none of is claimed of no feed, and the answer says so", async () => {
    const world = await made(undefined, 20_000);
    await sampled(world, { sample: "Q-20", lot: "L-NDPR", results: [...own("880000", "120000"), ...traces] });
    await world.do("certify release", release);
    const { credential, no_claim } = await world.do("certify issue", {
      ...{ lot: "L-NDPR", issuer: "sample-refiner", passport: "P-20" },
    });
    const { claims_mg } = (credential as { credentialSubject: { claims_mg: Record<string, object> } })
      .credentialSubject;
    assert.deepEqual(Object.keys(claims_mg["L-MAGNETS"] ?? {}), ["Nd"]);
    const [none, ...others] = no_claim as { element: string; why: string }[];
    assert.equal(none?.element, "Pr");
    assert.match(none?.why ?? "", /^L-NDPR holds \d+ ± \d+ mg of it/);
    assert.deepEqual(others, []);
  });

  it("C40: its passport claims both elements, and a buyer accepts it from the bundle", async () => {
    const world = await made();
    await sampled(world, { sample: "Q-20", lot: "L-NDPR", results: [...own("880000", "120000"), ...traces] });
    await world.do("certify release", release);
    const { credential, no_claim } = await world.do("certify issue", {
      ...{ lot: "L-NDPR", issuer: "sample-refiner", passport: "P-20" },
    });
    assert.deepEqual(no_claim, []);
    const { claims_mg, recycled_share, provenance } = (
      credential as { credentialSubject: Record<string, Record<string, Record<string, number>>> }
    ).credentialSubject;
    assert.deepEqual(Object.keys(claims_mg?.["L-MAGNETS"] ?? {}), ["Nd", "Pr"]);
    // By hand: 32.3 kg, 99.5 % oxide where nobody measured it, 88 and 12 % of it: 27.439 kg of metal, a little more than is claimed.
    const claimed = Object.values(claims_mg?.["L-MAGNETS"] ?? {}).reduce((a, b) => a + b, 0);
    const certified = 32_300_000 * 0.995 * 0.9999935 * (0.88 * 0.857356 + 0.12 * 0.827704);
    assert.equal(String(recycled_share), (claimed / certified).toFixed(4));
    assert.deepEqual(Object.keys(provenance?.["feedstock"] ?? {}), ["Nd", "Pr"]);
    const { compute } = theUseCase("certify verify") as AnyCalculation;
    const answer = await compute(world.ports, {
      credential,
      bundle: await world.ask("certify bundle", { passport: "P-20" }),
      issuers: await world.ask("certify issuers", { party: "sample-refiner" }),
    });
    assert.ok(answer.ok);
    const { accepted, checks } = answer.value as {
      accepted: boolean;
      checks: { result: string; why: string }[];
    };
    assert.deepEqual(
      checks.filter((c) => c.result === "failed"),
      [],
    );
    assert.ok(accepted);
  });
});
