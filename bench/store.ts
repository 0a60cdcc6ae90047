import { randomBytes } from "node:crypto";
import pg from "pg";
import { FOLDING } from "../src/app/apply.ts";
import type { Batch, LedgerStore, NewEntry, Ports } from "../src/app/core/ports.ts";
import { seeingAll } from "../src/app/core/seen.ts";
import type { QueryAnswering } from "../src/app/core/use-case.ts";
import { ledgerUseCases } from "../src/app/ledger/index.ts";
import { closureOf } from "../src/ledger/index.ts";
import { auditBooks } from "../src/store/audit.ts";
import { postgresLedger } from "../src/store/postgres-ledger.ts";
import { rebuildViews } from "../src/store/rebuild.ts";

export interface Figure {
  readonly what: string;
  readonly figure: string;
}

/** How much of each; small enough for a laptop, large enough that a second is a second. */
const SINGLES = 500;
const WRITERS = 8;
const BATCHES = 100;
const BATCH = 500;
const LOTS = 100_000;
/** Lots of a level, each made of three neighbours of the level before: a past that widens slowly, as with blending. */
const LEVEL = 250;
const LINEAGE_TIMES = 20;

/**
 * Measures the store on a migrated, empty database. Whether appends are durable is the server's setting, and is reported.
 * Takes a minute or two; leaves the entries it wrote.
 */
export async function benchStore(config: pg.PoolConfig): Promise<{ readonly rows: readonly Figure[] }> {
  const pool = new pg.Pool({ ...config, max: WRITERS + 2 });
  pool.on("error", () => {});
  const ids = { nonce: () => randomBytes(16).toString("hex") };
  const store = postgresLedger({ pool, ...FOLDING, ids });
  const rows: Figure[] = [];
  try {
    const { rows: settings } = await pool.query(
      "select current_setting('synchronous_commit') as sync, current_setting('fsync') as fsync",
    );
    rows.push({
      what: "durable",
      figure: `synchronous_commit ${settings[0]?.sync}, fsync ${settings[0]?.fsync}`,
    });
    await benchAppends(store, rows);
    await benchFold(pool, rows);
    await benchLookingBack(store, rows);
    await benchLineage(pool, store, rows);
  } finally {
    await pool.end();
  }
  return { rows };
}

/** Seconds the work took. */
async function secondsOf(work: () => Promise<unknown>): Promise<number> {
  const from = performance.now();
  await work();
  return (performance.now() - from) / 1000;
}

const perSecond = (count: number, seconds: number): string =>
  `${Math.round(count / seconds)} /s (${count} in ${seconds.toFixed(1)} s)`;

async function benchAppends(store: LedgerStore, rows: Figure[]): Promise<void> {
  const single = await secondsOf(async () => {
    for (let i = 0; i < SINGLES; i++) await write(store, `single ${i}`, [opened(`L-one-${i}`)]);
  });
  rows.push({ what: "entries appended one by one", figure: perSecond(SINGLES, single) });
  const crowd = await secondsOf(() =>
    Promise.all(
      Array.from({ length: WRITERS }, async (_, writer) => {
        for (let i = 0; i < SINGLES / WRITERS; i++)
          await write(store, `crowd ${writer} ${i}`, [opened(`L-crowd-${writer}-${i}`)]);
      }),
    ),
  );
  rows.push({ what: `entries appended one by one by ${WRITERS} at once`, figure: perSecond(SINGLES, crowd) });
  const batches = await secondsOf(async () => {
    for (let i = 0; i < BATCHES; i++) await write(store, `batch ${i}`, batchEntries(i));
  });
  rows.push({ what: `entries appended in batches of ${BATCH}`, figure: perSecond(BATCHES * BATCH, batches) });
}

async function benchFold(pool: pg.Pool, rows: Figure[]): Promise<void> {
  const entries = 2 * SINGLES + BATCHES * BATCH;
  let same = false;
  const rebuild = await secondsOf(async () => {
    same = (await rebuildViews({ pool, ...FOLDING })).same;
  });
  if (!same) throw new Error("the views are not what the entries fold to");
  rows.push({ what: "entries rebuilt into views", figure: perSecond(entries, rebuild) });
  let faults = 0;
  const audit = await secondsOf(async () => {
    faults = (await auditBooks({ pool, ...FOLDING })).faults.length;
  });
  if (faults > 0) throw new Error("the books are not clean");
  rows.push({ what: "entries audited", figure: perSecond(entries, audit) });
}

/** What an auditor and an accountant ask, each folded from the first entry on. */
async function benchLookingBack(store: LedgerStore, rows: Figure[]): Promise<void> {
  const entries = (await store.head())?.seq ?? 0;
  for (const [verb, input, what] of [
    ["as-of", {}, "the books as of the last"],
    ["material-balance", {}, "a material balance over all"],
    ["corrections", { limit: 50 }, "corrections among"],
    ["entries", { limit: 50, after: 0, order: "newest" }, "the fifty newest"],
  ] as const) {
    const useCase = ledgerUseCases.find((u) => u.verb === verb) as QueryAnswering<unknown>;
    const times: number[] = [];
    for (let i = 0; i < 3; i++) {
      times.push(
        await secondsOf(async () => {
          const answer = await useCase.answer(seeingAll({ store } as unknown as Ports), input);
          if (!answer.ok) throw new Error(`${verb} was refused: ${answer.refusal.message}`);
        }),
      );
    }
    times.sort((a, b) => a - b);
    rows.push({
      what: `${what} of ${entries} entries`,
      figure: `${(times[1] ?? 0).toFixed(2)} s median of 3`,
    });
  }
}

