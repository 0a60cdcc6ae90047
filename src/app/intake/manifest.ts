import { z } from "zod";
import { Id, Instant, notInFuture, Text } from "../../contract/fields.ts";
import { type Consignment, type DataBearing, type Line, lineId, readManifest } from "../../intake/index.ts";
import { done, refuse, sha256Hex } from "../../quantity/index.ts";
import { documentOf } from "../documents.ts";
import type { NewEntry } from "../ports.ts";
import { command } from "../use-case.ts";
import { identified, identifiedLine } from "./identified.ts";
import { tableOf } from "./table.ts";

/** Lines in one entry: an entry stays small enough to be read. */
const LINES_PER_ENTRY = 1000;

export const readManifestFile = command({
  room: "intake",
  verb: "read-manifest",
  summary:
    "Read a manifest from CSV or pasted text: good rows are kept and identified, every other row is named with its fault.",
  raw: "text",
  input: z.object({
    consignment: Id,
    name: Text.default("manifest"),
    text: z.string().min(1),
    at: Instant.optional(),
  }),
  example: {
    consignment: "C-1",
    name: "pallet-1.csv",
    text: "description,qty,serial\nSeagate ST2000DM008 2TB 3.5 HDD,12,\nApple iPhone 12,40,\nmixed cables,3,\n",
  },
  async decide(scope, { consignment: id, name, text, at }) {
    const when = notInFuture(at, scope.now);
    if (!when.ok) return when;
    const consignment = await scope.get<Consignment>("consignment", id);
    if (!consignment)
      return refuse("consignment_unknown", "consignment", `no consignment ${id} was received`);
    if (consignment.lots.length > 0)
      return refuse(
        "lots_already_opened",
        "consignment",
        "its lots are on the books; no more lines are read",
      );
    const plain = text.replace(/^\ufeff/, "");
    const digest = sha256Hex(plain);
    const before = await scope.get<{ consignment: string; name: string; at: string }>("manifest", digest);
    if (before) {
      return refuse(
        "file_read_before",
        "text",
        `this file was read as ${before.name} for ${before.consignment} at ${before.at}`,
      );
    }
    const table = tableOf(plain);
    if (!table.ok) return table;
    const manifest = readManifest(table.value);
    if (!manifest.ok) return manifest;
    const { kept, ...rest } = manifest.value;
    const lines = kept.map(identifiedLine);
    const summary = { consignment: id, name, digest, kept: kept.length, ...rest, at: when.value };
    const entries: NewEntry[] = [{ kind: "manifest_read", body: summary }];
    for (let i = 0; i < lines.length; i += LINES_PER_ENTRY) {
      entries.push({
        kind: "lines_identified",
        body: { consignment: id, lines: lines.slice(i, i + LINES_PER_ENTRY) },
      });
    }
    return done({
      entries,
      answer: summary,
      documents: [documentOf(name, "text/csv; charset=utf-8", Buffer.from(plain, "utf8"))],
    });
  },
});

export const correctLine = command({
  room: "intake",
  verb: "correct-line",
  summary:
    "Correct a line: its text, its quantity, or whether it bears data. The line as first read stays in the log.",
  input: z.object({
    consignment: Id,
    row: z.number().int().min(1),
    text: Text.optional(),
    quantity: z.number().int().min(1).max(100_000).optional(),
    data_bearing: z.enum(["yes", "no"]).optional(),
    why: Text,
    at: Instant.optional(),
  }),
  example: { consignment: "C-1", row: 3, data_bearing: "no" as const, why: "opened: cables only" },
  async decide(scope, input) {
    const at = notInFuture(input.at, scope.now);
    if (!at.ok) return at;
    const consignment = await scope.get<Consignment>("consignment", input.consignment);
    if (!consignment)
      return refuse("consignment_unknown", "consignment", `no consignment ${input.consignment} was received`);
    const line = await scope.get<Line>("line", lineId(input.consignment, input.row));
    if (!line) return refuse("line_unknown", "row", `${input.consignment} has no line ${input.row}`);
    if (input.text === undefined && input.quantity === undefined && input.data_bearing === undefined) {
      return refuse("nothing_changed", "row", "state what changes: text, quantity or data_bearing");
    }
    const changesContent = input.text !== undefined || input.quantity !== undefined;
    if (changesContent && consignment.lots.length > 0) {
      return refuse(
        "lots_already_opened",
        "consignment",
        "its lots are on the books; restate the lot instead",
      );
    }
    const text = input.text ?? line.text;
    const body = {
      consignment: input.consignment,
      row: input.row,
      why: input.why,
      at: at.value,
      text,
      identified: identified(text, input.quantity ?? line.quantity),
      ...(input.data_bearing ? { data_bearing: input.data_bearing as DataBearing } : {}),
    };
    return done({
      entries: [{ kind: "line_corrected", body }],
      answer: { consignment: input.consignment, row: input.row, class: body.identified.class },
    });
  },
});
