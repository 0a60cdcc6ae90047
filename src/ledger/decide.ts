import { done, type Measured, type Refusal, type Result, refuse, spread } from "../quantity/index.ts";
import type { FeedRecord, StepRecord } from "./apply.ts";
import { carriedOf, takenSince } from "./carry.ts";
import { dataHold, type StillOpen } from "./departure.ts";
import type { FeedMeasured, LotDelivered, LotRestated, StepReversed, TitlePassed } from "./entries.ts";
import { type ElementContents, isDrawnOn, type Lot, type LotId } from "./lot.ts";
import { sharesFound } from "./put-right.ts";
import type { Takings } from "./taking.ts";
import { beforeGrounds, isBefore, notYetThere } from "./time.ts";

export type RestateRefusal = Refusal<"lot_unknown" | "lot_not_held">;

/** Replaces what the books say of a lot by a better measurement. */
export function decideRestatement(
  id: LotId,
  lot: Lot | undefined,
  given: Omit<LotRestated, "lot" | "before" | "after"> & {
    readonly mass_mg?: Measured;
    readonly elements_mg?: ElementContents;
  },
): Result<LotRestated, RestateRefusal> {
  if (!lot) return refuse("lot_unknown", "lot", `no lot ${id} is on the books`);
  if (lot.state !== "on_hand" && lot.state !== "in_transit") {
    return refuse("lot_not_held", "lot", `${id} is ${lot.state}: what is gone cannot be measured again`);
  }
  const { at, why, evidence } = given;
  return done(restatement(lot, { ...given, at, why, evidence }));
}

/** A restatement by the fifth rules: the shares of feeds are scaled with what they are shares of, and stand in the entry. */
export function restatement(
  lot: Lot,
  given: Omit<LotRestated, "lot" | "before" | "after" | "rules"> & {
    readonly mass_mg?: Measured;
    readonly elements_mg?: ElementContents;
  },
): LotRestated {
  const { at, why, evidence, mass_mg = lot.mass_mg, elements_mg = lot.elements_mg } = given;
  const feeds_mg = sharesFound(lot, elements_mg);
  return {
    ...{ lot: lot.id, at, why, evidence },
    before: { mass_mg: lot.mass_mg, elements_mg: lot.elements_mg, feeds_mg: lot.feeds_mg },
    after: { mass_mg, elements_mg, feeds_mg },
    rules: 5,
  };
}

export type FeedRefusal = Refusal<"lot_unknown" | "feed_already_used" | "feed_has_feeds">;

/** Declares the settled content of a lot as the ceiling of claims on it. Once drawn on, it is not declared again. */
export function decideFeed(
  id: LotId,
  lot: Lot | undefined,
  given: {
    readonly feed: FeedRecord | undefined;
    readonly elements_mg: ElementContents;
    /** Of what a count found more than was settled. */
    readonly raised?: readonly string[];
  },
): Result<FeedMeasured, FeedRefusal> {
  if (!lot) return refuse("lot_unknown", "lot", `no lot ${id} is on the books`);
  if (given.feed && isDrawnOn(lot)) {
    return refuse("feed_already_used", "lot", `${id} was settled and has been drawn on since`);
  }
  const foreign = Object.keys(lot.feeds_mg).filter((feed) => feed !== id);
  if (foreign.length > 0) {
    return refuse("feed_has_feeds", "lot", `${id} already descends from settled lots ${foreign.join(", ")}`);
  }
  const elements_mg = Object.fromEntries(
    Object.entries(given.elements_mg).map(([element, content]) => [
      element,
      { best: content.best, sd: spread(content) },
    ]),
  );
  const { raised = [] } = given;
  return done({ feed: id, elements_mg, ...(raised.length > 0 ? { raised } : {}) });
}

export type DeliverRefusal = Refusal<
  | "lot_unknown"
  | "lot_not_on_hand"
  | "lot_not_yet_there"
  | "data_not_destroyed"
  | "mass_exceeds_lot"
  | "mass_not_positive"
>;

