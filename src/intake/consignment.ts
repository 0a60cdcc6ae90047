import type { Book } from "../ledger/index.ts";
import { assert, done, type Measured, type Refusal, type Result, refuse } from "../quantity/index.ts";
import { bearsData, type DataBearing, holdsUp } from "./data-bearing.ts";
import type { Finding, ManifestLine } from "./manifest.ts";
import type { Offer } from "./offer.ts";
import type { SanitizationRecord } from "./sanitization.ts";

export interface Pallet {
  readonly pallet: string;
  readonly gross_mg: number;
  readonly tare_mg: number;
  /** Net weight with the doubt of two weighings on one scale. */
  readonly net_mg: Measured;
  readonly stream?: "data_bearing" | "other";
}

/** What identification says of a line; the consumer's view of it, filled by the use case. */
export interface Identified {
  readonly class: string;
  readonly p: number;
  readonly prior_class: string;
  readonly family: string;
  readonly quantity: number;
  readonly candidates: readonly { readonly model: string; readonly p: number }[];
  readonly elements_g: Readonly<
    Record<string, { readonly best: number; readonly lo90: number; readonly hi90: number }>
  >;
  readonly evidence: string;
}

export interface Line extends Omit<ManifestLine, "quantity">, Identified {
  readonly id: string;
  readonly consignment: string;
  readonly data_bearing: DataBearing;
  readonly data_why: string;
  readonly sanitized: number;
  readonly corrections: readonly { readonly why: string; readonly at: string }[];
}

export interface ConsignmentReceived {
  readonly consignment: string;
  readonly from_zip: string;
  readonly from_name?: string;
  readonly owner: string;
  readonly site: string;
  readonly offers: readonly Offer[];
  readonly pallets: readonly Pallet[];
  readonly at: string;
}

export interface PalletsWeighed {
  readonly consignment: string;
  readonly pallets: readonly Pallet[];
  readonly at: string;
  /** Why pallets weighed before are replaced. */
  readonly why?: string;
}

export interface ManifestRead {
  readonly consignment: string;
  readonly name: string;
  readonly digest: string;
  readonly rows: number;
  readonly kept: number;
  readonly rejected: number;
  readonly blank: number;
  readonly findings: readonly Finding[];
  readonly columns: Readonly<Record<string, string>>;
  readonly at: string;
}

export interface LinesIdentified {
  readonly consignment: string;
  readonly lines: readonly (Omit<ManifestLine, "quantity"> & Identified)[];
}

export interface LineCorrected {
  readonly consignment: string;
  readonly row: number;
  readonly why: string;
  readonly at: string;
  readonly identified: Identified;
  readonly text: string;
  readonly data_bearing?: DataBearing;
}

export interface MediaSanitized {
  readonly consignment: string;
  readonly records: readonly SanitizationRecord[];
  readonly at: string;
}

export interface LotsOpened {
  readonly consignment: string;
  readonly lots: readonly string[];
  readonly at: string;
}

export interface CertificateIssued {
  readonly consignment: string;
  readonly json_digest: string;
  readonly pdf_digest: string;
  readonly devices: number;
  readonly at: string;
}

export interface Consignment extends ConsignmentReceived {
  readonly state: "received" | "read" | "on_the_books";
  readonly manifests: readonly ManifestRead[];
  readonly lines: number;
  readonly devices: number;
  readonly data_devices: number;
  readonly sanitized_devices: number;
  /** Data-bearing devices without an accepted destruction record: nothing leaves while it is above zero (law 7). */
  readonly open_devices: number;
  readonly lots: readonly string[];
  readonly certificates: readonly CertificateIssued[];
}

export type IntakeRefusal = Refusal<
  | "consignment_name_taken"
  | "consignment_unknown"
  | "site_unknown"
  | "site_cannot"
  | "party_unknown"
  | "pallet_named_twice"
  | "net_not_positive"
  | "reason_missing"
  | "file_read_before"
  | "lots_already_opened"
  | "manifest_missing"
  | "weights_missing"
  | "streams_mixed"
  | "line_unknown"
  | "nothing_changed"
>;

