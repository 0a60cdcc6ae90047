import assert from "node:assert/strict";
import { before, test } from "node:test";
import fc from "fast-check";
import {
  certificateOf,
  check,
  failedIn,
  impurities,
  NOW,
  signed,
  type World,
  worldWith,
} from "../../test/support/passport-world.ts";
import { buildPassport, type Json, verifyPassport } from "./index.ts";

let honest: World;
before(async () => {
  honest = await worldWith();
});

test("C7: the honest passport is accepted, every check passed", () => {
  const v = check(honest);
  assert.deepEqual(
    v.checks.filter((c) => c.result !== "passed"),
    [],
  );
  assert.equal(v.accepted, true);
});

test("C11: without the bundle what needs it is not checked, and nothing is accepted", () => {
  const v = verifyPassport({ credential: honest.credential, issuers: [honest.signer.did], now: NOW });
  assert.equal(v.checks.find((c) => c.name === "feed_claims")?.result, "not_checked");
  assert.deepEqual([v.accepted, v.status_as_of], [false, null]);
});

test("C5: who is not trusted is not accepted, however well it signed", () => {
  assert.deepEqual(failedIn(honest, { issuers: ["did:key:zOther"] }), {
    accepted: false,
    found: [],
    failed: ["issuer_trusted"],
  });
  const v = verifyPassport({ credential: honest.credential, bundle: honest.bundle, now: NOW });
  assert.equal(v.accepted, false);
  assert.equal(v.checks.find((c) => c.name === "issuer_trusted")?.result, "not_checked");
});

type Change = Parameters<typeof worldWith>[0];
const step = (bodies: [string, Record<string, unknown>][]) => bodies[2]?.[1] as any;

/** One thing wrong each, signed with the right key: only arithmetic can find it. */
const liars: readonly [name: string, change: Change, failed: string[], found?: string[]][] = [
  [
    "a claim above what the feed holds",
    { bodies: (b) => void ((b[1] as any)[1].elements_mg.Nd.best = 930_000) },
    ["lineage", "balance", "feed_claims"],
    ["share_above_content"],
  ],
  [
    "another passport claims the rest and more",
    { bodies: (b) => void ((b[4] as any)[1].feeds_mg["F-1"].Nd = 150_001) },
    ["feed_claims"],
  ],
  [
    "metal appears in a step",
    {
      bodies: (b) => void (step(b).outputs[0].elements_mg.Nd.best += 9000),
      facts: (f) => void (f["recycled_share"] = "0.98"),
    },
    ["balance"],
  ],
  ["mass vanishes in a step", { bodies: (b) => void (step(b).losses[0].mass_mg.best -= 2000) }, ["balance"]],
  [
    "more is claimed than the steps bring",
    { bodies: (b) => void (step(b).outputs[0].feeds_mg["F-1"].Nd = 849_999) },
    ["lineage"],
    ["share_above_content"],
  ],
  [
    "an input lot nobody made",
    { bodies: (b) => void (step(b).inputs[0].lot = "F-9") },
    ["lineage"],
    ["provenance_differs"],
  ],
  [
    "the log says another mass",
    { bodies: (b) => void ((b[5] as any)[1].mass_mg = 999_999) },
    ["this_passport_recorded"],
  ],
  [
    "the log says other claims",
    { bodies: (b) => void ((b[5] as any)[1].feeds_mg["F-1"].Nd = 849_000) },
    ["this_passport_recorded"],
  ],
  [
    "revoked",
    { bodies: (b) => void b.push(["passport_revoked", { passport: "P-1", why: "wrong drum" }]) },
    ["not_revoked"],
  ],
  [
    "purity that its impurities do not give",
    {
      facts: (f) =>
        void (f["certificate"] = {
          ...f["certificate"],
          purity: { ...f["certificate"].purity, purity_pct: "99.999" },
        }),
    },
    ["certificate"],
    ["certificate_not_released"],
  ],
  [
    "a specification it does not meet",
    {
      facts: (f) =>
        void (f["certificate"] = {
          ...certificateOf("OX-1", 1_000_000, impurities("400")),
          specifications: f["certificate"].specifications,
        }),
    },
    ["certificate"],
    ["certificate_not_released"],
  ],
  [
    "a certificate of another mass",
    { facts: (f) => void (f["certificate"] = certificateOf("OX-1", 999_000)) },
    ["certificate"],
    ["certificate_not_released"],
  ],
  ["valid only next year", { facts: (f) => void (f["validFrom"] = "2027-01-01T00:00:00Z") }, ["validity"]],
  ["signed on another log", { facts: (f) => void (f["head"] = { seq: 4, hash: "0".repeat(64) }) }, ["chain"]],
  [
    "more metal than the oxide can hold",
    {
      bodies: (b) => {
        (b[1] as any)[1].elements_mg.Nd.best = 2_000_000;
        (b[5] as any)[1].feeds_mg["F-1"].Nd = 860_000;
        step(b).inputs[0].feeds_mg["F-1"].Nd = 860_000;
        step(b).outputs[0].feeds_mg["F-1"].Nd = 860_000;
      },
      facts: (f) => void (f["claims_mg"] = { "F-1": { Nd: 860_000 } }),
    },
    ["stoichiometry", "lineage"],
    ["share_above_content"],
  ],
];
for (const [name, change, failed, found = []] of liars) {
  test(`C8 C9: ${name}: ${failed.join(", ")}`, async () => {
    assert.deepEqual(failedIn(await worldWith(change)), { accepted: false, found, failed });
  });
}

