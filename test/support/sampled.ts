import type { World } from "../story/world.ts";

interface Sampled {
  readonly sample: string;
  readonly lot: string;
  readonly results: readonly object[];
  readonly change?: object;
  /** When it was drawn, where that is not now. */
  readonly drawn_at?: string;
}

/** A day of the world's own: its clock stands still. */
export const todayOf = (world: World): string => world.ports.clock.now().toISOString().slice(0, 10);

/** A product's results on the books: sampled, reported, and, as far as asked, released. */
export async function sampled(world: World, of: Sampled, until: "reported" | "released" = "released") {
  const { sample, lot, results, change, drawn_at } = of;
  await world.do("assay sample", {
    ...{ sample, lot, purpose: "product", portions: [{ side: "product" }] },
    ...(drawn_at === undefined ? {} : { at: drawn_at }),
  });
  const report = {
    ...{ sample, side: "product", laboratory: "sample-lab-a", method: "ICP-MS" },
    ...{ analysed_on: todayOf(world), results, ...change },
  };
  await world.do("assay report", report, { role: "chemist", party: "sample-lab-a", verified: false });
  const manager = { role: "quality manager", party: "sample-lab-a", verified: false };
  if (until === "released") await world.do("assay release", { sample, side: "product" }, manager);
  return report;
}
