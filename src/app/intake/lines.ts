import { z } from "zod";
import { Instant, notInFuture, Text } from "../../contract/fields.ts";
import { ConsignmentId, ManifestName } from "../../contract/identifiers.ts";
import type { DeviceClass, Taught, Wording } from "../../identify/index.ts";
import {
  APART,
  bearsData,
  beforeItCame,
  DATA_BEARING,
  decideCorrection,
  decideManifest,
  decideRow,
  type Identified,
  type Line,
  lineId,
  type NewLine,
  partLine,
  rowId,
} from "../../intake/index.ts";
import { done, refuse } from "../../quantity/index.ts";
import type { NewEntry } from "../core/ports.ts";
import { inTwo } from "../core/two.ts";
import { command, type Scope } from "../core/use-case.ts";
import { ofConsignment } from "../core/whose.ts";
import { taughtWordings, teaching } from "../identify/correct.ts";
import { holdFor } from "./hold.ts";
import { identified, identifiedAs } from "./identified.ts";
import { seedOf } from "./open-lots.ts";
import { type Joined, particularsDocument, withParticulars } from "./particulars.ts";
import { tagsBy } from "./serial-tags.ts";

const Device = z.enum(Object.keys(DATA_BEARING) as [string, ...string[]]);
const Corrected = {
  text: Text.optional().describe("the item in better words, such as its model number"),
  class: Device.optional().describe("the class of device, where no words help"),
  quantity: z.number().int().min(1).max(100_000).optional(),
  data_bearing: z.enum(["yes", "no"]).optional(),
};

async function consignmentOf(scope: Scope, id: string) {
  const found = await scope.get("consignment", id);
  return found
    ? done(found)
    : refuse("consignment_unknown", "consignment", `no consignment ${id} was received`);
}

/** Whether it bears data: as stated now, as stated before, or as its class says. */
function dataOf(
  found: Identified,
  stated: { now?: "yes" | "no" | undefined; why: string; before?: Line | undefined },
): Pick<NewLine, "data_bearing" | "data_why" | "data_stated"> {
  if (stated.now !== undefined) return { data_bearing: stated.now, data_why: stated.why, data_stated: true };
  if (stated.before?.data_stated) {
    const { data_bearing, data_why, data_stated } = stated.before;
    return { data_bearing, data_why, data_stated };
  }
  const { bears, why } = bearsData(found);
  return { data_bearing: bears, data_why: why, data_stated: false };
}

/** What a certificate of sanitization says of a line was confirmed by a second person; so is its correction. */
async function isCertified(
  scope: Scope,
  { consignment }: { readonly consignment: string },
): Promise<boolean> {
  return ((await scope.get("consignment", consignment))?.certificates.length ?? 0) > 0;
}

export const correctLine = inTwo(
  command({
    room: "intake",
    verb: "correct-line",
    summary:
      "Correct a line: its text, class or quantity, or whether it bears data. The line as first read stays in the log.",
    saidApart: ({ consignment }) => consignment,
    input: z.strictObject({
      consignment: ConsignmentId(),
      row: z.number().int().min(1).describe("number of the line in the consignment"),
      ...Corrected,
      why: Text,
      at: Instant.optional(),
    }),
    example: { consignment: "C-1", row: 3, data_bearing: "no" as const, why: "opened: cables only" },
    concerns: {
      says: "the owner of the consignment, or the party of the centre that took it in",
      of: async (input, records) => ofConsignment(records, input),
    },
    async decide(scope, input) {
      const at = notInFuture(input.at, scope.now);
      if (!at.ok) return at;
      const { consignment: id, row, why, text, class: device, quantity, data_bearing } = input;
      const consignment = await consignmentOf(scope, id);
      if (!consignment.ok) return consignment;
      const given = JSON.parse(JSON.stringify({ text, class: device, quantity, data_bearing }));
      const decided = decideCorrection(consignment.value, await scope.get("line", lineId(id, row)), given);
      if (!decided.ok) return decided;
      const early = beforeItCame(consignment.value, at.value);
      if (early) return early;
      const [line = decided.value] = await withParticulars(scope.store, [decided.value]);
      const taught = await taughtWordings(scope.store);
      const found = anew(line, { text, device, quantity, seed: seedOf(id), taught });
      const { serials, cells } = line;
      const words =
        text === undefined ? undefined : particularsDocument(id, [{ text, serials, cells }], scope.ports.ids);
      // What was said of this line is learned: the next manifest with the same words needs no hand.
      const learned = await learnedOf(
        scope,
        device ? teaching({ line: text ?? line.text, class: device as DeviceClass, why, at: at.value }) : [],
      );
      const body = {
        rules: APART,
        ...(words ? { particulars: words.digest } : {}),
        ...(learned.tag ? { learned: learned.tag } : {}),
        consignment: id,
        row,
        why,
        at: at.value,
        identified: found,
        ...dataOf(found, { now: data_bearing, why, before: line }),
      };
      const held = await holdFor(scope, consignment.value, body);
      return done({
        entries: [{ kind: "line_corrected", body }, ...held, ...learned.entries],
        documents: [...(words ? [words] : []), ...learned.documents],
        answer: {
          consignment: id,
          row,
          class: found.class,
          quantity: found.quantity,
          data_bearing: body.data_bearing,
        },
      });
    },
  }),
  { takes: isCertified },
);

