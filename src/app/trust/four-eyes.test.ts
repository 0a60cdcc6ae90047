import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { theUseCase, type World, worldBefore } from "../../../test/story/world.ts";
import type { Actor } from "../../ledger/index.ts";
import { handsOf } from "../../trust/index.ts";
import { useCases } from "../use-cases.ts";
import type { InTwo } from "./proposed.ts";

const stated = (said: string): Actor => {
  const [role = "", party = ""] = said.split("@");
  return { role, party, verified: false };
};
const signedIn = (person: string, said: string): Actor => ({ ...stated(said), verified: true, person });
const RULES = "trust rules";
const required = (world: World, party: string, stated_identities = "count") =>
  world.do(RULES, { party, four_eyes: "required", stated_identities, why: "certified firms do" });
const example = (verb: string) => theUseCase(verb).example as Record<string, unknown>;

describe("a second step by a second person", () => {
  it("Z60: who reported, sanitized and certified is kept from the headers of their entries", async () => {
    const { record } = await worldBefore();
    for (const [id, role] of [
      [handsOf.reported("Y-1", "supplier"), "chemist"],
      [handsOf.reported("Q-1", "product"), "chemist"],
      [handsOf.certified("L-OXIDE"), "unstated"],
    ] as const)
      assert.deepEqual(
        (await record("hands", id)).hands.map((hand) => hand.role),
        [role],
        id,
      );
    const all = (await record("hands", handsOf.sanitized("C-1"))).hands.map((hand) => hand.role);
    assert.deepEqual(all, ["unstated", "operator"]);
  });

  it("Z61 Y100: results are released by another person of the laboratory, whatever they act as", async () => {
    const world = await worldBefore("assay report");
    const [one, two] = ["C-1", "C-2"].map((id) => signedIn(id, "chemist@sample-lab-a")) as [Actor, Actor];
    await world.do("assay report", example("assay report"), one);
    const release = { sample: "Y-1", side: "supplier" };
    assert.equal(await world.code("assay release", release, one), "second_person_same");
    const promoted = signedIn("C-1", "approver@sample-lab-a");
    assert.equal(await world.code("assay release", release, promoted), "second_person_same");
    assert.equal(await world.code("assay release", release, two), "done");
  });

  it("Z61 N51: the certificate of sanitization is issued by none of those who sanitized", async () => {
    const world = await worldBefore("intake issue-certificate");
    const issue = { consignment: "C-1" };
    const wiped = signedIn("P-1", "approver@sample-recycler");
    const line = { row: 3, data_bearing: "yes", why: "a drive stood among the cables" };
    await world.do("intake correct-line", { ...issue, ...line });
    const [record] = (example("intake sanitize") as { records: object[] }).records;
    const { media } = record as { media: object };
    const fresh = { ...record, row: 3, media: { ...media, serial: "SAMPLE0601" } };
    const operator = { ...wiped, role: "operator" };
    await world.do("trust register-person", { person: "P-1", party: "sample-recycler", role: "operator" });
    assert.equal(
      await world.code("intake sanitize", { ...issue, records: [fresh] }, operator),
      "clearance_missing",
    );
    for (const kind of ["screening", "training"])
      await world.do("trust clear-person", {
        ...{ person: "P-1", site: "plainfield", kind, evidence: "e", until: "2028-01-01T00:00:00Z" },
      });
    assert.equal(await world.code("intake sanitize", { ...issue, records: [fresh] }, operator), "done");
    assert.equal(await world.code("intake issue-certificate", issue, wiped), "second_person_same");
    const other = signedIn("P-2", "approver@sample-recycler");
    assert.equal(await world.code("intake issue-certificate", issue, other), "done");
  });

  it("Z61 C80 C81: a certificate of analysis by another than who reported, its passport by another than who certified", async () => {
    const world = await worldBefore("certify release");
    const [one, two] = ["P-1", "P-2"].map((id) => signedIn(id, "approver@sample-refiner")) as [Actor, Actor];
    const certify = example("certify release");
    const asOther = { ...certify, approved_by: "quality manager" };
    assert.equal(await world.code("certify release", asOther, one), "approver_differs", "C81");
    await world.do("certify release", certify, one);
    assert.equal(await world.code("certify issue", example("certify issue"), one), "second_person_same");
    assert.equal(await world.code("certify issue", example("certify issue"), two), "done");
    const reporter = signedIn("C-1", "chemist@sample-lab-a");
    const reported = await worldBefore("certify release");
    const report = (await reported.record("sample", "Q-1")).reports as { product: Record<string, unknown> };
    const { by: _by, at: _at, ...given } = report.product;
    await reported.do("assay report", { ...given, corrects: "anew" }, reporter);
    await reported.do(
      "assay release",
      { sample: "Q-1", side: "product" },
      signedIn("C-2", "chemist@sample-lab-a"),
    );
    const owner = signedIn("C-1", "approver@sample-recycler");
    assert.equal(await reported.code("certify release", certify, owner), "second_person_same");
  });

  it("Z63: stated identities are asked too where a party requires it, and nobody is let off for stating nothing", async () => {
    const world = await worldBefore("certify issue");
    const issue = example("certify issue");
    const approver = stated("approver@sample-refiner");
    const relaxed = await worldBefore("certify issue");
    assert.equal(
      await relaxed.code("certify issue", issue, approver),
      "done",
      "as before where nothing was said",
    );
    await required(world, "sample-refiner");
    assert.equal(await world.code("certify issue", issue, approver), "second_person_unverified", "by nobody");
    await world.do("certify release", { ...example("certify release"), why: "by somebody" }, approver);
    assert.equal(await world.code("certify issue", issue, approver), "second_person_same");
    assert.equal(await world.code("certify issue", issue), "second_person_unverified");
    assert.equal(await world.code("certify issue", issue, stated("quality manager@sample-refiner")), "done");
  });
});

