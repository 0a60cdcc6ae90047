import assert from "node:assert/strict";
import { test } from "node:test";
import { bodyOf, contents, put, stepOf } from "../../test/frauds/museum.ts";
import { type Bodies, check, signed, type World, worldWith } from "../../test/support/passport-world.ts";
import { buildPassport, type Json, verifyTogether } from "./index.ts";
import { Papers } from "./papers.ts";

const paper = (passport: string, Nd: number, more: object = {}) => ({
  ...{ passport, lot: `L-${passport}`, mass_mg: 10 * Nd, oxide: "Nd2O3", feeds_mg: { F: { Nd } } },
  ...more,
});
const partOf = (passport: string, mass_mg: number) => ({ part_of: { passport, mass_mg } });

test("C12: a part of a part is the whole's once the part is revoked, and stands by itself when nothing around it lives", () => {
  const papers = new Papers();
  papers.issue(paper("P", 100));
  papers.issue(paper("Q", 60, partOf("P", 600)));
  papers.issue(paper("R", 20, partOf("Q", 200)));
  const inside = (name: string) => papers.motherOf(paper(name, 0))?.passport;
  const left = (name: string) => papers.described(name)?.left_mg;
  assert.deepEqual([inside("R"), inside("Q"), inside("P")], ["Q", "P", undefined]);
  assert.deepEqual([left("P"), left("Q"), left("R")], [400, 400, 200]);
  assert.deepEqual(papers.claimsLeft("P"), { F: { Nd: 40 } });
  papers.revoke("Q");
  assert.deepEqual([inside("R"), left("P")], ["P", 800]);
  papers.revoke("P");
  assert.equal(inside("R"), undefined);
});

test("C12 C16: nothing is a part of what came after it, of itself, or of what another party issued", () => {
  const papers = new Papers();
  papers.issue(paper("A", 1, partOf("B", 10)));
  papers.issue(paper("B", 1, partOf("B", 10)));
  papers.issue(paper("M", 1, { issued_by: "refiner", signed_by: "key-1" }));
  papers.issue(paper("C", 1, { ...partOf("M", 10), issued_by: "refiner", signed_by: "key-2" }));
  papers.issue(paper("D", 1, { ...partOf("M", 10), issued_by: "refiner" }));
  papers.issue(paper("E", 1, { ...partOf("M", 10), issued_by: "carrier" }));
  const inside = (name: string) => papers.motherOf(paper(name, 0))?.passport;
  assert.deepEqual(["A", "B", "C", "D", "E"].map(inside), [undefined, undefined, undefined, "M", undefined]);
  assert.equal(papers.described("M")?.parts.length, 1);
});

const halves = (bodies: Bodies) =>
  put(
    bodies,
    "end",
    stepOf("S-2", { lot: "OX-1", ...contents(1_000_000, 851_356, 850_000) }, [
      { lot: "OX-1a", ...contents(400_000, 340_542, 340_000) },
      { lot: "OX-1b", ...contents(600_000, 510_814, 510_000) },
    ]),
  );
const part = (passport: string, lot: string, mass_mg: number, Nd: number): Bodies[number] => [
  "passport_issued",
  {
    ...{ passport, lot, mass_mg, oxide: "Nd2O3", feeds_mg: { "F-1": { Nd } } },
    part_of: { passport: "P-1", mass_mg },
  },
];
const FIRST = part("P-2", "OX-1a", 400_000, 340_000);
const SECOND = part("P-3", "OX-1b", 600_000, 510_000);
const REVOKED: Bodies[number] = ["passport_revoked", { passport: "P-2", why: "another drum" }];

const described = async (...entries: Bodies) => {
  const world = await worldWith({
    bodies: (b) => {
      halves(b);
      put(b, "end", ...entries);
    },
  });
  const { accepted, describes, findings } = check(world);
  const codes = findings.map(({ code }) => code).filter((code) => code !== "not_stated");
  return { accepted, left: describes?.left_mg, codes };
};