export function decidePallets(
  pallets: readonly Pallet[],
  before: readonly Pallet[],
  why?: string,
): Result<true, IntakeRefusal> {
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

/** Whether lots can be opened now (N11), and the streams they are opened for. */
export function decideOpening(
  consignment: Consignment | undefined,
): Result<readonly ("data_bearing" | "other" | "mixed")[], IntakeRefusal> {
  if (!consignment) return refuse("consignment_unknown", "consignment", "there is no such consignment");
  if (consignment.lots.length > 0)
    return refuse("lots_already_opened", "consignment", `its lots are ${consignment.lots.join(", ")}`);
  if (consignment.lines === 0) return refuse("manifest_missing", "consignment", "read its manifest first");
  if (consignment.pallets.length === 0)
    return refuse("weights_missing", "consignment", "weigh its pallets first");
  const streams = new Set(consignment.pallets.map((p) => p.stream));
  if (!streams.has(undefined)) return done([...streams].filter((s) => s !== undefined).sort());
  if (streams.size > 1)
    return refuse("streams_mixed", "pallets", "name the stream of every pallet, or of none");
  return done(["mixed"]);
}

export interface IntakeBodies {
  consignment_received: ConsignmentReceived;
  pallets_weighed: PalletsWeighed;
  manifest_read: ManifestRead;
  lines_identified: LinesIdentified;
  line_corrected: LineCorrected;
  media_sanitized: MediaSanitized;
  consignment_booked: LotsOpened;
  sanitization_certified: CertificateIssued;
}
export type IntakeEntry = {
  [K in keyof IntakeBodies]: { readonly kind: K; readonly body: IntakeBodies[K] };
}[keyof IntakeBodies];
export const INTAKE_KINDS: { readonly [K in keyof IntakeBodies]: true } = {
  consignment_received: true,
  pallets_weighed: true,
  manifest_read: true,
  lines_identified: true,
  line_corrected: true,
  media_sanitized: true,
  consignment_booked: true,
  sanitization_certified: true,
};

export async function applyIntake(book: Book, entry: IntakeEntry): Promise<void> {
  if (entry.kind === "consignment_received") {
    const fresh = {
      manifests: [],
      lines: 0,
      devices: 0,
      data_devices: 0,
      sanitized_devices: 0,
      open_devices: 0,
      lots: [],
      certificates: [],
    };
    book.put("consignment", entry.body.consignment, {
      ...entry.body,
      ...fresh,
      state: "received",
    } satisfies Consignment);
    return;
  }
  const consignment = await book.get<Consignment>("consignment", entry.body.consignment);
  assert(consignment, `consignment ${entry.body.consignment} was received`);
  book.put("consignment", consignment.consignment, await after(book, consignment, entry));
}

async function after(
  book: Book,
  consignment: Consignment,
  entry: Exclude<IntakeEntry, { kind: "consignment_received" }>,
): Promise<Consignment> {
  switch (entry.kind) {
    case "pallets_weighed": {
      const again = new Set(entry.body.pallets.map((p) => p.pallet));
      const kept = consignment.pallets.filter((p) => !again.has(p.pallet));
      return { ...consignment, pallets: [...kept, ...entry.body.pallets] };
    }
    case "manifest_read":
      book.put("manifest", entry.body.digest, {
        digest: entry.body.digest,
        consignment: consignment.consignment,
        name: entry.body.name,
        at: entry.body.at,
      });
      return { ...consignment, manifests: [...consignment.manifests, entry.body], state: "read" };
    case "lines_identified":
      return addLines(book, consignment, entry.body);
    case "line_corrected":
      return correctLine(book, consignment, entry.body);
    case "media_sanitized":
      return sanitize(book, consignment, entry.body);
    case "consignment_booked":
      return { ...consignment, lots: entry.body.lots, state: "on_the_books" };
    case "sanitization_certified":
      return { ...consignment, certificates: [...consignment.certificates, entry.body] };
  }
}

const lineId = (consignment: string, row: number) => `${consignment}:${String(row).padStart(6, "0")}`;

function addLines(book: Book, consignment: Consignment, body: LinesIdentified): Consignment {
  let { lines, devices, data_devices, open_devices } = consignment;
  for (const given of body.lines) {
    const { bears, why } = bearsData(given.class);
    const id = lineId(consignment.consignment, lines + 1);
    book.put("line", id, {
      ...given,
      row: lines + 1,
      id,
      consignment: consignment.consignment,
      data_bearing: bears,
      data_why: why,
      sanitized: 0,
      corrections: [],
    } satisfies Line);
    lines++;
    devices += given.quantity;
    if (holdsUp(bears)) {
      data_devices += given.quantity;
      open_devices += given.quantity;
    }
  }
  return { ...consignment, lines, devices, data_devices, open_devices };
}

async function theLine(book: Book, consignment: string, row: number): Promise<Line> {
  const line = await book.get<Line>("line", lineId(consignment, row));
  assert(line, `line ${row} of ${consignment} is on the books`);
  return line;
}

async function correctLine(book: Book, consignment: Consignment, body: LineCorrected): Promise<Consignment> {
  const line = await theLine(book, body.consignment, body.row);
  const { bears, why } = body.data_bearing
    ? { bears: body.data_bearing, why: body.why }
    : bearsData(body.identified.class);
  const corrected: Line = {
    ...line,
    ...body.identified,
    text: body.text,
    data_bearing: bears,
    data_why: why,
    corrections: [...line.corrections, { why: body.why, at: body.at }],
  };
  book.put("line", line.id, corrected);
  const open = (l: Line) => (holdsUp(l.data_bearing) ? Math.max(0, l.quantity - l.sanitized) : 0);
  const bearing = (l: Line) => (holdsUp(l.data_bearing) ? l.quantity : 0);
  return {
    ...consignment,
    devices: consignment.devices - line.quantity + corrected.quantity,
    data_devices: consignment.data_devices - bearing(line) + bearing(corrected),
    open_devices: consignment.open_devices - open(line) + open(corrected),
  };
}

async function sanitize(book: Book, consignment: Consignment, body: MediaSanitized): Promise<Consignment> {
  let { sanitized_devices, open_devices } = consignment;
  for (const [i, record] of body.records.entries()) {
    const line = await theLine(book, body.consignment, record.row);
    book.put("line", line.id, { ...line, sanitized: line.sanitized + record.devices } satisfies Line);
    if (record.media.serial !== undefined)
      book.put("serial", record.media.serial, {
        serial: record.media.serial,
        consignment: consignment.consignment,
      });
    const id = `${line.id}:${sanitized_devices}:${i}`;
    book.put("sanitization", id, { id, consignment: consignment.consignment, ...record });
    sanitized_devices += record.devices;
    open_devices -= record.devices;
  }
  return { ...consignment, sanitized_devices, open_devices };
}

export { lineId };
