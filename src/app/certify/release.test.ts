import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { theUseCase, type World, worldBefore } from "../../../test/story/world.ts";
import { sampled, todayOf } from "../../../test/support/sampled.ts";
import type { AnyCalculation } from "../core/use-case.ts";
import { findUseCase } from "../use-cases.ts";

const RESULTS = [{ analyte: "Pr6O11", mg_per_kg: "22", u: "2" }];
const release = (change: object = {}) => ({
  ...{ lot: "L-OXIDE", sample: "Q-2", convention: "half_limit", check: ["4N"], why: "sampled again" },
  ...change,
});
const example = theUseCase("certify release").example as object;
const CHEMIST = { role: "chemist", party: "sample-lab-a", verified: false };
const MANAGER = { role: "quality manager", party: "sample-lab-a", verified: false };

const split = (from: string, into: string, change: object = {}) => ({
  ...{ kind: "split", site: "noblesville", inputs: [{ lot: from, mass: "10 kg" }] },
  outputs: [
    {
      lot: into,
      kind: "oxide",
      mass: "10 kg",
      scale: "noblesville-floor",
      notes: { oxide: "Nd2O3" },
      ...change,
    },
  ],
});
const correction = (world: World) => ({
  ...{ sample: "Q-1", side: "product", laboratory: "sample-lab-a", method: "ICP-MS", results: RESULTS },
  ...{ analysed_on: todayOf(world), corrects: "a dilution was booked twice" },
});