test("C16: a mother says what its parts describe and what is left; once nothing is left it is not accepted", async () => {
  assert.deepEqual(await described(), { accepted: true, left: 1_000_000, codes: [] });
  assert.deepEqual(await described(FIRST), { accepted: true, left: 600_000, codes: ["parts_described"] });
  assert.deepEqual(await described(FIRST, SECOND), {
    ...{ accepted: false, left: 0, codes: ["described_by_parts"] },
  });
  assert.deepEqual(await described(FIRST, SECOND, REVOKED), {
    ...{ accepted: true, left: 400_000, codes: ["parts_described"] },
  });
});

test("C16: of a part that was revoked the matter is the mother's again, and another part of it is none too many", async () => {
  const again = part("P-4", "OX-1a", 400_000, 340_000);
  assert.deepEqual(await described(FIRST, REVOKED, again), {
    ...{ accepted: true, left: 600_000, codes: ["parts_described"] },
  });
});

test("C16: parts that each fit, and together claim more than the mother, are found", async () => {
  const greedy = part("P-3", "OX-1b", 600_000, 510_001);
  const world = await worldWith({
    bodies: (b) => {
      bodyOf(b, "step_recorded").outputs[0].feeds_mg["F-1"].Nd = 850_001;
      halves(b);
      const [, step] = b.at(-1) ?? [];
      (step as any).outputs[1].feeds_mg["F-1"].Nd = 510_001;
      put(b, "end", FIRST, greedy);
    },
  });
  assert.ok(
    check(world).findings.some((f) => f.code === "promised_twice" && f.message.includes("510000 mg")),
  );
});

test("C16: a stranger's part takes nothing from the mother", async () => {
  const [kind, body] = SECOND;
  const world = await worldWith({
    bodies: (b) => {
      Object.assign(bodyOf(b, "passport_issued", 1), { issued_by: "refiner" });
      halves(b);
      put(b, "end", [kind, { ...body, feeds_mg: {}, issued_by: "carrier" }]);
    },
  });
  const { accepted, describes, findings } = check(world);
  assert.deepEqual([accepted, describes?.left_mg], [true, 1_000_000]);
  assert.ok(findings.every(({ code }) => code === "not_stated"));
});

test("C16: given together, mother and parts count each gram once; a passport given twice counts once", async () => {
  const world: World = await worldWith({
    bodies: (b) => {
      halves(b);
      put(b, "end", FIRST);
    },
  });
  const subject = world.credential["credentialSubject"] as Parameters<typeof buildPassport>[0] & {
    product: { lot: string; oxide: string; net_mass_mg: number };
  };
  const issuer = world.credential["issuer"] as { id: string; name: string };
  const other = await signed(
    buildPassport({
      ...subject,
      ...{ passport: "P-2", issuer, validFrom: String(world.credential["validFrom"]) },
      ...{ lot: "OX-1a", oxide: "Nd2O3", net_mass_mg: 400_000, claims_mg: { "F-1": { Nd: 340_000 } } },
      part_of: { passport: "P-1", mass_mg: 400_000 },
    }) as unknown as Json,
    world.signer,
  );
  const { credential, bundle, signer } = world;
  const given = { credential, bundle, issuers: [signer.did], now: "2026-06-01T00:00:00.000Z" };
  const once = verifyTogether({ ...given, others: [other, other, credential] });
  const said = once.checks.find(({ name }) => name === "mass_once");
  assert.deepEqual([said?.result, said?.why.slice(0, 35)], ["passed", "together they describe 1000000 mg, "]);
  const { bundle: _, ...without } = given;
  const blind = verifyTogether({ ...without, others: [other] });
  assert.equal(blind.checks.find(({ name }) => name === "mass_once")?.result, "not_checked");
  assert.equal(blind.describes, null);
});
