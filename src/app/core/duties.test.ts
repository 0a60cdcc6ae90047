import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { describe, it } from "node:test";
import { STORY } from "../../../test/story/story.ts";
import { actorOfExample, isForSignedIn, theUseCase, worldBefore } from "../../../test/story/world.ts";
import type { Actor } from "../../ledger/index.ts";
import { dutyRows } from "../../trust/index.ts";
import { carryOut } from "../jobs/carry-out.ts";
import { useCases } from "../use-cases.ts";
import type { Concerns } from "./concerns.ts";

const SPEC = new URL("./SPEC.md", import.meta.url);
const HEAD = "| command | whom it concerns |\n|---|---|\n";

const commands = useCases.flatMap((u) => (u.type === "command" ? [u] : []));
const duties: ReadonlyMap<string, Concerns<never>> = new Map(
  commands.map(({ room, verb, concerns }) => [`${room} ${verb}`, concerns]),
);
/** Commands that a party may ask two people for. */
const inTwo = new Set(commands.flatMap((of) => (of.two ? [`${of.room} ${of.verb}`] : [])));
const by = (said: string): Actor => {
  const [role = "", party = ""] = said.split("@");
  return { role, party, verified: false };
};
const NOBODY = by("unstated@unstated");
const told = STORY.flatMap((step) => (step.is === "shown" && duties.has(step.verb) ? [step.verb] : []));

const wordsOf = (concerns: Concerns<never>): string => {
  if ("everyone" in concerns) return `everyone: ${concerns.everyone}`;
  return concerns.takes === "two" ? `${concerns.says}; takes two` : concerns.says;
};

const asked = (name: string): string => (inTwo.has(name) ? "; two people where it asks for them" : "");

describe("duties", () => {
  it("D1: the list of duties is what the commands say", () => {
    const rows = [...duties]
      .map(([name, concerns]) => `| \`${name}\` | ${wordsOf(concerns)}${asked(name)} |\n`)
      .join("");
    const [before = "", after] = readFileSync(SPEC, "utf8").split(HEAD);
    if (process.env["DIDYM_DUTIES"] === "write") writeFileSync(SPEC, `${before}${HEAD}${rows}`);
    else assert.equal(after, rows);
  });

  it("Z2 Z16: every command, every query and every action stands in the table of roles, and nothing else", () => {
    for (const type of ["command", "query", "action"]) {
      const listed = dutyRows().flatMap((row) => {
        const is = row.reads ? "query" : row.beside ? "action" : "command";
        return is === type ? [row.command] : [];
      });
      const there = useCases.flatMap((u) => (u.type === type ? [`${u.room} ${u.verb}`] : []));
      assert.deepEqual([...new Set(listed)].sort(), there.sort(), type);
    }
  });

  it("D1: the story tells every command", () => {
    assert.deepEqual([...told].sort(), [...duties.keys()].sort());
  });

  for (const name of told) {
    const concerns = duties.get(name) as Concerns<never>;
    const everyone = "everyone" in concerns;
    const forSignedIn = isForSignedIn(name);
    it(`D2 D3 D4: ${name} is for ${wordsOf(concerns)}`, async () => {
      const world = await worldBefore(name);
      const { example } = theUseCase(name);
      const refused = everyone ? "done" : forSignedIn ? "not_signed_in" : "party_differs";
      for (const said of ["driver@sample-carrier", "clerk@who-is-not-registered"]) {
        const code = await (await worldBefore(name)).code(name, example, by(said));
        assert.equal(code, refused, said);
      }
      const takesTwo = !everyone && concerns.takes === "two";
      if (takesTwo) {
        const { party } = actorOfExample(name);
        assert.equal(await world.code(name, example, NOBODY), "party_differs");
        assert.equal(await world.code(name, example, by(`unstated@${party}`)), "party_differs");
      }
      if (forSignedIn) assert.equal(await world.code(name, example, NOBODY), "not_signed_in");
      const lawful = takesTwo || forSignedIn || name === "assay release" ? actorOfExample(name) : NOBODY;
      assert.equal(await world.code(name, example, lawful), "done");
    });
  }

  it("D2: a job is carried out for whom it concerns, and for nobody else", async () => {
    const { ports } = await worldBefore("intake read-manifest");
    const { example: input } = theUseCase("intake read-manifest");
    const claim = { key: "j-1", use_case: "intake/read-manifest", input, actor: by("driver@sample-carrier") };
    const said = await carryOut(ports, claim as unknown as Parameters<typeof carryOut>[1]);
    assert.equal(said.state === "refused" && said.refusal.code, "party_differs");
  });
});

