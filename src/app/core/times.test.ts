import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { actorOfExample, theUseCase, worldBefore } from "../../../test/story/world.ts";
import { SUPPLIER } from "../../../test/support/settling.ts";
import { useCases } from "../use-cases.ts";
import { inputSchema } from "./input-schema.ts";

interface Schema {
  readonly format?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
}

/** Every place of an input that takes an instant: `at`, `run.at`, `records[].at`. */
function instantsOf({ format, properties = {}, items }: Schema, path: readonly string[] = []): string[][] {
  return [
    ...(format === "date-time" ? [[...path]] : []),
    ...Object.entries(properties).flatMap(([name, of]) => instantsOf(of, [...path, name])),
    ...(items ? instantsOf(items, [...path, "0"]) : []),
  ];
}

/** The example with this instant at a place. */
function dated(given: unknown, [name, ...rest]: readonly string[], at: string): unknown {
  if (name === undefined) return at;
  const inner = given as Record<string, unknown>;
  const value = dated(inner[name] ?? {}, rest, at);
  return Array.isArray(given)
    ? given.map((one, i) => (String(i) === name ? value : one))
    : { ...inner, [name]: value };
}

/** What rests on nothing that is on the books, and may be told of any time that is past. */
const FIRST: Readonly<Record<string, string>> = {
  "intake receive": "what came before the books began is told when they begin",
  "assay register-reference": "a reference material is there before anybody measures it",
  "intake sanitize records.0.at": "media may be destroyed where they were collected, before they came",
  "settle agree": "the first terms between two firms rest on none before them",
};
/** Plans lie ahead; nothing else does. */
const AHEAD = ["refine plan", "refine move"];
/** Until when something holds is no time at which anything happened: it lies ahead, and not too far. */
const UNTIL: Readonly<Record<string, readonly [ahead: string, past: string]>> = {
  "trust register-token until": ["until_too_far", "until_past"],
  "trust admit until": ["until_too_far", "until_past"],
};
const EARLY = [
  "time_before_input",
  "lot_not_yet_there",
  // A certificate of analysis as of before its results were released (C21).
  "results_not_released",
];

describe("times", () => {
  for (const useCase of useCases) {
    if (useCase.type !== "command") continue;
    const name = `${useCase.room} ${useCase.verb}`;
    for (const place of instantsOf(inputSchema(useCase) as Schema)) {
      const holds = UNTIL[`${name} ${place.join(".")}`];
      const asked = async (at: string) => {
        const world = await worldBefore(name);
        return world.code(name, dated(theUseCase(name).example, place, at) as object, actorOfExample(name));
      };
      it(`D5: ${name} is not told of what lies ahead, at ${place.join(".")}`, async () => {
        const code = await asked("2999-01-01T00:00:00Z");
        assert.equal(code, holds ? holds[0] : AHEAD.includes(name) ? "done" : "date_in_future");
      });
      it(`D6: ${name} is not told as of before what it rests on, at ${place.join(".")}`, async () => {
        const code = await asked("2020-01-01T00:00:00Z");
        if (holds) assert.equal(code, holds[1]);
        else if (name in FIRST || `${name} ${place.join(".")}` in FIRST) assert.equal(code, "done");
        else assert.ok(EARLY.includes(code), code);
      });
    }
  }
});

/** An hour before an instant. */
const before = (at: string | undefined): string => new Date(Date.parse(at ?? "") - 3_600_000).toISOString();

