import type { Body } from "./read.ts";
import type { SeenLot, SeenPart } from "./seen.ts";

/** Below feeds a plant makes no metal: over a whole descent no more than a twentieth above what was brought, or a trace of it. */
const TWENTIETH = 0.05;
const TRACE = 0.001;
const FROM_NOTHING = 1e6;
const BY_DESCENT = 4;

type Held = Pick<SeenPart, "mass" | "elements">;

const held = (of: Held, name: string): number =>
  Math.max(0, (name === "mass" ? of.mass : of.elements.get(name)) ?? 0);

const namesOf = (all: readonly Held[]): Set<string> =>
  new Set(["mass", ...all.flatMap(({ elements }) => [...elements.keys()])]);

const hasFeeds = (part: Body): boolean => Object.keys(part["feeds_mg"] ?? {}).length > 0;

/** Of which names there is more than was brought of it. */
export function aboveBrought(over: ReadonlyMap<string, number>, there: Held): string[] {
  return [...over].flatMap(([name, ratio]) => {
    const brought = held(there, name) / ratio;
    const room = Math.max(TWENTIETH * brought, name === "mass" ? 0 : TRACE * there.mass) + 1;
    return held(there, name) - brought > room ? [name] : [];
  });
}

/** What comes out of a step over what was brought to it from its feeds on; what was lost is lost. */
export function overOf(
  body: Body,
  {
    lots,
    inputs,
    added,
    outputs,
    lost,
  }: Readonly<Record<"inputs" | "added" | "outputs" | "lost", readonly SeenPart[]>> & {
    readonly lots: readonly SeenLot[];
  },
): Map<string, number> {
  const over = new Map<string, number>();
  if (body["rules"] !== BY_DESCENT || !(body["inputs"] as Body[]).some(hasFeeds)) return over;
  for (const name of namesOf([...inputs, ...added, ...outputs, ...lost])) {
    let brought = added.reduce((sum, part) => sum + held(part, name), 0);
    for (const [i, input] of inputs.entries())
      brought += held(input, name) / Math.max(1 - TWENTIETH, lots[i]?.over.get(name) ?? 1);
    const out = [...outputs, ...lost].reduce((sum, part) => sum + held(part, name), 0);
    const ratio = brought > 0 ? Math.min(FROM_NOTHING, out / brought) : out > 0 ? FROM_NOTHING : 1;
    if (ratio !== 1) over.set(name, ratio);
  }
  return over;
}

/** A new measurement of what a step made is as much more, or less, over what was brought. */
export function measuredOver(
  lot: SeenLot,
  body: Body,
  { before, after }: { readonly before: SeenPart; readonly after: SeenPart },
): void {
  if (lot.over.size === 0 && !hasFeeds(body["before"])) return;
  for (const name of namesOf([before, after])) {
    const [was, is] = [held(before, name), held(after, name)];
    if (was > 0 && is > 0) lot.over.set(name, Math.min(FROM_NOTHING, ((lot.over.get(name) ?? 1) * is) / was));
    if (lot.over.get(name) === 1) lot.over.delete(name);
  }
  for (const name of aboveBrought(lot.over, after)) lot.raised.add(name);
}
