import type { Measured } from "../quantity/index.ts";
import type { DataBearing } from "./data-bearing.ts";
import type { DocumentsErased, SerialKeyMade } from "./erasure.ts";
import type { FoundRow, ManifestLine } from "./manifest.ts";
import type { Offer } from "./offer.ts";
import type { APART, BareLine, BareRecord, BareRow, ParticularsAt } from "./particulars.ts";
import type { ConsignmentProvenance, ConsignmentProvenanceStated } from "./provenance.ts";
import type { SanitizationRecord } from "./sanitization.ts";

export type Stream = "data_bearing" | "other";

export interface Pallet {
  readonly pallet: string;
  readonly gross_mg: number;
  readonly tare_mg: number;
  /** Net weight: the repeatability of the scale is in both weighings, once each. */
  readonly net_mg: Measured;
  readonly stream?: Stream;
  /** What the weighing ticket says beside the weights; pallets of before it was kept have none. */
  readonly tare_kind?: "taken" | "stored";
  readonly ticket?: string;
  readonly mark?: string;
}

interface Interval {
  readonly best: number;
  readonly lo90: number;
  readonly hi90: number;
}

/** What identification says of a line; the consumer's view of it, filled by the use case. */
export interface Identified {
  readonly class: string;
  readonly p: number;
  readonly prior_class: string;
  /** Lines of one family share what is unknown of it. */
  readonly family: string;
  readonly quantity: number;
  readonly candidates: readonly { readonly model: string; readonly p: number }[];
  readonly elements_g: Readonly<Record<string, Interval>>;
  readonly evidence: string;
}

/** A line as it is written: decided once, so that a replay by a later version says the same. */
export interface NewLine extends Omit<ManifestLine, "quantity">, Identified {
  readonly data_bearing: DataBearing;
  readonly data_why: string;
  /** Someone stated whether it bears data: identifying it anew does not change that. */
  readonly data_stated: boolean;
}

export interface Line extends NewLine {
  readonly id: string;
  readonly consignment: string;
  /** Digest of the manifest it stands in. */
  readonly manifest: string;
  /** Number of the line in the consignment, over all its manifests. */
  readonly row: number;
  readonly sanitized: number;
  /** Where its words, serials and cells stand; lines of before they stood apart hold them. */
  readonly particulars?: ParticularsAt;
  readonly corrections: readonly { readonly why: string; readonly at: string }[];
}

/** A row of a manifest with findings. Rejected ones wait until somebody settles them. */
export interface RowRecord extends FoundRow {
  readonly id: string;
  readonly consignment: string;
  readonly manifest: string;
  readonly name: string;
  readonly particulars?: ParticularsAt;
  readonly state: "noted" | "rejected" | "resolved";
  readonly resolution?: { readonly why: string; readonly at: string; readonly line?: number };
}

