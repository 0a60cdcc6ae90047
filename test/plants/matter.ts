/** What is really there, in milligrams; nobody in a plant knows it. Water and steel are mass that holds no element. */
export interface Matter {
  readonly mass_mg: number;
  readonly elements_mg: Readonly<Record<string, number>>;
}

const mapped = (
  of: Matter,
  change: (mg: number, element: string) => number,
): Readonly<Record<string, number>> =>
  Object.fromEntries(Object.entries(of.elements_mg).map(([element, mg]) => [element, change(mg, element)]));

/** A part of well-mixed matter. */
export const partOf = (of: Matter, share: number): Matter => ({
  mass_mg: of.mass_mg * share,
  elements_mg: mapped(of, (mg) => mg * share),
});

/** Matter put together, or (`sign` -1) taken away. */
export function together(a: Matter, b: Matter, sign: 1 | -1 = 1): Matter {
  const names = new Set([...Object.keys(a.elements_mg), ...Object.keys(b.elements_mg)]);
  return {
    mass_mg: a.mass_mg + sign * b.mass_mg,
    elements_mg: Object.fromEntries(
      [...names].map((name) => [name, (a.elements_mg[name] ?? 0) + sign * (b.elements_mg[name] ?? 0)]),
    ),
  };
}

export const allOf = (parts: readonly Matter[]): Matter =>
  parts.reduce((sum, part) => together(sum, part), { mass_mg: 0, elements_mg: {} });

/** The same elements in another mass: water added or gone. */
export const inMass = (of: Matter, mass_mg: number): Matter => ({ ...of, mass_mg });

/** Of each element its own fraction, in a mass of its own. */
export const passedOver = (of: Matter, mass_mg: number, fraction: (element: string) => number): Matter => ({
  mass_mg,
  elements_mg: mapped(of, (mg, element) => mg * fraction(element)),
});