async function benchLineage(pool: pg.Pool, store: LedgerStore, rows: Figure[]): Promise<void> {
  await pool.query(BULK_LOTS, [LOTS, LEVEL]);
  await pool.query("analyze didym.record");
  for (const [what, level, limit] of [
    ["lot 20 levels deep", 20, 20_000],
    ["lot 70 levels deep", 70, 20_000],
    ["lot 400 levels deep", LOTS / LEVEL, 20_000],
  ] as const) {
    const lot = `B-${(level - 1) * LEVEL + 7}`;
    const times: number[] = [];
    let found = 0;
    for (let i = 0; i < LINEAGE_TIMES; i++) {
      times.push(
        await secondsOf(async () => {
          found = (await store.lineage({ lot, direction: "up", limit })).nodes.length;
        }),
      );
    }
    times.sort((a, b) => a - b);
    const [median = 0, worst = 0] = [times[LINEAGE_TIMES >> 1], times.at(-1)];
    rows.push({
      what: `lineage of one ${what} over ${LOTS} lots`,
      figure: `${(median * 1000).toFixed(0)} ms median, ${(worst * 1000).toFixed(0)} ms worst, ${found} lots found`,
    });
  }
}

/** Lots in levels of $2: each made of three of the level before, near its own place in it. Bodies as large as real ones. */
const BULK_LOTS = `
  insert into didym.record (collection, id, seq, body)
  select 'lot', 'B-' || n, 1, jsonb_build_object(
    'id', 'B-' || n, 'kind', 'magnets', 'owner', 'sample-recycler', 'place', 'site', 'state', 'on_hand', 'made_by', 'S-' || n,
    'mass_mg', jsonb_build_object('best', n * 1000, 'moves', jsonb_build_object('scale:a', 3.5)),
    'elements_mg', (select jsonb_object_agg(e, jsonb_build_object('best', n * 7, 'moves', jsonb_build_object('family:x', 1.25, 'scale:a', 0.5, 'laboratory:l', 2.125)))
                    from unnest(array['Nd', 'Pr', 'Dy', 'Tb', 'Fe', 'B']) e),
    'parents', case when n < $2 then '[]' else (
      select jsonb_agg(jsonb_build_object('lot', 'B-' || ((n / $2 - 1) * $2 + (n % $2 + k) % $2), 'mass_mg', 10)) from generate_series(0, 2) k) end,
    'children', case when n >= $1 - $2 then '[]' else (
      select jsonb_agg('B-' || ((n / $2 + 1) * $2 + (n % $2 - k + $2) % $2)) from generate_series(0, 2) k) end)
  from generate_series(0, $1::int - 1) n`;

/** So many lots through the store's own way of writing, half of them consumed by steps that made the other half. */
export async function writeManyLots(store: LedgerStore, lots: number): Promise<void> {
  for (let i = 0; i < lots / BATCH; i++) await write(store, `batch ${i}`, batchEntries(i));
}

async function write(store: LedgerStore, key: string, entries: readonly NewEntry[]): Promise<void> {
  const batch: Batch = {
    key,
    request: "0".repeat(64),
    actor: { role: "weigher", party: "sample-recycler", verified: false },
    time: "2026-01-01T00:00:00.000Z",
    entries,
    reads: new Map(entries.slice(0, 3).map(({ body }) => [`lot/${(body as { lot?: string }).lot}`, 0])),
    answer: { done: true },
    documents: [],
  };
  const written = await store.append(batch);
  if (!written.ok) throw new Error(written.refusal.message);
}

const ELEMENTS = ["Nd", "Pr", "Dy", "Tb"] as const;

const contents = (mass_mg: number) => ({
  mass_mg: { best: mass_mg, moves: { "scale:a": mass_mg / 1000 } },
  elements_mg: Object.fromEntries(
    ELEMENTS.map((element, i) => [
      element,
      { best: mass_mg / (10 * (i + 1)), moves: { "family:x": mass_mg / 300 } },
    ]),
  ),
});

const MASS_MG = 1_200_000;

const opened = (lot: string): NewEntry => ({
  kind: "lot_opened",
  body: {
    lot,
    kind: "magnets",
    owner: "sample-recycler",
    place: "site",
    at: "2026-01-01T00:00:00.000Z",
    ...contents(MASS_MG),
    made_by: "C-1",
    data_from: [],
    notes: {},
  },
});

/** Half of a batch opens lots, the other half takes each of them whole through a step that makes one lot of it. */
function batchEntries(batch: number): NewEntry[] {
  const lots = Array.from({ length: BATCH / 2 }, (_, i) => `L-${batch}-${i}`);
  const steps = lots.map((lot): NewEntry => {
    const inputs = [{ lot, ...contents(MASS_MG), feeds_mg: {} }];
    const output = {
      lot: `${lot}-out`,
      kind: "magnets",
      owner: "sample-recycler",
      place: "site",
      data_from: [],
      notes: {},
    };
    const outputs = [{ ...output, ...contents(MASS_MG), feeds_mg: {} }];
    const sides = { inputs, additions: [], outputs, losses: [] };
    const step = { step: `S-${lot}`, kind: "demagnetise", site: "site", at: "2026-01-02T00:00:00.000Z" };
    return { kind: "step_recorded", body: { ...step, ...sides, closure: closureOf({ ...step, ...sides }) } };
  });
  return [...lots.map(opened), ...steps];
}
