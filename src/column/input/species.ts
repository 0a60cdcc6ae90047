import { done, refuse } from "../../quantity/index.ts";

/** The refusal of a species that nothing is said of, if it is none of those named. */
export const strangerAmong = (names: readonly string[], name: string, at: string) =>
  names.includes(name) ? undefined : refuse("species_unknown", at, `${name} is not among the species`);

/** Amounts by name as a list in the order of the species; what is not named is nought. */
export function inOrder(names: readonly string[], amounts: Readonly<Record<string, number>>, place: string) {
  for (const name of Object.keys(amounts)) {
    const stranger = strangerAmong(names, name, `${place}.${name}`);
    if (stranger !== undefined) return stranger;
  }
  return done(names.map((name) => amounts[name] ?? 0));
}
