import { z } from "zod";
import { Id, PageOf } from "../../contract/fields.ts";
import { LotId, MaterialKind, PartyId, PlaceName, StepId } from "../../contract/identifiers.ts";
import { freeOf, nothingTaken } from "../../ledger/index.ts";
import { done, refuse } from "../../quantity/index.ts";
import { pageOf } from "../core/pages.ts";
import { isSealedTo } from "../core/seen.ts";
import { query } from "../core/use-case.ts";
import { asOf } from "./as-of.ts";
import { presentBalance } from "./balance.ts";
import { corrections } from "./corrections.ts";
import { entryKinds } from "./entry-kinds.ts";
import { head } from "./head.ts";
import { instrument } from "./instrument.ts";
import { balanceEntries, materialBalance } from "./material-balance.ts";
import { rebuild } from "./rebuild.ts";
import { runs } from "./runs.ts";
import { stocktake, stocktakes } from "./stocktake.ts";
import { newestEntries } from "./walk.ts";

const lots = query({
  room: "ledger",
  verb: "lots",
  summary: "Lots on the books, by owner, place, kind or state, a page at a time.",
  input: z.strictObject({
    owner: PartyId().optional(),
    place: PlaceName(z.string().max(80)).optional(),
    kind: MaterialKind(Id).optional(),
    state: z.enum(["on_hand", "in_transit", "consumed", "delivered", "reversed"]).optional(),
    ...PageOf,
  }),
  example: { state: "on_hand" as const, limit: 20 },
  async answer(ports, { after, limit, ...filter }) {
    return pageOf(ports, "lot", { after, limit, filter });
  },
});

const lot = query({
  room: "ledger",
  verb: "lot",
  summary:
    "One lot: what it holds and how sure that is, where it came from, what was made of it, and what was taken of it.",
  input: z.strictObject({ lot: LotId() }),
  example: { lot: "L-MAGNETS" },
  async answer(ports, { lot }) {
    const found = await ports.store.load("lot", lot);
    if (!found) return refuse("lot_unknown", "lot", `no lot ${lot} is on the books`);
    const record = found.record;
    const step = await ports.store.load("step", record.made_by);
    const takings = (await ports.store.load("taking", lot))?.record;
    const { lot: _, ...taken } = takings ?? nothingTaken(lot);
    return done({
      ...record,
      last_entry: found.seq,
      taken,
      free_mg: {
        claimed: freeOf(record, takings, "claimed"),
        returned: freeOf(record, takings, "returned"),
        promised: freeOf(record, takings, "promised"),
      },
      ...(step ? { step: step.record } : {}),
    });
  },
});

const trace = query({
  room: "ledger",
  verb: "trace",
  summary: "Where a lot came from, or what became of it: every lot on the way with its share of mass.",
  input: z.strictObject({
    lot: LotId(),
    direction: z.enum(["up", "down"]).default("up"),
    limit: z.coerce.number().int().min(1).max(20_000).default(2000),
  }),
  example: { lot: "L-OXIDE", direction: "up" as const, limit: 2000 },
  async answer(ports, { lot, direction, limit }) {
    const { nodes, truncated } = await ports.store.lineage({ lot, direction, limit });
    if (nodes.length === 0) return refuse("lot_unknown", "lot", `no lot ${lot} is on the books`);
    const lots = nodes.map(({ depth, record }) => {
      const { id, kind, owner, place, state, opened, parents, children, made_by } = record;
      return {
        lot: id,
        depth,
        kind,
        owner,
        place,
        state,
        at: opened.at,
        mass_mg: opened.mass_mg.best,
        parents,
        children,
        made_by,
      };
    });
    return done({ lot, direction, lots, truncated });
  },
});

const balance = query({
  room: "ledger",
  verb: "balance",
  summary:
    "Where every kilogram of each element is: on hand by place, in transit, lost, unaccounted, delivered.",
  input: z.strictObject({ owner: PartyId().optional() }),
  example: {},
  async answer(ports, { owner }) {
    return done(await presentBalance(ports.store, owner));
  },
});

const entries = query({
  room: "ledger",
  verb: "entries",
  summary:
    "The log: who did what when, each linked to the one before by its hash. From the first on, or newest first.",
  input: z.strictObject({
    after: z.coerce.number().int().min(0).default(0),
    limit: z.coerce.number().int().min(1).max(500).default(50),
    kind: z.string().max(64).optional(),
    order: z.enum(["oldest", "newest"]).default("oldest"),
  }),
  example: { after: 0, limit: 20, order: "oldest" as const },
  async answer(ports, { after, limit, kind, order }) {
    const items =
      order === "newest"
        ? await newestEntries(ports.store, { before: after === 0 ? undefined : after, limit, kind })
        : await ports.store.entries({ after, limit, ...(kind === undefined ? {} : { kind }) });
    const shown = [];
    for (const entry of items)
      shown.push(entry.kind === "assay_reported" ? await unlessSealed(entry) : entry);
    const last = items.at(-1);
    return done({ items: shown, ...(items.length === limit && last ? { next: last.seq } : {}) });

    /** A report stays sealed until the other side has reported (assay Y3). */
    async function unlessSealed(entry: (typeof items)[number]) {
      if (isSealedTo(entry)) return entry;
      const sample = await ports.store.load("sample", String(entry.body["sample"]));
      const exchanged = sample?.record.state === "exchanged";
      return exchanged ? entry : { ...entry, body: { sealed_until: "both sides have reported" }, nonce: "" };
    }
  },
});

const step = query({
  room: "ledger",
  verb: "step",
  summary: "One step: inputs, outputs, losses, and how mass and each element close.",
  input: z.strictObject({ step: StepId() }),
  example: { step: "S-1" },
  async answer(ports, { step }) {
    const found = await ports.store.load("step", step);
    return found ? done(found.record) : refuse("step_unknown", "step", `no step ${step} is on the books`);
  },
});

export const ledgerUseCases = [
  lots,
  lot,
  trace,
  balance,
  materialBalance,
  balanceEntries,
  head,
  entries,
  entryKinds,
  instrument,
  runs,
  asOf,
  corrections,
  step,
  stocktake,
  stocktakes,
  rebuild,
] as const;
