import { must } from "../red.ts";
import { drawnOn, givenBack, measureAnew } from "./anew.ts";
import { aboveBrought, measuredOver, overOf } from "./descent.ts";
import * as doubt from "./doubt.ts";
import { unprovedIn } from "./lineage.ts";
import { standingAbove } from "./passports.ts";
import { type Body, doubtsOf, elementsOf, noneTaken, partOf, productOf, sharesOf } from "./read.ts";
import { drawEvenly } from "./returned.ts";
import {
  type By,
  elementOf,
  put,
  type Seen,
  type SeenLot,
  type SeenPart,
  type SeenStep,
  sum,
  TAKEN,
  type Taken,
} from "./seen.ts";
import { drawAlong, giveOn, isDivision } from "./takings.ts";

/** Below a feed contents were measured: they weigh a hundredth more than their lot at most. */
const MOST_ABOVE_MASS = 0.01;
const ROUNDING_MG = 1;
/** A count beyond what was settled on by so much is beyond the doubt of any scale. */
const MUCH = 1.01;
/** Beyond so many standard uncertainties a difference is more than chance. */
const SIGMAS = 3;

export const lotOf = (seen: Seen, lot: string): SeenLot => {
  const found = seen.lots.get(lot);
  must(found !== undefined, "a lot is made before anything happens to it", () => lot);
  return found;
};

const newLot = (body: Body, place: string): SeenLot => ({
  ...{ lot: String(body["lot"]), kind: String(body["kind"]), product: productOf(body) },
  ...{ owner: String(body["owner"]), place, state: "on_hand", mass: Number(body["mass_mg"].best) },
  causes: doubt.causesOf(body["mass_mg"]),
  ...{ elements: elementsOf(body), shares: sharesOf(body["feeds_mg"]), taken: noneTaken() },
  metals: undefined,
  start: undefined,
  ...{
    delivered: 0,
    drawnBy: new Set(),
    counted: undefined,
    made_by: undefined,
    made: undefined,
    raised: new Set(),
    remeasured: new Map(),
    over: new Map(),
  },
});

export function open(seen: Seen, body: Body): void {
  must(!seen.lots.has(body["lot"]), "a lot is made once", () => body["lot"]);
  seen.lots.set(body["lot"], newLot(body, body["place"]));
}

export function record(seen: Seen, body: Body): void {
  const inputs: SeenPart[] = body["inputs"].map(partOf);
  const outputs = (body["outputs"] as Body[]).map((one) => ({ ...partOf(one), product: productOf(one) }));
  const added: SeenPart[] = body["additions"].map(partOf);
  const lots = inputs.map(({ lot }) => lotOf(seen, lot));
  const owner = lots[0]?.owner ?? "";
  const alike = body["outputs"].every(
    (output: Body) => output["kind"] === lots[0]?.kind && productOf(output) === lots[0]?.product,
  );
  const divided = isDivision({ inputs, outputs, added: added.length }, alike);
  const before = lots.map((lot) => ({ ...lot }));
  const along = inputs.map((input, i) => drawAlong(lots[i] as SeenLot, input.mass));
  const drawn = inputs.map(({ mass }, i) => {
    const lot = lots[i] as SeenLot;
    return lot.metals && drawEvenly(lot.metals, mass, lot.mass);
  });
  if (!divided)
    for (const [i, { claimed, promised }] of along.entries())
      must(
        claimed.size + promised.size === 0,
        "what a passport describes or an order waits for is not changed",
        () => `${body["step"]} draws it of ${inputs[i]?.lot}`,
      );
  for (const [i, input] of inputs.entries()) {
    const lot = lots[i] as SeenLot;
    must(lot.owner === owner, "a step works for one owner", () => `${body["step"]}: ${lot.owner}, ${owner}`);
    must(
      lot.state === "on_hand" && lot.place === body["site"],
      "a step works on what is there",
      () => `${body["step"]}: ${lot.lot} is ${lot.state} at ${lot.place}`,
    );
    doubt.drawOf(lot, body["inputs"][i]);
    drawOf(lot, input);
    lot.drawnBy.add(body["step"]);
    drawnOn(lot, body["step"]);
    if (lot.mass === 0) lot.state = "consumed";
  }
  noMoreThanCame(body["step"], inputs, outputs);
  const lost: SeenPart[] = body["losses"].map(partOf);
  const over = overOf(body, { lots, inputs, added, outputs, lost });
  doubt.checkStep(body);
  const { given, metals } = giveOn({ inputs, lots: before, outputs, added, along, metals: drawn, divided });
  for (const [i, output] of (body["outputs"] as Body[]).entries()) {
    must(!seen.lots.has(output["lot"]), "a lot is made once", () => output["lot"]);
    must(output["owner"] === owner, "what a step makes is its owner's", () => output["lot"]);
    const marks = [...lots.flatMap((one) => [...one.raised]), ...aboveBrought(over, outputs[i] as SeenPart)];
    const made = {
      made_by: body["step"],
      made: doubtsOf(output),
      raised: new Set(marks),
      over: new Map(over),
    };
    const lot = { ...newLot(output, output["place"]), ...made };
    lot.metals = metals[i];
    for (const taken of TAKEN) for (const [by, mg] of given[i]?.[taken] ?? []) lot.taken[taken].set(by, mg);
    seen.lots.set(lot.lot, lot);
  }
  const step: SeenStep = {
    ...{ step: body["step"], site: body["site"], owner, inputs, outputs, along, given, metals: drawn },
    ...{ unproved: unprovedIn(body), reversed: false },
  };
  seen.steps.set(step.step, step);
}

