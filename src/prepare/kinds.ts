import type { ContentBasis, StepKind } from "../ledger/index.ts";

const share: ContentBasis = { by: "share" };
const rest: ContentBasis = { by: "rest" };
const none: ContentBasis = { by: "none" };
/** The same expected fraction for every element that is followed. */
const all = (best: number, sd: number): ContentBasis => ({
  by: "transfer",
  fractions: { "*": { best, sd } },
});

/** The steps of preparation, in the order they usually follow on one kind of lot. Programmes add their own with `prepare define-kind`; nothing elsewhere names them. */
export const STEP_KINDS: readonly StepKind[] = [
  {
    kind: "dismantle",
    does: "takes the magnets out of devices by hand or by machine",
    capability: "dismantle",
    takes: ["devices"],
    makes: ["magnets", "steel_and_aluminium"],
    contents: { magnets: all(0.95, 0.02), "*": rest },
    losses: {},
    evidence: "C",
    source:
      "estimate: manual removal leaves few magnets behind; LIFE RECYMAGNET reports the non-magnet share, not the recovery",
    marks: { magnetised: "yes" },
  },
  {
    kind: "demagnetise",
    does: "heats magnets above their Curie point so that they no longer pull",
    capability: "demagnetise",
    takes: ["magnets"],
    contents: { "*": share },
    losses: { "burnt adhesive and coating": none },
    evidence: "A",
    source: "350 degC for 30 min for hard-disk magnets: BRGM, J. Rare Earths 41 (2023) 621",
    marks: { magnetised: "no" },
  },
  {
    kind: "shred",
    does: "cuts whole devices to pieces",
    capability: "shred",
    takes: ["devices"],
    makes: ["shred"],
    contents: { "*": share },
    losses: { dust: share },
    evidence: "A",
    source:
      "shredding before taking magnets out loses most of them to the ferrous stream: Sprecher et al. 2014 (more than 90 %)",
    marks: {},
  },
  {
    kind: "sort",
    does: "splits a stream by sensor, magnet or density",
    capability: "sort",
    takes: ["shred"],
    makes: ["magnets", "other"],
    contents: { magnets: all(0.9, 0.05), "*": rest },
    losses: {},
    evidence: "C",
    source: "estimate: no published recovery of magnet sorting was found",
    marks: {},
  },
  {
    kind: "decrepitate",
    does: "breaks sintered magnets to powder with hydrogen",
    capability: "decrepitate",
    takes: ["magnets"],
    makes: ["powder", "other"],
    contents: { powder: all(0.98, 0.01), "*": rest },
    losses: { "hydrogen taken up": none },
    evidence: "C",
    source:
      "estimate; the process is published (University of Birmingham, HyProMag), its recovery per element was not read",
    marks: { magnetised: "no" },
  },
  {
    kind: "blend",
    does: "mixes lots into one",
    capability: "store",
    takes: [],
    contents: { "*": share },
    losses: {},
    evidence: "A",
    source: "conservation: a mixture holds what its parts held",
    marks: {},
  },
  {
    kind: "split",
    does: "divides a lot, composition unchanged",
    capability: "store",
    takes: [],
    divides: true,
    contents: { "*": share },
    losses: {},
    evidence: "A",
    source: "conservation: a part of a mixed lot holds its share",
    marks: {},
  },
  {
    kind: "dry",
    does: "drives off moisture",
    capability: "dry",
    takes: [],
    contents: { "*": rest },
    losses: { water: none },
    evidence: "A",
    source: "water carries none of the elements followed",
    marks: {},
  },
];
