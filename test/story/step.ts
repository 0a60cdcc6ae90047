import type { Ports } from "../../src/app/core/ports.ts";

/** The example of a verb, as its help prints it. */
export interface Shown {
  readonly is: "shown";
  /** "ROOM VERB" */
  readonly verb: string;
}

/** A command that the examples need beside each other; no transcript shows it. */
export interface Also {
  readonly is: "also";
  readonly verb: string;
  readonly role: string;
  readonly input: object;
}

/** A line of the shell that is no example: verbs of upkeep, and how files go from one verb into another. */
export interface Line {
  readonly is: "line";
  readonly room: string;
  readonly text: string;
}

export type Step =
  | Shown
  | Also
  | Line
  | { readonly is: "given"; readonly put: (ports: Ports) => Promise<void> }
  | { readonly is: "wait"; readonly hours: number };

export const shown = (verb: string): Step => ({ is: "shown", verb });
export const also = (verb: string, role: string, input: object): Step => ({ is: "also", verb, role, input });
export const line = (room: string, text: string): Step => ({ is: "line", room, text });
export const given = (put: (ports: Ports) => Promise<void>): Step => ({ is: "given", put });
export const wait = (hours: number): Step => ({ is: "wait", hours });