/** Changed after signing, without the key. */
const tampered: readonly [
  name: string,
  change: (world: World) => Parameters<typeof check>[1],
  failed: string[],
  found?: string[],
][] = [
  [
    "a digit of the net mass",
    (w) => ({
      credential: JSON.parse(
        JSON.stringify(w.credential).replace('"net_mass_mg":1000000', '"net_mass_mg":1000001'),
      ),
    }),
    ["signature", "certificate", "this_passport_recorded"],
  ],
  [
    "another issuer's name",
    (w) => ({
      credential: JSON.parse(JSON.stringify(w.credential).replace("Sample Refiner", "Real Refiner")),
    }),
    ["signature"],
  ],
  [
    "headers in another order",
    (w) => ({ bundle: { ...w.bundle, headers: [...w.bundle.headers].reverse() } }),
    ["chain"],
  ],
  ["a header left out", (w) => ({ bundle: { ...w.bundle, headers: w.bundle.headers.slice(1) } }), ["chain"]],
  [
    "the end of the log cut off",
    (w) => ({ bundle: { ...w.bundle, headers: w.bundle.headers.slice(0, 3) } }),
    ["chain"],
  ],
  [
    "another passport hidden",
    (w) => ({ bundle: { ...w.bundle, disclosed: w.bundle.disclosed.filter((d) => d.seq !== 5) } }),
    ["bundle_signed", "claims_complete"],
    ["tail_unsigned"],
  ],
  [
    "a step hidden",
    (w) => ({ bundle: { ...w.bundle, disclosed: w.bundle.disclosed.filter((d) => d.seq !== 3) } }),
    ["bundle_signed", "lineage"],
    ["tail_unsigned", "provenance_differs"],
  ],
  [
    "a disclosed body changed",
    (w) => ({
      bundle: {
        ...w.bundle,
        disclosed: w.bundle.disclosed.map((d) =>
          d.seq === 2 ? { ...d, body: { ...d.body, feed: "F-2" } } : d,
        ),
      },
    }),
    ["disclosed_content"],
  ],
];
for (const [name, change, failed, found = []] of tampered) {
  test(`C4 C7: ${name}: ${failed.join(", ")}`, () => {
    assert.deepEqual(failedIn(honest, change(honest)), { accepted: false, found, failed });
  });
}

test("C27: a passport of the first form is checked as it was made, and the answer says what its share would be now", async () => {
  const world = await worldWith({
    subject: (s) => {
      delete s["rules"];
      s["recycled_share"] = "0.9984";
    },
  });
  const share = check(world).checks.find((c) => c.name === "recycled_share");
  // By hand: 850000 of 851356 mg in the books; of 1 kg * 99.6 % * 99.9971 % * 0.857356 = 853902 mg as certified.
  assert.deepEqual([share?.result, check(world).accepted], ["passed", true]);
  assert.match(share?.why ?? "", /as passports are made now, it is 0.9954$/);
  const now = await worldWith({ facts: (f) => void (f["recycled_share"] = "0.9955") });
  const strong = { accepted: false, found: ["label_too_strong"], failed: ["recycled_share"] };
  assert.deepEqual(failedIn(now), strong);
  const honest = await worldWith({ facts: (f) => void (f["recycled_share"] = "0.9954") });
  assert.equal(check(honest).accepted, true);
});

