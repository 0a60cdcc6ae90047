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

/** What usually follows, by the kind of lot; a site that cannot do it is offered what it can. */
const USUAL: Readonly<Record<string, readonly string[]>> = {
  devices: ["dismantle", "shred"],
  magnets: ["demagnetise", "decrepitate"],
  shred: ["sort"],
};

/** What a step makes beside what its kind names: the rest of the devices, or the same thing again. */
const REST: Readonly<Record<string, string>> = {
  dismantle: "steel_and_aluminium",
  sort: "other",
  decrepitate: "other",
};

function stepFor(kind: StepKind, lot: Lot): NextStep {
  const named = Object.keys(kind.contents).filter((name) => name !== "*");
  const rest = REST[kind.kind];
  const outputs = named.length > 0 ? [...named, ...(rest ? [rest] : [])] : [lot.kind];
  return {
    kind: kind.kind,
    says: kind.does,
    parts: [
      ...outputs.map((name) => ({ part: "output" as const, name })),
      ...Object.keys(kind.losses).map((name) => ({ part: "loss" as const, name })),
      ...(Object.keys(kind.losses).length === 0 ? [{ part: "loss" as const, name: "dust" }] : []),
    ],
  };
}

/** One lot's next step, and the others its site can do. A lot that may not move yet says why, and where that is mended. */
export function nextFor(lot: Lot, kinds: readonly StepKind[], capabilities: readonly string[]): Next {
  if (lot.state !== "on_hand")
    return { way: "wait", why: `The lot is ${words(lot.state)}; nothing is to be done with it here.` };
  const able = kinds.filter(
    (k) => capabilities.includes(k.capability) && k.kind !== "blend" && k.kind !== "split",
  );
  const usual = (USUAL[lot.kind] ?? []).filter(
    (kind) => !(kind === "demagnetise" && lot.notes["magnetised"] === "no"),
  );
  const first = usual.map((kind) => able.find((k) => k.kind === kind)).find((k) => k !== undefined);
  if (!first) {
    return {
      way: "wait",
      why: "Nothing more is done with it at this site: it waits to be shipped.",
      link: "/ship",
    };
  }
  const others = able.filter((k) => k !== first && k.kind !== "dry").map((k) => stepFor(k, lot));
  return { way: "step", step: stepFor(first, lot), others };
}
