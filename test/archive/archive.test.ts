import assert from "node:assert/strict";
import { createReadStream, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { createApi } from "../../src/api/index.ts";
import { FOLD_RULES, FOLDING } from "../../src/app/apply.ts";
import { useCases } from "../../src/app/use-cases.ts";
import { portsOn } from "../../src/main/ports.ts";
import { keySeal } from "../../src/outside/key-seal.ts";
import { auditBooks } from "../../src/store/audit.ts";
import { restore } from "../../src/store/restore.ts";
import { viewsDigest } from "../../src/store/views.ts";
import { freshPool } from "../support/database.ts";
import { ownKeyFile } from "../support/sealing.ts";

/** What a release said of its own books. */
interface Expected {
  readonly head: { readonly seq: number; readonly hash: string };
  readonly closures: number;
  readonly claims: number;
  readonly documents: number;
  readonly lots: Readonly<
    Record<
      string,
      readonly [state: string, owner: string, place: string, mass_mg: number, elements_mg: object]
    >
  >;
  readonly passports: Readonly<Record<string, string>>;
  /** What is wrong in the books and was not seen then: "entry 42 time_before_input". */
  readonly faults: readonly string[];
  /** What a verifier of today says of each passport. */
  readonly verdicts: Readonly<
    Record<string, { readonly accepted: boolean; readonly found: readonly string[] }>
  >;
}

interface LotShown {
  readonly id: string;
  readonly state: string;
  readonly owner: string;
  readonly place: string;
  readonly mass_mg: { readonly best: number };
  readonly elements_mg: Readonly<Record<string, { readonly best: number }>>;
}

const sealing = ownKeyFile();
const here = import.meta.dirname;
const releases = readdirSync(here, { withFileTypes: true }).filter((entry) => entry.isDirectory());

for (const { name: release } of releases) {
  const expected: Readonly<Record<string, Expected>> = JSON.parse(
    readFileSync(join(here, release, "expected.json"), "utf8"),
  );
  describe(`books made by ${release}`, () => {
    for (const [books, said] of Object.entries(expected)) {
      it(`${books}: restored, folded to what they held, what is wrong in them found, and every list and passport opens`, async () => {
        const pool = await freshPool();
        const restored = await restore(
          { pool, ...FOLDING, seal: keySeal(sealing) },
          createReadStream(join(here, release, `${books}.backup.gz`)),
        );
        assert.ok(restored.ok, JSON.stringify(restored));
        assert.equal(restored.value.entries, said.head.seq);
        await foldsAsSaid(pool, `${release}/${books}`);
        await audited(pool, said);
        await opened(pool, said);
      });
    }
  });
}

const FOLDED = join(here, "folded.json");

/** Records that come out otherwise ask for a new number, or books of the last release would keep the old ones. */
async function foldsAsSaid(pool: Awaited<ReturnType<typeof freshPool>>, books: string): Promise<void> {
  const said = JSON.parse(readFileSync(FOLDED, "utf8")) as Record<string, string>;
  const key = `rules ${FOLD_RULES}, ${books}`;
  const { digest } = await viewsDigest(pool);
  if (process.env["DIDYM_FOLDED"] === "write") {
    writeFileSync(FOLDED, `${JSON.stringify({ ...said, [key]: digest }, null, 2)}\n`);
    return;
  }
  assert.equal(
    digest,
    said[key],
    "the same entries fold to other records: raise FOLD_RULES in src/app/apply.ts, then DIDYM_FOLDED=write node tools/test.ts test/archive/archive.test.ts",
  );
}

async function audited(pool: Awaited<ReturnType<typeof freshPool>>, said: Expected): Promise<void> {
  const audit = await auditBooks({ pool, ...FOLDING });
  assert.deepEqual(
    audit.faults.map(({ at, fault }) => `${at} ${fault}`),
    said.faults,
  );
  assert.equal(audit.clean, said.faults.length === 0);
  assert.deepEqual(audit.head, said.head);
  assert.equal(audit.closures_checked, said.closures);
  assert.equal(audit.claims_checked, said.claims);
  assert.equal(audit.documents_checked, said.documents);
}

/** Told to nobody who did not sign in. */
const FOR_AUDITORS: ReadonlySet<string> = new Set([
  "notices/mine",
  "notices/webhooks",
  "notices/wishes",
  "trust/compartment-reads",
  "trust/reads",
  "trust/refusals",
]);

async function opened(pool: Awaited<ReturnType<typeof freshPool>>, said: Expected): Promise<void> {
  const api = createApi({ signIn: "offered", ports: portsOn(pool, undefined, sealing), useCases });
  const get = async <T>(path: string): Promise<T> => {
    const response = await api.request(`/api/${path}`);
    assert.equal(response.status, 200, `${path}: ${await response.clone().text()}`);
    return (await response.json()) as T;
  };
  const lots = (await get<{ items: LotShown[] }>("ledger/lots?limit=500")).items;
  const held = lots.map((lot) => [
    lot.id,
    [
      lot.state,
      lot.owner,
      lot.place,
      lot.mass_mg.best,
      Object.fromEntries(Object.entries(lot.elements_mg).map(([element, { best }]) => [element, best])),
    ],
  ]);
  assert.deepEqual(Object.fromEntries(held), said.lots);
  for (const useCase of useCases) {
    const path = `${useCase.room}/${useCase.verb}`;
    if (useCase.type === "query" && useCase.input.safeParse({}).success && !FOR_AUDITORS.has(path))
      await get(path);
  }
  for (const lot of Object.keys(said.lots)) {
    await get(`ledger/lot?lot=${lot}`);
    await get(`ledger/trace?lot=${lot}`);
  }
  const listed = await get<{ issuers: Lost[] }>("certify/issuers");
  const lost = new Set(listed.issuers.filter((key) => key.lost).map(({ party }) => party));
  if (Object.keys(said.passports).length > 0) assert.ok(lost.size > 0, "keys that nobody has are told");
  for (const party of lost) await beginAnew(api, party, Object.keys(said.passports)[0] ?? "");
  for (const [passport, digest] of Object.entries(said.passports)) {
    const shown = await get<{ credential_digest: string; credential: object }>(
      `certify/passport?passport=${passport}`,
    );
    assert.equal(shown.credential_digest, digest);
    assert.deepEqual(await verdict(api, passport, shown.credential), said.verdicts[passport]);
  }
}

interface Lost {
  readonly party: string;
  readonly lost?: true;
}

/** The issuer's key is not part of a backup: nothing is signed until the party has given it up in so many words. */
async function beginAnew(api: ReturnType<typeof createApi>, party: string, passport: string): Promise<void> {
  const before = await api.request(`/api/certify/bundle?passport=${passport}&maker=${party}`);
  assert.equal(((await before.json()) as { code: string }).code, "keys_absent");
  const said = await api.request("/api/certify/rotate-key", {
    method: "POST",
    headers: { "content-type": "application/json", "idempotency-key": `anew-${party}` },
    body: JSON.stringify({ party, why: "the backup holds no keys", lost: true }),
  });
  assert.ok(said.ok, await said.text());
}

/** Whom the passport names is taken at its word, its proof is not. The end of the bundle is signed with the key of after the restore. */
async function verdict(
  api: ReturnType<typeof createApi>,
  passport: string,
  credential: object,
): Promise<{ accepted: boolean; found: string[] }> {
  const asked = await api.request(`/api/certify/bundle?passport=${passport}`);
  const bundle = (await asked.json()) as { end: { issuer: string } };
  const { issuer } = credential as { issuer: string | { id: string } };
  const id = typeof issuer === "string" ? issuer : issuer.id;
  const answer = await api.request("/api/certify/verify", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ credential, bundle, issuers: [id, bundle.end.issuer] }),
  });
  const said = (await answer.json()) as { accepted: boolean; findings: { code: string }[] };
  return { accepted: said.accepted, found: said.findings.map(({ code }) => code) };
}
