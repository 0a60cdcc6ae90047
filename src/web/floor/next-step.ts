import type { Lot, StepKind } from "../../ledger/index.ts";
import { words } from "../kit/show/figure-text.ts";

/** A thing to put on the scale: an output with its kind of lot, or a named loss. */
export interface Part {
  readonly part: "output" | "loss";
  readonly name: string;
}

export interface NextStep {
  readonly kind: string;
  readonly says: string;
  readonly parts: readonly Part[];
}

export type Next =
  | { readonly way: "step"; readonly step: NextStep; readonly others: readonly NextStep[] }
  | { readonly way: "wait"; readonly why: string; readonly link?: string };

/** What is weighed: what the kind makes, or the same thing again; then its named losses, dust where it names none. */
function stepFor(kind: StepKind, lot: Lot): NextStep {
  const losses = Object.keys(kind.losses);
  return {
    kind: kind.kind,
    says: kind.does,
    parts: [
      ...(kind.makes ?? [lot.kind]).map((name) => ({ part: "output" as const, name })),
      ...(losses.length > 0 ? losses : ["dust"]).map((name) => ({ part: "loss" as const, name })),
    ],
  };
}

/** A step that makes nothing new of a lot which bears its marks already would change nothing. */
function changesNothing({ makes, marks }: StepKind, { notes }: Lot): boolean {
  const marked = Object.entries(marks);
  return makes === undefined && marked.length > 0 && marked.every(([name, value]) => notes[name] === value);
}

/**
 * One lot's next step: the first on the books that takes its kind, that its site can do and that changes something. The others
 * the site can do are those that take it too, and those of which nobody said what they take. A lot that may not move yet says why.
 */
export function nextFor(lot: Lot, kinds: readonly StepKind[], capabilities: readonly string[]): Next {
  if (lot.state !== "on_hand")
    return { way: "wait", why: `The lot is ${words(lot.state)}; nothing is to be done with it here.` };
  const able = kinds.filter((kind) => capabilities.includes(kind.capability));
  const first = able.find((kind) => kind.takes?.includes(lot.kind) && !changesNothing(kind, lot));
  if (!first) {
    return {
      way: "wait",
      why: "Nothing more is done with it at this site: it waits to be shipped.",
      link: "/ship",
    };
  }
  const others = able.filter((kind) => kind !== first && (kind.takes?.includes(lot.kind) ?? true));
  return { way: "step", step: stepFor(first, lot), others: others.map((kind) => stepFor(kind, lot)) };
}
