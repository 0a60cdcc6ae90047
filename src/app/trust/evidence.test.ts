import assert from "node:assert/strict";
import { test } from "node:test";
import { memoryPorts } from "../../../test/support/memory-ports.ts";
import { digestOfBearer } from "../../trust/index.ts";
import type { EvidenceSources } from "../core/evidence-sources.ts";
import { perform } from "../core/perform.ts";
import type { Ports } from "../core/ports.ts";
import type { RefusalCount, RefusalsAsked } from "../core/refusals-kept.ts";
import { seeingAll } from "../core/seen.ts";
import type { AnyCommand } from "../core/use-case.ts";
import { findUseCase } from "../use-cases.ts";
import { type EvidencePack, evidence, PARTS } from "./evidence.ts";
import { refusals } from "./refusals.ts";

const NOBODY = { role: "unstated", party: "unstated", verified: false };
const BEARER = "didym_planted_bearer";
const COUNT: RefusalCount = {
  ...{ day: "2026-11-30", code: "not_allowed", route: "/api/settle/lot", by: "U-r", party: "refiner-one" },
  ...{ count: 3, last_at: "2026-11-30T08:00:00.000Z" },
};

/** Two firms with an administrator each, a token, one who left, and what was refused. */
async function twoFirms(evidenceOf?: EvidenceSources) {
  const asked: RefusalsAsked[] = [];
  const ports: Ports = {
    ...memoryPorts(),
    refusals: {
      async page(given) {
        asked.push(given);
        return { items: [COUNT] };
      },
    },
    ...(evidenceOf ? { evidence: evidenceOf } : {}),
  };
  let nth = 0;
  const give = async (name: string, input: object) => {
    const [room = "", verb = ""] = name.split(" ");
    const request = { key: `k-${nth++}`, actor: NOBODY, owner: true as const };
    const done = await perform(ports, findUseCase(room, verb) as AnyCommand, { request, input });
    assert.ok(done.ok, JSON.stringify(done));
  };
  for (const [party, kind] of [
    ["recycler-one", "recycler"],
    ["refiner-one", "refiner"],
  ] as const) {
    await give("programme register-party", { party, name: party, kind });
    await give("trust register-person", { person: `U-${party}`, party, role: "administrator" });
    await give("trust register-person", { person: `U-left-${party}`, party, role: "approver" });
    await give("trust end-person", { person: `U-left-${party}` });
  }
  await give("programme register-party", { party: "auditors", name: "Auditors", kind: "auditor" });
  await give("trust register-token", {
    ...{ party: "recycler-one", role: "weigher", scope: ["ship"], digest: digestOfBearer(BEARER) },
  });
  await give("certify rotate-key", { party: "refiner-one", why: "its first" });
  return { ports, asked };
}

async function packOf(ports: Ports, asker: "owner" | { role: string; party: string }): Promise<EvidencePack> {
  const request =
    asker === "owner" ? { actor: NOBODY, owner: true as const } : { actor: { ...asker, verified: true } };
  const said = await evidence.run(ports, { input: {}, request });
  assert.ok(said.ok, JSON.stringify(said));
  return said.value;
}

const codeOf = (said: { ok: boolean; refusal?: { code: string } }) => (said.ok ? "done" : said.refusal?.code);

test("Z50: the pack is for the owner, administrators and auditors, and for nobody who only says who they are", async () => {
  const { ports } = await twoFirms();
  const asked = async (role: string, verified: boolean) =>
    codeOf(
      await evidence.run(ports, { input: {}, request: { actor: { role, party: "recycler-one", verified } } }),
    );
  assert.equal(await asked("administrator", false), "not_signed_in");
  assert.equal(await asked("auditor", false), "not_signed_in");
  assert.equal(await asked("approver", true), "not_allowed");
  assert.equal(await asked("administrator", true), "done");
  const told = (asker?: Ports["asker"]) =>
    refusals.answer({ ...seeingAll(ports), ...(asker ? { asker } : {}) }, { limit: 50 }).then(codeOf);
  const one = (role: string) => ({ role, party: "recycler-one", kind: "recycler", until: "2030-01-01" });
  assert.deepEqual(
    [await told(), await told(one("weigher")), await told(one("auditor")), await told("owner")],
    ["not_signed_in", "not_allowed", "done", "done"],
  );
});

test("Z50: every part says when it was made and of what, and one that is not there says why", async () => {
  const { ports } = await twoFirms();
  const { parts } = await packOf(ports, "owner");
  assert.deepEqual(Object.keys(parts), [...PARTS]);
  for (const [name, { made_at, from, content, not_there }] of Object.entries(parts)) {
    assert.match(made_at, /^\d{4}-\d\d-\d\dT/);
    assert.ok(from.length > 10, name);
    assert.ok((content === undefined) !== (not_there === undefined), name);
    if (not_there !== undefined) assert.ok(not_there.length > 10, name);
  }
  const absent = PARTS.filter((name) => parts[name].not_there !== undefined);
  const sourced = ["audit", "backups", "sbom", "licences", "configuration", "changes", "vendors"];
  assert.deepEqual(absent.toSorted(), sourced.toSorted());
});

test("Z50: who holds what since when: whoever speaks now, with what they may give, and nobody who left", async () => {
  const { ports } = await twoFirms();
  const { parts } = await packOf(ports, "owner");
  const access = parts.access.content as {
    person?: string;
    token?: string;
    commands: string[];
    since: string;
  }[];
  assert.deepEqual(access.map(({ person, token }) => person ?? token?.slice(0, 2)).toSorted(), [
    "T-",
    "U-recycler-one",
    "U-refiner-one",
  ]);
  const admin = access.find(({ person }) => person === "U-refiner-one");
  assert.ok(admin?.commands.includes("trust register-person") && !admin.commands.includes("certify issue"));
  assert.ok(access.every(({ since }) => since.length > 10));
});

test("Z50: an administrator is shown their own party's people, tokens, keys and refusals, an auditor all; no digest anywhere", async () => {
  const { ports, asked } = await twoFirms();
  const whole = JSON.stringify(await packOf(ports, { role: "auditor", party: "auditors" }));
  for (const name of ["U-recycler-one", "U-left-refiner-one", "did:key:z6Mk"])
    assert.ok(whole.includes(name), name);
  assert.ok(!whole.includes(digestOfBearer(BEARER)) && !whole.includes(BEARER));
  assert.deepEqual(asked.at(-1), { limit: 500 });
  const one = await packOf(ports, { role: "administrator", party: "recycler-one" });
  const { people, tokens, access, keys } = one.parts;
  const own = JSON.stringify([people, tokens, access, keys]);
  assert.ok(own.includes("U-recycler-one") && own.includes("T-"));
  assert.ok(!own.includes("refiner-one") && !own.includes("did:key"));
  assert.deepEqual(asked.at(-1), { limit: 500, party: "recycler-one" });
  assert.equal(one.of, "recycler-one");
});