describe("certificates of analysis on the books", () => {
  it("C21: nothing rests on a sample that nobody drew, of another lot, unreported or unreleased", async () => {
    const world = await worldBefore("certify release");
    assert.equal(
      await world.code("certify release", release({ sample: "NO-SUCH-SAMPLE" })),
      "sample_unknown",
    );
    assert.equal(await world.code("certify release", release({ sample: "Y-1" })), "sample_of_another_lot");
    await sampled(world, { sample: "Q-PR", lot: "L-PR", results: RESULTS });
    assert.equal(await world.code("certify release", release({ sample: "Q-PR" })), "sample_of_another_lot");
    const product = { purpose: "product", portions: [{ side: "product" }] };
    await world.do("assay sample", { sample: "Q-9", lot: "L-OXIDE", ...product });
    assert.equal(await world.code("certify release", release({ sample: "Q-9" })), "results_not_released");
    await sampled(world, { sample: "Q-2", lot: "L-OXIDE", results: RESULTS }, "reported");
    assert.equal(await world.code("certify release", release()), "results_not_released");
    await world.do("assay release", { sample: "Q-2", side: "product" }, MANAGER);
    assert.equal(await world.code("certify release", release()), "done");
  });

  it("C28: what adds up to more than the whole is refused where it is analysed and reported; a drum of sand has neither grade nor passport", async () => {
    const world = await worldBefore("certify issue");
    const sand = (analyte: string, pct: number) => ({ analyte, mg_per_kg: `${pct}0000`, u: "100" });
    const heavy = [...RESULTS, sand("SiO2", 90), sand("Fe2O3", 90)];
    const analysis = { basis: "TREO", convention: "half_limit", results: heavy };
    const { compute } = findUseCase("certify", "analyse") as AnyCalculation;
    const analysed = await compute(world.ports, analysis);
    assert.equal(analysed.ok ? "done" : analysed.refusal.code, "parts_exceed_whole");
    const product = { purpose: "product", portions: [{ side: "product" }] };
    await world.do("assay sample", { sample: "Q-9", lot: "L-OXIDE", ...product });
    const report = {
      ...{ sample: "Q-9", side: "product", laboratory: "sample-lab-a", method: "ICP-MS" },
      ...{ analysed_on: todayOf(world) },
    };
    const code = (more: object) => world.code("assay report", { ...report, ...more }, CHEMIST);
    assert.equal(await code({ results: heavy }), "parts_exceed_whole");
    assert.equal(await code({ results: RESULTS, reo_pct: "99.9", loi_pct: "50" }), "parts_exceed_whole");
    assert.equal(await code({ results: [...RESULTS, sand("SiO2", 50), sand("H2O", 49)] }), "done");
    await world.do("assay release", { sample: "Q-9", side: "product" }, MANAGER);
    const said = await world.do("certify release", release({ sample: "Q-9", check: ["2N5"] }));
    const [checked] = said["specifications"] as { meets: string }[];
    assert.equal(checked?.meets, "no");
    const issue = { lot: "L-OXIDE", issuer: "sample-refiner", passport: "P-1" };
    assert.equal(await world.code("certify issue", issue), "claim_above_certified");
  });

  it("C21: nor on an analysis of before the sample was drawn, nor under another laboratory's name", async () => {
    const world = await worldBefore("certify release");
    const change = { analysed_on: "1999-01-01" };
    await sampled(world, { sample: "Q-2", lot: "L-OXIDE", results: RESULTS, change });
    assert.equal(await world.code("certify release", release()), "analysed_before_sample");
    const other = await worldBefore("certify release");
    assert.equal(await other.code("certify release", { ...example, laboratory: "nobody" }), "results_differ");
    assert.equal(await other.code("certify release", { ...example, results: RESULTS }), "results_differ");
    assert.equal(await other.code("certify release", { ...example, laboratory: "sample-lab-a" }), "done");
  });

  it("C21 C23: a part of the lot may rest on the lot's sample, until that carries another lot's", async () => {
    const world = await worldBefore("certify release");
    await world.do("prepare step", split("L-OXIDE", "L-PART"));
    await world.do("prepare step", split("L-PART", "L-PART-2"));
    await world.do("certify release", { ...example, lot: "L-PART-2" });
    assert.equal(await world.code("certify release", { ...example, lot: "L-PART-2" }), "reason_missing");
    assert.equal(await world.code("certify release", example), "certificate_used_already");
    assert.equal(
      await world.code("certify release", { ...example, lot: "L-OXIDE-2" }),
      "sample_of_another_lot",
      "a sister, split off before the sample was drawn from this one",
    );
  });

  it("C21: newer results are put aside neither by older ones, nor by correcting either, nor by a part", async () => {
    const world = await worldBefore("certify verify");
    const failing = [{ analyte: "Pr6O11", mg_per_kg: "90000", u: "20" }];
    await sampled(world, { sample: "Q-2", lot: "L-OXIDE", results: failing }, "reported");
    const older = release({ sample: "Q-1", why: "the older results again" });
    assert.equal(await world.code("certify release", older), "done", "the newer are not released");
    await world.do("assay release", { sample: "Q-2", side: "product" }, MANAGER);
    assert.equal(
      await world.code("certify release", older),
      "newer_results",
      "released, and never certified",
    );
    await world.do("certify release", release());
    assert.equal((await world.record("certificate", "L-OXIDE")).meets["4N"], "no");
    assert.equal(await world.code("certify release", older), "newer_results");
    await world.do("assay report", correction(world), CHEMIST);
    await world.do("assay release", { sample: "Q-1", side: "product" }, MANAGER);
    assert.equal(
      await world.code("certify release", older),
      "newer_results",
      "corrected, it is as old as it was",
    );
    await world.do("assay report", { ...correction(world), sample: "Q-2" }, CHEMIST);
    assert.equal(
      await world.code("certify release", older),
      "newer_results",
      "its correction waits for release",
    );
    await world.do("prepare step", split("L-OXIDE", "L-PART"));
    assert.equal(
      await world.code("certify release", { ...older, lot: "L-PART" }),
      "certificate_used_already",
      "the whole's, whatever is divided off",
    );
    await world.do("assay release", { sample: "Q-2", side: "product" }, MANAGER);
    assert.equal(await world.code("certify release", release()), "done");
  });

  it("assay Y7: an owner does not both report and release in a laboratory's name", async () => {
    const world = await worldBefore("certify release");
    const by = (role: string, party: string) => ({ role, party, verified: false });
    const sample = { sample: "Q-9", lot: "L-OXIDE", purpose: "product", portions: [{ side: "product" }] };
    await world.do("assay sample", sample);
    const { corrects: _, ...report } = { ...correction(world), sample: "Q-9", results: RESULTS };
    await world.do("assay report", report, by("clerk", "sample-recycler"));
    const released = { sample: "Q-9", side: "product" };
    const firms = ["sample-recycler", "sample-refiner"];
    for (const firm of firms)
      assert.notEqual(await world.code("assay release", released, by("manager", firm)), "done", firm);
    assert.equal(
      await world.code("assay release", released, by("manager", "sample-recycler")),
      "laboratory_not_heard",
    );
    await world.do("assay release", released, MANAGER);
  });

  it("C21: what was divided off answers for what was drawn of the whole before, not after", async () => {
    const world = await worldBefore("certify release");
    await sampled(world, { sample: "Q-2", lot: "L-OXIDE", results: RESULTS });
    await world.do("prepare step", split("L-OXIDE", "L-PART"));
    const part = { ...release({ lot: "L-PART" }), why: undefined };
    assert.equal(await world.code("certify release", { ...part, sample: "Q-1" }), "newer_results");
    assert.equal(await world.code("certify release", { ...part, sample: "Q-2" }), "done");
  });

  it("C23: a composite that names both carries both", async () => {
    const world = await worldBefore("certify release");
    const part = (lot: string, drum: string) => ({ lot, drums: [drum], increments_count: 6 });
    await world.do("assay sample", {
      ...{ sample: "Q-2", lot: "L-OXIDE", purpose: "product", portions: [{ side: "product" }] },
      composite: [part("L-OXIDE", "D-1"), part("L-OXIDE-2", "D-2")],
    });
    const { results: _, ...of } = correction(world);
    const { corrects: __, ...report } = { ...of, sample: "Q-2", results: RESULTS };
    await world.do("assay report", report, CHEMIST);
    await world.do("assay release", { sample: "Q-2", side: "product" }, MANAGER);
    for (const lot of ["L-OXIDE", "L-OXIDE-2"]) await world.do("certify release", release({ lot }));
    await world.do("assay report", { ...report, corrects: "another drum" }, CHEMIST);
    for (const lot of ["L-OXIDE", "L-OXIDE-2"])
      assert.equal((await world.record("certificate", lot)).superseded?.why, "another drum", lot);
  });

  it("C26, assay Y16: results that are corrected take the certificate of analysis and its passport with them", async () => {
    const world = await worldBefore("certify verify");
    const answer = await world.do("assay report", correction(world), CHEMIST);
    assert.deepEqual(answer["superseded"], ["L-OXIDE"]);
    const why = "a dilution was booked twice";
    assert.equal(
      (await world.ask<{ superseded: { why: string } }>("certify certificate", { lot: "L-OXIDE" })).superseded
        .why,
      why,
    );
    assert.equal(
      (await world.ask<{ superseded: { why: string } }>("certify passport", { passport: "P-1" })).superseded
        .why,
      why,
    );
    assert.equal(await world.code("certify release", release({ sample: "Q-1" })), "results_not_released");
    await world.do("certify revoke", { passport: "P-1", why });
    const issue = { lot: "L-OXIDE", issuer: "sample-refiner", passport: "P-2" };
    assert.equal(await world.code("certify issue", issue), "certificate_superseded");
    await world.do("assay release", { sample: "Q-1", side: "product" }, MANAGER);
    await world.do("certify release", release({ sample: "Q-1" }));
    assert.equal((await world.record("certificate", "L-OXIDE")).superseded, undefined);
    await world.do("certify issue", issue);
  });

  it("C69: a sample of what was left says nothing of what had been divided off, one of before does", async () => {
    const world = await worldBefore("settle return-oxide");
    const { at } = (await world.record("lot", "L-OXIDE")).opened;
    await world.do("prepare step", { ...split("L-OXIDE", "D-1"), at });
    await sampled(world, { sample: "Q-3", lot: "L-OXIDE", results: RESULTS });
    await world.do("prepare step", split("L-OXIDE", "D-2"));
    const of = (lot: string) => world.code("certify release", release({ lot, sample: "Q-3" }));
    assert.equal(await of("D-1"), "sample_of_another_lot", "Q-3 was drawn after it was divided off");
    assert.equal(await of("D-2"), "done");
  });

  it("prepare R31: what is divided is not dated back to before a sample of its lot, whose results it would shed", async () => {
    const world = await worldBefore("certify release");
    const { at } = (await world.record("lot", "L-OXIDE")).opened;
    const code = (change: object) => world.code("prepare step", { ...split("L-OXIDE", "D-1"), ...change });
    assert.equal(await code({ at }), "time_before_input");
    assert.equal(await code({ at: (await world.record("sample", "Q-1")).at }), "done");
    const fired = { kind: "calcine", outputs: [{ lot: "D-2", kind: "oxide", mass: "10 kg", sd: "10 g" }] };
    assert.equal(await code({ ...fired, at }), "time_before_input", "fired again it is the same matter");
  });

  it("C26: nothing is promised on what is superseded; a newer certificate of analysis supersedes the passport", async () => {
    const world = await worldBefore("orders allocate");
    const promise = { order: "O-1", lot: "L-OXIDE", mass: "1 kg" };
    await world.do("assay report", correction(world), CHEMIST);
    assert.equal(await world.code("orders allocate", promise), "specification_not_met");
    const again = await worldBefore("orders allocate");
    await again.do("certify release", { ...example, why: "printed anew" });
    const { items } = await again.ask<{ items: { passport: string; superseded?: object }[] }>(
      "certify passports",
      {},
    );
    assert.ok(items.find((p) => p.passport === "P-1")?.superseded);
  });

  it("C25: what the books say otherwise is a finding, in the answer and the record", async () => {
    const world = await worldBefore("certify release");
    const results = [{ analyte: "Pr6O11", mg_per_kg: "2000", u: "20" }];
    await sampled(world, { sample: "Q-2", lot: "L-OXIDE", results });
    const answer = await world.do("certify release", release());
    const elements = (answer["findings"] as { element: string }[]).map((f) => f.element);
    assert.ok(elements.includes("Pr"), elements.join());
    assert.deepEqual((await world.record("certificate", "L-OXIDE")).findings, answer["findings"]);
  });

  it("assay Y15: a product is reported by a registered laboratory, in its own fields", async () => {
    const world = await worldBefore("certify release");
    const code = (change: object) => world.code("assay report", { ...correction(world), ...change }, CHEMIST);
    assert.equal(await code({ laboratory: "nobody" }), "party_unknown");
    assert.equal(await code({ laboratory: "sample-refiner" }), "not_a_laboratory");
    assert.equal(await code({ mg_per_kg: { Nd: { best: 1, sd: 1 } } }), "field_unknown");
    assert.equal(await code({ results: undefined }), "input_malformed");
    assert.equal(await code({ analysed_on: "2099-01-01" }), "date_in_future");
    assert.equal(await code({ results: [{ analyte: "Pr6O11", mg_per_kg: "0.0" }] }), "limit_missing");
    assert.equal(await code({ results: [{ analyte: "Pr", mg_per_kg: "5" }] }), "analyte_not_an_oxide");
    const exchange = { ...(theUseCase("assay report").example as object), sample: "Y-1", results: RESULTS };
    assert.equal(await world.code("assay report", exchange, CHEMIST), "field_unknown");
  });
});
