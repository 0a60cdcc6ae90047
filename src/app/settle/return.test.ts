import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { type World, worldBefore } from "../../../test/story/world.ts";
import {
  accountOf,
  agreed,
  by,
  NOBODY,
  PROCESSOR,
  STRANGER,
  SUPPLIER,
  terms,
} from "../../../test/support/settling.ts";

const back = (lot: string, change: object = {}) => ({ agreement: "A-2026-01", lot, ...change });
const returned = async (world: World, agreement = "A-2026-01") =>
  (await accountOf(world, agreement))["Nd2O3"]?.returned_kg;
const split = (world: World, lot: string, parts: Record<string, string>) =>
  world.do("prepare step", {
    ...{ kind: "split", site: "noblesville", inputs: [{ lot }] },
    outputs: Object.entries(parts).map(([name, mass]) => ({
      ...{ lot: name, kind: "oxide", mass, sd: "1 g", notes: { oxide: "Nd2O3" } },
    })),
  });

describe("oxide is returned once", () => {
  it("S41: in parts, up to all of it, and not again under another agreement", async () => {
    const world = await worldBefore("settle return-oxide");
    // Owed under the second agreement too.
    await world.do("settle move-lot", { lot: "L-MAGNETS", agreement: "A-2026-02" }, PROCESSOR);
    await world.do("settle return-oxide", back("L-OXIDE", { mass: "100 kg" }));
    assert.equal(await returned(world), "100");
    assert.equal(
      await world.code("settle return-oxide", back("L-OXIDE", { mass: "201 kg" })),
      "mass_exceeds_lot",
    );
    const second = { agreement: "A-2026-02" };
    assert.equal(
      await world.code("settle return-oxide", back("L-OXIDE", { ...second, mass: "201 kg" })),
      "mass_exceeds_lot",
    );
    const said = await world.do("settle return-oxide", back("L-OXIDE", second));
    assert.equal(said["returned_mg"], 200_000_000);
    for (const change of [{}, second, { mass: "1 mg" }])
      assert.equal(await world.code("settle return-oxide", back("L-OXIDE", change)), "already_returned");
    assert.deepEqual((await world.record("taking", "L-OXIDE")).returned, {
      "A-2026-01": 100_000_000,
      "A-2026-02": 200_000_000,
    });
  });

  it("S41: halves of a returned lot, and halves of halves, were returned with it", async () => {
    const world = await worldBefore("settle return-oxide");
    await world.do("settle return-oxide", back("L-OXIDE"));
    await split(world, "L-OXIDE", { H1: "150 kg", H2: "150 kg" });
    await split(world, "H1", { Q1: "75 kg", Q2: "75 kg" });
    for (const lot of ["H2", "Q1", "Q2"])
      assert.equal(await world.code("settle return-oxide", back(lot)), "already_returned", lot);
    assert.equal(await returned(world), "300");
  });

  it("S41: of a lot returned in part the parts have so much left as they carry, together what is left", async () => {
    const world = await worldBefore("settle return-oxide");
    await world.do("settle return-oxide", back("L-OXIDE", { mass: "200 kg" }));
    await split(world, "L-OXIDE", { H1: "150 kg", H2: "150 kg" });
    const left: number[] = [];
    for (const lot of ["H1", "H2"]) {
      const code = await world.code("settle return-oxide", back(lot));
      left.push(code === "done" ? 1 : 0);
    }
    assert.ok(left.includes(1));
    assert.equal(await returned(world), "300");
  });

  it("S41: reworked, it is still returned", async () => {
    const world = await worldBefore("settle return-oxide");
    await world.do("settle return-oxide", back("L-OXIDE"));
    const site = "noblesville";
    await world.do("prepare step", {
      ...{ step: "S-W", kind: "dissolve", site, inputs: [{ lot: "L-OXIDE" }] },
      additions: [{ name: "acid", mass: "3000 kg", scale: "noblesville-floor" }],
      outputs: [{ lot: "W-1", kind: "solution", mass: "3300 kg", scale: "noblesville-floor" }],
    });
    await world.do("prepare step", {
      ...{ step: "S-X", kind: "precipitate", site, inputs: [{ lot: "W-1" }] },
      additions: [{ name: "oxalic acid", mass: "486 kg", scale: "noblesville-floor" }],
      outputs: [{ lot: "W-2", kind: "oxalate", mass: "650 kg", scale: "noblesville-floor" }],
      losses: [{ place: "filtrate", mass: "3136 kg", sd: "15 kg" }],
    });
    await world.do("prepare step", {
      ...{ step: "S-Y", kind: "calcine", site, inputs: [{ lot: "W-2" }] },
      outputs: [
        { lot: "W-3", kind: "oxide", mass: "299 kg", scale: "noblesville-floor", notes: { oxide: "Nd2O3" } },
      ],
      losses: [{ place: "carbon dioxide and water", mass: "351 kg", scale: "noblesville-floor" }],
    });
    assert.equal(await world.code("settle return-oxide", back("W-3")), "already_returned");
  });

  it("S41: it stays returned where its metal is said to be nowhere, or beside it", async () => {
    const whole = (lot: string, mass: string, content: object) => ({
      ...{ lot, kind: "oxide", mass, scale: "noblesville-floor", content },
    });
    const divided = async (outputs: object[], more: object = {}) => {
      const world = await worldBefore("settle return-oxide");
      await world.do("settle return-oxide", back("L-OXIDE"));
      const split = { kind: "split", site: "noblesville", inputs: [{ lot: "L-OXIDE" }], outputs, ...more };
      await world.do("prepare step", split);
      return world;
    };
    const lost = { accept_open: "content not looked at" };
    const none = await divided([whole("Z", "300 kg", { by: "none" })], lost);
    assert.deepEqual((await none.record("taking", "Z")).returned, { "A-2026-01": 300_000_000 });
    assert.equal(await none.code("settle return-oxide", back("Z")), "product_differs", "it is no oxide now");
    const rest = await divided([whole("Z", "20 kg", { by: "none" }), whole("R", "280 kg", { by: "rest" })]);
    for (const [lot, mg] of [
      ["Z", 20_000_000],
      ["R", 280_000_000],
    ] as const)
      assert.deepEqual((await rest.record("taking", lot)).returned, { "A-2026-01": mg });
  });

  it("S41: what is called an oxide and is none by the books does not go back", async () => {
    const world = await worldBefore("settle return-oxide");
    const water = (product: object) => ({
      ...{ kind: "blend", site: "noblesville", inputs: [{ lot: "L-OXIDE" }] },
      additions: [{ name: "water", mass: "80 kg", scale: "noblesville-floor" }],
      outputs: [{ lot: "WET", kind: "oxide", mass: "380 kg", scale: "noblesville-floor", ...product }],
    });
    assert.equal(await world.code("prepare step", water({ notes: { oxide: "Nd2O3" } })), "product_not_held");
    assert.equal(await world.code("prepare step", water({ product: "Nd2O3" })), "product_not_held");
    assert.deepEqual((await world.do("prepare step", water({})))["products"], {}, "and none is inherited");
    assert.equal(await world.code("settle return-oxide", back("WET")), "product_differs");
  });

  it("S42: the part whose title passes is split off as the refusal says, keeps its product and goes back", async () => {
    const world = await worldBefore("settle return-oxide");
    await world.do("settle pass-title", {
      lot: "L-OXIDE",
      to: "sample-refiner",
      why: "beyond the guarantee",
    });
    assert.equal(await world.code("settle return-oxide", back("L-OXIDE", { mass: "4 kg" })), "split_first");
    const output = (lot: string, mass: string) => ({ lot, kind: "oxide", mass, scale: "noblesville-floor" });
    const said = await world.do("prepare step", {
      ...{ kind: "split", site: "noblesville", inputs: [{ lot: "L-OXIDE" }] },
      outputs: [output("PART", "4 kg"), output("STAYS", "296 kg")],
    });
    assert.deepEqual(said["products"], { PART: "Nd2O3", STAYS: "Nd2O3" });
    assert.equal((await world.do("settle return-oxide", back("PART")))["title_passed"], true);
  });

  it("S42: the processor's own oxide passes its title by the return, whole; anyone else's does not go back", async () => {
    const world = await worldBefore("settle return-oxide");
    await world.do("settle pass-title", {
      lot: "L-OXIDE-2",
      to: "sample-refiner",
      why: "beyond the guarantee",
    });
    assert.equal(await world.code("settle return-oxide", back("L-OXIDE-2", { mass: "1 kg" })), "split_first");
    const said = await world.do("settle return-oxide", back("L-OXIDE-2"), PROCESSOR);
    assert.equal(said["title_passed"], true);
    assert.equal((await world.record("lot", "L-OXIDE-2")).owner, "sample-recycler");
    await world.do("settle pass-title", { lot: "L-OXIDE-2", to: "sample-refiner", why: "bought back" });
    assert.equal(await world.code("settle return-oxide", back("L-OXIDE-2")), "already_returned");
    await world.do("settle pass-title", { lot: "L-OXIDE", to: "sample-buyer-a", why: "sold" });
    assert.equal(await world.code("settle return-oxide", back("L-OXIDE")), "owner_differs");
  });

  it("S42: by one of the two, or by the machine's owner", async () => {
    const world = await worldBefore("settle return-oxide");
    assert.equal(await world.code("settle return-oxide", back("L-OXIDE"), STRANGER), "party_differs");
    assert.equal(await world.code("settle return-oxide", back("L-OXIDE"), NOBODY), "done");
    const pass = { lot: "L-OXIDE-2", to: "sample-refiner", why: "mine" };
    assert.equal(await world.code("settle pass-title", pass, by("anyone@sample-carrier")), "party_differs");
  });

  it("S41: nothing goes back before it was there, or of no weight", async () => {
    const world = await worldBefore("settle return-oxide");
    const early = { at: "2026-03-01T00:00:00Z" };
    assert.equal(await world.code("settle return-oxide", back("L-OXIDE", early)), "lot_not_yet_there");
    assert.equal(
      await world.code("settle return-oxide", back("L-OXIDE", { mass: "0 kg" })),
      "mass_not_positive",
    );
  });
});

