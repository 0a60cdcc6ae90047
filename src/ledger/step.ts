import {
  assert,
  done,
  inKg,
  type Measured,
  mulDiv,
  type Refusal,
  type Result,
  refuse,
  spread,
  sum,
} from "../quantity/index.ts";
import { CLOSURE_K, type Closure, closureOf } from "./closure.ts";
import { type ContentBasis, type ContentRefusal, contentsOf, type Part } from "./content.ts";
import type { LedgerRules } from "./draw.ts";
import type { Contents, ElementContents, FeedShares, Lot, LotId } from "./lot.ts";
import { lumpedContents } from "./lumped.ts";
import { elementRises } from "./rises.ts";
import { checkDraws } from "./step-draws.ts";
import { type Masses, massesOf } from "./step-masses.ts";
import { sumElements, sumFeeds } from "./sums.ts";
import { changesTakenMatter } from "./taken-matter.ts";
import type { Takings } from "./taking.ts";
import { ticketOf, type Weighing, type WeighingTicket } from "./weighing.ts";

export interface StepCommand {
  readonly step: string;
  readonly kind: string;
  readonly site: string;
  readonly at: string;
  /** A draw without a mass takes the whole lot; one that was weighed says on what. */
  readonly inputs: readonly ({ readonly lot: LotId } & Partial<Weighing>)[];
  readonly additions: readonly ({
    readonly name: string;
    /** What it brings of the elements that are followed; nothing where it is not said. */
    readonly content?: Extract<ContentBasis, { readonly by: "assay" | "none" }>;
  } & Weighing)[];
  readonly outputs: readonly ({
    readonly lot: LotId;
    readonly kind: string;
    readonly content: ContentBasis;
    readonly notes?: Readonly<Record<string, string>>;
  } & Weighing)[];
  readonly losses: readonly ({ readonly place: string; readonly content: ContentBasis } & Weighing)[];
  /** Why a step is booked although it does not close. The residual then stands in `unaccounted` for all to see. */
  readonly accept_open?: string;
}

/** The body of a `step_recorded` entry: everything resolved, so that anyone can redo the balance from it alone. */
export interface StepRecorded {
  readonly step: string;
  readonly kind: string;
  readonly site: string;
  readonly at: string;
  readonly inputs: readonly ({ readonly lot: LotId } & Contents)[];
  readonly additions: readonly {
    readonly name: string;
    readonly mass_mg: Measured;
    readonly elements_mg: ElementContents;
    readonly weighing_ticket?: WeighingTicket;
  }[];
  readonly outputs: readonly ({
    readonly lot: LotId;
    readonly kind: string;
    readonly owner: string;
    readonly place: string;
    readonly data_from: readonly string[];
    readonly notes: Readonly<Record<string, string>>;
    /** What the scale said, where the step only weighed its lot anew and both weighings count. */
    readonly read_mg?: Measured;
    readonly weighing_ticket?: WeighingTicket;
  } & Contents)[];
  readonly losses: readonly {
    readonly place: string;
    readonly mass_mg: Measured;
    readonly elements_mg: ElementContents;
    readonly weighing_ticket?: WeighingTicket;
  }[];
  readonly closure: Closure;
  readonly accept_open?: string;
  readonly rules?: LedgerRules;
}

export type StepRefusal =
  | ContentRefusal
  | Refusal<
      | "step_empty"
      | "lot_unknown"
      | "lot_not_on_hand"
      | "lot_not_here"
      | "lot_named_twice"
      | "lot_name_taken"
      | "owners_differ"
      | "mass_not_positive"
      | "mass_exceeds_lot"
      | "content_exceeds_mass"
      | "time_before_input"
      | "already_promised"
      | "mass_does_not_close"
      | "element_does_not_close"
    >;

/** What a step is decided against beside its lots: names that are used up, and what is taken of the lots' matter. */
export interface StepSurroundings {
  readonly names: ReadonlySet<LotId>;
  readonly takings: ReadonlyMap<LotId, Takings>;
}

/** However wide the doubt, an analysis of pure metal that adds up to more than 101 % is none: our estimate, evidence C. */
const MOST_ABOVE_MASS = 0.01;

/**
 * Decides a step from the lots it draws on: what each output holds, what is lost where, and whether it closes.
 * Checks run in the order of SPEC L10 to L19. Writes nothing.
 */
