import { firmAt, REFINER } from "../firms.ts";
import { must } from "../red.ts";
import type { Body } from "./read.ts";
import type { Seen } from "./seen.ts";
import { weigh } from "./weights.ts";

/** A running number of what was written, by which before and after are told. */
const number = (seen: Seen, name: string): void => {
  if (!seen.written.has(name)) seen.written.set(name, seen.written.size + 1);
};

export const numberStep = (seen: Seen, body: Body): void => number(seen, `step ${body["step"]}`);

export function send(seen: Seen, body: Body): void {
  seen.sent.set(body["shipment"], { from: body["from"], to: body["to"] });
  for (const of of body["lots"] as Body[]) weigh(seen, `${body["shipment"]}|${of["lot"]}`, "sent", of);
}

export function numberReceipt(seen: Seen, body: Body): void {
  for (const { lot } of body["lots"] as Body[]) number(seen, `${body["shipment"]}|${lot}`);
}

const at = (seen: Seen, name: string): number => seen.written.get(name) ?? 0;

/** The first statement of a lot is on the first receipt from elsewhere, and of matter that no other statement is of. */
export function checkFirst(seen: Seen, { lot, shipment, settled_before }: Body): void {
  const receipts = [...seen.written.keys()].filter((name) => name.endsWith(`|${lot}`));
  const legs = receipts.map((name) => name.slice(0, name.indexOf("|")));
  const elsewhere = legs.filter((leg) => firmAt(seen.sent.get(leg)?.from ?? "") !== REFINER);
  const brought = elsewhere.find((leg) => firmAt(seen.sent.get(leg)?.to ?? "") === REFINER);
  must(
    (brought ?? elsewhere[0] ?? legs[0]) === shipment,
    "one firm settles on the first receipt from elsewhere",
    () => `${lot}: ${shipment}, ${brought}`,
  );
  const below = settledBelow(seen, lot, at(seen, `${shipment}|${lot}`));
  must(below === undefined, "matter is settled once", () => `${lot} and ${below}`);
  // Metal of settled lots that went into it is named, and not paid again.
  const named = new Set(((settled_before ?? []) as Body[]).map((part) => part["lot"]));
  const forgotten = settledAbove(seen, lot).find((other) => !named.has(other));
  must(forgotten === undefined, "matter is settled once", () => `${lot} and ${forgotten}`);
}

const standing = (seen: Seen) => [...seen.steps.values()].filter(({ reversed }) => !reversed);

/** Of what this lot was made from since that was weighed, the lots that are settled. */
function settledAbove(seen: Seen, lot: string): string[] {
  const [open, looked, found] = [[lot], new Set<string>(), new Set<string>()];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (looked.has(next)) continue;
    looked.add(next);
    const made = seen.steps.get(seen.lots.get(next)?.made_by ?? "");
    for (const { lot: from } of made?.inputs ?? []) {
      const settled = seen.statements.get(from);
      const since = at(seen, `step ${made?.step}`) > at(seen, `${settled?.shipment}|${from}`);
      if (settled && since) found.add(from);
      else open.push(from);
    }
  }
  return [...found];
}

function settledBelow(seen: Seen, lot: string, weighed: number): string | undefined {
  const [open, looked] = [[lot], new Set<string>()];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (looked.has(next)) continue;
    looked.add(next);
    for (const step of standing(seen)) {
      if (!step.inputs.some((input) => input.lot === next) || at(seen, `step ${step.step}`) <= weighed)
        continue;
      for (const { lot: made } of step.outputs) {
        if (made !== lot && seen.statements.has(made)) return made;
        open.push(made);
      }
    }
  }
  return undefined;
}
