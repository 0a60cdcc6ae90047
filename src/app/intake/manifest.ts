import { z } from "zod";
import { Instant, notInFuture, PageOf, Text } from "../../contract/fields.ts";
import { ConsignmentId, ManifestName, OwnReference } from "../../contract/identifiers.ts";
import {
  APART,
  beforeItCame,
  decideReading,
  type Finding,
  type NewLine,
  type Parted,
  partLine,
  partRow,
  readManifest,
} from "../../intake/index.ts";
import { done, sha256Hex } from "../../quantity/index.ts";
import { documentOf } from "../core/documents.ts";
import { pageOf } from "../core/pages.ts";
import type { NewEntry, StoredDocument } from "../core/ports.ts";
import { command, query } from "../core/use-case.ts";
import { ofConsignment } from "../core/whose.ts";
import { taughtWordings } from "../identify/correct.ts";
import { lineIdentifier } from "./identified.ts";
import { particularsDocument, withParticulars } from "./particulars.ts";
import { tableOf } from "./table.ts";

/** Lines or rows in one entry: an entry stays small enough to be read. */
const PER_ENTRY = 1000;

/** Rows between two words on how far the reading is. */
const PER_SAYING = 100;

/** Part of the time that goes into identifying; the rest is writing. Measured on 10,000 rows. */
const IDENTIFYING = 0.4;

/** Findings in one answer; all of them stay on the books, a page at a time. */
const FINDINGS_SHOWN = 200;

const Column = z.string().trim().min(1).max(100).optional();
const Columns = z
  .object({
    maker: Column,
    model: Column,
    description: Column,
    type: Column,
    capacity: Column,
    quantity: Column,
    serial: Column,
    weight: Column,
    weight_unit: Column,
  })
  .strict();

export const readManifestFile = command({
  room: "intake",
  verb: "read-manifest",
  summary:
    "Read a manifest from CSV or pasted text: good rows are kept and identified, every other row is named with its fault.",
  raw: "text",
  long: true,
  saidApart: ({ consignment }) => consignment,
  input: z.strictObject({
    consignment: ConsignmentId(),
    name: OwnReference(Text, "the manifest").default("manifest"),
    text: z
      .string()
      .min(1)
      .refine((text) => text.isWellFormed(), "holds half a character: is it UTF-8?"),
    columns: Columns.optional().describe("which header means what, where it is not recognised"),
    at: Instant.optional(),
  }),
  example: {
    consignment: "C-1",
    name: "pallet-1.csv",
    text: "description,qty,serial\nSeagate ST2000DM008 2TB 3.5 HDD,600,\nApple iPhone 12,40,\nmixed cables,3,\nunlabelled tray,many,\n",
  },
  concerns: {
    says: "the owner of the consignment, or the party of the centre that took it in",
    of: async (input, records) => ofConsignment(records, input),
  },
  async decide(scope, { consignment: id, name, text, columns, at }) {
    const when = notInFuture(at, scope.now);
    if (!when.ok) return when;
    const table = tableOf(text);
    if (!table.ok) return table;
    const plain = text.replace(/^\ufeff/, "");
    const digest = sha256Hex(plain);
    const before = await scope.get("manifest", digest);
    const reading = decideReading(await scope.get("consignment", id), before);
    if (!reading.ok) return reading;
    const early = beforeItCame(reading.value, when.value);
    if (early) return early;
    const manifest = readManifest(table.value, JSON.parse(JSON.stringify(columns ?? {})));
    if (!manifest.ok) return manifest;
    const { kept, found, ...counts } = manifest.value;
    const findings = found.flatMap(({ row, findings: here }) => here.map((f): Finding => ({ row, ...f })));
    const body = {
      rules: APART,
      consignment: id,
      name,
      digest,
      ...counts,
      kept: kept.length,
      findings_count: findings.length,
      at: when.value,
    };
    const { progress } = scope.ports;
    const identify = lineIdentifier(await taughtWordings(scope.store));
    const lines = kept.map((line, i) => {
      if (i % PER_SAYING === 0)
        progress?.((IDENTIFYING * i) / kept.length, `${i} of ${kept.length} rows identified`);
      return identify(line);
    });
    progress?.(IDENTIFYING, `writing ${lines.length} rows`);
    const parted = (apart: readonly object[]) => particularsDocument(id, apart, scope.ports.ids);
    const of = { consignment: id, digest };
    const written = [
      ...chunked(lines.map(partLine), parted, (bare) => ({
        kind: "lines_identified",
        body: { ...of, lines: bare },
      })),
      ...chunked(found.map(partRow), parted, (bare) => ({
        kind: "rows_found",
        body: { ...of, name, rows: bare },
      })),
    ];
    const { rules: _, ...told } = body;
    return done({
      entries: [{ kind: "manifest_read", body }, ...written.map(({ entry }) => entry)],
      answer: { ...told, findings: findings.slice(0, FINDINGS_SHOWN), ...countsOf(lines) },
      documents: [
        documentOf(name, "text/csv; charset=utf-8", Buffer.from(plain, "utf8")),
        ...written.map(({ document }) => document),
      ],
    });
  },
});

/** Entries of a thousand each, what they say of each part bare, and its particulars in a document that the entry names (N52). */
function chunked<B>(
  all: readonly Parted<B, object>[],
  documentFor: (apart: readonly object[]) => StoredDocument,
  entry: (bare: readonly B[]) => NewEntry,
): { readonly entry: NewEntry; readonly document: StoredDocument }[] {
  const written: { entry: NewEntry; document: StoredDocument }[] = [];
  for (let i = 0; i < all.length; i += PER_ENTRY) {
    const part = all.slice(i, i + PER_ENTRY);
    const document = documentFor(part.map(({ apart }) => apart));
    const { kind, body } = entry(part.map(({ bare }) => bare));
    written.push({
      entry: { kind, body: { rules: APART, particulars: document.digest, ...body } },
      document,
    });
  }
  return written;
}

/** What came in, by class, and how much of it may bear data. */
function countsOf(lines: readonly NewLine[]) {
  const devices: Record<string, number> = {};
  let data_devices = 0;
  for (const { class: device, quantity, data_bearing } of lines) {
    devices[device] = (devices[device] ?? 0) + quantity;
    if (data_bearing !== "no") data_devices += quantity;
  }
  return { devices, data_devices };
}

export const findings = query({
  room: "intake",
  verb: "findings",
  summary: "Rows of the manifests with findings: noted, rejected and waiting, or resolved.",
  input: z.strictObject({
    consignment: ConsignmentId(),
    manifest: ManifestName(z.string().max(100)).optional().describe("digest"),
    state: z.enum(["noted", "rejected", "resolved"]).optional(),
    ...PageOf,
  }),
  example: { consignment: "C-1", limit: 50 },
  async answer(ports, { after, limit, ...filter }) {
    const { value } = await pageOf(ports, "manifest_row", { after, limit, filter });
    return done({ ...value, items: await withParticulars(ports.store, value.items) });
  },
});
