import type { By, Doubted, SeenPart, Taken } from "./seen.ts";

/** The auditor reads what is written, not what a type promises. */
// biome-ignore lint/suspicious/noExplicitAny: the body of an entry is read as it stands in the log
export type Body = Record<string, any>;

export const elementsOf = (body: Body): Map<string, number> =>
  new Map(
    Object.entries<Body>(body["elements_mg"] ?? {}).map(([element, { best }]) => [element, Number(best)]),
  );

/** Mass and elements with their doubt. */
export const doubtsOf = (body: Body): Map<string, Doubted> =>
  new Map(
    [["mass", body["mass_mg"]] as const, ...Object.entries<Body>(body["elements_mg"])].map(([name, of]) => [
      name,
      { best: Number(of["best"]), sd: Math.hypot(...Object.values<number>(of["moves"])) },
    ]),
  );

/** "feed|element" to milligrams; nothing of an element is no share. */
export function sharesOf(feeds: Body | undefined): Map<string, number> {
  const shares = new Map<string, number>();
  for (const [feed, elements] of Object.entries<Body>(feeds ?? {}))
    for (const [element, mg] of Object.entries<number>(elements))
      if (mg !== 0) shares.set(`${feed}|${element}`, mg);
  return shares;
}

export const partOf = (body: Body): SeenPart => ({
  lot: String(body["lot"]),
  mass: Number(body["mass_mg"].best),
  causes: new Map(Object.entries<number>(body["mass_mg"].moves)),
  elements: elementsOf(body),
  shares: sharesOf(body["feeds_mg"]),
});

export const productOf = (body: Body): string =>
  String(body["notes"]?.["product"] ?? body["notes"]?.["oxide"] ?? "");

export const noneTaken = (): Record<Taken, By> => ({
  claimed: new Map(),
  returned: new Map(),
  promised: new Map(),
});

/** Decimal text as a whole number of its thirtieth place. */
export function whole(text: string): bigint {
  const found = /^(-?)(\d+)(?:\.(\d+))?$/.exec(text);
  if (!found) throw new Error(`${text} is no decimal`);
  const value = BigInt(`${found[2]}${(found[3] ?? "").padEnd(30, "0").slice(0, 30)}`);
  return found[1] === "-" ? -value : value;
}
