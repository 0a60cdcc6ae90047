import { z } from "zod";
import { Id, Instant, notInFuture, PageOf, Text } from "../../contract/fields.ts";
import {
  type Consignment,
  judgeSanitization,
  type Line,
  lineId,
  type SanitizationRecord,
} from "../../intake/index.ts";
import { done, type Result, refuse } from "../../quantity/index.ts";
import { documentOf, jsonDocument } from "../documents.ts";
import { everyRecord, pageOf } from "../pages.ts";
import type { LedgerStore } from "../ports.ts";
import { command, query } from "../use-case.ts";

const Record = z.object({
  row: z.number().int().min(1),
  revision: z.enum(["1", "2"]).describe("of NIST SP 800-88"),
  media: z.object({
    type: Text,
    manufacturer: Text,
    model: Text,
    serial: Text.optional(),
    property_number: Text.optional(),
    source: Text.optional(),
  }),
  devices: z.number().int().min(1).max(100_000).default(1),
  method: z.enum(["clear", "purge", "destroy"]),
  technique: Text,
  tool: Text,
  tool_version: Text.optional(),
  verification: z.object({ method: Text, result: z.enum(["passed", "failed"]) }),
  sanitized_by: Text.describe("a role, not a person"),
  validated_by: Text.describe("another role"),
  place: Id,
  at: Instant,
  destination: Text,
  notes: Text.optional(),
});

export const sanitize = command({
  room: "intake",
  verb: "sanitize",
  summary:
    "Record the sanitization of data-bearing devices (NIST SP 800-88); each record is accepted, or told why not.",
  input: z.object({ consignment: Id, records: z.array(Record).min(1).max(5000), at: Instant.optional() }),
  example: {
    consignment: "C-1",
    records: [
      {
        row: 1,
        revision: "2" as const,
        media: { type: "hard disk", manufacturer: "Seagate", model: "ST2000DM008", serial: "SAMPLE0001" },
        devices: 1,
        method: "destroy" as const,
        technique: "shred to 6 mm",
        tool: "drive shredder",
        verification: { method: "visual, particle size", result: "passed" as const },
        sanitized_by: "operator",
        validated_by: "approver",
        place: "plainfield",
        at: "2026-03-02T14:00:00Z",
        destination: "magnet recovery",
      },
    ],
  },
  async decide(scope, { consignment: id, records, at }) {
    const when = notInFuture(at, scope.now);
    if (!when.ok) return when;
    for (const [i, record] of records.entries()) {
      const done_at = notInFuture(record.at, scope.now, `records[${i}].at`);
      if (!done_at.ok) return done_at;
    }
    const consignment = await scope.get<Consignment>("consignment", id);
    if (!consignment)
      return refuse("consignment_unknown", "consignment", `no consignment ${id} was received`);
    const lines = new Map<
      number,
      { row: number; quantity: number; bears: Line["data_bearing"]; sanitized: number }
    >();
    const serials = new Set<string>();
    for (const { row, media } of records) {
      const line = lines.has(row) ? undefined : await scope.get<Line>("line", lineId(id, row));
      if (line)
        lines.set(row, { row, quantity: line.quantity, bears: line.data_bearing, sanitized: line.sanitized });
      if (media.serial !== undefined && (await scope.get("serial", media.serial))) serials.add(media.serial);
    }
    const { accepted, findings } = judgeSanitization(records as SanitizationRecord[], lines, serials);
    if (accepted.length === 0) {
      const first = findings[0];
      return refuse(
        "no_record_accepted",
        `records[${first?.record ?? 0}]`,
        `${first?.code}: ${first?.message}`,
        { findings: findings.length },
      );
    }
    const devices = accepted.reduce((n, r) => n + r.devices, 0);
    return done({
      entries: [{ kind: "media_sanitized", body: { consignment: id, records: accepted, at: when.value } }],
      answer: {
        consignment: id,
        accepted: accepted.length,
        devices,
        findings,
        open_devices: consignment.open_devices - devices,
      },
    });
  },
});

async function recordsOf(
  store: Pick<LedgerStore, "list">,
  consignment: string,
): Promise<Result<SanitizationRecord[]>> {
  const records = (await everyRecord(store, "sanitization", { consignment })) as SanitizationRecord[];
  if (records.length === 0)
    return refuse("records_missing", "consignment", `${consignment} has no accepted sanitization record`);
  return done(records);
}

export const issueCertificate = command({
  room: "intake",
  verb: "issue-certificate",
  summary: "Issue the certificate of sanitization of a consignment as PDF and JSON.",
  input: z.object({ consignment: Id }),
  example: { consignment: "C-1" },
  async decide(scope, { consignment: id }) {
    const consignment = await scope.get<Consignment>("consignment", id);
    if (!consignment)
      return refuse("consignment_unknown", "consignment", `no consignment ${id} was received`);
    const records = await recordsOf(scope.store, id);
    if (!records.ok) return records;
    const owner = await scope.get<{ name: string; sample: boolean }>("party", consignment.owner);
    const certificate = {
      kind: "certificate_of_sanitization",
      standard: "NIST SP 800-88, revision as stated on each record",
      consignment: id,
      issued_by: owner?.name ?? consignment.owner,
      site: consignment.site,
      issued_at: scope.now,
      sample: owner?.sample ?? false,
      devices: consignment.sanitized_devices,
      open_devices: consignment.open_devices,
      records: records.value,
    };
    const json = jsonDocument(`${id}-sanitization.json`, certificate);
    const bytes = await scope.ports.printer.pdf({
      title: "Certificate of sanitization",
      subtitle: `${id}, ${certificate.issued_by}`,
      sample: certificate.sample,
      sections: [
        {
          fields: [
            ["Standard", certificate.standard],
            ["Site", consignment.site],
            ["Issued", certificate.issued_at],
            ["Devices sanitized", String(certificate.devices)],
            ["Devices still open", String(certificate.open_devices)],
          ],
        },
        {
          heading: "Records",
          table: {
            columns: ["Line", "Media", "Serial or count", "Method (revision)", "Verified", "When"],
            rows: records.value.map((r) => [
              String(r.row),
              `${r.media.manufacturer} ${r.media.model}`,
              r.media.serial ?? `${r.devices} devices`,
              `${r.method}: ${r.technique} (rev. ${r.revision})`,
              `${r.verification.result}, ${r.validated_by}`,
              r.at,
            ]),
          },
        },
      ],
      footer: `JSON ${json.digest.slice(0, 16)}`,
    });
    const pdf = documentOf(`${id}-sanitization.pdf`, "application/pdf", bytes);
    const body = {
      consignment: id,
      json_digest: json.digest,
      pdf_digest: pdf.digest,
      devices: certificate.devices,
      at: scope.now,
    };
    return done({
      entries: [{ kind: "sanitization_certified", body }],
      answer: body,
      documents: [json, pdf],
    });
  },
});

export const sanitizations = query({
  room: "intake",
  verb: "sanitizations",
  summary: "The accepted sanitization records of a consignment.",
  input: z.object({ consignment: Id, ...PageOf }),
  example: { consignment: "C-1", limit: 50 },
  answer: (ports, { consignment, after, limit }) =>
    pageOf(ports, "sanitization", { after, limit, filter: { consignment } }),
});