/** Whose rules ask for two, and what they are asked for: each command that may take two, by its example. */
const ASKED: Readonly<Record<string, readonly [party: string, input?: object]>> = {
  "intake correct-line": [
    "sample-recycler",
    { consignment: "C-1", row: 3, data_bearing: "yes", why: "looked at again" },
  ],
  "prepare reverse": ["sample-recycler"],
  "ledger stocktake": [
    "sample-recycler",
    {
      ...{ site: "plainfield", why: "count" },
      counts: [{ lot: "L-MAGNETS", mass: "1240 kg", scale: "plainfield-floor" }],
    },
  ],
  "ship correct-weight": ["sample-refiner"],
  "certify revoke": ["sample-refiner"],
  "certify rotate-key": ["sample-refiner"],
  "certify retire-key": ["sample-refiner"],
  "trust register-person": ["sample-recycler"],
  "trust end-person": ["sample-recycler"],
  "trust register-token": [
    "sample-recycler",
    { party: "sample-recycler", role: "administrator", digest: "ab".repeat(32) },
  ],
  "trust register-invitation": [
    "sample-recycler",
    { party: "sample-recycler", role: "weigher", digest: "cd".repeat(32) },
  ],
  "trust register-erasure": ["sample-recycler"],
  "trust name-directory": ["sample-recycler"],
  "trust substitute": [
    "sample-recycler",
    { person: "recycler-operator", for: "recycler-stand-in", until: "2026-05-15T00:00:00Z", why: "leave" },
  ],
  "trust review-access": [
    "sample-recycler",
    { party: "sample-recycler", people: [{ person: "recycler-stand-in", keep: false }] },
  ],
  "trust retain": ["sample-recycler"],
  "trust lift-hold": ["sample-recycler"],
  "trust erase-documents": ["sample-recycler"],
  "trust rules": ["sample-carrier", { party: "sample-carrier", four_eyes: "offered", why: "too slow" }],
};
type Verb<U> = U extends { readonly room: infer R extends string; readonly verb: infer V extends string }
  ? `${R} ${V}`
  : never;