/** A draw takes its share of everything, and what it leaves is the rest. */
function drawOf(lot: SeenLot, input: SeenPart): void {
  must(
    input.mass > 0 && input.mass <= lot.mass,
    "a draw is not more than there is",
    () => `${input.mass} mg of ${lot.lot}, ${lot.mass} mg`,
  );
  for (const [element, held] of lot.elements) {
    const [said, share] = [input.elements.get(element) ?? 0, (held * input.mass) / lot.mass];
    must(
      Math.abs(said - share) <= ROUNDING_MG,
      "a draw takes its share of each element",
      () => `${said} mg of ${element} of ${lot.lot}, not ${share}`,
    );
    put(lot.elements, element, -said);
  }
  for (const [key, mg] of input.shares) {
    must(
      mg <= (lot.shares.get(key) ?? 0),
      "no more is drawn of a feed than the lot has of it",
      () => `${mg} mg of ${key} of ${lot.lot}, ${lot.shares.get(key)} mg`,
    );
    put(lot.shares, key, -mg);
  }
  lot.mass -= input.mass;
}

function noMoreThanCame(step: string, inputs: readonly SeenPart[], outputs: readonly SeenPart[]): void {
  const left = new Map<string, number>();
  for (const { shares } of inputs) for (const [key, mg] of shares) put(left, key, mg);
  for (const { shares } of outputs) for (const [key, mg] of shares) put(left, key, -mg);
  for (const [key, mg] of left)
    must(mg >= 0, "no step makes more of a feed than came in", () => `${step}: ${-mg} mg of ${key}`);
}

export function reverse(seen: Seen, body: Body): void {
  const step = seen.steps.get(body["step"]);
  must(step !== undefined && !step.reversed, "a step is taken back once", () => body["step"]);
  const why = whyNotReversed(seen, step);
  must(why === undefined, "a step is taken back while all it made stands as it was made", () => `${why}`);
  step.reversed = true;
  const lost = step.outputs.map(({ lot }) => lotOf(seen, lot));
  for (const [i, input] of step.inputs.entries()) {
    const lot = lotOf(seen, input.lot);
    lot.state = "on_hand";
    lot.mass += input.mass;
    lot.causes = doubt.summed([
      [1, lot.causes],
      [1, input.causes],
    ]);
    for (const [element, mg] of input.elements) put(lot.elements, element, mg);
    for (const [key, mg] of input.shares) put(lot.shares, key, mg);
    lot.drawnBy.delete(step.step);
    givenBack(lot, step.step);
    // What was returned comes back but for what both parties took back while the step stood.
    for (const [by, mg] of step.along[i]?.returned ?? [])
      put(lot.taken.returned, by, Math.max(0, mg - takenBack(step, lost, by)));
    if (step.metals[i]) lot.metals ??= new Map();
    for (const [key, mg] of step.metals[i] ?? []) put(lot.metals as Map<string, number>, key, mg);
    for (const [by, mg] of comesBack(seen, { step, i }, lost)) put(lot.taken.claimed, by, mg);
    // A promise that was lost or withdrawn is not renewed; only divided matter carries any, and that is of one lot.
    for (const made of lost) for (const [by, mg] of made.taken.promised) put(lot.taken.promised, by, mg);
  }
  for (const lot of lost) {
    lot.state = "reversed";
    lot.mass = 0;
    lot.causes = new Map();
    lot.elements.clear();
    lot.shares.clear();
    for (const taken of TAKEN) lot.taken[taken].clear();
    lot.metals = undefined;
  }
}

