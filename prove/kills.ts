import assert from "node:assert/strict";
import { setTimeout as sleep } from "node:timers/promises";
import { FOLDING } from "../src/app/apply.ts";
import { Dice } from "../src/sample/dice.ts";
import { auditBooks } from "../src/store/audit.ts";
import { APP_ROLE } from "../src/store/rights.ts";
import { type Acknowledged, type Bearers, type Collected, post, WRITING, writeOn } from "./kill-writers.ts";
import { type OwnPostgres, ownPostgres } from "./own-postgres.ts";
import type { Ask, Counted, Proof } from "./proof.ts";
import type { Serving } from "./serve.ts";
import { SET_UP, tokensOn } from "./tokens.ts";

const WRITERS = 5;
/** How often a kill falls while both are there; else the one before may still be starting again. And so long after that at most. */
const BOTH_THERE = 0.6;
const BETWEEN_MS = 900;
/** Writes go on so soon where a server is left. */
const BACK_MS = 10_000;

export const kills: Proof = {
  name: "kills",
  proves:
    "A3, P4, P8, P77, Z10: with two servers on one PostgreSQL, as the role that owns nothing, killed one or the other under writes of who signed in, what was acknowledged stands once, by them, a repeat answers alike, and the books are clean",
  count: 100,
  share: 2,
  run,
};

async function run({ count, seed, progress }: Ask): Promise<Counted> {
  const books = await ownPostgres({ durable: true, signIn: "required" });
  const servers = new Pair(books);
  try {
    const bearers = await tokensOn({ pool: books.pool, sealing: { file: books.keyFile } }, WRITING);
    await servers.start();
    await setUp(servers.bases()[0] ?? "", bearers);
    const all: Collected = { acknowledged: [], times: [], again: 0, atOnce: 0 };
    const bases = () => servers.bases();
    const writers = Array.from({ length: WRITERS }, (_, writer) =>
      writeOn({ writer, dice: new Dice(seed * 1000 + writer), bases, bearers, all }),
    );
    const dice = new Dice(seed);
    const wrong = Promise.all(writers.map(({ going }) => going)).then(() =>
      assert.fail("the writers stopped"),
    );
    wrong.catch(() => {});
    for (let kill = 0; kill < count; kill++) {
      if (dice.uniform() < BOTH_THERE) await Promise.race([servers.allThere(), wrong]);
      await Promise.race([sleep(dice.uniform() * BETWEEN_MS), wrong]);
      await Promise.race([servers.killOne(dice), wrong]);
      progress(kill + 1);
    }
    await servers.allThere();
    await sleep(BETWEEN_MS);
    for (const writer of writers) await writer.stop();
    const outages = servers.killed.map((at) => outageFrom(at, all.times));
    const checked = await checkBooks(books, {
      bases: servers.bases(),
      bearers,
      acknowledged: all.acknowledged,
    });
    const worst = Math.max(...outages.map(({ ms }) => ms));
    const served = Math.max(...outages.map(({ ms, from }) => ms - servers.nobodyThere(from, from + ms)));
    // A few on a machine that does other things say nothing of time.
    if (count >= 50) assert.ok(served < BACK_MS, `writes stood still for ${served} ms with a server there`);
    return {
      kills: count,
      "with no server left": servers.alone,
      "commands acknowledged": all.acknowledged.length,
      "asked again": all.again,
      "answered by both at once": all.atOnce,
      ...checked,
      "median outage": inSeconds(median(outages.map(({ ms }) => ms))),
      "longest outage": inSeconds(worst),
      "longest with a server there": inSeconds(served),
    };
  } finally {
    await servers.stop();
    await books.stop();
  }
}

const inSeconds = (ms: number): string => `${(ms / 1000).toFixed(2)} s`;
const median = (of: readonly number[]): number => of.toSorted((a, b) => a - b)[of.length >> 1] ?? 0;

/** Two servers, either of which is killed and started again. */
class Pair {
  /** When one was killed. */
  readonly killed: number[] = [];
  /** How often no other was there. */
  alone = 0;
  private readonly books: OwnPostgres;
  private readonly there: (Serving | undefined)[] = [undefined, undefined];
  private readonly starting = new Set<Promise<void>>();
  /** From when to when nobody was there. */
  private readonly gaps: { from: number; to: number }[] = [];

  constructor(books: OwnPostgres) {
    this.books = books;
  }

  async start(): Promise<void> {
    await Promise.all([this.startOne(0), this.startOne(1)]);
  }

  bases(): string[] {
    return this.there.flatMap((one) => (one ? [one.base] : []));
  }

  private async startOne(nth: number): Promise<void> {
    this.there[nth] = await this.books.serve();
    const gap = this.gaps.at(-1);
    if (gap?.to === Number.POSITIVE_INFINITY) gap.to = Date.now();
  }

