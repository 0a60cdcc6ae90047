import { type Entry, type Lot, type MatterMoved, preservesMatter } from "../ledger/index.ts";

interface PassportLike {
  readonly passport: string;
  readonly lot: string;
  readonly feeds_mg: Readonly<Record<string, unknown>>;
}

const stepOf = (entry: Entry): MatterMoved => entry.body as unknown as MatterMoved;

/** Where lots come from and where they go, as the log has it. */
class Ways {
  readonly origin = new Map<string, Entry>();
  readonly usedBy = new Map<string, Entry[]>();
  readonly feeds = new Set<string>();
  readonly passports = new Map<string, PassportLike>();

  constructor(entries: readonly Entry[]) {
    for (const entry of entries) this.take(entry);
  }

  private take(entry: Entry): void {
    const { body } = entry;
    if (entry.kind === "lot_opened") this.origin.set(String(body["lot"]), entry);
    if (entry.kind === "feed_measured") this.feeds.add(String(body["feed"]));
    if (entry.kind === "passport_issued")
      this.passports.set(String(body["passport"]), body as unknown as PassportLike);
    if (entry.kind === "passport_revoked") this.passports.delete(String(body["passport"]));
    if (entry.kind !== "step_recorded") return;
    for (const { lot } of stepOf(entry).outputs) this.origin.set(lot, entry);
    for (const { lot } of stepOf(entry).inputs)
      this.usedBy.set(lot, [...(this.usedBy.get(lot) ?? []), entry]);
  }

  /** The one lot of which a step made nothing but parts; undefined where other matter came in or out. */
  dividedFrom(step: MatterMoved): string | undefined {
    const [input] = step.inputs;
    const origin = input && this.origin.get(input.lot);
    if (!input || !origin) return undefined;
    const made =
      origin.kind === "step_recorded"
        ? stepOf(origin).outputs.find(({ lot }) => lot === input.lot)
        : (origin.body as unknown as Pick<Lot, "kind" | "notes">);
    return preservesMatter(step, [made]) ? input.lot : undefined;
  }
}

/**
 * Numbers of the entries that show how the lots were made, down from their feeds; what became of them, as far as it is still the
 * same matter; and how the lots of other passports on the same feeds were made, as far as they could be of the same matter (C7).
 */
export function disclosedFor(entries: readonly Entry[], lots: readonly string[]): ReadonlySet<number> {
  const ways = new Ways(entries);
  const shown = new Set<number>();
  const upstream = followUp(ways, lots, shown);
  followDown(ways, lots, shown);
  const feeds = new Set([...upstream].filter((lot) => ways.feeds.has(lot)));
  for (const { lot, feeds_mg } of ways.passports.values())
    if (Object.keys(feeds_mg).some((feed) => feeds.has(feed))) followDivisions(ways, lot, shown);
  for (const seq of analysesOf(entries, lots)) shown.add(seq);
  for (const seq of signaturesOf(entries, lots)) shown.add(seq);
  return shown;
}

const OF_AN_ANALYSIS: ReadonlySet<string> = new Set([
  "product_sample_taken",
  "product_reported",
  "assay_released",
]);

/** What the certificates of analysis of the lots rest on: their samples, what was reported on them, and its releases. */
function analysesOf(entries: readonly Entry[], lots: readonly string[]): number[] {
  const samples = new Set(
    entries
      .filter(({ kind, body }) => kind === "certificate_released" && lots.includes(String(body["lot"])))
      .map(({ body }) => (body["rests_on"] as { readonly sample: string } | undefined)?.sample),
  );
  return entries
    .filter(({ kind, body }) => OF_AN_ANALYSIS.has(kind) && samples.has(String(body["sample"])))
    .map(({ seq }) => seq);
}

/** Where the log holds the digests of what was signed of the lots. */
function signaturesOf(entries: readonly Entry[], lots: readonly string[]): number[] {
  const passports = new Set(
    entries
      .filter(({ kind, body }) => kind === "passport_issued" && lots.includes(String(body["lot"])))
      .map(({ body }) => body["passport"]),
  );
  return entries
    .filter(({ kind, body }) => kind === "passport_signed" && passports.has(body["passport"]))
    .map(({ seq }) => seq);
}

/** Every lot on the way up, feeds included. */
function followUp(ways: Ways, lots: readonly string[], shown: Set<number>): Set<string> {
  const open = [...lots];
  const seen = new Set(open);
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const entry = ways.feeds.has(next) ? undefined : ways.origin.get(next);
    if (!entry) continue;
    shown.add(entry.seq);
    if (entry.kind !== "step_recorded") continue;
    for (const { lot } of stepOf(entry).inputs) {
      if (seen.has(lot)) continue;
      seen.add(lot);
      open.push(lot);
    }
  }
  return seen;
}

/** Steps on the lots and on what they were divided into; where other matter joins, the step is shown and not followed. */
function followDown(ways: Ways, lots: readonly string[], shown: Set<number>): void {
  const open = [...lots];
  const seen = new Set(open);
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    for (const entry of ways.usedBy.get(next) ?? []) {
      shown.add(entry.seq);
      if (ways.dividedFrom(stepOf(entry)) === undefined) continue;
      for (const { lot } of stepOf(entry).outputs) {
        if (seen.has(lot)) continue;
        seen.add(lot);
        open.push(lot);
      }
    }
  }
}

/** Up to the step before which it was other matter. */
function followDivisions(ways: Ways, lot: string, shown: Set<number>): void {
  for (let next: string | undefined = lot; next !== undefined && !ways.feeds.has(next); ) {
    const entry = ways.origin.get(next);
    if (!entry) return;
    shown.add(entry.seq);
    next = entry.kind === "step_recorded" ? ways.dividedFrom(stepOf(entry)) : undefined;
  }
}
