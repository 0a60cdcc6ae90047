import { z } from "zod";
import { Instant, notInFuture, PageOf, Text } from "../../contract/fields.ts";
import { ConsignmentId, OwnReference, Role, SiteId } from "../../contract/identifiers.ts";
import {
  beforeItCame,
  type Consignment,
  judgeSanitization,
  type LineToSanitize,
  lineId,
  type SanitizationRecord,
  type SerialBefore,
  serialKey,
} from "../../intake/index.ts";
import { done, refuse } from "../../quantity/index.ts";
import { notCleared } from "../core/cleared.ts";
import { pageOf } from "../core/pages.ts";
import { command, query, type Scope } from "../core/use-case.ts";
import { ofConsignment } from "../core/whose.ts";

const Record = z.strictObject({
  row: z.number().int().min(1),
  revision: z.enum(["1", "2"]).describe("of NIST SP 800-88"),
  media: z.strictObject({
    type: Text,
    manufacturer: Text,
    model: Text,
    serial: OwnReference(Text, "the maker's serial number").optional(),
    property_number: OwnReference(Text, "the owner's property number").optional(),
    source: Text.optional(),
  }),
  category_before: Text.optional().describe("confidentiality before"),
  category_after: Text.optional(),
  devices: z.number().int().min(1).max(100_000).default(1).describe("more than one: destroyed together"),
  method: z.enum(["clear", "purge", "destroy"]),
  technique: Text,
  tool: Text,
  tool_version: Text.optional(),
  verification: z.strictObject({ method: Text, result: z.enum(["passed", "failed"]) }),
  sanitized_by: Role(Text).describe("a role, not a person"),
  validated_by: Role(Text).describe("another role"),
  place: SiteId(),
  at: Instant.optional().describe("now, where left out"),
  destination: Text,
  notes: Text.optional(),
});

export const sanitize = command({
  room: "intake",
  verb: "sanitize",
  summary:
    "Record the sanitization of data-bearing devices (NIST SP 800-88); each record is accepted, or told why not.",
  input: z.strictObject({
    consignment: ConsignmentId(),
    records: z.array(Record).min(1).max(5000),
    at: Instant.optional(),
  }),
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
  concerns: {
    says: "the owner of the consignment, or the party of the centre that took it in",
    of: async (input, records) => ofConsignment(records, input),
  },
  async decide(scope, { consignment: id, records: given, at }) {
    const when = notInFuture(at, scope.now);
    if (!when.ok) return when;
    const records: SanitizationRecord[] = [];
    for (const [i, record] of given.entries()) {
      const done_at = notInFuture(record.at, scope.now, `records[${i}].at`);
      if (!done_at.ok) return done_at;
      records.push({ ...(record as SanitizationRecord), at: record.at ?? scope.now });
    }
    const consignment = await scope.get("consignment", id);
    if (!consignment)
      return refuse("consignment_unknown", "consignment", `no consignment ${id} was received`);
    const lacking = await notCleared(scope, [consignment.site, ...records.map(({ place }) => place)]);
    if (lacking) return lacking;
    const known = await knownOf(scope, consignment, records);
    const { accepted, findings } = judgeSanitization(records, known);
    if (accepted.length === 0) {
      const told = findings.slice(0, 10).map((f) => `record ${f.record}: ${f.code}: ${f.message}`);
      return refuse("no_record_accepted", `records[${findings[0]?.record ?? 0}]`, told.join("; "), {
        findings: findings.length,
      });
    }
    const early = beforeItCame(consignment, when.value);
    if (early) return early;
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

/** The lines and serial numbers that the records speak of. */
async function knownOf(
  scope: Scope,
  { consignment }: Consignment,
  records: readonly { readonly row: number; readonly media: { readonly serial?: string | undefined } }[],
) {
  const lines = new Map<number, LineToSanitize>();
  const serials = new Map<string, SerialBefore>();
  for (const { row, media } of records) {
    const line = lines.has(row) ? undefined : await scope.get("line", lineId(consignment, row));
    if (line) lines.set(row, { ...line, bears: line.data_bearing });
    if (media.serial === undefined) continue;
    const key = serialKey(media.serial);
    const before = await scope.get("serial", key);
    if (before) serials.set(key, before);
  }
  return { consignment, lines, serials };
}

export const sanitizations = query({
  room: "intake",
  verb: "sanitizations",
  summary: "The accepted sanitization records of a consignment.",
  input: z.strictObject({ consignment: ConsignmentId(), ...PageOf }),
  example: { consignment: "C-1", limit: 50 },
  answer: (ports, { consignment, after, limit }) =>
    pageOf(ports, "sanitization", { after, limit, filter: { consignment } }),
});