  /** Kills one of those that are there, once any is. */
  async killOne(dice: Dice): Promise<void> {
    while (this.bases().length === 0) await Promise.race(this.starting);
    const nth = dice.pick([0, 1].filter((one) => this.there[one]));
    const victim = this.there[nth];
    assert.ok(victim);
    this.there[nth] = undefined;
    const at = Date.now();
    this.killed.push(at);
    await victim.kill();
    assert.deepEqual(victim.faults, [], "a server said of a fault");
    if (this.bases().length === 0) {
      this.alone++;
      this.gaps.push({ from: at, to: Number.POSITIVE_INFINITY });
    }
    const coming = this.startOne(nth).finally(() => this.starting.delete(coming));
    this.starting.add(coming);
    coming.catch(() => {});
  }

  /** How long nobody was there, between two moments. */
  nobodyThere(from: number, to: number): number {
    return this.gaps.reduce(
      (sum, gap) => sum + Math.max(0, Math.min(gap.to, to) - Math.max(gap.from, from)),
      0,
    );
  }

  async allThere(): Promise<void> {
    await Promise.all(this.starting);
  }

  async stop(): Promise<void> {
    await Promise.allSettled(this.starting);
    await Promise.all(this.there.map((one) => one?.stop()));
  }
}

async function setUp(base: string, bearers: Bearers): Promise<void> {
  assert.equal((await fetch(`${base}/api/ledger/head`)).status, 401, "who shows nothing is told nothing");
  const site = {
    ...{ site: "plainfield", party: "sample-recycler", name: "Plainfield centre", zip: "46168" },
    ...{ country: "US", capabilities: ["intake", "dismantle", "store"], status: "open" },
  };
  const scale = {
    unit: "plainfield-floor",
    site: "plainfield",
    kind: "scale",
    name: "floor",
    scale_sd: "100 g",
  };
  for (const [path, input] of Object.entries({
    "programme/register-site": site,
    "programme/register-unit": scale,
    // The first key is made without a race, as the first passport would make it.
    "certify/rotate-key": { party: "sample-recycler", why: "the first" },
  })) {
    const asked = { path, input, role: "administrator", key: `${SET_UP}${path}` } as const;
    assert.equal((await post(base, asked, bearers)).status, 201, path);
  }
}

/** From a kill until something was acknowledged that was asked, or asked again, after it. */
function outageFrom(killed: number, times: Collected["times"]): { from: number; ms: number } {
  const next = times.filter(({ asked }) => asked >= killed).map(({ at }) => at);
  return {
    from: killed,
    ms: next.reduce((least, at) => Math.min(least, at), Number.POSITIVE_INFINITY) - killed,
  };
}

interface KeyRow {
  readonly key: string;
  readonly first: number;
  readonly last: number;
  readonly count: number;
}

/** Each acknowledged command is on the books once, as it was answered, and answers so again from either server. */
async function checkBooks(
  books: OwnPostgres,
  {
    bases,
    bearers,
    acknowledged,
  }: {
    readonly bases: readonly string[];
    readonly bearers: Bearers;
    readonly acknowledged: readonly Acknowledged[];
  },
) {
  const { rows } = await books.pool.query<KeyRow>(
    `select key, min(seq)::int as first, max(seq)::int as last, count(*)::int as count from didym.entry
     where key not like '${SET_UP}%' group by key`,
  );
  const written = new Map(rows.map((row) => [row.key, row]));
  for (const { key, seq } of acknowledged) {
    const row = written.get(key);
    assert.ok(row, `${key} was acknowledged and is not on the books`);
    assert.equal(row.last, seq, `${key} was answered with entry ${seq}`);
    assert.equal(row.last - row.first + 1, row.count, `the entries of ${key} stand together`);
    written.delete(key);
  }
  assert.deepEqual([...written.keys()], [], "what is on the books was acknowledged in the end");
  const { rows: nobodys } = await books.pool.query<{ key: string }>(
    `select key from didym.entry where key not like '${SET_UP}%' and not (actor::jsonb->>'verified')::boolean`,
  );
  assert.deepEqual(nobodys, [], "all of it is by who signed in");
  for (const [nth, command] of acknowledged.entries()) {
    const { status, seq, answer } = await post(bases[nth % bases.length] ?? "", command, bearers);
    assert.deepEqual([status, seq, answer], [200, command.seq, command.answer], `${command.key} asked again`);
  }
  const once = await books.pool.query<{
    documents: number;
    manifests: number;
    requests: number;
    keys: number;
  }>(
    `select (select count(*) from didym.document)::int as documents,
       (select count(*) from didym.entry where kind = 'manifest_read')::int as manifests,
       (select count(*) from didym.request where key not like '${SET_UP}%')::int as requests,
       (select count(*) from didym.secret where not exists
         (select 1 from didym.record where collection = 'signing_key' and id = key))::int as keys`,
  );
  const { documents = 0, manifests = 0, requests, keys = 0 } = once.rows[0] ?? {};
  assert.equal(documents, 2 * manifests, "each list and its particulars, and none that nobody names");
  assert.equal(requests, acknowledged.length, "an answer for each command");
  assert.ok(keys <= 1, `${keys} keys that no entry tells of: the next to be born is one at most`);
  const { faults, entries, roles } = await auditBooks({ pool: books.pool, ...FOLDING });
  assert.deepEqual(faults, [], "the audit finds nothing");
  assert.deepEqual(roles, { owner: books.owner.user, serving: APP_ROLE });
  return { entries, documents };
}
