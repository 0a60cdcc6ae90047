/** The first line of a backup: what it is, so that another file is not taken for one. */
export const FORMAT = "didym-backup/1";

export interface Totals {
  readonly entries: number;
  readonly requests: number;
  readonly documents: number;
  readonly keys: number;
}

/** The last line: how many there are of each, the SHA-256 of all lines before it, and what the programme signed of that. */
export interface End extends Totals {
  readonly sha256: string;
  readonly seal?: unknown;
}