const TYPED: Readonly<Record<Verb<InTwo>, true>> = {
  ...{ "intake correct-line": true, "prepare reverse": true, "ledger stocktake": true },
  ...{ "ship correct-weight": true, "certify revoke": true, "certify rotate-key": true },
  ...{ "certify retire-key": true, "trust register-person": true, "trust end-person": true },
  ...{ "trust register-token": true, "trust rules": true, "trust name-directory": true },
  ...{ "trust register-invitation": true, "trust register-erasure": true },
  ...{ "trust substitute": true, "trust review-access": true },
  ...{ "trust retain": true, "trust lift-hold": true, "trust erase-documents": true },
};

describe("what a party may ask two people for", () => {
  it("Z63: is what the commands say of themselves", () => {
    const said = useCases.flatMap((u) => (u.type === "command" && u.two ? [`${u.room} ${u.verb}`] : []));
    assert.deepEqual(Object.keys(ASKED).sort(), said.sort());
    assert.deepEqual(Object.keys(TYPED).sort(), said.sort());
  });

  for (const [verb, [party, input = example(verb)]] of Object.entries(ASKED)) {
    it(`Z63 Z64 Z67: ${verb} is given by nobody alone, and carried out when another approves it`, async () => {
      // A line is somebody else's to correct too once what it says was certified.
      const world = await worldBefore(verb === "intake correct-line" ? "prepare step" : verb);
      await required(world, party);
      const [one, two] = ["administrator", "approver"].map((role) => stated(`${role}@${party}`)) as [
        Actor,
        Actor,
      ];
      for (const who of [one, undefined])
        assert.equal(await world.code(verb, input, who), "second_person_needed");
      const asked = { approval: "V-9", command: verb.replace(" ", "/"), input };
      assert.equal(await world.code("trust propose", asked), "party_differs", "who states nobody");
      await world.do("trust propose", asked, one);
      const before = world.ports.store.log.length;
      assert.equal(await world.code("trust approve", { approval: "V-9" }, one), "second_person_same");
      assert.equal(
        await world.code("trust approve", { approval: "V-9" }, stated("driver@sample-buyer-a")),
        "party_differs",
      );
      assert.equal(await world.code("trust approve", { approval: "V-9" }, two), "done");
      const written = world.ports.store.log.slice(before);
      assert.equal(written[0]?.kind, "approval_given");
      assert.ok(written.length > 1, "and what was asked for, in the same batch");
      assert.ok(written.every(({ key, actor }) => key === written[0]?.key && actor.role === "approver"));
      assert.equal(await world.code("trust approve", { approval: "V-9" }, two), "already_decided");
    });
  }

  it("Z63: what is not of that sort is given as before: a line that nobody certified, a count that agrees, a weigher's token", async () => {
    const early = await worldBefore("intake correct-line");
    await required(early, "sample-recycler");
    assert.equal(await early.code("intake correct-line", example("intake correct-line")), "done");
    const counted = await worldBefore("ledger stocktake");
    await required(counted, "sample-recycler");
    assert.equal(await counted.code("ledger stocktake", example("ledger stocktake")), "done");
    const tokens = await worldBefore("trust register-token");
    await required(tokens, "sample-recycler");
    assert.equal(await tokens.code("trust register-token", example("trust register-token")), "done");
  });

  it("Z64: what would be refused is refused when it is proposed, at its place, and what has changed since when it is approved", async () => {
    const world = await worldBefore("certify revoke");
    const [one, two] = ["approver", "quality manager"].map((role) => stated(`${role}@sample-refiner`)) as [
      Actor,
      Actor,
    ];
    const asked = { approval: "V-9", command: "certify/revoke", input: { passport: "P-0", why: "w" } };
    assert.equal(await world.code("trust propose", asked, one), "passport_unknown");
    const strange = { ...asked, input: { pasport: "P-1", why: "w" } };
    assert.equal(await world.code("trust propose", strange, one), "field_unknown");
    for (const command of ["certify/release", "trust/people"])
      assert.equal(await world.code("trust propose", { ...asked, command }, one), "two_not_asked");
    assert.equal(
      await world.code("trust propose", { ...asked, command: "certify/un" }, one),
      "use_case_unknown",
    );
    await world.do("trust propose", { ...asked, input: { passport: "P-1", why: "w" } }, one);
    await world.do("certify revoke", { passport: "P-1", why: "first" });
    assert.equal(await world.code("trust approve", { approval: "V-9" }, two), "already_revoked");
    await world.do("trust decline", { approval: "V-9", why: "done already" }, one);
    assert.equal(await world.code("trust approve", { approval: "V-9" }, two), "already_decided");
  });

  it("Z65: nothing that somebody proposed who left since is carried out", async () => {
    const world = await worldBefore("certify revoke");
    await world.do("trust register-person", { person: "P-1", party: "sample-refiner", role: "approver" });
    const asked = { approval: "V-9", command: "certify/revoke", input: { passport: "P-1", why: "w" } };
    await world.do("trust propose", asked, signedIn("P-1", "approver@sample-refiner"));
    await world.do("trust end-person", { person: "P-1" });
    const second = signedIn("P-2", "approver@sample-refiner");
    assert.equal(await world.code("trust approve", { approval: "V-9" }, second), "proposer_left");
  });

  it("Z66: rules that ask for less take two; where only who signed in counts, two stated ones are none", async () => {
    const world = await worldBefore("certify revoke");
    const proved = {
      party: "sample-refiner",
      four_eyes: "required",
      stated_identities: "do_not_count",
      why: "w",
    };
    assert.equal(await world.code(RULES, proved), "administrators_too_few");
    for (const person of ["A-1", "A-2"])
      await world.do("trust register-person", { person, party: "sample-refiner", role: "administrator" });
    await world.do(RULES, proved);
    for (const less of [{ four_eyes: "offered" }, { stated_identities: "count" }])
      assert.equal(await world.code(RULES, { ...proved, ...less }), "second_person_needed");
    const asked = { approval: "V-9", command: "certify/revoke", input: { passport: "P-1", why: "w" } };
    await world.do("trust propose", asked, stated("approver@sample-refiner"));
    const second = stated("quality manager@sample-refiner");
    assert.equal(await world.code("trust approve", { approval: "V-9" }, second), "second_person_unverified");
  });
});

