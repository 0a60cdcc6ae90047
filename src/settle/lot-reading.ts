import { isElement, whyNoElement } from "../chemistry/index.ts";
import { done, type Result } from "../quantity/index.ts";
import type { Agreement, AssayRule } from "./agreement.ts";
import { Decimal, divide, parseDecimal, sumOf } from "./decimals.ts";
import { FieldReader } from "./field-reader.ts";
import type { MoistureDispute } from "./moisture.ts";
import { ASSAY_PARTIES, type AssayParty } from "./parties.ts";
import type { SettleRefusal } from "./refusals.ts";
import type { SettledBefore } from "./settled-before.ts";

/** One laboratory's figure: decimal text in percent, below a limit, or null when it was not exchanged in time. */
export type GivenAssay = string | { readonly below: string } | null;

export interface LotInput {
  /** An agreement as read, or its JSON: it is read again, so that no statement rests on an unchecked one. */
  readonly agreement: unknown;
  /** Which version of it this is, where versions are kept. */
  readonly agreement_version?: number;
  /** The lot's name; statements of different lots are never confused. */
  readonly lot?: string;
  readonly weights: { readonly net_wet_kg: string; readonly moisture_pct: string };
  readonly assays: Readonly<
    Record<
      string,
      { readonly supplier: GivenAssay; readonly processor: GivenAssay; readonly umpire?: GivenAssay }
    >
  >;
  /** What the laboratories found of the moisture, where they differ by more than a mean may settle. */
  readonly moisture_dispute?: MoistureDispute;
  /** What of its metal came from lots that are settled already. */
  readonly settled_before?: readonly SettledBefore[];
  /** Day of receipt, checked against the days the agreement is in force. */
  readonly received_on?: string;
}

/** An assay ready to be used: the value the terms give it, and the text it is printed as. */
export interface Reading {
  readonly value_pct: Decimal;
  readonly text: string;
  /** The limit, when the laboratory found less than it. */
  readonly below_pct?: string;
}

export interface ElementReadings {
  readonly supplier?: Reading;
  readonly processor?: Reading;
  readonly umpire?: Reading;
}

export interface LotReadings {
  readonly lot: string;
  readonly net_wet_kg: string;
  readonly moisture_pct: string;
  readonly assays: ReadonlyMap<string, ElementReadings>;
  readonly notes: readonly string[];
}

const PERCENT = { min: "0", max: "100" } as const;
const HUNDRED = new Decimal(100);

/** Checks a lot's weights and assays against the agreement and reads them, or refuses by the name of the field (SPEC S15 to S18). */
export function readLot(input: LotInput, agreement: Agreement): Result<LotReadings, SettleRefusal> {
  const read = new FieldReader(input);
  checkReceived(read, agreement);
  const weights = read.object("weights");
  const net_wet_kg = weights.decimal("net_wet_kg", { above: "0" });
  const moisture_pct = weights.decimal("moisture_pct", PERCENT);
  const given = read.object("assays");
  const settled = [...agreement.elements, ...agreement.penalties].map((terms) => terms.element);
  const others = given.keys().filter((element) => !settled.includes(element));
  const assays = new Map<string, ElementReadings>();
  for (const element of [...settled, ...others]) {
    if (!isElement(element)) read.refuse("element_unknown", `assays.${element}`, whyNoElement(element));
    else if (!given.has(element))
      read.refuse("assay_missing", `assays.${element}`, `${element} has no assays`);
    else if (settled.includes(element))
      assays.set(element, readSettled(given.object(element), agreement.assay_rule));
    else assays.set(element, readOther(given.object(element)));
  }
  checkSums(read, assays);
  read.raw("agreement");
  read.raw("agreement_version");
  read.raw("moisture_dispute");
  read.raw("settled_before");
  read.refuseUnknown("field_unknown");
  if (read.refusal) return { ok: false, refusal: read.refusal };
  const notes = others.map(
    (element) => `The agreement does not settle ${element}; its assays were not used.`,
  );
  return done({ lot: read.has("lot") ? read.text("lot") : "", net_wet_kg, moisture_pct, assays, notes });
}

function checkReceived(read: FieldReader, { effective }: Agreement): void {
  if (read.has("lot")) read.text("lot");
  if (!read.has("received_on")) return;
  const day = read.day("received_on");
  if (day === "") return;
  if (day < effective.from || (effective.to !== null && day > effective.to)) {
    const until = effective.to === null ? "on" : `to ${effective.to}`;
    read.refuse(
      "agreement_not_in_force",
      "received_on",
      `received on ${day}, but the agreement is in force from ${effective.from} ${until}`,
    );
  }
}

function readSettled(read: FieldReader, rule: AssayRule): ElementReadings {
  for (const party of ["supplier", "processor"] as const) {
    if (!read.has(party)) {
      read.refuse("assay_missing", read.path(party), `the ${party}'s assay is missing`);
    } else if (read.raw(party) === null && rule.missing_assay === "refuse") {
      const why = "reported nothing of it, and the agreement does not settle without that";
      read.refuse("assay_missing", read.path(party), `the ${party} ${why}`);
    }
  }
  const readings = readParties(read, rule.below_detection);
  if (!readings.supplier && !readings.processor) {
    read.refuse("assay_missing", read.path("supplier"), "neither party exchanged an assay");
  }
  return readings;
}

/** An element the agreement does not settle: only its sum matters, and below detection it adds nothing to that. */
const readOther = (read: FieldReader): ElementReadings => readParties(read, "zero");

function readParties(read: FieldReader, below_detection: AssayRule["below_detection"]): ElementReadings {
  const readings: Partial<Record<AssayParty, Reading>> = {};
  for (const party of ASSAY_PARTIES) {
    if (!read.has(party) || read.raw(party) === null) continue;
    const reading = readAssay(read, party, below_detection);
    if (reading) readings[party] = reading;
  }
  return readings;
}

function readAssay(
  read: FieldReader,
  party: AssayParty,
  below_detection: AssayRule["below_detection"],
): Reading | undefined {
  const raw = read.raw(party);
  const at = read.path(party);
  const below = typeof raw === "string" && raw.startsWith("<") ? { below: raw.slice(1).trim() } : raw;
  if (typeof below !== "object" || below === null) {
    const text = read.decimal(party, PERCENT);
    return { value_pct: parseDecimal(text) ?? new Decimal(0), text };
  }
  const limit = new FieldReader(below, at, { refusal: undefined, readers: [] });
  const text = limit.decimal("below", { above: "0", max: "100" });
  limit.refuseUnknown("field_unknown");
  if (limit.refusal) {
    read.refuse(limit.refusal.code, limit.refusal.at, limit.refusal.message);
    return undefined;
  }
  if (below_detection === "refuse") {
    read.refuse(
      "assay_below_detection",
      at,
      `below ${text} %: the agreement does not settle on an assay below detection`,
    );
    return undefined;
  }
  const half = divide(new Decimal(text), new Decimal(2));
  const value_pct = below_detection === "zero" ? new Decimal(0) : half;
  return { value_pct, text: value_pct.toFixed(), below_pct: text };
}

/** One laboratory cannot find more than the whole of the feed. */
function checkSums(read: FieldReader, assays: ReadonlyMap<string, ElementReadings>): void {
  for (const party of ASSAY_PARTIES) {
    const total = sumOf([...assays.values()].map((readings) => readings[party]?.value_pct ?? new Decimal(0)));
    if (total.gt(HUNDRED)) {
      read.refuse(
        "assays_above_hundred",
        `assays.*.${party}`,
        `the ${party}'s assays add up to ${total.toFixed()} %`,
      );
    }
  }
}
