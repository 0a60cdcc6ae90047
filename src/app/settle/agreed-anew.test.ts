import assert from "node:assert/strict";
import { test } from "node:test";
import { BookAuditor } from "../../../src/store/book-auditor.ts";
import { theUseCase, type World, worldBefore } from "../../../test/story/world.ts";
import { by, PROCESSOR, SUPPLIER, settling } from "../../../test/support/settling.ts";

const report = theUseCase("assay report").example as object;
const LABS = { supplier: ["sample-lab-a", PROCESSOR], processor: ["sample-lab-b", SUPPLIER] } as const;

/** Both laboratories' results are corrected, each with the other firm's consent, and settled. */
async function agreedAt(world: World, nd_mg_per_kg: number): Promise<void> {
  const mg_per_kg = { Nd: { best: nd_mg_per_kg, sd: 900 }, Pr: { best: 29_900, sd: 150 } };
  const also = { Dy: { best: 12_960, sd: 80 }, Tb: { below: 50 } };
  for (const [side, [laboratory, other]] of Object.entries(LABS)) {
    await world.code("assay consent", { sample: "Y-1", side }, other);
    const corrected = { ...report, side, laboratory, corrects: "a dilution" };
    await world.do(
      "assay report",
      { ...corrected, mg_per_kg: { ...mg_per_kg, ...also } },
      by(`chemist@${laboratory}`),
    );
  }
  await world.do("settle lot", settling({ why: "both laboratories corrected" }), PROCESSOR);
}

function audited(world: World): string[] {
  const auditor = new BookAuditor();
  for (const entry of world.ports.store.log) auditor.take(entry);
  return auditor.finish().map(({ fault }) => fault);
}

const ceiling = async (world: World) =>
  (await world.record("feed", "L-MAGNETS")).measured_mg["Nd"]?.best ?? 0;
const verdict = async (world: World) => {
  const { compute } = theUseCase("certify verify") as unknown as {
    compute(
      ports: unknown,
      input: object,
    ): Promise<{ value: { accepted: boolean; findings: { code: string; at: string }[] } }>;
  };
  const plain = (value: unknown) => JSON.parse(JSON.stringify(value)) as object;
  const { value } = await compute(world.ports, {
    credential: plain(await world.ask("certify credential", { passport: "P-1" })),
    bundle: plain(await world.ask("certify bundle", { passport: "P-1" })),
    issuers: await world.ask("certify issuers", { party: "sample-refiner" }),
  });
  return value;
};

test("S59 C47: what both agree since lowers what may be claimed of a lot that is long used, and every place says so", async () => {
  const world = await worldBefore("certify passports");
  const before = await ceiling(world);
  assert.equal((await verdict(world)).accepted, true);
  await agreedAt(world, 112_000);
  assert.ok(Math.abs((await ceiling(world)) / before - 112_000 / 225_000) < 0.01);
  const shares = (await world.record("lot", "L-OXIDE")).feeds_mg["L-MAGNETS"]?.["Nd"] ?? 0;
  assert.ok(shares > (await ceiling(world)), "its shares stay as they were drawn");
  assert.match((await world.record("passport", "P-1")).superseded?.why ?? "", /L-MAGNETS held less/);
  assert.deepEqual(audited(world), ["share_above_content"]);
  const { accepted, findings } = await verdict(world);
  assert.equal(accepted, false);
  assert.ok(findings.some(({ code, at }) => code === "share_above_content" && at.endsWith("L-MAGNETS")));
  await world.do("certify revoke", { passport: "P-1", why: "the feed held half" }, PROCESSOR);
  const anew = { lot: "L-OXIDE", issuer: "sample-refiner", passport: "P-2" };
  assert.equal(await world.code("certify issue", anew, PROCESSOR), "claim_exceeds_feed");
  assert.deepEqual(audited(world), [], "what was revoked claims nothing");
});

test("S59: agreed at a little less, a passport inside it stands; agreed at more again, claims end where they did", async () => {
  const world = await worldBefore("certify passports");
  const before = await ceiling(world);
  await agreedAt(world, 220_000);
  assert.ok((await ceiling(world)) < before);
  assert.equal((await world.record("passport", "P-1")).superseded, undefined);
  assert.equal((await verdict(world)).accepted, true);
  await agreedAt(world, 240_000);
  assert.equal(await ceiling(world), before);
  assert.deepEqual(audited(world), []);
});
