import { type Measured, spread, sum } from "../../src/quantity/index.ts";
import { Coverage } from "../../test/plants/coverage.ts";
import { begun } from "../../test/plants/life.ts";

/** What a plant holds at its end, each lot and all together, by what it is: the amount, its doubt and how many causes that has. */
export type Doubts = Readonly<
  Record<string, { readonly best: number; readonly sd: number; readonly causes: number }>
>;

export async function doubtsOf(seed: number, doings: number): Promise<Doubts> {
  const { book } = await begun(seed, new Coverage(), doings);
  const held = book.all("lot").filter((lot) => lot.state === "on_hand" && lot.mass_mg.best > 0);
  const figure = (of: Measured) => ({ best: of.best, sd: spread(of), causes: Object.keys(of.moves).length });
  const values: [string, ReturnType<typeof figure>][] = [];
  const all = new Map<string, Measured[]>();
  for (const { id, mass_mg, elements_mg } of held)
    for (const [what, amount] of Object.entries({ mass: mass_mg, ...elements_mg })) {
      values.push([`${id} ${what}`, figure(amount)]);
      all.set(what, [...(all.get(what) ?? []), amount]);
    }
  for (const [what, amounts] of all) values.push([`all ${what}`, figure(sum(amounts))]);
  return Object.fromEntries(values);
}
