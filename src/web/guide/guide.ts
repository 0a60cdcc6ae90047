import type { FaceCode } from "../../app/core/refusals.ts";
import type { UseCaseCode } from "../../app/use-cases.ts";
import type { CommandPath } from "../kit/client/contract.ts";

/** Where something is done: a page of the app, what is opened on it, and how that page is reached on the sample books. */
export interface Place {
  readonly to: string;
  readonly name: string;
  /** What one opens there first, as "a lot". */
  readonly opens?: string;
  /** A page of the sample books that shows it; `to` where nothing is opened first. */
  readonly sample?: string;
}

/** One thing that a role does often. */
export interface Doing {
  readonly says: string;
  readonly on: Place;
  /** The words on the button or link, or the label of what is chosen. */
  readonly press: string;
  /** What it writes; a look writes nothing. */
  readonly command?: CommandPath;
}

/** What a role is told on one screen. Who does the rest is read from the table of duties. */
export interface Guide {
  /** Who one is, in a sentence. */
  readonly is: string;
  /** Where one sees what waits. */
  readonly waits: readonly { readonly says: string; readonly on: Place }[];
  readonly does: readonly Doing[];
  /** What others do, though one might look for it. */
  readonly others: readonly { readonly says: string; readonly command: CommandPath }[];
  /** What is most likely refused, and what to do then. */
  readonly refused: readonly { readonly code: FaceCode | UseCaseCode; readonly now: string }[];
  /** One of the sample people, whose pages are tried and pictured. */
  readonly person: string;
}

export const samplePage = ({ to, sample }: Place): string => sample ?? to;

/** A role as it stands in an address. */
export const slugOf = (role: string): string => role.replaceAll(" ", "-");