export function decideStep(
  lots: ReadonlyMap<LotId, Lot>,
  { names: used, takings }: StepSurroundings,
  command: StepCommand,
): Result<StepRecorded, StepRefusal> {
  const asked = checkDraws(lots, command);
  if (!asked.ok) return asked;
  const names = checkOutputs(used, command);
  if (!names.ok) return names;
  const owner = oneOwner(lots, command);
  if (!owner.ok) return owner;
  const masses = massesOf(command, asked.value);
  const { drawn, anew } = masses;
  const brought = additionsOf(command, masses);
  if (!brought.ok) return brought;
  const additions = brought.value;
  const input = together(drawn, additions);
  const parts = partsOf(command, masses);
  const contents = anew ? done([anew.elements_mg]) : contentsOf(command.step, input, parts);
  if (!contents.ok) return contents;
  const belowFeeds = Object.keys(input.feeds_mg).length > 0;
  const overfull = findOverfull(parts, contents.value, belowFeeds);
  if (overfull) return overfull;

  const data_from = [...new Set(command.inputs.flatMap(({ lot }) => lots.get(lot)?.data_from ?? []))].sort();
  const shares = shareFeeds(input, contents.value);
  const lumped = lumpedContents(command.step, contents.value);
  const outputs = command.outputs.map((o, i) => ({
    ...{ lot: o.lot, kind: o.kind },
    owner: owner.value,
    place: command.site,
    data_from,
    notes: o.notes ?? {},
    mass_mg: masses.made[i] as Measured,
    ...(anew === undefined ? {} : { read_mg: anew.read_mg }),
    elements_mg: lumped[i] ?? {},
    feeds_mg: shares[i] ?? {},
    ...ticketOf(o),
  }));
  const losses = command.losses.map((l, i) => ({
    place: l.place,
    mass_mg: masses.lost[i] as Measured,
    elements_mg: lumped[command.outputs.length + i] ?? {},
    ...ticketOf(l),
  }));
  // Closure is computed before small causes are lumped: a lump would no longer cancel against its own source.
  const closure = closureOf({
    step: command.step,
    inputs: drawn,
    additions,
    outputs: outputs.map((o, i) => ({ ...o, elements_mg: contents.value[i] ?? {} })),
    losses: losses.map((l, i) => ({ ...l, elements_mg: contents.value[command.outputs.length + i] ?? {} })),
  });
  const parts_count = drawn.length + additions.length + parts.length;
  const open = unclosed(closure, command, { parts: parts_count, belowFeeds });
  if (open) return open;
  const { step, kind, site, at } = command;
  const promised = changesTakenMatter(lots, takings, { inputs: drawn, additions, outputs });
  if (promised) return promised;
  return done({
    ...{ step, kind, site, at },
    inputs: drawn,
    additions,
    outputs,
    losses,
    closure,
    rules: 4,
    ...(command.accept_open === undefined ? {} : { accept_open: command.accept_open }),
  });
}

/** Everything that goes into a step; shares of feeds are of lots alone. */
const together = (drawn: readonly Contents[], additions: StepRecorded["additions"]): Contents => ({
  mass_mg: sum([...drawn, ...additions].map((c) => c.mass_mg)),
  elements_mg: sumElements([...drawn, ...additions].map((c) => c.elements_mg)),
  feeds_mg: sumFeeds(drawn.map((c) => c.feeds_mg)),
});

const partsOf = ({ outputs, losses }: StepCommand, { made, lost, stays }: Masses): Part[] => [
  ...outputs.map((o, i) => ({
    at: `outputs[${i}]`,
    mass_mg: made[i] as Measured,
    content: o.content,
    stays,
  })),
  ...losses.map((l, i) => ({ at: `losses[${i}]`, mass_mg: lost[i] as Measured, content: l.content })),
];

function oneOwner(
  lots: ReadonlyMap<LotId, Lot>,
  { inputs }: StepCommand,
): Result<string, Refusal<"owners_differ">> {
  const [owner = "", ...others] = new Set(inputs.map(({ lot }) => lots.get(lot)?.owner ?? ""));
  return others.length === 0
    ? done(owner)
    : refuse(
        "owners_differ",
        "inputs",
        `the lots belong to ${[owner, ...others].join(" and ")}: agree the title first`,
      );
}

/** What is put in beside the lots: its mass, and what a laboratory found in it. */
function additionsOf(
  { step, additions }: StepCommand,
  { added }: Masses,
): Result<StepRecorded["additions"], StepRefusal> {
  const none = { by: "none" } as const;
  const parts: Part[] = additions.map((a, i) => {
    return { at: `additions[${i}]`, mass_mg: added[i] as Measured, content: a.content ?? none };
  });
  const nothing = { mass_mg: { best: 0, moves: {} }, elements_mg: {} };
  const contents = contentsOf(`${step}/added`, nothing, parts);
  if (!contents.ok) return contents;
  const overfull = findOverfull(parts, contents.value, true);
  if (overfull) return overfull;
  return done(
    additions.map((a, i) => ({
      ...{ name: a.name, mass_mg: added[i] as Measured },
      elements_mg: contents.value[i] ?? {},
      ...ticketOf(a),
    })),
  );
}