/** What of that which a step gave on under an agreement is no longer returned. */
const takenBack = (step: SeenStep, lost: readonly SeenLot[], by: string): number =>
  sum(step.given.map(({ returned }) => returned.get(by) ?? 0)) -
  sum(lost.map(({ taken }) => taken.returned.get(by) ?? 0));

/** What a passport had claimed of what a step drew, where it stands and nothing of it was withdrawn. */
function comesBack(seen: Seen, { step, i }: { step: SeenStep; i: number }, lost: readonly SeenLot[]): By {
  const back: By = new Map();
  for (const [by, mg] of step.along[i]?.claimed ?? []) {
    const passport = seen.passports.get(by);
    const now = sum(lost.map((lot) => lot.taken.claimed.get(by) ?? 0));
    const whole = now === sum(step.given.map(({ claimed }) => claimed.get(by) ?? 0));
    if (passport && !passport.revoked && whole) put(back, by, mg);
    else if (passport?.revoked) {
      const above = standingAbove(seen, passport);
      if (above) put(back, above.passport, mg);
    }
  }
  return back;
}

const same = (a: ReadonlyMap<string, number>, b: ReadonlyMap<string, number>): boolean =>
  [...new Set([...a.keys(), ...b.keys()])].every((key) => (a.get(key) ?? 0) === (b.get(key) ?? 0));

/** Why a step cannot be taken back, as the auditor sees it; nothing where it can. */
export function whyNotReversed(seen: Seen, step: SeenStep): string | undefined {
  for (const [i, output] of step.outputs.entries()) {
    const lot = lotOf(seen, output.lot);
    if (lot.state !== "on_hand" || lot.place !== step.site)
      return `${lot.lot} is ${lot.state} at ${lot.place}`;
    if (lot.owner !== step.owner) return `${lot.lot} is ${lot.owner}'s`;
    if (lot.drawnBy.size > 0) return `${lot.lot} was drawn on`;
    if (lot.mass !== output.mass || !same(lot.elements, output.elements))
      return `${lot.lot} was measured anew`;
    const more = (taken: Taken) =>
      [...lot.taken[taken]].some(([by, mg]) => mg > (step.given[i]?.[taken].get(by) ?? 0));
    if (TAKEN.some(more)) return `${lot.lot} was taken since`;
  }
  for (const { lot: id } of step.inputs) {
    const lot = lotOf(seen, id);
    if (lot.state !== "on_hand" && lot.state !== "consumed") return `${id} is ${lot.state}`;
    if (lot.place !== step.site) return `${id} is at ${lot.place}`;
    if (lot.owner !== step.owner) return `${id} is ${lot.owner}'s`;
  }
  return undefined;
}

export function restate(seen: Seen, body: Body): void {
  const lot = lotOf(seen, body["lot"]);
  const [before, after] = [partOf({ ...body["before"], lot: "" }), partOf({ ...body["after"], lot: "" })];
  must(
    lot.mass === before.mass && same(lot.elements, before.elements),
    "a new measurement knows what the books said",
    () => `${lot.lot}: ${lot.mass} mg, it says ${before.mass} mg`,
  );
  measureAnew(lot, body, after);
  must(
    lot.counted === undefined || body["why"] === "stocktake" || after.mass === lot.mass,
    "a settlement does not undo a count",
    () => `${lot.lot} was counted at ${lot.mass} mg, and is said to be ${after.mass} mg`,
  );
  if (body["why"] === "stocktake") lot.counted = Date.parse(body["at"]);
  doubt.restate(seen, lot, body);
  lot.mass = after.mass;
  lot.elements = new Map(after.elements);
  lot.shares = new Map(after.shares);
  if (!lot.made) return;
  remeasure(lot, body);
  measuredOver(lot, body, { before, after });
}