export interface ConsignmentReceived {
  readonly consignment: string;
  readonly from_zip: string;
  readonly from_name?: string;
  /** The party that handed it over; absent where none was named, as in every entry of before a customer was a party (N58). */
  readonly customer?: string;
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

/** An entry of which particulars stand in a document, and free text that came with its command in another. */
interface Apart {
  readonly rules: typeof APART;
  readonly particulars: string;
  readonly said_in?: string;
}

export interface ManifestRead {
  readonly rules?: typeof APART;
  readonly said_in?: string;
  readonly consignment: string;
  readonly name: string;
  readonly digest: string;
  readonly rows: number;
  readonly header_rows: number;
  readonly kept: number;
  readonly rejected: number;
  readonly blank: number;
  readonly findings_count: number;
  readonly columns: Readonly<Record<string, string>>;
  readonly at: string;
}

interface OfManifest {
  readonly consignment: string;
  readonly digest: string;
}

export type LinesIdentified = OfManifest &
  (
    | { readonly rules?: never; readonly lines: readonly NewLine[] }
    | (Apart & { readonly lines: readonly BareLine[] })
  );

export type RowsFound = OfManifest & { readonly name: string } & (
    | { readonly rules?: never; readonly rows: readonly FoundRow[] }
    | (Apart & { readonly rows: readonly BareRow[] })
  );

/** `line` is what the row turned out to be; without it, the row is set aside as no item. */
export type RowResolved = OfManifest & {
  readonly file_row: number;
  readonly why: string;
  readonly at: string;
} & (
    | { readonly rules?: never; readonly line?: NewLine }
    | (Omit<Apart, "particulars"> & { readonly particulars?: string; readonly line?: BareLine })
  );

export interface LineCorrected {
  readonly rules?: typeof APART;
  /** Where its words stand from now on; where only something else was corrected they stay where they are. */
  readonly particulars?: string;
  readonly said_in?: string;
  /** The tag under which its wording is learned. */
  readonly learned?: string;
  readonly consignment: string;
  readonly row: number;
  readonly why: string;
  readonly at: string;
  /** As entries of before particulars stood apart say it. */
  readonly text?: string;
  readonly identified: Identified;
  readonly data_bearing: DataBearing;
  readonly data_why: string;
  readonly data_stated: boolean;
}

export type MediaSanitized = { readonly consignment: string; readonly at: string } & (
  | { readonly rules?: never; readonly records: readonly SanitizationRecord[] }
  | (Apart & { readonly records: readonly BareRecord[] })
);

export interface LotsOpened {
  readonly consignment: string;
  readonly lots: readonly string[];
  readonly at: string;
}

export interface CertificateIssued {
  readonly rules?: typeof APART;
  readonly consignment: string;
  readonly json_digest: string;
  readonly pdf_digest: string;
  readonly devices: number;
  readonly complete: boolean;
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
  /** Rejected rows that nobody has settled yet: what they are is not known. */
  readonly unresolved_rows: number;
  readonly lots: readonly string[];
  /** Absent where nobody stated it: then nothing is said of it either (N15). */
  readonly provenance?: ConsignmentProvenance;
  readonly certificates: readonly CertificateIssued[];
}

export interface IntakeBodies {
  consignment_received: ConsignmentReceived;
  consignment_provenance_stated: ConsignmentProvenanceStated;
  pallets_weighed: PalletsWeighed;
  manifest_read: ManifestRead;
  lines_identified: LinesIdentified;
  rows_found: RowsFound;
  row_resolved: RowResolved;
  line_corrected: LineCorrected;
  media_sanitized: MediaSanitized;
  consignment_booked: LotsOpened;
  sanitization_certified: CertificateIssued;
  serial_key_made: SerialKeyMade;
  documents_erased: DocumentsErased;
}
export type IntakeEntry = {
  [K in keyof IntakeBodies]: { readonly kind: K; readonly body: IntakeBodies[K] };
}[keyof IntakeBodies];
/** The kinds of entry this room folds, each in the words of those who read the books. */
export const INTAKE_KINDS: { readonly [K in keyof IntakeBodies]: string } = {
  consignment_received: "consignment received",
  consignment_provenance_stated: "provenance of a consignment stated",
  pallets_weighed: "pallets weighed",
  manifest_read: "manifest read",
  lines_identified: "lines identified",
  rows_found: "rows left open",
  row_resolved: "row resolved",
  line_corrected: "line corrected",
  media_sanitized: "devices sanitized",
  consignment_booked: "consignment booked as lots",
  sanitization_certified: "sanitization certified",
  serial_key_made: "key of serial numbers made",
  documents_erased: "documents erased, by rule",
};

export const lineId = (consignment: string, row: number): string =>
  `${consignment}:${String(row).padStart(6, "0")}`;

/** Twelve characters of the digest tell the manifests of one consignment apart. */
export const rowId = (consignment: string, digest: string, file_row: number): string =>
  `${consignment}:${digest.slice(0, 12)}:${String(file_row).padStart(6, "0")}`;
