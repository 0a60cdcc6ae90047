import type { NewLine } from "./consignment.ts";
import type { Finding, FoundRow } from "./manifest.ts";
import type { SanitizationRecord } from "./sanitization.ts";

/** The rules by which what could name a customer, a user or one device stands in a document and not in its entry (N52). */
export const APART = 2;

/** Where the particulars of a line, a row or a record stand: an item of a document that retention may delete. */
export interface ParticularsAt {
  readonly document: string;
  readonly item: number;
}

/** A line as an entry says it: without the words, serials and cells of the manifest. */
export type BareLine = Omit<NewLine, "text" | "serials" | "cells">;
export type LineParticulars = Pick<NewLine, "text" | "serials" | "cells">;

/** A row with findings as an entry says it: which, of what code, in which column. */
export type BareRow = Omit<FoundRow, "cells" | "findings"> & {
  readonly findings: readonly Omit<Finding, "row" | "message">[];
};
export type RowParticulars = Pick<FoundRow, "cells" | "findings">;

/** A sanitization record as an entry says it: a serial number stands as its keyed digest alone. */
export type BareRecord = Omit<SanitizationRecord, "media" | "notes"> & {
  readonly media: Pick<SanitizationRecord["media"], "type" | "manufacturer" | "model">;
};
export type RecordParticulars = Pick<SanitizationRecord, "media" | "notes">;

export interface Parted<Bare, Particulars> {
  readonly bare: Bare;
  readonly apart: Particulars;
}

export function partLine({ text, serials, cells, ...bare }: NewLine): Parted<BareLine, LineParticulars> {
  return { bare, apart: { text, serials, cells } };
}

export function partRow({ cells, findings, ...rest }: FoundRow): Parted<BareRow, RowParticulars> {
  const told = findings.map(({ message: _, ...finding }) => finding);
  return { bare: { ...rest, findings: told }, apart: { cells, findings } };
}

/** `tag` is the keyed digest of its serial number, where it has one. */
export function partRecord(
  { media, notes, ...rest }: SanitizationRecord,
  tag: string | undefined,
): Parted<BareRecord, RecordParticulars> {
  const { type, manufacturer, model } = media;
  const bare = {
    ...rest,
    media: { type, manufacturer, model },
    ...(tag === undefined ? {} : { serial_tag: tag }),
  };
  return { bare, apart: { media, ...(notes === undefined ? {} : { notes }) } };
}

/** What a record holds where its particulars stand apart: they are joined when it is read, as long as they are there. */
export const lineWithout: LineParticulars = { text: "", serials: [], cells: {} };

export const rowWithout = ({ findings, ...row }: BareRow): FoundRow => ({
  ...row,
  cells: [],
  findings: findings.map((finding) => ({ ...finding, message: "" })),
});
