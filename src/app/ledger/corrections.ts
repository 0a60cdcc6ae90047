import { z } from "zod";
import type { Entry } from "../../ledger/index.ts";
import { done, table } from "../../quantity/index.ts";
import type { LedgerStore } from "../core/ports.ts";
import { isSealedTo } from "../core/seen.ts";
import { query } from "../core/use-case.ts";
import { newestEntries } from "./walk.ts";

type Body = Readonly<Record<string, unknown>>;

interface Correcting {
  /** Says what was wrong; an entry of the kind that gives no reason replaces nothing. */
  readonly why: (body: Body) => string | undefined;
  /** What is corrected, in the same words as the entries that stated it. */
  readonly subject: (body: Body) => string;
}

const text = (body: Body, field: string): string => String(body[field] ?? "");
const given = (body: Body, field: string): string | undefined =>
  typeof body[field] === "string" ? (body[field] as string) : undefined;
const byWhy = (body: Body) => given(body, "why");
const at = (field: string) => (body: Body) => `${field} ${text(body, field)}`;

/** Every kind of entry that takes back or replaces what an earlier one said. */
const CORRECTIONS: Readonly<Record<string, Correcting>> = table({
  step_reversed: { why: byWhy, subject: at("step") },
  lot_restated: { why: byWhy, subject: at("lot") },
  shipment_weight_corrected: {
    why: byWhy,
    subject: (b) => `weight ${text(b, "shipment")} ${text(b, "side")} ${text(b, "lot")}`,
  },
  pallets_weighed: { why: byWhy, subject: at("consignment") },
  row_resolved: { why: byWhy, subject: (b) => `row ${text(b, "digest")} ${text(b, "file_row")}` },
  line_corrected: { why: byWhy, subject: (b) => `line ${text(b, "consignment")} ${text(b, "row")}` },
  wording_taught: { why: byWhy, subject: at("wording") },
  assay_reported: {
    why: (b) => given(b, "corrects"),
    subject: (b) => `report ${text(b, "sample")} ${text(b, "side")}`,
  },
  product_reported: {
    why: (b) => given(b, "corrects"),
    subject: (b) => `report ${text(b, "sample")} ${text(b, "side")}`,
  },
  statement_issued: {
    why: (b) => given((b["difference"] ?? {}) as Body, "reason"),
    subject: (b) => `statement ${text(b, "lot")}`,
  },
  agreement_made: { why: byWhy, subject: (b) => `agreement ${agreementOf(b)}` },
  certificate_released: { why: byWhy, subject: (b) => `certificate ${text(b, "lot")}` },
  certificate_superseded: { why: byWhy, subject: (b) => `certificate ${text(b, "lot")}` },
  passport_revoked: { why: byWhy, subject: at("passport") },
  allocation_released: { why: byWhy, subject: (b) => `promise ${text(b, "order")} ${text(b, "lot")}` },
  order_cancelled: { why: byWhy, subject: at("order") },
  party_changed: { why: byWhy, subject: at("party") },
  site_changed: { why: byWhy, subject: at("site") },
  unit_changed: { why: byWhy, subject: at("unit") },
  method_changed: { why: byWhy, subject: (b) => methodOf(b) },
  site_country_stated: { why: byWhy, subject: (b) => `country ${text(b, "site")}` },
  consignment_provenance_stated: { why: byWhy, subject: (b) => `provenance ${text(b, "consignment")}` },
});

/** Whether an entry of this kind may take back or replace what an earlier one said. */
export const corrects = (kind: string): boolean => Object.hasOwn(CORRECTIONS, kind);

const methodOf = (b: Body): string =>
  `method ${text(b, "party")} ${text(b, "element")} ${text(b, "method")} ${text(b, "from_mg_per_kg")}`;
const agreementOf = (b: Body): string => text((b["agreement"] ?? {}) as Body, "id");
const listOf = (b: Body, field: string): readonly Body[] =>
  Array.isArray(b[field]) ? (b[field] as Body[]) : [];
const weights = (side: string) => (b: Body) =>
  listOf(b, "lots").map((l) => `weight ${text(b, "shipment")} ${side} ${text(l, "lot")}`);

/** What an entry states that a later one may correct. A correction states its subject anew, so it may be corrected too. */
const STATES: Readonly<Record<string, (body: Body) => readonly string[]>> = table({
  step_recorded: (b) => [at("step")(b), ...listOf(b, "outputs").map(at("lot"))],
  lot_opened: (b) => [at("lot")(b)],
  shipment_sent: weights("sender"),
  shipment_received: weights("receiver"),
  consignment_received: (b) => [at("consignment")(b)],
  rows_found: (b) => listOf(b, "rows").map((r) => `row ${text(b, "digest")} ${text(r, "row")}`),
  passport_issued: (b) => [at("passport")(b)],
  order_allocated: (b) => [`promise ${text(b, "order")} ${text(b, "lot")}`],
  order_placed: (b) => [at("order")(b)],
  party_registered: (b) => [at("party")(b)],
  site_registered: (b) => [at("site")(b)],
  unit_registered: (b) => [at("unit")(b)],
  method_registered: (b) => [methodOf(b)],
  ...Object.fromEntries(
    Object.entries(CORRECTIONS).map(([kind, { subject }]) => [kind, (b: Body) => [subject(b)]]),
  ),
});