describe("each of the things it rests on", () => {
  it("D6 O14: a buyer is qualified after it was registered and after it last climbed, and orders after that", async () => {
    const world = await worldBefore("orders place");
    const { at: registered, history } = await world.record("buyer", "sample-buyer-a");
    const climb = { buyer: "sample-buyer-a", to: "qualified", why: "passed", evidence: "QA" };
    const order = theUseCase("orders place").example as object;
    for (const since of [registered, history.at(-1)?.at]) {
      assert.ok(since);
      assert.equal(await world.code("orders qualify", { ...climb, at: before(since) }), "time_before_input");
      assert.equal(await world.code("orders place", { ...order, at: before(since) }), "time_before_input");
    }
    assert.equal(await world.code("orders place", { ...order, at: history.at(-1)?.at }), "done");
  });

  it("D6 O14: nothing is promised of a lot before it was made, was the seller's, or was certified", async () => {
    const world = await worldBefore("orders allocate");
    const promise = { order: "O-1", lot: "L-OXIDE", mass: "1 kg" };
    const asked = (at: string) => world.code("orders allocate", { ...promise, at });
    const { opened } = await world.record("lot", "L-OXIDE");
    assert.equal(await asked(before(opened.at)), "time_before_input", "the order was placed later still");
    const { order: _, ...placed } = { ...(theUseCase("orders place").example as { order: string }) };
    await world.do("orders place", { ...placed, order: "O-9", mass: "1 kg" });
    const { at: certified } = await world.record("certificate", "L-OXIDE");
    assert.ok(Date.parse(certified) > Date.parse(opened.at));
    await world.do("settle pass-title", { lot: "L-OXIDE", to: "sample-refiner", why: "a loan" });
    await world.do("settle pass-title", { lot: "L-OXIDE", to: "sample-recycler", why: "given back" });
    const { owned_since } = await world.record("lot", "L-OXIDE");
    assert.equal(await asked(before(owned_since)), "time_before_input");
    assert.equal(await asked(owned_since ?? ""), "done");
  });

  it("D6 O14: nothing is done to an order before what was done to it last, nor sent before its passport", async () => {
    const world = await worldBefore("orders ship");
    const { latest_at } = await world.record("order", "O-1");
    const early = { order: "O-1", at: before(latest_at) };
    const lot = { lot: "L-OXIDE" };
    for (const verb of ["release", "cancel"])
      assert.equal(
        await world.code(`orders ${verb}`, { ...early, ...(verb === "release" ? lot : {}), why: "sooner" }),
        "time_before_input",
      );
    await world.do("certify revoke", { passport: "P-1", why: "a digit" });
    await world.do("certify issue", { ...lot, issuer: "sample-refiner", passport: "P-2" });
    const ship = { order: "O-1", ...lot, passport: "P-2", carrier: "sample-carrier" };
    assert.equal(await world.code("orders ship", { ...ship, at: latest_at }), "time_before_input");
    assert.equal(await world.code("orders ship", ship), "done");
  });

  it("D6 L34: title passes on after who gives it got it", async () => {
    const world = await worldBefore("settle pass-title");
    const { opened } = await world.record("lot", "L-OXIDE");
    const pass = (to: string, at?: string) =>
      world.code("settle pass-title", { lot: "L-OXIDE", to, why: "sold", ...(at ? { at } : {}) });
    assert.equal(await pass("sample-refiner", before(opened.at)), "lot_not_yet_there");
    assert.equal(await pass("sample-refiner"), "done");
    assert.equal(await pass("sample-buyer-a", opened.at), "time_before_input");
    assert.equal(await pass("sample-buyer-a"), "done");
  });

  it("D6 H7: a weight is corrected after it was last corrected", async () => {
    const world = await worldBefore("ship show");
    const { received, corrections } = await world.record("shipment", "B-1");
    const again = { ...(theUseCase("ship correct-weight").example as object), mass: "1250.2 kg" };
    assert.ok(Date.parse(corrections[0]?.at ?? "") > Date.parse(received?.at ?? ""));
    assert.equal(
      await world.code("ship correct-weight", { ...again, at: received?.at }),
      "time_before_input",
    );
    assert.equal(await world.code("ship correct-weight", again), "done");
  });

  it("D6 S37: a lot is settled after its terms were accepted, moved after its last statement", async () => {
    const world = await worldBefore("settle lot");
    const { terms } = await world.record("agreement", "A-2026-01");
    const settling = theUseCase("settle lot").example as object;
    const at = before(terms[0]?.accepted?.at);
    assert.equal(await world.code("settle lot", { ...settling, at }), "time_before_input");
    const dearer = {
      ...(terms[0]?.agreement as object),
      effective: { from: "2026-01-01", to: "2027-12-31" },
    };
    const later = { agreement: dearer, why: "dearer", at: before(terms[0]?.proposed?.at) };
    assert.equal(await world.code("settle agree", later, SUPPLIER), "time_before_input");
    await world.do("settle lot", settling);
    const issued = (await world.record("statement", "L-MAGNETS")).issued[0]?.at;
    const move = { ...(theUseCase("settle move-lot").example as object), at: before(issued) };
    assert.equal(await world.code("settle move-lot", move, SUPPLIER), "time_before_input");
  });

  it("D5: a clock that is a little ahead means now: nothing waits for it", async () => {
    const world = await worldBefore("orders place");
    const now = world.ports.clock.now().getTime();
    const at = new Date(now + 240_000).toISOString();
    await world.do("orders place", { ...(theUseCase("orders place").example as object), at });
    assert.equal((await world.record("order", "O-1")).at, new Date(now).toISOString());
    assert.equal(await world.code("orders cancel", { order: "O-1", why: "changed" }), "done");
  });
});
