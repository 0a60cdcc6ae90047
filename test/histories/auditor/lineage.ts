import { type Body, doubtsOf } from "./read.ts";
import type { Seen } from "./seen.ts";

/** Beyond so many standard uncertainties a difference is more than chance. */
const SIGMAS = 3;

/** What of a step proves nothing: its balance is open, or its doubt is as wide as what went in. "mass" is the mass, "*" anything. */
export function unprovedIn(body: Body): Set<string> {
  const sides = [
    [1, [...body["inputs"], ...body["additions"]]],
    [-1, [...body["outputs"], ...body["losses"]]],
  ] as const;
  const names = new Set(["mass"]);
  for (const [, parts] of sides)
    for (const part of parts) for (const name of doubtsOf(part).keys()) names.add(name);
  const count = sides[0][1].length + sides[1][1].length;
  const unproved = new Set<string>();
  for (const name of names) {
    const moves = new Map<string, number>();
    let [entered, open] = [0, 0];
    for (const [sign, parts] of sides)
      for (const part of parts) {
        const amount: Body | undefined = name === "mass" ? part["mass_mg"] : part["elements_mg"][name];
        if (!amount) continue;
        open += sign * amount["best"];
        if (sign === 1) entered += amount["best"];
        for (const [cause, move] of Object.entries<number>(amount["moves"]))
          moves.set(cause, (moves.get(cause) ?? 0) + sign * move);
      }
    const room = SIGMAS * Math.hypot(...moves.values());
    if (Math.abs(open) > room + count) unproved.add("*");
    else if (entered > 0 && room >= entered) unproved.add(name);
  }
  return unproved;
}

/** Whether a step on the way to a lot, down from its feeds, proves nothing of its mass or of this element. */
export function isUnproved(seen: Seen, lot: string, element: string): boolean {
  const feeds = new Set([...seen.measured.keys()].map((key) => key.slice(0, key.lastIndexOf("|"))));
  const [open, looked] = [[lot], new Set([lot])];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const step = feeds.has(next) ? undefined : seen.steps.get(seen.lots.get(next)?.made_by ?? "");
    if (!step) continue;
    if (["*", "mass", element].some((name) => step.unproved.has(name))) return true;
    for (const input of step.inputs) {
      if (looked.has(input.lot)) continue;
      looked.add(input.lot);
      open.push(input.lot);
    }
  }
  return false;
}