describe("oxide is returned as the terms ask", () => {
  const [first, ...others] = (terms() as { elements: object[] }).elements;
  const asking = (specification: string) => ({ elements: [{ ...first, specification }, ...others] });

  it("S43 S44: on a certificate of analysis that stands and meets what the terms of the day ask", async () => {
    const world = await worldBefore("certify certificate");
    const again = async () => world.code("settle return-oxide", back("L-OXIDE"));
    assert.equal(await again(), "already_returned", "the story returned it");
    await agreed(world, asking("4N"), "quality is agreed");
    assert.equal(await world.code("settle return-oxide", back("L-OXIDE-2")), "specification_not_met");
    assert.equal(
      await world.code("settle return-oxide", back("L-OXIDE-2", { certificate: "0".repeat(64) })),
      "certificate_differs",
    );
  });

  it("S44: a certified lot goes back with the digest of its certificate of analysis", async () => {
    const world = await worldBefore("certify certificate");
    const { lot, json_digest, meets } = await world.record("certificate", "L-OXIDE");
    assert.equal(lot, "L-OXIDE");
    const { decideReturn } = await import("../../settle/index.ts");
    const agreement = terms(asking("4N")) as never;
    const returning = {
      ...{
        lot,
        oxide: "Nd2O3",
        owner: "sample-recycler",
        mass_mg: 10,
        left_mg: 10,
        asked_mg: undefined,
      },
    };
    const outcome = (certified: object | undefined, certificate?: string) => {
      const decided = decideReturn(returning, agreement, { certified: certified as never, certificate });
      return decided.ok ? "done" : decided.refusal.code;
    };
    assert.equal(outcome({ digest: json_digest, meets }, json_digest), "done");
    assert.equal(outcome({ digest: json_digest, meets }), "done");
    assert.equal(outcome({ digest: json_digest, meets: { ...meets, "4N": "no" } }), "specification_not_met");
    assert.equal(outcome({ digest: json_digest, meets: { "3N": "yes" } }), "specification_not_met");
    assert.equal(outcome({ digest: json_digest, meets }, "f".repeat(64)), "certificate_differs");
    assert.equal(outcome(undefined), "specification_not_met");
  });

  it("S42: matter that its seller promised does not pass away by a return", async () => {
    const world = await worldBefore("orders release");
    const { owner } = await world.record("lot", "L-OXIDE");
    const promised = (await world.record("taking", "L-OXIDE")).promised;
    assert.ok(owner === "sample-recycler" && Object.keys(promised).length > 0);
    assert.equal(
      await world.code("settle pass-title", { lot: "L-OXIDE", to: "sample-refiner", why: "away" }, SUPPLIER),
      "already_promised",
    );
  });
});