const reasonOf = (entry: Entry): string | undefined =>
  isSealedTo(entry) ? undefined : CORRECTIONS[entry.kind]?.why(entry.body);

export const corrections = query({
  room: "ledger",
  verb: "corrections",
  summary: "What was corrected, by whom, when and why, and the entry it corrects; the newest first.",
  input: z.strictObject({
    after: z.coerce.number().int().min(1).optional().describe("the `next` of the page before"),
    limit: z.coerce.number().int().min(1).max(200).default(50),
    kind: z.enum(Object.keys(CORRECTIONS) as [string, ...string[]]).optional(),
  }),
  example: { limit: 20 },
  async answer({ store }, { after, limit, kind }) {
    const kinds = kind === undefined ? Object.keys(CORRECTIONS) : [kind];
    const found: Entry[] = [];
    for (const one of kinds) {
      const wanted = { before: after, limit: limit + 1, kind: one };
      found.push(...(await newestEntries(store, { ...wanted, keep: (e) => reasonOf(e) !== undefined })));
    }
    found.sort((a, b) => b.seq - a.seq);
    const shown = found.slice(0, limit);
    const corrected = await statedBefore(store, shown);
    const last = shown.at(-1);
    return done({
      items: shown.map(({ seq, time, kind, actor, body }) => {
        const before = corrected.get(seq);
        return {
          seq,
          time,
          kind,
          actor,
          subject: CORRECTIONS[kind]?.subject(body) ?? "",
          why: CORRECTIONS[kind]?.why(body) ?? "",
          ...(before ? { corrects: before } : {}),
        };
      }),
      ...(found.length > limit && last ? { next: last.seq } : {}),
    });
  },
});

export interface Corrected {
  readonly seq: number;
  readonly time: string;
  readonly kind: string;
}

type Log = Pick<LedgerStore, "entries">;

/** For each correction, the last entry before it that stated the same subject. The log is read once a kind that may have. */
async function statedBefore(store: Log, found: readonly Entry[]): Promise<Map<number, Corrected>> {
  const bySubject = new Map<string, Entry[]>();
  for (const entry of found) {
    const subject = CORRECTIONS[entry.kind]?.subject(entry.body) ?? "";
    bySubject.set(subject, [...(bySubject.get(subject) ?? []), entry]);
  }
  const newest = found[0]?.seq ?? 0;
  const before = new Map<number, Corrected>();
  const state = (subject: string, { seq, time, kind }: Corrected) => {
    for (const correction of bySubject.get(subject) ?? []) {
      const better = seq < correction.seq && seq > (before.get(correction.seq)?.seq ?? 0);
      if (better) before.set(correction.seq, { seq, time, kind });
    }
  };
  for (const [kind, states] of Object.entries(STATES)) {
    for await (const entry of ofKind(store, kind, newest)) {
      for (const subject of states(entry.body)) state(subject, entry);
    }
  }
  await stateLines(store, found, state);
  return before;
}

async function* ofKind(store: Log, kind: string, newest: number): AsyncGenerator<Entry> {
  for (let after = 0; after < newest; ) {
    const page = await store.entries({ after, limit: 500, kind });
    yield* page.filter((entry) => !isSealedTo(entry));
    after = page.length < 500 ? newest : (page.at(-1)?.seq ?? newest);
  }
}

/** A line bears the number at which it came into its consignment, by a manifest or by a row that was settled later. */
async function stateLines(
  store: Log,
  found: readonly Entry[],
  state: (subject: string, by: Corrected) => void,
): Promise<void> {
  const wanted = new Map<string, { at: Corrected; lines: number }[]>();
  const corrected = found.filter((e) => e.kind === "line_corrected");
  for (const { body } of corrected) wanted.set(text(body, "consignment"), []);
  if (wanted.size === 0) return;
  const newest = found[0]?.seq ?? 0;
  for (const kind of ["lines_identified", "row_resolved"]) {
    for await (const { seq, time, body } of ofKind(store, kind, newest)) {
      const lines = kind === "row_resolved" ? (body["line"] ? 1 : 0) : listOf(body, "lines").length;
      wanted.get(text(body, "consignment"))?.push({ at: { seq, time, kind }, lines });
    }
  }
  for (const came of wanted.values()) came.sort((a, b) => a.at.seq - b.at.seq);
  for (const { body } of corrected) {
    let counted = 0;
    const by = wanted.get(text(body, "consignment"))?.find(({ lines }) => {
      counted += lines;
      return counted >= Number(body["row"]);
    });
    if (by) state(`line ${text(body, "consignment")} ${text(body, "row")}`, by.at);
  }
}