/** Below a feed nothing comes from outside: what is found beyond what was made, and beyond doubt, is marked. */
function remeasure(lot: SeenLot, body: Body): void {
  const [before, after] = [doubtsOf(body["before"]), doubtsOf(body["after"])];
  for (const name of new Set([...before.keys(), ...after.keys()])) {
    const is = after.get(name) ?? { best: 0, sd: 0 };
    put(lot.remeasured, name, is.best - (before.get(name)?.best ?? 0));
    const doubt = SIGMAS * Math.hypot(is.sd, lot.made?.get(name)?.sd ?? 0) + ROUNDING_MG;
    if ((lot.remeasured.get(name) ?? 0) > doubt) lot.raised.add(name);
  }
}

export function measureFeed(seen: Seen, body: Body): void {
  const lot = lotOf(seen, body["feed"]);
  must(lot.drawnBy.size === 0, "a feed is settled whole", () => `${lot.lot} was drawn on`);
  const foreign = [...lot.shares.keys()].filter((key) => !key.startsWith(`${lot.lot}|`));
  must(foreign.length === 0, "a feed is no part of another", () => `${lot.lot}: ${foreign.join()}`);
  lot.shares = new Map();
  lot.start = undefined;
  lot.raised.clear();
  for (const name of body["raised"] ?? []) lot.raised.add(name);
  lot.remeasured.clear();
  lot.over.clear();
  // What one firm counted beyond what was settled on raises no ceiling, and stays marked.
  const settled = seen.agreedOn.get(lot.lot) ?? lot.mass;
  const above = seen.aboveSent.has(lot.lot);
  const over = (lot.counted !== undefined || above) && lot.mass > settled;
  must(
    !over || (!above && lot.mass <= MUCH * settled) || lot.raised.has("mass"),
    "what is found beyond what was settled on is marked",
    () => `${lot.lot}: ${lot.mass} mg, settled on ${settled} mg`,
  );
  for (const [element, mg] of elementsOf(body)) {
    const there = lot.elements.get(element) ?? 0;
    const most = over ? (there * settled) / lot.mass : there;
    must(
      Math.abs(mg - most) <= (over ? ROUNDING_MG : 0),
      "what is settled of a feed is at most what both agreed on, and what the books hold of it",
      () => `${mg} mg of ${element} of ${lot.lot}, ${most} mg`,
    );
    seen.measured.set(`${lot.lot}|${element}`, mg);
    if (mg !== 0) lot.shares.set(`${lot.lot}|${element}`, mg);
  }
}

export function move(seen: Seen, body: Body): void {
  for (const id of body["lots"]) {
    const lot = lotOf(seen, id);
    lot.place = body["to"];
    lot.state = body["state"];
  }
}

export function passTitle(seen: Seen, body: Body): void {
  const lot = lotOf(seen, body["lot"]);
  must(
    lot.owner === body["from"],
    "only who owns a lot passes its title",
    () => `${lot.lot}: ${body["from"]}`,
  );
  lot.owner = body["to"];
}

/** Content and shares of every lot, and of every feed over all lots. */
export function checkMatter(seen: Seen): void {
  const ofFeed = new Map<string, number>();
  for (const lot of seen.lots.values()) {
    const shared = new Map<string, number>();
    for (const [key, mg] of lot.shares) {
      must(mg >= 0, "no share is less than nothing", () => `${mg} mg of ${key} in ${lot.lot}`);
      put(shared, elementOf(key), mg);
      put(ofFeed, key, mg);
    }
    for (const [element, mg] of shared)
      must(
        mg <= (lot.elements.get(element) ?? 0),
        "shares are at most the content",
        () => `${mg} mg of ${element} in ${lot.lot}, which holds ${lot.elements.get(element)} mg`,
      );
    const held = sum([...lot.elements.values()].filter((mg) => mg > 0));
    if (lot.shares.size > 0)
      must(
        held <= lot.mass * (1 + MOST_ABOVE_MASS) + lot.elements.size + 1,
        "elements weigh no more than their lot",
        () => `${held} mg in ${lot.lot}, ${lot.mass} mg`,
      );
  }
  for (const [key, mg] of ofFeed)
    must(
      mg <= (seen.measured.get(key) ?? 0),
      "all lots together have no more of a feed than was measured in it",
      () => `${mg} mg of ${key}, ${seen.measured.get(key)} mg`,
    );
}
