import { z } from "zod";
import { ConsignmentId } from "../../contract/identifiers.ts";
import {
  APART,
  type Consignment,
  certificateOf,
  type SanitizationCertificate,
  type SanitizationRecord,
} from "../../intake/index.ts";
import type { Party } from "../../programme/index.ts";
import { done, refuse } from "../../quantity/index.ts";
import { handsOf } from "../../trust/index.ts";
import { documentOf, jsonDocument } from "../core/documents.ts";
import { everyRecord } from "../core/pages.ts";
import type { LedgerStore, PrintedPage } from "../core/ports.ts";
import { notSecond } from "../core/two.ts";
import { command, query } from "../core/use-case.ts";
import { ofConsignment } from "../core/whose.ts";
import { withParticulars } from "./particulars.ts";

const unknown = (id: string) =>
  refuse("consignment_unknown", "consignment", `no consignment ${id} was received`);

/** A keyed digest is for the books: who holds the certificate has the serial number itself. */
const withoutTag = ({ serial_tag: _, ...record }: SanitizationRecord): SanitizationRecord => record;

async function certify(
  store: Pick<LedgerStore, "list" | "document">,
  known: { readonly consignment: Consignment; readonly owner: Party | undefined; readonly at: string },
) {
  const { consignment, owner, at } = known;
  const where = { consignment: consignment.consignment };
  const records = await withParticulars(store, await everyRecord(store, "sanitization", { where }));
  if (records.some(({ withheld }) => withheld))
    return refuse(
      "particulars_gone",
      "consignment",
      `what names the media of ${consignment.consignment} is not kept any more: what was certified before stands, by its digest`,
    );
  return certificateOf(
    consignment,
    records.map(({ id: _id, consignment: _consignment, withheld: _withheld, ...record }) =>
      withoutTag(record),
    ),
    { by: owner?.name ?? consignment.owner, at, sample: owner?.sample ?? false },
  );
}

export const certificate = query({
  room: "intake",
  verb: "certificate",
  summary: "The certificate of sanitization of a consignment as it would be issued now, as JSON.",
  input: z.strictObject({ consignment: ConsignmentId() }),
  example: { consignment: "C-1" },
  async answer({ store, clock }, { consignment: id }) {
    const consignment = (await store.load("consignment", id))?.record;
    if (!consignment) return unknown(id);
    const owner = (await store.load("party", consignment.owner))?.record;
    return certify(store, { consignment, owner, at: clock.now().toISOString() });
  },
});

export const issueCertificate = command({
  room: "intake",
  verb: "issue-certificate",
  summary: "Issue the certificate of sanitization of a consignment as PDF and JSON.",
  input: z.strictObject({ consignment: ConsignmentId() }),
  example: { consignment: "C-1" },
  concerns: {
    says: "the owner of the consignment, or the party of the centre that took it in",
    of: async (input, records) => ofConsignment(records, input),
  },
  async decide(scope, { consignment: id }) {
    const consignment = await scope.get("consignment", id);
    if (!consignment) return unknown(id);
    const of = await ofConsignment(scope, { consignment: id });
    const alone = await notSecond(scope, { confirms: handsOf.sanitized(id), of });
    if (alone) return alone;
    const owner = await scope.get("party", consignment.owner);
    const issued = await certify(scope.store, { consignment, owner, at: scope.now });
    if (!issued.ok) return issued;
    const json = jsonDocument(`${id}-sanitization.json`, issued.value);
    const bytes = await scope.ports.printer.pdf(printed(issued.value, json.digest));
    const pdf = documentOf(`${id}-sanitization.pdf`, "application/pdf", bytes);
    const { devices, complete } = issued.value;
    const digests = { json_digest: json.digest, pdf_digest: pdf.digest };
    const body = { consignment: id, ...digests, devices, complete, at: scope.now };
    return done({
      entries: [{ kind: "sanitization_certified", body: { rules: APART, ...body } }],
      answer: body,
      documents: [json, pdf],
    });
  },
});

function printed(given: SanitizationCertificate, digest: string): PrintedPage {
  const state = given.complete
    ? "complete: every data-bearing device has an accepted record"
    : `partial: ${given.open_devices} devices without a record, ${given.unresolved_rows} manifest rows not settled`;
  return {
    title: "Certificate of sanitization",
    subtitle: `${given.consignment}, ${given.issued_by}`,
    sample: given.sample,
    sections: [
      {
        fields: [
          ["Standard", given.standard],
          ["Site", given.site],
          ["Received", given.received_at],
          ["Issued", given.issued_at],
          ["Devices sanitized", String(given.devices)],
          [
            "By method",
            Object.entries(given.by_method)
              .map(([m, n]) => `${m} ${n}`)
              .join(", "),
          ],
          ["State", state],
        ],
      },
      {
        heading: "Records",
        table: {
          columns: [
            "Line",
            "Media",
            "Serial or count",
            "Method, technique, tool",
            "Verification",
            "By, validated by",
            "When",
          ],
          rows: given.records.map(recordRow),
        },
      },
    ],
    footer: `The same as JSON: SHA-256 ${digest}`,
  };
}

const recordRow = (r: SanitizationRecord): string[] => [
  String(r.row),
  [r.media.type, r.media.manufacturer, r.media.model, r.media.property_number].filter(Boolean).join(" "),
  r.media.serial ?? `${r.devices} devices`,
  `${r.method} (rev. ${r.revision}): ${r.technique}; ${r.tool} ${r.tool_version ?? ""}`.trim(),
  `${r.verification.method}: ${r.verification.result}`,
  `${r.sanitized_by}, ${r.validated_by}`,
  `${r.at}, ${r.place}, to ${r.destination}`,
];