function checkOutputs(taken: ReadonlySet<LotId>, command: StepCommand): Result<true, StepRefusal> {
  const named = new Set<LotId>();
  for (const [i, output] of command.outputs.entries()) {
    const at = `outputs[${i}].lot`;
    if (named.has(output.lot)) return refuse("lot_named_twice", at, `${output.lot} is made twice`);
    if (taken.has(output.lot))
      return refuse(
        "lot_name_taken",
        at,
        `${output.lot} is already on the books: a name is used once, also of what a step made that was taken back`,
      );
    named.add(output.lot);
    if (output.mass_mg <= 0)
      return refuse("mass_not_positive", `outputs[${i}].mass_mg`, "an output weighs something");
  }
  for (const [i, loss] of command.losses.entries()) {
    if (loss.mass_mg < 0)
      return refuse("mass_not_positive", `losses[${i}].mass_mg`, "a loss is not negative");
  }
  return done(true);
}

/** Above the feeds contents are estimates, and exceed what was weighed within their doubt; below them they were measured (L5). */
function findOverfull(parts: readonly Part[], contents: readonly ElementContents[], belowFeeds: boolean) {
  for (const [i, part] of parts.entries()) {
    const held = sum(Object.values(contents[i] ?? {}));
    const doubt = Math.min(
      CLOSURE_K * (spread(part.mass_mg) + spread(held)),
      belowFeeds ? MOST_ABOVE_MASS * part.mass_mg.best : Number.POSITIVE_INFINITY,
    );
    const room = part.mass_mg.best + doubt + parts.length;
    if (held.best > room) {
      return refuse(
        "content_exceeds_mass",
        part.at,
        `the elements weigh ${held.best} mg, the part ${part.mass_mg.best} mg`,
      );
    }
  }
  return undefined;
}

/** A loss may be booked open, with its reason; a gain of metal never (L19). */
const unclosed = (
  closure: Closure,
  { accept_open }: StepCommand,
  given: { readonly parts: number; readonly belowFeeds: boolean },
) => (closure.closes || accept_open !== undefined ? elementRises(closure, given) : openBalance(closure));

/** What is done where a step does not close (L80). */
const MISSING = "Weigh it again, name what was lost (losses), or say why it is booked open (accept_open)";
const RISEN =
  "Weigh it again, name what was added (additions), or count first what was there before (ledger stocktake)";

function openBalance(closure: Closure): Result<never, StepRefusal> {
  const { mass, elements } = closure;
  const say = (what: string, b: typeof mass) =>
    `${what}: ${inKg(b.in_mg + b.added_mg)} in, ${inKg(b.out_mg)} out, ${inKg(b.lost_mg)} lost; ${inKg(b.residual_mg)} is open, ` +
    `more than ${CLOSURE_K} times its doubt of ${inKg(b.sd_mg)}. ${b.residual_mg > 0 ? MISSING : RISEN}`;
  if (!mass.closes) {
    return refuse("mass_does_not_close", "outputs", say("mass", mass), {
      residual_mg: mass.residual_mg,
      sd_mg: mass.sd_mg,
    });
  }
  const open = Object.entries(elements).find(([, b]) => !b.closes);
  assert(open, "an open closure has an open balance");
  const [element, b] = open;
  return refuse("element_does_not_close", `elements.${element}`, say(element, b), {
    residual_mg: b.residual_mg,
    sd_mg: b.sd_mg,
  });
}

/**
 * Attributes each output's elements to the settled feeds of the step: controlled blending. An element is never
 * attributed beyond what went in, whatever the outputs were measured to hold (law 4), and rounds down.
 */
function shareFeeds(input: Contents, outputs: readonly ElementContents[]): FeedShares[] {
  const totalOut: Record<string, number> = {};
  for (const contents of outputs) {
    for (const [element, content] of Object.entries(contents)) {
      totalOut[element] = (totalOut[element] ?? 0) + Math.max(0, content.best);
    }
  }
  return outputs.map((contents) => {
    const shares: Record<LotId, Record<string, number>> = {};
    for (const [feed, elements] of Object.entries(input.feeds_mg)) {
      const mine: Record<string, number> = {};
      for (const [element, available_mg] of Object.entries(elements)) {
        const whole = Math.max(totalOut[element] ?? 0, input.elements_mg[element]?.best ?? 0);
        const held = Math.max(0, contents[element]?.best ?? 0);
        if (whole > 0) mine[element] = mulDiv(available_mg, held, whole, "down");
      }
      shares[feed] = mine;
    }
    return shares;
  });
}
