import { isBefore } from "../ledger/index.ts";
import { done, refuse } from "../quantity/index.ts";
import type { Consignment, Line, Pallet, RowRecord, Stream } from "./consignment.ts";
import { holdsUp } from "./data-bearing.ts";
import type { Offer } from "./offer.ts";

/** The site a consignment goes to: the one named, or the best offer (N1). Refusals: site_unknown, site_cannot. */
export function decideSiteOf(offers: readonly Offer[], named: string | undefined) {
  if (named === undefined) {
    const best = offers.find((o) => o.offered);
    return best ? done(best) : refuse("site_unknown", "site", "no open centre can take a consignment in");
  }
  const chosen = offers.find((o) => o.site === named);
  if (!chosen)
    return refuse(
      "site_unknown",
      "site",
      `no centre ${named} is registered: a consignment comes to a site of a recycler (intake offer names them)`,
    );
  if (!chosen.offered) return refuse("site_cannot", "site", `${named} ${chosen.why}`);
  return done(chosen);
}

/** N2. Refusals: pallet_named_twice, reason_missing, net_not_positive. */
export function decidePallets(pallets: readonly Pallet[], before: readonly Pallet[], why?: string) {
  const seen = new Set(before.map((p) => p.pallet));
  const now = new Set<string>();
  for (const [i, { pallet, net_mg }] of pallets.entries()) {
    if (now.has(pallet))
      return refuse("pallet_named_twice", `pallets[${i}].pallet`, `${pallet} is named twice`);
    if (seen.has(pallet) && why === undefined)
      return refuse("reason_missing", "why", `${pallet} was weighed before: say why again`);
    if (net_mg.best <= 0)
      return refuse("net_not_positive", `pallets[${i}]`, `${pallet}: the tare is not below the gross weight`);
    now.add(pallet);
  }
  return done(true);
}

/** N4, N11: a file is read once, and not after the lots are on the books. */
export function decideReading(
  consignment: Consignment | undefined,
  before: { readonly consignment: string; readonly name: string; readonly at: string } | undefined,
) {
  if (!consignment) return refuse("consignment_unknown", "consignment", "there is no such consignment");
  if (consignment.lots.length > 0)
    return refuse(
      "lots_already_opened",
      "consignment",
      "its lots are on the books; no more lines are read: what else came is a consignment of its own (intake receive)",
    );
  if (before) {
    return refuse(
      "file_read_before",
      "text",
      `this file was read as ${before.name} for ${before.consignment} at ${before.at}; a list that another truck brought alike says so in a title line of its own`,
    );
  }
  return done(consignment);
}

/** N16: nothing of a consignment happens before it came, nor before what it needs of it was there. */
export function beforeItCame(consignment: Consignment, at: string, needed: readonly string[] = []) {
  const since = [consignment.at, ...needed].find((one) => isBefore(at, one));
  return since === undefined
    ? undefined
    : refuse("time_before_input", "at", `it rests on what came at ${since}, after ${at}`);
}

export interface Correction {
  readonly text?: string;
  readonly class?: string;
  readonly quantity?: number;
  readonly data_bearing?: "yes" | "no";
}

/** N12. Refusals: line_unknown, nothing_changed, lots_already_opened, quantity_below_sanitized. */
export function decideCorrection(consignment: Consignment, line: Line | undefined, given: Correction) {
  if (!line) return refuse("line_unknown", "row", `${consignment.consignment} has no such line`);
  if (Object.values(given).every((value) => value === undefined))
    return refuse("nothing_changed", "row", "state what changes: text, class, quantity or data_bearing");
  const { text, class: device, quantity } = given;
  const content = text !== undefined || device !== undefined || quantity !== undefined;
  if (content && consignment.lots.length > 0)
    return refuse(
      "lots_already_opened",
      "consignment",
      `its lots are on the books: what they hold is assayed (assay book-results), what they weigh is counted (ledger stocktake)`,
    );
  if (quantity !== undefined && quantity < line.sanitized)
    return refuse("quantity_below_sanitized", "quantity", `${line.sanitized} of them are sanitized already`, {
      sanitized: line.sanitized,
    });
  return done(line);
}

/** N13: the manifest and row that is settled. Refusals: manifest_missing, manifest_unknown. */
export function decideManifest(consignment: Consignment, named: string | undefined) {
  const { manifests } = consignment;
  const [first] = manifests;
  if (!first) return refuse("manifest_missing", "consignment", "no manifest was read");
  const matching =
    named === undefined ? manifests : manifests.filter((m) => m.name === named || m.digest === named);
  const [found, ...others] = matching;
  if (found && others.length === 0) return done(found);
  return refuse(
    "manifest_unknown",
    "manifest",
    `say which manifest, by name or digest: ${manifests.map((m) => m.name).join(", ")}`,
  );
}

/** N13. Refusals: row_unknown, row_already_resolved. */
export function decideRow(row: RowRecord | undefined) {
  if (!row || row.state === "noted") return refuse("row_unknown", "row", "no rejected row has this number");
  if (row.state === "resolved")
    return refuse("row_already_resolved", "row", `it was settled: ${row.resolution?.why}`);
  return done(row);
}

export interface Opening {
  readonly stream: Stream | "mixed";
  readonly pallets: readonly Pallet[];
  readonly lines: readonly Line[];
  /** It may hold data-bearing devices: the ledger holds it back by the consignment (law 7). */
  readonly data: boolean;
}

/**
 * The lots to open (N11): every pallet and every line goes into exactly one. Refusals, in order: consignment_unknown,
 * lots_already_opened, manifest_missing, weights_missing, streams_mixed, stream_without_pallet, stream_without_lines.
 */
export function decideOpening(consignment: Consignment | undefined, lines: readonly Line[]) {
  if (!consignment) return refuse("consignment_unknown", "consignment", "there is no such consignment");
  if (consignment.lots.length > 0)
    return refuse("lots_already_opened", "consignment", `its lots are ${consignment.lots.join(", ")}`);
  if (lines.length === 0) return refuse("manifest_missing", "consignment", "read its manifest first");
  const { pallets } = consignment;
  if (pallets.length === 0) return refuse("weights_missing", "consignment", "weigh its pallets first");
  const streams = [...new Set(pallets.map((p) => p.stream))].sort();
  if (streams.length > 1 && streams.includes(undefined))
    return refuse("streams_mixed", "pallets", "name the stream of every pallet, or of none");
  const unsettled = consignment.unresolved_rows > 0;
  const bears = (l: Line) => holdsUp(l.data_bearing);
  const [only] = streams;
  if (streams.length === 1 && only !== "other") {
    // One stream of pallets takes every line: nothing that came in stays off the books.
    return done<readonly Opening[]>([
      { stream: only ?? "mixed", pallets, lines, data: unsettled || lines.some(bears) },
    ]);
  }
  if (streams.length === 1 && lines.some(bears)) {
    const count = lines.filter(bears).length;
    return refuse(
      "stream_without_pallet",
      "pallets",
      `${count} lines may bear data, and every pallet is marked "other"; weigh a data_bearing pallet, or state that they bear none`,
    );
  }
  const openings: Opening[] = [];
  for (const stream of streams as Stream[]) {
    const here = lines.filter((l) => bears(l) === (stream === "data_bearing"));
    if (here.length === 0)
      return refuse(
        "stream_without_lines",
        "pallets",
        `no line of the manifest belongs to the ${stream} pallets`,
      );
    openings.push({
      stream,
      pallets: pallets.filter((p) => p.stream === stream),
      lines: here,
      data: unsettled || stream === "data_bearing",
    });
  }
  return done(openings);
}