describe("clearances", () => {
  it("Z70 R50: who works on devices that still hold data is cleared for the site; who works on magnets that were taken out need not be", async () => {
    const world = await worldBefore("prepare step");
    const person = { person: "P-1", party: "sample-recycler", role: "operator" };
    await world.do("trust register-person", person);
    const operator = signedIn("P-1", "operator@sample-recycler");
    // All that C-1 brought was destroyed; one more comes to light.
    const more = { consignment: "C-1", row: 3, data_bearing: "yes", why: "a drive stood among the cables" };
    assert.equal(await world.code("intake correct-line", more), "done");
    assert.equal(await world.code("prepare step", example("prepare step"), operator), "clearance_missing");
    for (const kind of ["screening", "training"])
      await world.do("trust clear-person", {
        ...{ person: "P-1", site: "plainfield", kind, evidence: "e", until: "2028-01-01T00:00:00Z" },
      });
    assert.equal(await world.code("prepare step", example("prepare step"), operator), "done");
    const now = world.ports.clock.now().toISOString();
    const back = { person: "P-1", site: "plainfield", kind: "training", evidence: "taken back", until: now };
    await world.do("trust clear-person", back);
    const magnets = {
      step: "S-90",
      kind: "demagnetise",
      site: "plainfield",
      inputs: [{ lot: "C-1-MAGNETS" }],
    };
    const outputs = [{ lot: "C-1-CALM", kind: "magnets", mass: "7.3 kg", scale: "plainfield-bench" }];
    assert.equal(await world.code("prepare step", { ...magnets, outputs }, operator), "done");
  });

  it("Z71: by the party of the site, for its own people that are there", async () => {
    const world = await worldBefore("trust clear-person");
    const clear = example("trust clear-person");
    assert.equal(await world.code("trust clear-person", { ...clear, site: "nowhere" }), "site_unknown");
    assert.equal(await world.code("trust clear-person", { ...clear, site: "noblesville" }), "person_differs");
    assert.equal(await world.code("trust clear-person", { ...clear, person: "U-0" }), "person_unknown");
    await world.do("trust end-person", { person: "recycler-operator" });
    assert.equal(await world.code("trust clear-person", clear), "person_ended");
  });
});

