import { z } from "zod";
import { ElementSymbol, SiteId } from "../../contract/identifiers.ts";
import { ALL_MASS, CLOSURE_K, furthestRun, type Run, sumOfRuns } from "../../ledger/index.ts";
import { done } from "../../quantity/index.ts";
import { everyRecord } from "../core/pages.ts";
import { query } from "../core/use-case.ts";
import { shipperReceiverOf } from "./shipper-receiver.ts";

/** Months of a site, the oldest first. */
const inOrder = (runs: readonly Run[]): Run[] => [...runs].sort((a, b) => (a.month < b.month ? -1 : 1));

export const runs = query({
  room: "ledger",
  verb: "runs",
  summary:
    "What steps and counts of a site left open, month by month and over the months: a sum with its own doubt, so that a slow loss is found; and what shippers and receivers differ by, each pair of scales or laboratories tested.",
  input: z.strictObject({
    site: SiteId().optional(),
    element: ElementSymbol(z.string().max(8)).default(ALL_MASS).describe("an element, or mass"),
  }),
  example: { element: ALL_MASS },
  async answer({ store }, { site, element }) {
    const all = await everyRecord(store, "run", site === undefined ? {} : { where: { site } });
    const bySite = Map.groupBy(all, (run) => run.site);
    const items = [...bySite]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([at, of]) => {
        const ordered = inOrder(of);
        const furthest = furthestRun(ordered, element);
        return {
          site: at,
          months: ordered.flatMap((run) => {
            const sum = sumOfRuns([run], element);
            const { steps_count, counts_count } = run;
            return sum ? [{ ...sum, month: run.month, steps_count, counts_count }] : [];
          }),
          ...(furthest ? { furthest: { ...furthest, within: Math.abs(furthest.z) <= CLOSURE_K } } : {}),
        };
      });
    const pairs = (await shipperReceiverOf(store)).filter(({ of }) => of === element);
    return done({ element, items, shipper_receiver: pairs });
  },
});
