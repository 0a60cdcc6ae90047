import type { Entry } from "../ledger/index.ts";
import { table } from "../quantity/index.ts";

/** A document as an entry names it. */
export interface NamedDocument {
  readonly digest: string;
  readonly media_type: string;
  readonly name: string;
}

type Body = Readonly<Record<string, unknown>>;
type Naming = readonly [field: string, media_type: string, name: (body: Body) => string];

const JSON_TYPE = "application/json";
const PDF_TYPE = "application/pdf";

const particulars: Naming = ["particulars", JSON_TYPE, (body) => `${body["consignment"]}-particulars.json`];
const said: Naming = ["said_in", JSON_TYPE, (body) => `${body["consignment"]}-said.json`];

/**
 * Which kinds of entry name documents, in which field, with which type and under which name (P71). A document that no entry names
 * is a fault: a kind that brings a new one is written down here.
 */
const NAMING: Readonly<Record<string, readonly Naming[]>> = table({
  manifest_read: [["digest", "text/csv; charset=utf-8", (body) => String(body["name"])], said],
  lines_identified: [particulars],
  rows_found: [particulars],
  row_resolved: [particulars, said],
  line_corrected: [particulars, said],
  media_sanitized: [particulars, said],
  serial_key_made: [["digest", JSON_TYPE, (body) => `serial-key-${body["key"]}.json`]],
  sanitization_certified: [
    ["json_digest", JSON_TYPE, (body) => `${body["consignment"]}-sanitization.json`],
    ["pdf_digest", PDF_TYPE, (body) => `${body["consignment"]}-sanitization.pdf`],
  ],
  shipment_sent: [["bill_digest", PDF_TYPE, (body) => `${body["shipment"]}-bill-of-lading.pdf`]],
  campaign_planned: [["chromatogram_digest", JSON_TYPE, (body) => `${body["campaign"]}-chromatogram.json`]],
  certificate_released: [
    ["json_digest", JSON_TYPE, (body) => `${body["lot"]}-certificate-of-analysis.json`],
    ["pdf_digest", PDF_TYPE, (body) => `${body["lot"]}-certificate-of-analysis.pdf`],
  ],
  approval_asked: [particulars, said],
  passport_signed: [["credential_digest", JSON_TYPE, (body) => `${body["passport"]}-passport.json`]],
});

/** The documents that an entry names; what it leaves open, as entries of before a field was kept do, names none. */
export function documentsNamedBy({ kind, body }: Pick<Entry, "kind" | "body">): readonly NamedDocument[] {
  if (!Object.hasOwn(NAMING, kind)) return [];
  return (NAMING[kind] ?? []).flatMap(([field, media_type, nameOf]) => {
    const digest = body[field];
    return typeof digest === "string" ? [{ digest, media_type, name: nameOf(body) }] : [];
  });
}

/** The kind of entry that names documents of which the bytes are taken away. */
export const ERASURE = "documents_erased";

/** Digests that entries say are erased, each once. */
export const erasedBy = (entries: readonly Pick<Entry, "kind" | "body">[]): readonly string[] => [
  ...new Set(
    entries
      .filter(({ kind }) => kind === ERASURE)
      .flatMap(({ body }) => body["digests"] as readonly string[]),
  ),
];
