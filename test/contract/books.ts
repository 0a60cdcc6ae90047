import { randomBytes } from "node:crypto";
import { documentOf } from "../../src/app/core/documents.ts";
import type { ApplyEntry, Batch, LedgerStore, NewEntry } from "../../src/app/core/ports.ts";
import type { Records } from "../../src/app/core/records.ts";
import {
  applyLedger,
  decideStep,
  LEDGER_KINDS,
  type LedgerEntry,
  type Lot,
  type StepCommand,
} from "../../src/ledger/index.ts";
import type { done } from "../../src/quantity/index.ts";
import { inHalves } from "../../src/quantity/index.ts";

/** A record of any fields, and how often it was written. */
export interface Note {
  readonly id: string;
  readonly times: number;
  readonly [field: string]: unknown;
}

type NoteCollection = "note" | "other" | "count";

/** What the books of these tests hold: all that real ones do, and notes. */
export interface TestRecords extends Records, Readonly<Record<NoteCollection, Note>> {}

/** A document of the trade, and the entry that names it. */
export function manifest(name: string, bytes: Uint8Array) {
  const document = documentOf(name, "text/csv; charset=utf-8", bytes);
  const entry: NewEntry = { kind: "manifest_read", body: { name, digest: document.digest } };
  return { document, entry };
}

/** What the contract suite and the tests of the store keep books with. */
export const ids = { nonce: () => randomBytes(16).toString("hex") };

export const actor = { role: "weigher", party: "sample-recycler", verified: false };

const KINDS_WITHOUT_RECORDS = new Set([
  "certificate_released",
  "passport_issued",
  "passport_revoked",
  "signing_key_born",
  "order_allocated",
  "account_posted",
  "manifest_read",
]);

/** The ledger's own fold, and a kind `noted` that writes any record. Throws at any other kind. */
export const apply: ApplyEntry<TestRecords> = async (book, entry) => {
  if (Object.hasOwn(LEDGER_KINDS, entry.kind)) return applyLedger(book, entry as unknown as LedgerEntry);
  if (KINDS_WITHOUT_RECORDS.has(entry.kind)) return;
  if (entry.kind !== "noted") throw new Error(`nobody folds ${entry.kind}`);
  const { collection, id, fields } = entry.body as { collection: NoteCollection; id: string; fields: object };
  const before = await book.get(collection, id);
  book.put(collection, id, { ...fields, id, times: (before?.times ?? 0) + 1 });
};

export const noted = (collection: string, id: string, fields: object = {}): NewEntry => ({
  kind: "noted",
  body: { collection, id, fields },
});

export const opened = (lot: string, mass_mg = 1000, neodymium_mg = 200): NewEntry => ({
  kind: "lot_opened",
  body: {
    lot,
    kind: "magnets",
    owner: "sample-recycler",
    place: "site",
    at: "2026-01-01T00:00:00.000Z",
    mass_mg: { best: mass_mg, moves: { "scale:a": mass_mg / 1000 } },
    elements_mg: { Nd: { best: neodymium_mg, moves: { "family:x": neodymium_mg / 30 } } },
    made_by: "C-1",
    data_from: [],
    notes: {},
  },
});

export const batchOf = (key: string, entries: readonly NewEntry[], given: Partial<Batch> = {}): Batch => ({
  key,
  request: `digest of ${key}`,
  actor,
  time: "2026-01-01T00:00:00.000Z",
  entries,
  reads: new Map(),
  answer: { key },
  documents: [],
  ...given,
});

/** A step of one site, with contents by share of mass and a scale good to a tenth of a percent. */
export async function stepped(
  store: LedgerStore,
  step: string,
  given: {
    readonly from: readonly { readonly lot: string; readonly mass_mg?: number }[];
    readonly into: Readonly<Record<string, number>>;
    readonly lost_mg?: number;
  },
): Promise<NewEntry> {
  const lots = new Map<string, Lot>();
  for (const { lot } of given.from) {
    const found = await store.load("lot", lot);
    if (found) lots.set(lot, found.record as Lot);
  }
  const weighing = (mass_mg: number) => ({ mass_mg, doubt_mg: inHalves(mass_mg / 1000), scale: "b" });
  const command: StepCommand = {
    step,
    kind: "split",
    site: "site",
    at: "2026-01-01T00:00:00.000Z",
    inputs: given.from,
    additions: [],
    outputs: Object.entries(given.into).map(([lot, mass_mg]) => ({
      lot,
      kind: "magnets",
      content: { by: "share" },
      ...weighing(mass_mg),
    })),
    losses: given.lost_mg ? [{ place: "dust", content: { by: "share" }, ...weighing(given.lost_mg) }] : [],
  };
  const decided = decideStep(lots, { names: new Set(), takings: new Map() }, command);
  if (!decided.ok) throw new Error(decided.refusal.message);
  return { kind: "step_recorded", body: decided.value };
}

/** Opens a lot and takes it apart: each step draws on the lot made before it. Every fifth step loses some. */
export async function playChain(store: LedgerStore, steps: number): Promise<void> {
  await store.append(batchOf("open", [opened("L-0", 1_000_003, 201_017), opened("M-0", 500_009, 90_001)]));
  for (let i = 1; i <= steps; i++) {
    const from = `L-${i - 1}`;
    const lot = (await store.load("lot", from))?.record as Lot;
    const whole = lot.mass_mg.best;
    const lost_mg = i % 5 === 0 ? Math.floor(whole / 97) : 0;
    const kept = Math.floor((whole * 3) / 4);
    const into = { [`L-${i}`]: kept, [`R-${i}`]: whole - kept - lost_mg };
    const step = await stepped(store, `S-${i}`, { from: [{ lot: from }], into, lost_mg });
    const time = new Date(Date.UTC(2026, 0, 2, 0, i)).toISOString();
    const appended = await store.append(batchOf(`step ${i}`, [step, noted("note", `N-${i % 7}`)], { time }));
    if (!appended.ok) throw new Error(appended.refusal.message);
  }
}

/** What a refusal is, or "done". */
export const outcome = (
  result: ReturnType<typeof done> | { ok: false; refusal: { code: string } },
): string => (result.ok ? "done" : result.refusal.code);