/** Of a line of a customer only that its wording is told again is learned: a tag stands for it, and no word of it (N56). */
async function learnedOf(scope: Scope, learned: readonly NewEntry[]) {
  const [taught] = learned;
  const tags = taught ? await tagsBy(scope) : undefined;
  if (!taught || !tags || tags.lost) return { entries: [], documents: [], tag: undefined };
  const tag = tags.tag((taught.body as Wording).wording);
  const entry = { ...taught, body: { ...taught.body, wording: tag, line: tag } };
  return { entries: [entry, ...tags.entries], documents: tags.documents, tag };
}

/** The line identified anew, from what was corrected; unchanged where only its data was stated. */
function anew(
  line: Joined<Line>,
  given: {
    text: string | undefined;
    device: string | undefined;
    quantity: number | undefined;
    seed: number;
    taught: Taught;
  },
): Identified {
  const quantity = given.quantity ?? line.quantity;
  if (line.withheld && given.text === undefined && given.device === undefined) return identifiedBefore(line);
  if (given.device !== undefined) return identifiedAs(given.device, { quantity, seed: given.seed });
  const stated = line.candidates.length === 0 && line.family === `${line.class}:stated`;
  if (given.text === undefined && stated) return identifiedAs(line.class, { quantity, seed: given.seed });
  return identified(given.text ?? line.text, quantity, given.taught);
}

/** Whose words are gone stays what the books say it is. */
const identifiedBefore = (line: Line): Identified => ({
  class: line.class,
  p: line.p,
  prior_class: line.prior_class,
  family: line.family,
  quantity: line.quantity,
  candidates: line.candidates,
  elements_g: line.elements_g,
  evidence: line.evidence,
});

export const resolveRow = command({
  room: "intake",
  verb: "resolve-row",
  summary:
    "Settle a row that could not be read: say what it is, which adds a line, or set it aside with the reason.",
  saidApart: ({ consignment }) => consignment,
  input: z.strictObject({
    consignment: ConsignmentId(),
    manifest: ManifestName(Text).optional().describe("name or digest, where several manifests were read"),
    row: z.number().int().min(1).describe("row of the file"),
    ...Corrected,
    why: Text,
    at: Instant.optional(),
  }),
  example: {
    consignment: "C-1",
    row: 5,
    text: "WDC WD10EZEX 1TB 3.5 HDD",
    quantity: 6,
    why: "counted by hand",
  },
  concerns: {
    says: "the owner of the consignment, or the party of the centre that took it in",
    of: async (input, records) => ofConsignment(records, input),
  },
  async decide(scope, input) {
    const at = notInFuture(input.at, scope.now);
    if (!at.ok) return at;
    const { consignment: id, row, text, class: device, quantity, data_bearing, why } = input;
    const consignment = await consignmentOf(scope, id);
    if (!consignment.ok) return consignment;
    const manifest = decideManifest(consignment.value, input.manifest);
    if (!manifest.ok) return manifest;
    const { digest } = manifest.value;
    const decided = decideRow(await scope.get("manifest_row", rowId(id, digest, row)));
    if (!decided.ok) return decided;
    const body = { consignment: id, digest, file_row: row, why, at: at.value };
    const early = beforeItCame(consignment.value, at.value, [manifest.value.at]);
    if (early) return early;
    const about = [device, quantity, data_bearing].some((v) => v !== undefined);
    if (about && text === undefined) return refuse("text_missing", "text", "say in words what the row is");
    const line =
      text === undefined
        ? undefined
        : newLine({
            ...{ id, row, text, device, quantity, data_bearing, why },
            taught: await taughtWordings(scope.store),
          });
    const { lots, lines } = consignment.value;
    const held = line ? await holdFor(scope, consignment.value, { ...line, at: at.value, why }) : [];
    const parted = line && partLine(line);
    const words = parted && particularsDocument(id, [parted.apart], scope.ports.ids);
    const said = parted && words ? { particulars: words.digest, line: parted.bare } : {};
    return done({
      entries: [{ kind: "row_resolved", body: { rules: APART, ...body, ...said } }, ...held],
      documents: words ? [words] : [],
      answer: {
        consignment: id,
        row,
        set_aside: line === undefined,
        ...(line ? { line: lines + 1, class: line.class, quantity: line.quantity } : {}),
        // Lots that were opened without this line: law 7 holds them back, their contents want a restatement.
        restate: line ? lots : [],
      },
    });
  },
});

function newLine(given: {
  readonly id: string;
  readonly row: number;
  readonly text: string;
  readonly device: string | undefined;
  readonly quantity: number | undefined;
  readonly data_bearing: "yes" | "no" | undefined;
  readonly why: string;
  readonly taught: Taught;
}): NewLine {
  const { id, row, text, device, quantity, data_bearing, why } = given;
  const found = device
    ? identifiedAs(device, { quantity: quantity ?? 1, seed: seedOf(id) })
    : identified(text, quantity ?? null, given.taught);
  const about = { file_row: row, text, serials: [], weight_mg: null, cells: {} };
  return { ...about, ...found, ...dataOf(found, { now: data_bearing, why }) };
}