describe("incidents", () => {
  it("Z75: what is open beyond its day is shown as overdue, and closed by whose it is", async () => {
    const world = await worldBefore("trust close-incident");
    const { items } = await world.ask<{ items: { incident: string; overdue: boolean }[] }>(
      "trust incidents",
      {},
    );
    assert.deepEqual(
      items.map(({ incident, overdue }) => [incident, overdue]),
      [["N-1", false]],
    );
    const close = example("trust close-incident");
    assert.equal(
      await world.code("trust close-incident", close, stated("approver@sample-refiner")),
      "party_differs",
    );
    assert.equal(await world.code("trust close-incident", close, stated("approver@sample-recycler")), "done");
  });
});

describe("substitutes and reviews", () => {
  it("Z72: who stands in gives what the other may, the entry says for whom, and nothing before the first day", async () => {
    const world = await worldBefore("certify revoke");
    const party = "sample-refiner";
    for (const [person, role] of [
      ["P-1", "weigher"],
      ["P-2", "approver"],
    ] as const)
      await world.do("trust register-person", { person, party, role });
    const weigher = signedIn("P-1", "weigher@sample-refiner");
    const revoke = example("certify revoke");
    assert.equal(await world.code("certify revoke", revoke, weigher), "not_allowed");
    const now = world.ports.clock.now().getTime();
    const at = (hours: number) => new Date(now + hours * 3_600_000).toISOString();
    const asked = { person: "P-1", for: "P-2", why: "leave", until: at(1) };
    const itself = signedIn("P-1", "administrator@sample-refiner");
    assert.equal(await world.code("trust substitute", asked, itself), "second_person_same");
    await world.do("trust substitute", { ...asked, from: at(0.5) });
    assert.equal(await world.code("certify revoke", revoke, weigher), "not_allowed", "not yet");
    await world.do("trust substitute", asked);
    assert.equal(
      await world.code("trust rules", { party, four_eyes: "required", why: "w" }, weigher),
      "not_allowed",
    );
    assert.equal(await world.code("certify revoke", revoke, weigher), "done");
    assert.deepEqual(world.ports.store.log.at(-1)?.actor, { ...weigher, role: "approver", for: "P-2" });
    const [shown] = (await world.ask<{ items: { today: string[] }[] }>("trust substitutes", { party })).items;
    assert.deepEqual(shown?.today, ["P-2"]);
  });

  it("Z61 Z72: who stands in for another stays one person", async () => {
    const world = await worldBefore("assay report");
    const party = "sample-lab-a";
    for (const [person, role] of [
      ["P-1", "chemist"],
      ["P-2", "approver"],
    ] as const)
      await world.do("trust register-person", { person, party, role });
    const chemist = signedIn("P-1", `chemist@${party}`);
    await world.do("trust substitute", {
      person: "P-1",
      for: "P-2",
      why: "leave",
      until: "2026-05-01T00:00:00Z",
    });
    await world.do("assay report", example("assay report"), chemist);
    const release = { sample: "Y-1", side: "supplier" };
    assert.equal(await world.code("assay release", release, chemist), "second_person_same");
  });

  it("Z73: who is not kept has left; who has what is listed, with when it was looked at", async () => {
    const world = await worldBefore("trust review-access");
    const party = "sample-recycler";
    await world.do("trust review-access", {
      party,
      people: [
        { person: "recycler-stand-in", keep: true },
        { person: "recycler-operator", keep: false },
      ],
    });
    const { items } = await world.ask<{ items: Record<string, unknown>[] }>("trust access", { party });
    const seen = items.map((one) => [one["person"], one["reviewed_at"] !== null, one["ended_at"] !== null]);
    assert.deepEqual(seen, [
      ["recycler-intake-lead", false, false],
      ["recycler-operator", true, true],
      ["recycler-stand-in", true, false],
    ]);
  });
});