test("C27: only what is stated to have been waste is recycled; what nobody stated is named, and a passport of before that is verified as it was made", async () => {
  const of = async (
    feedstock: Record<string, number>,
    origin: string,
    more: Parameters<typeof worldWith>[0] = {},
  ) =>
    check(
      await worldWith({
        bodies: (b) => {
          (b[0] as any)[1].trace.feedstock = { Nd: feedstock };
          more.bodies?.(b);
        },
        facts: (f) => {
          const printed = Object.entries(feedstock).map(([part, share]) => [part, share.toFixed(4)]);
          Object.assign(f["provenance"], { feedstock: { Nd: Object.fromEntries(printed) }, origin });
          more.facts?.(f);
        },
        ...(more.subject ? { subject: more.subject } : {}),
      }),
    );
  const at = (v: ReturnType<typeof check>) =>
    v.findings.filter((f) => f.at.endsWith("recycled_share")).map(({ code, note }) => [code, note ?? false]);
  const said = (share: string) => ({ facts: (f: any) => void (f["recycled_share"] = share) });
  for (const [feedstock, origin, most] of [
    [{ virgin: 1 }, "virgin", "0.0000"],
    [{ unknown: 1 }, "not_stated", "0.0000"],
    [{ not_stated: 0.5, pre_consumer_swarf: 0.5 }, "not_stated", "0.4977"],
    [{ pre_consumer_reject: 1 }, "recovered", "0.9954"],
  ] as const) {
    const honest = await of(feedstock, origin, said(most));
    assert.equal(honest.accepted, true, JSON.stringify(feedstock));
    const named = "unknown" in feedstock || "not_stated" in feedstock;
    assert.deepEqual(at(honest), named ? [["not_stated", true]] : []);
    const strong = await of(feedstock, origin, said((Number(most) + 0.0002).toFixed(4)));
    assert.deepEqual([strong.accepted, at(strong)], [false, [["label_too_strong", false]]]);
  }
  const before = await of({ virgin: 1 }, "virgin", {
    ...said("0.9954"),
    subject: (s) => void (s["rules"] = 2),
  });
  assert.deepEqual([before.accepted, at(before)], [true, [["not_stated", true]]], "with a note");
  const claimed = await of({ virgin: 1 }, "virgin", {
    ...said("0.9954"),
    bodies: (b) => void ((b[5] as any)[1].rules = 3),
    subject: (s) => void (s["rules"] = 2),
  });
  assert.equal(claimed.accepted, false, "the log says that it was made since");
});

test("C9: the same lot under another name counts twice", async () => {
  const other = await signed({ ...(buildPassport(factsOf(honest.credential)) as Json) }, honest.signer);
  const v = verifyPassport({
    credential: honest.credential,
    bundle: honest.bundle,
    issuers: [honest.signer.did],
    others: [other],
    now: NOW,
  });
  assert.equal(v.checks.find((c) => c.name === "feed_claims")?.result, "failed");
});

function factsOf(credential: Json): Parameters<typeof buildPassport>[0] {
  const subject = credential["credentialSubject"] as any;
  return {
    ...subject,
    passport: "P-2",
    issuer: credential["issuer"],
    validFrom: credential["validFrom"],
    ...subject.product,
  };
}

test("C10: whatever is given, the verifier answers and accepts nothing strange", () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.jsonValue(), (credential, bundle) => {
      assert.equal(verifyPassport({ credential, bundle, issuers: ["x"], now: NOW }).accepted, false);
    }),
  );
  fc.assert(
    fc.property(
      fc.jsonValue(),
      fc.constantFrom("credentialSubject", "issuer", "proof", "type", "validFrom", "@context"),
      (junk, field) => {
        assert.equal(check(honest, { credential: { ...honest.credential, [field]: junk } }).accepted, false);
      },
    ),
  );
});
