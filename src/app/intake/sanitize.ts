import { z } from "zod";
import { Instant, notInFuture, PageOf, Text } from "../../contract/fields.ts";
import { ConsignmentId, OwnReference, Role, SiteId } from "../../contract/identifiers.ts";
import {
  APART,
  beforeItCame,
  judgeSanitization,
  type LineToSanitize,
  lineId,
  partRecord,
  type SanitizationRecord,
  type SerialBefore,
  serialKey,
} from "../../intake/index.ts";
import { done, refuse } from "../../quantity/index.ts";
import { notCleared } from "../core/cleared.ts";
import { pageOf } from "../core/pages.ts";
import { command, query, type Scope } from "../core/use-case.ts";
import { ofConsignment } from "../core/whose.ts";
import { particularsDocument, withParticulars } from "./particulars.ts";
import { type Tags, tagsBy } from "./serial-tags.ts";

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
  saidApart: ({ consignment }) => consignment,
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
    const tags = await tagsBy(scope);
    if (tags.lost && records.some(({ media }) => media.serial !== undefined))
      return refuse(
        "serial_key_missing",
        "records",
        "the document that holds this year's key of serial numbers is not there: ledger audit tells of it",
      );
    const known = await knownOf(scope, { consignment: id, records, tags });
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
    const written = apart(scope, { consignment: id, accepted, tags });
    const body = { ...written.body, consignment: id, at: when.value };
    return done({
      entries: [{ kind: "media_sanitized", body }, ...written.entries],
      documents: written.documents,
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

/** The records as an entry says them, their particulars in a document, and the key of their serial numbers where it is new. */
function apart(
  scope: Scope,
  given: {
    readonly consignment: string;
    readonly accepted: readonly SanitizationRecord[];
    readonly tags: Tags;
  },
) {
  const { consignment, accepted, tags } = given;
  const parted = accepted.map((record) => {
    const { serial } = record.media;
    return partRecord(record, serial === undefined ? undefined : tags.tag(serialKey(serial)));
  });
  const items = parted.map(({ apart: particulars }) => particulars);
  const document = particularsDocument(consignment, items, scope.ports.ids);
  const tagged = accepted.some(({ media }) => media.serial !== undefined);
  const records = parted.map(({ bare }) => bare);
  return {
    body: { rules: APART, particulars: document.digest, records },
    entries: tagged ? tags.entries : [],
    documents: [document, ...(tagged ? tags.documents : [])],
  };
}

/** The lines and serial numbers that the records speak of. */
async function knownOf(
  scope: Scope,
  {
    consignment,
    records,
    tags,
  }: {
    readonly consignment: string;
    readonly records: readonly SanitizationRecord[];
    readonly tags: Tags;
  },
) {
  const lines = new Map<number, LineToSanitize>();
  const serials = new Map<string, SerialBefore>();
  for (const { row, media } of records) {
    const line = lines.has(row) ? undefined : await scope.get("line", lineId(consignment, row));
    if (line) lines.set(row, { ...line, bears: line.data_bearing });
    if (media.serial === undefined) continue;
    for (const name of tags.names(media.serial)) {
      const before = await scope.get("serial", name);
      const known = serials.get(serialKey(media.serial));
      // Of several records of one drive the one that ends it counts, then the one of this consignment.
      const counts = before?.method === "destroy" || before?.consignment === consignment;
      if (before && (!known || (counts && known.method !== "destroy")))
        serials.set(serialKey(media.serial), before);
    }
  }
  const joined = await withParticulars(scope.store, [...lines.values()]);
  return { consignment, lines: new Map(joined.map((line) => [line.row, line])), serials };
}

export const sanitizations = query({
  room: "intake",
  verb: "sanitizations",
  summary: "The accepted sanitization records of a consignment.",
  input: z.strictObject({ consignment: ConsignmentId(), ...PageOf }),
  example: { consignment: "C-1", limit: 50 },
  async answer(ports, { consignment, after, limit }) {
    const { value } = await pageOf(ports, "sanitization", { after, limit, filter: { consignment } });
    return done({ ...value, items: await withParticulars(ports.store, value.items) });
  },
});