describe("nobody takes part by naming itself", () => {
  const LAB_B = by("chemist@sample-lab-b");

  it("D2: title is given by its owner, and not taken by who gets it", async () => {
    const world = await worldBefore("settle pass-title");
    const pass = { lot: "L-OXIDE", to: "sample-carrier", why: "mine" };
    for (const taker of ["driver@sample-carrier", "clerk@sample-refiner"])
      assert.equal(await world.code("settle pass-title", pass, by(taker)), "party_differs");
    assert.equal(await world.code("settle pass-title", pass, by("clerk@sample-recycler")), "done");
  });

  it("D2: nor by returning it: oxide of the processor's own is returned by the processor", async () => {
    const world = await worldBefore("settle return-oxide");
    await world.do("settle pass-title", {
      lot: "L-OXIDE",
      to: "sample-refiner",
      why: "beyond the guarantee",
    });
    const back = { agreement: "A-2026-01", lot: "L-OXIDE" };
    assert.equal(await world.code("settle return-oxide", back, by("clerk@sample-recycler")), "party_differs");
    assert.equal(await world.code("settle return-oxide", back, by("clerk@sample-refiner")), "done");
  });

  it("D2: results are corrected by who reported them, or by the party they are for", async () => {
    const world = await worldBefore("certify release");
    const { reports } = await world.record("sample", "Q-1");
    const report = (reports as { product: object }).product;
    const { by: _by, at: _at, ...given } = report as { by: object; at: string };
    const again = { ...given, corrects: "we know better" };
    const other = { ...again, laboratory: "sample-lab-b" };
    assert.equal(await world.code("assay report", again, by("driver@sample-carrier")), "party_differs");
    assert.equal(await world.code("assay report", other, LAB_B), "party_differs");
    assert.equal(await world.code("assay report", again, by("chemist@sample-lab-a")), "done");
    assert.equal(await world.code("assay report", other, by("clerk@sample-recycler")), "done");
  });

  it("D2: each side's report is its laboratory's or its party's, and no firm speaks for the other", async () => {
    const world = await worldBefore("assay report");
    const { example } = theUseCase("assay report");
    assert.equal(await world.code("assay report", example, by("clerk@sample-refiner")), "party_differs");
    assert.equal(await world.code("assay report", example, LAB_B), "party_differs");
    assert.equal(await world.code("assay report", example, by("clerk@sample-recycler")), "done");
    const release = { sample: "Y-1", side: "supplier" };
    assert.equal(await world.code("assay release", release, by("clerk@sample-refiner")), "party_differs");
    assert.equal(await world.code("assay release", release, by("qm@sample-lab-a")), "done");
  });

  it("D2: each firm corrects its own weight; what stands at a site is counted by the party of the site", async () => {
    const world = await worldBefore("ship correct-weight");
    const { example } = theUseCase("ship correct-weight");
    assert.equal(
      await world.code("ship correct-weight", example, by("clerk@sample-recycler")),
      "party_differs",
    );
    assert.equal(await world.code("ship correct-weight", example, by("clerk@sample-refiner")), "done");
    const count = {
      ...{ site: "noblesville", why: "month's end" },
      counts: [{ lot: "L-MAGNETS", mass: "1 kg", scale: "noblesville-floor" }],
    };
    assert.equal(await world.code("ledger stocktake", count, by("clerk@sample-recycler")), "party_differs");
    assert.equal(await world.code("ledger stocktake", count, by("clerk@sample-refiner")), "done");
  });

  it("D2: a buyer is qualified by who sells, never by itself, even where it sells too", async () => {
    const world = await worldBefore("orders qualify");
    await world.do("orders register-buyer", {
      ...{ buyer: "sample-refiner", segment: "commercial", trial_limit: "5 kg" },
    });
    const climb = { to: "trial", why: "agreed", evidence: "Q" };
    const qualify = (buyer: string, who: string) =>
      world.code("orders qualify", { ...climb, buyer }, by(`clerk@${who}`));
    assert.equal(await qualify("sample-buyer-a", "sample-buyer-a"), "party_differs");
    assert.equal(await qualify("sample-refiner", "sample-refiner"), "party_differs");
    assert.equal(await qualify("sample-refiner", "sample-recycler"), "done");
    assert.equal(await qualify("sample-buyer-a", "sample-refiner"), "done");
  });

  it("D2: a site that was not named is the one that would be offered: its party receives there", async () => {
    const world = await worldBefore("intake receive");
    const given = theUseCase("intake receive").example as object;
    const receive = { ...given, owner: "sample-carrier", pallets: [] };
    assert.equal(await world.code("intake receive", receive, by("clerk@sample-refiner")), "party_differs");
    assert.equal(await world.code("intake receive", receive, by("intake lead@sample-recycler")), "done");
  });

  it("G3: nobody registers under the name of who states nobody", async () => {
    const world = await worldBefore("programme register-site");
    const party = { party: "unstated", name: "Nobody", kind: "carrier" };
    assert.equal(await world.code("programme register-party", party), "party_name_taken");
  });
});