export function decideDelivery(
  lot: Lot | undefined,
  open: ReadonlyMap<string, StillOpen>,
  given: LotDelivered,
): Result<LotDelivered, DeliverRefusal> {
  if (!lot) return refuse("lot_unknown", "lot", `no lot ${given.lot} is on the books`);
  if (lot.state !== "on_hand") return refuse("lot_not_on_hand", "lot", `${lot.id} is ${lot.state}`);
  const early = notYetThere(lot, { happened: given.at, at: "at" });
  if (early) return early;
  const held = dataHold(lot.id, lot, open);
  if (held) return refuse("data_not_destroyed", "lot", held.why, { devices: held.devices, rows: held.rows });
  if (given.mass_mg <= 0) return refuse("mass_not_positive", "mass_mg", "a delivery takes something");
  if (given.mass_mg > lot.mass_mg.best) {
    return refuse("mass_exceeds_lot", "mass_mg", `${lot.id} holds ${lot.mass_mg.best} mg`, {
      held_mg: lot.mass_mg.best,
    });
  }
  return done({ ...given, rules: 4 });
}

export type TitleRefusal = Refusal<
  "lot_unknown" | "lot_not_held" | "owner_unchanged" | "lot_not_yet_there" | "time_before_input"
>;

export function decideTitle(
  lot: Lot | undefined,
  given: Omit<TitlePassed, "from">,
): Result<TitlePassed, TitleRefusal> {
  if (!lot) return refuse("lot_unknown", "lot", `no lot ${given.lot} is on the books`);
  if (lot.state !== "on_hand" && lot.state !== "in_transit")
    return refuse("lot_not_held", "lot", `${lot.id} is ${lot.state}`);
  if (lot.owner === given.to)
    return refuse("owner_unchanged", "to", `${lot.id} already belongs to ${given.to}`);
  if (isBefore(given.at, lot.opened.at))
    return refuse("lot_not_yet_there", "at", `${lot.id} was made at ${lot.opened.at}, after ${given.at}`);
  const early = beforeGrounds(given.at, [[`${lot.id} came to ${lot.owner}`, lot.owned_since]]);
  return early ?? done({ ...given, from: lot.owner, rules: 2 });
}

export type ReverseRefusal = Refusal<
  | "step_unknown"
  | "step_already_reversed"
  | "time_before_input"
  | "output_already_used"
  | "already_promised"
  | "input_gone"
  | "owner_differs"
>;

/** What was measured anew is no longer what the step made: taking it back would leave the difference on the books (L20). */
const sameContents = (a: ElementContents, b: ElementContents): boolean =>
  [...new Set([...Object.keys(a), ...Object.keys(b)])].every(
    (element) => (a[element]?.best ?? 0) === (b[element]?.best ?? 0),
  );

/** A step can be taken back while nothing was drawn from, moved of, or measured anew in what it made. */
export function decideReversal(
  step: StepRecord | undefined,
  {
    lots,
    takings,
  }: { readonly lots: ReadonlyMap<LotId, Lot>; readonly takings: ReadonlyMap<LotId, Takings> },
  given: StepReversed,
): Result<StepReversed, ReverseRefusal> {
  if (!step) return refuse("step_unknown", "step", `no step ${given.step} is on the books`);
  if (step.reversed)
    return refuse("step_already_reversed", "step", `${given.step} was reversed at ${step.reversed.at}`);
  if (isBefore(given.at, step.at))
    return refuse("time_before_input", "at", `${given.step} was done at ${step.at}, after ${given.at}`);
  for (const output of step.outputs) {
    const given = step.takings?.given[output.lot] ?? carriedOf(undefined);
    if (takenSince(carriedOf(takings.get(output.lot)), given))
      return refuse(
        "already_promised",
        "step",
        `${output.lot}, made by this step, was claimed, returned or promised since: withdraw that first`,
      );
    const lot = lots.get(output.lot);
    const untouched =
      lot?.state === "on_hand" &&
      lot.place === output.place &&
      lot.owner === output.owner &&
      !isDrawnOn(lot) &&
      lot.mass_mg.best === output.mass_mg.best &&
      sameContents(lot.elements_mg, output.elements_mg);
    if (!untouched)
      return refuse(
        "output_already_used",
        "step",
        `${output.lot}, made by this step, was used, moved or measured anew since`,
      );
  }
  for (const input of step.inputs) {
    const lot = lots.get(input.lot);
    const here = (lot?.state === "on_hand" || lot?.state === "consumed") && lot.place === step.site;
    if (!here)
      return refuse(
        "input_gone",
        "step",
        `${input.lot}, drawn on by this step, is no longer at ${step.site}`,
      );
    if (lot.owner !== step.owner)
      return refuse(
        "owner_differs",
        "step",
        `${input.lot}, drawn on by this step, is ${lot.owner}'s now: what goes back into it was ${step.owner}'s`,
      );
  }
  return done({ ...given, rules: 2 });
}
