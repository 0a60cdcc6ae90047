import { z } from "zod";
import { Instant, notInFuture, PageOf, Text } from "../../contract/fields.ts";
import { ConsignmentId, ManifestName, OwnReference } from "../../contract/identifiers.ts";
import {
  beforeItCame,
  decideReading,
  type Finding,
  type FoundRow,
  type NewLine,
  readManifest,
} from "../../intake/index.ts";
import { done, sha256Hex } from "../../quantity/index.ts";
import { documentOf } from "../core/documents.ts";
import { pageOf } from "../core/pages.ts";
import type { NewEntry } from "../core/ports.ts";
import { command, query } from "../core/use-case.ts";
import { taughtWordings } from "../identify/correct.ts";
import { lineIdentifier } from "./identified.ts";
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
    return done({
      entries: [
        { kind: "manifest_read", body },
        ...chunked(lines, (part) => ({
          kind: "lines_identified",
          body: { consignment: id, digest, lines: part },
        })),
        ...chunked(found, (rows) => ({ kind: "rows_found", body: { consignment: id, digest, name, rows } })),
      ],
      answer: { ...body, findings: findings.slice(0, FINDINGS_SHOWN), ...countsOf(lines) },
      documents: [documentOf(name, "text/csv; charset=utf-8", Buffer.from(plain, "utf8"))],
    });
  },
});

function chunked<T extends NewLine | FoundRow>(
  all: readonly T[],
  entry: (part: readonly T[]) => NewEntry,
): NewEntry[] {
  const entries: NewEntry[] = [];
  for (let i = 0; i < all.length; i += PER_ENTRY) entries.push(entry(all.slice(i, i + PER_ENTRY)));
  return entries;
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
  answer: (ports, { after, limit, ...filter }) => pageOf(ports, "manifest_row", { after, limit, filter }),
});
